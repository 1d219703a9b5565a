"""Single cells: blank, no number, negative, a fraction, oddly written, suspiciously large."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from govlint.checks.mending import rewritten
from govlint.checks.words import cell_params
from govlint.chinese import MONEY, UNITS, fold
from govlint.model.edition import ColumnForm
from govlint.model.finding import Edit, Finding, Related, Target
from govlint.model.report import Report, Table, TableCell
from govlint.model.rule import CheckKind, Context, Options

Test = Callable[[TableCell, Options], bool]


def _blank(cell: TableCell, options: Options) -> bool:
    return cell.value is not None and cell.value.kind == "blank"


def _not_a_number(cell: TableCell, options: Options) -> bool:
    return cell.value is not None and cell.value.kind in ("mark", "odd")


def _formula(cell: TableCell, options: Options) -> bool:
    return cell.value is not None and cell.value.kind == "formula"


def _negative(cell: TableCell, options: Options) -> bool:
    return cell.number is not None and cell.number < 0 and not cell.form.signed


def _fraction(cell: TableCell, options: Options) -> bool:
    number = cell.number
    return number is not None and cell.form.value == "count" and "." in str(number)


def _irregular(cell: TableCell, options: Options) -> bool:
    if cell.value is None or cell.value.kind != "number":
        return False
    allowed = {"unit"} if cell.form.unit_allowed else set()
    return bool(set(cell.value.quirks) - allowed)


def _above(cell: TableCell, options: Options) -> bool:
    stated = cell.form.value == "amount" and not cell.form.unit_allowed
    return stated and cell.number is not None and cell.number >= Decimal(str(options["limit"]))


TESTS: Mapping[str, Test] = {
    "blank": _blank,
    "not_a_number": _not_a_number,
    "formula": _formula,
    "negative": _negative,
    "fraction": _fraction,
    "irregular": _irregular,
    "above": _above,
}


def check(context: Context, options: Options) -> Iterator[Finding]:
    """A finding for each region of adjoining cells that are so and show the same.

    A cell that a row with blanks does not print at all is as blank as one that it prints empty.
    """
    report = context.report
    test = TESTS[options["are"]]
    for table in report.tables:
        if table.form.id not in options.get("tables", [table.form.id]) or not table.found:
            continue
        faulty = [
            (number, column, cell)
            for number, row in enumerate(table.rows)
            for bound in (options["are"] == "blank" and row.bound,)
            for column, cell in enumerate(row.cells)
            if test(cell, options) or (bound and cell.printed is None)
        ]
        for region in _regions(faulty):
            if any(cell.printed for cell in region):
                found = _finding(report, table, region)
                if options["are"] == "irregular":
                    edits = [_plain(report, cell) for cell in region]
                    safe = all(_is_sure(cell) for cell in region)
                    found = found._replace(
                        edits=tuple(e for each in edits for e in each) if all(edits) else (), safe=safe
                    )
                yield found


def _plain(report: Report, cell: TableCell) -> tuple[Edit, ...]:
    """Edits to the plain number; none where the unit beside it is of money and not that of the column."""
    number, unit = cell.number, cell.value.unit if cell.value else None
    if number is not None and unit and cell.form.unit_allowed:
        return rewritten(report, cell, f"{number:f}{unit}")
    if number is None or (unit in MONEY and number and not _is_own(unit, cell.form)):
        return ()
    return rewritten(report, cell, f"{number:f}")


def _is_own(unit: str | None, column: ColumnForm) -> bool:
    """Whether a unit is the one that the heading states, or for counts any that does not speak of money."""
    if unit is None:
        return True
    if column.value == "amount":
        return unit == next((known for known in UNITS if known in column.label), None)
    return unit not in MONEY


def _is_sure(cell: TableCell) -> bool:
    """Whether it is certain which number is meant: a blank inside may part two, and another unit count other things."""
    return cell.value is not None and "space" not in cell.value.quirks and _is_own(cell.value.unit, cell.form)


def _regions(faulty: Sequence[tuple[int, int, TableCell]]) -> Iterator[list[TableCell]]:
    """Cells that adjoin (corners count) and print the same, in reading order."""
    left = {(row, column): cell for row, column, cell in faulty}
    while left:
        seed = min(left)
        words = _shows(left[seed])
        found: dict[tuple[int, int], TableCell] = {}
        waiting = [seed]
        while waiting:
            at = waiting.pop()
            cell = left.get(at)
            if cell is None or _shows(cell) != words:
                continue
            found[at] = left.pop(at)
            waiting += [(at[0] + down, at[1] + across) for down in (-1, 0, 1) for across in (-1, 0, 1)]
        yield [found[at] for at in sorted(found)]


def _shows(cell: TableCell) -> str:
    """What a cell prints, folded; formulas are alike, because each names other cells."""
    return "=" if cell.value is not None and cell.value.kind == "formula" else fold(cell.text or "")


def _finding(report: Report, table: Table, region: Sequence[TableCell]) -> Finding:
    printed = [cell for cell in region if cell.printed]
    first, last = printed[0], printed[-1]
    assert first.span is not None and last.span is not None
    rows = [table.form.row_by_id[row].label for row in dict.fromkeys(cell.address.row for cell in region)]
    columns = list(dict.fromkeys(cell.form.label for cell in region))
    related: list[Related] = []
    label = table.row_by_id[first.address.row].label
    if label is not None:
        related.append(Related(report.locate(label.span), "row", cell_params(report, first)))
    if len(region) > 1:
        related.append(Related(report.locate(last.span), "last_cell", cell_params(report, last), last.address))
    subject = str(first.address) if len(region) == 1 else f"{first.address}..{last.address}"
    return Finding(
        report.locate(first.span),
        subject,
        {
            **cell_params(report, first),
            "count": len(region),
            "rows": "、".join(rows) if len(rows) <= 3 else f"{rows[0]} … {rows[-1]}",
            "columns": "、".join(columns) if len(columns) <= 3 else f"{columns[0]} … {columns[-1]}",
            "number": first.number,
        },
        Target(*first.address),
        expected=None,
        found=first.text,
        related=tuple(related),
        seen=tuple(str(cell.address) for cell in region),
    )


KIND = CheckKind(
    "cells",
    check,
    {
        "type": "object",
        "required": ["are"],
        "additionalProperties": False,
        "properties": {
            "are": {"enum": sorted(TESTS)},
            "limit": {"type": "number"},
            "tables": {"type": "array", "items": {"type": "string", "format": "table"}},
        },
        "if": {"properties": {"are": {"const": "above"}}},
        "then": {"required": ["limit"]},
    },
    frozenset({"table", "row", "column", "printed", "count", "rows", "columns", "number"}),
    mends=True,
)
