"""A workbook whose totals are formulas without results: GL307 says so, and no sum is judged."""

from __future__ import annotations

import io

import openpyxl
from judge.office import workbook
from judge.office.planned import make_planned

from govlint.linter import load_linter
from govlint.readers.workbook_parts import column_letters


def test_totals_without_results():
    linter = load_linter()
    data = workbook.write(make_planned(3))
    clean = linter.check_bytes(data, "a.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    totals = [cell for cell in clean.report.table_by_id["requests"].cells if cell.form.id == "total" and cell.span]
    for cell in totals:
        place = clean.source.place(cell.span.start)
        row = book[place.sheet][place.address].row
        last = book[place.sheet][place.address].column - 1
        formula = f"=SUM({column_letters(last - 6)}{row}:{column_letters(last - 1)}{row})"
        book[place.sheet][place.address] = formula
    buffer = io.BytesIO()
    book.save(buffer)
    result = linter.check_bytes(buffer.getvalue(), "a.xlsx")
    assert result.read_error is None
    (found,) = result.diagnostics
    assert found.rule.id == "GL307"
    assert str(found.finding.params["printed"]).startswith("=SUM(")
    assert str(found.finding.params["count"]) == str(len(totals))
    place = result.source.place(found.finding.location.span.start)
    assert place == clean.source.place(totals[0].span.start)
    before, after = ({one.rule: one for one in each.outcomes} for each in (clean, result))
    changed = {rule: one for rule, one in after.items() if one.outcome != before[rule].outcome and rule != "GL307"}
    assert changed
    assert {(one.outcome, one.reason) for one in changed.values()} == {("not_assessable", "cells_without_number")}
