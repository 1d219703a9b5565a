"""What one year carries over to the next: last year's report says it, and this year's says it again."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.balance import usable
from govlint.checks.words import cell_params
from govlint.checks.years_apart import last_year_cell, unread
from govlint.model.finding import Finding, NotAssessable, Target
from govlint.model.report import CellAddress, TableCell
from govlint.model.rule import CheckKind, Context, Options


def check(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """One finding when cells of row ``now`` differ from those of row ``before`` in last year's report.

    ``columns`` are compared. Where those of ``agreeing`` differ nothing is found: another rule says so.
    """
    report, (last,) = context.report, context.reports
    closed = unread(report, last, options["table"])
    if closed:
        yield closed
        return
    pairs = [_pair(context, options, column) for column in (*options.get("agreeing", ()), *options["columns"])]
    known = [(now, before) for now, before in pairs if now and before and usable(now) and usable(before)]
    if len(known) < len(pairs):
        yield NotAssessable("cells_without_number", {"count": len(pairs) - len(known)})
        return
    differ = [(now, before) for now, before in known if now.number != before.number]
    if not differ or any(now.form.id in options.get("agreeing", ()) for now, _ in differ):
        return
    (now, before), span = differ[0], differ[0][0].span
    assert span is not None
    yield Finding(
        report.locate(span),
        f"{options['table']}.{options['now']}:{'+'.join(cell.form.id for cell, _ in differ)}",
        {
            **cell_params(report, now),
            "before_row": cell_params(last, before)["row"],
            "now": now.number,
            "before": before.number,
            "last_year": last.year,
            "columns": "、".join(f"{cell.form.label} {cell.number:f}≠{other.number:f}" for cell, other in differ),
            "count": len(differ),
        },
        Target(*now.address),
        expected=f"{before.number:f}",
        found=now.text,
        related=tuple(last_year_cell(last, other, cell) for cell, other in differ),
    )


def _pair(context: Context, options: Options, column: str) -> tuple[TableCell | None, TableCell | None]:
    """The cell of this year and the one of last year that should say the same."""
    last = context.reports[0]
    return (
        context.report.cell(CellAddress(options["table"], options["now"], column)),
        last.cell(CellAddress(options["table"], options["before"], column)),
    )


_COLUMNS = {"type": "array", "minItems": 1, "items": {"type": "string", "format": "column"}}

KIND = CheckKind(
    "carried",
    check,
    {
        "type": "object",
        "required": ["table", "now", "before", "columns"],
        "additionalProperties": False,
        "properties": {
            "table": {"type": "string", "format": "table"},
            "now": {"type": "string", "format": "row"},
            "before": {"type": "string", "format": "row"},
            "columns": _COLUMNS,
            "agreeing": _COLUMNS,
        },
    },
    frozenset({"table", "row", "column", "printed", "before_row", "now", "before", "last_year", "columns", "count"}),
    scopes=frozenset({"series"}),
)
