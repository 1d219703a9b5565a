"""Cases that last year left pending: this year's totals should have room for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from govlint.checks.balance import usable
from govlint.checks.words import cell_params, operand
from govlint.checks.years_apart import last_year_cell, unread
from govlint.model.finding import Finding, NotAssessable, Target
from govlint.model.report import CellAddress, Report, TableCell
from govlint.model.rule import CheckKind, Context, Options


def check(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """A finding for each group of rows of which last year's ``before`` together exceeds this year's ``now``."""
    report, (last,) = context.report, context.reports
    closed = unread(report, last, options["table"])
    if closed:
        yield closed
        return
    unknown = 0
    for group in options["groups"]:
        now = _cells(report, options["table"], group["rows"], options["now"])
        before = _cells(last, options["table"], group["rows"], options["before"])
        if not all(usable(cell) for cell in (*now, *before)):
            unknown += 1
        elif _total(before) > _total(now):
            yield _finding(report, last, now, before)
    if unknown:
        yield NotAssessable("cells_without_number", {"count": unknown})


def _finding(report: Report, last: Report, now: Sequence[TableCell], before: Sequence[TableCell]) -> Finding:
    first = now[0]
    assert first.span is not None
    labels = [str(cell_params(report, cell)["row"]) for cell in now]
    return Finding(
        report.locate(first.span),
        "+".join(str(cell.address) for cell in now),
        {
            **cell_params(report, first),
            "rows": "、".join(labels),
            "now": _total(now),
            "before": _total(before),
            "last_year": last.year,
        },
        Target(*first.address),
        found=first.text,
        related=(
            *(last_year_cell(last, cell) for cell in before if cell.number),
            *(operand(report, cell) for cell in now[1:]),
        ),
    )


def _cells(report: Report, table: str, rows: Sequence[str], column: str) -> list[TableCell]:
    cells = (report.cell(CellAddress(table, row, column)) for row in rows)
    return [cell for cell in cells if cell is not None]


def _total(cells: Sequence[TableCell]) -> Decimal:
    return sum((cell.number or Decimal(0) for cell in cells), Decimal(0))


_COLUMN = {"type": "string", "format": "column"}

KIND = CheckKind(
    "pending",
    check,
    {
        "type": "object",
        "required": ["table", "groups", "before", "now"],
        "additionalProperties": False,
        "properties": {
            "table": {"type": "string", "format": "table"},
            "groups": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["rows"],
                    "additionalProperties": False,
                    "properties": {
                        "rows": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "row"}}
                    },
                },
            },
            "before": _COLUMN,
            "now": _COLUMN,
        },
    },
    frozenset({"table", "row", "column", "printed", "rows", "now", "before", "last_year"}),
    scopes=frozenset({"series"}),
)
