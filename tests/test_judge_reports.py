"""Properties over generated clean reports: every number, place and fact is read exactly, and nothing is reported.

150 cases by default, spread evenly over layouts and encodings; GOVLINT_CASES=1000 for a long run.
"""

from __future__ import annotations

import os
from itertools import product

import pytest
from judge.case import ENCODINGS, LAYOUTS, Case, make_case
from judge.encode import Lines, encode

from govlint.linter import load_linter
from govlint.model.diagnostic import Result

CASES = int(os.environ.get("GOVLINT_CASES", "150"))
COMBINATIONS = list(product(LAYOUTS, ENCODINGS))
CHARSETS = ("right", "right", "absent", "wrong")
LINTER = load_linter()


def clean_case(number: int) -> Case:
    """Cases walk through all pairs of layout and encoding in a fixed order that mixes both."""
    layout, encoding = COMBINATIONS[number * 37 % len(COMBINATIONS)]
    return make_case(number, layout, encoding, charset=CHARSETS[number % len(CHARSETS)])


def check(case: Case) -> Result:
    result = LINTER.check_bytes(case.data, case.name)
    assert result.read_error is None, (case.name, result.read_error)
    return result


def cells_of(result: Result) -> dict[tuple[str, str, str], tuple[object, int, int, int, int]]:
    """Every printed cell: its number, from line and column, to line and column."""
    found = {}
    for table in result.report.tables:
        for cell in table.cells:
            if cell.span is not None:
                start, end = (result.source.position(offset) for offset in cell.span)
                found[tuple(cell.address)] = (cell.number, *start, *end)
    return found


def numbers_of(result: Result) -> dict[tuple[str, str, str], object]:
    return {address: cell[0] for address, cell in cells_of(result).items()}


def shown(result: Result) -> list[tuple[str, str, int, int, str]]:
    """The diagnostics as people see them: rule, severity, line, column, subject."""
    return [
        (d.rule.id, d.severity, *result.source.position(d.finding.location.span.start), d.finding.subject)
        for d in result.diagnostics
    ]


def encoding_uncertain(case: Case) -> bool:
    """Nothing in the file truly tells its encoding, or the page says another one than its bytes show."""
    return (
        case.charset != "right"
        if case.encoding.startswith("gb")
        else (case.encoding, case.charset) == ("utf-8", "wrong")
    )


def in_title(case: Case, position: tuple[int, int]) -> bool:
    """Where the title stands; of a title on two lines either will do."""
    mark = case.rendered.title
    assert mark is not None
    return case.title <= position <= Lines(case.rendered.text).position(mark.end)


def problems(case: Case) -> list[str]:
    """Everything in which the reading differs from the truth of a clean case."""
    result = check(case)
    report, source = result.report, result.source
    cells = cells_of(result)
    found = [
        f"{'.'.join(address)}: {cells.get(address)} for {tuple(place)}"
        for address, place in case.cells.items()
        if cells.get(address) != tuple(place)
    ]
    found += [f"{'.'.join(address)} invented" for address in cells if address not in case.cells]
    facts = report.facts
    headings = {s.form.number: tuple(source.position(s.span.start)) for s in report.sections if s.span}
    for what, seen, truth in (
        ("headings", headings, dict(case.headings)),
        ("title", bool(facts.title) and in_title(case, source.position(facts.title.span.start)), True),
        ("year", report.year, case.year),
        ("due", report.due and report.due.id, case.edition),
        ("layouts", {table.layout for table in report.tables if table.form.id != "remedies"}, {case.edition}),
        ("agency", facts.agency and facts.agency.value, case.agency),
        ("unit type", facts.unit_type, case.report.unit_type),
        ("diagnostics", {d.rule.id for d in result.diagnostics}, {"GL005"} if encoding_uncertain(case) else set()),
    ):
        if seen != truth:
            found.append(f"{what}: {seen} for {truth}" + (f" {shown(result)}" if what == "diagnostics" else ""))
    return found


@pytest.mark.parametrize("number", range(CASES))
def test_clean_report(number):
    case = clean_case(number)
    assert problems(case) == [], case.name


@pytest.mark.parametrize("number", range(0, CASES, 10))
def test_line_ends_change_nothing(number):
    case = clean_case(number)
    results = [
        LINTER.check_bytes(encode(case.rendered.text, case.encoding, newline), case.name) for newline in ("\n", "\r\n")
    ]
    assert cells_of(results[0]) == cells_of(results[1])
    assert shown(results[0]) == shown(results[1])


@pytest.mark.parametrize("number", range(0, CASES, 10))
@pytest.mark.parametrize("fault", ["number_requests", "cell_mark", "row_dropped", "heading_renamed"])
def test_encodings_change_nothing(number, fault):
    """Also a faulty report says the same in every encoding, but for the note on the encoding itself."""
    layout = LAYOUTS[number // 10 % len(LAYOUTS)]
    seen = []
    for encoding in ("utf-8", "gb18030"):
        case = make_case(number, layout, encoding, fault, charset="absent")
        result = check(case)
        seen.append((cells_of(result), [entry for entry in shown(result) if entry[0] != "GL005"]))
    assert seen[0] == seen[1]


@pytest.mark.parametrize("number", range(0, CASES, 5))
def test_irregular_numbers_are_read(number):
    """1,234, full-width digits and 件 are read for what they mean, with notes at most."""
    layout, encoding = COMBINATIONS[number * 37 % len(COMBINATIONS)]
    case = make_case(number, layout, encoding, charset="right", irregular_numbers=True)
    result = check(case)
    assert cells_of(result) == {address: tuple(place) for address, place in case.cells.items()}, case.name
    assert {d.rule.id for d in result.diagnostics} <= {"GL005", "GL305"}, (case.name, shown(result))
