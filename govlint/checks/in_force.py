"""A stock over the years: what there was, plus what came, less what went, is what there is."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.balance import usable
from govlint.checks.words import cell_params, operand
from govlint.checks.years_apart import last_year_cell, unread
from govlint.model.finding import Finding, NotAssessable, Target
from govlint.model.report import CellAddress, Report, TableCell
from govlint.model.rule import CheckKind, Context, Options


def check(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """A finding for each row whose ``stock`` is not last year's plus ``plus`` less ``minus``.

    Forms that do not both have these columns cannot be held against each other.
    """
    report, (last,) = context.report, context.reports
    unknown = 0
    closed = unread(report, last, options["table"])
    if closed:
        yield closed
        return
    for row in options["rows"]:
        stock, plus, minus = (_cell(report, options, row, options[name]) for name in ("stock", "plus", "minus"))
        before = _cell(last, options, row, options["stock"])
        if stock is None or plus is None or minus is None or before is None:
            yield NotAssessable("forms_differ", {"year": last.year})
            return
        if not all(usable(cell) for cell in (stock, plus, minus, before)):
            unknown += 1
            continue
        assert before.number is not None and plus.number is not None and minus.number is not None
        due = before.number + plus.number - minus.number
        if due != stock.number:
            yield _finding(report, last, stock, [before, plus, minus])
    if unknown:
        yield NotAssessable("cells_without_number", {"count": unknown})


def _finding(report: Report, last: Report, stock: TableCell, terms: list[TableCell]) -> Finding:
    before, plus, minus = terms
    assert stock.span is not None and before.number is not None and plus.number is not None
    assert minus.number is not None
    due = before.number + plus.number - minus.number
    return Finding(
        report.locate(stock.span),
        str(stock.address),
        {
            **cell_params(report, stock),
            "sum": f"{before.number:f}+{plus.number:f}−{minus.number:f}={due:f}",
            "due": due,
            "number": stock.number,
            "last_year": last.year,
        },
        Target(*stock.address),
        expected=f"{due:f}" if due >= 0 else None,
        found=stock.text,
        related=(last_year_cell(last, before), operand(report, plus), operand(report, minus)),
    )


def _cell(report: Report, options: Options, row: str, column: str) -> TableCell | None:
    return report.cell(CellAddress(options["table"], row, column))


_COLUMN = {"type": "string", "format": "column"}

KIND = CheckKind(
    "in_force",
    check,
    {
        "type": "object",
        "required": ["table", "rows", "stock", "plus", "minus"],
        "additionalProperties": False,
        "properties": {
            "table": {"type": "string", "format": "table"},
            "rows": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "row"}},
            "stock": _COLUMN,
            "plus": _COLUMN,
            "minus": _COLUMN,
        },
    },
    frozenset({"table", "row", "column", "printed", "sum", "due", "number", "last_year"}),
    scopes=frozenset({"series"}),
)
