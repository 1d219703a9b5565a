"""Two reports of one agency side by side: whether both can be read, and how checks speak of last year's cells."""

from __future__ import annotations

from govlint.checks.words import cell_params, table_key
from govlint.model.finding import NotAssessable, Related
from govlint.model.report import Report, TableCell


def unread(report: Report, last: Report, table: str) -> NotAssessable | None:
    """Why a table cannot be held against last year's, if it cannot."""
    for side, reason in ((report, "table_not_read"), (last, "last_table_not_read")):
        found = side.table_by_id.get(table)
        if found is None or not found.found:
            return NotAssessable(reason, {"table": table_key(table)})
    return None


def last_year_cell(last: Report, cell: TableCell, now: TableCell | None = None) -> Related:
    """A cell of last year's report as a further place, with its number and that of the cell it is held against."""
    assert cell.span is not None
    params = {**cell_params(last, cell), "number": cell.number, "year": last.year}
    if now is None:
        return Related(last.locate(cell.span), "last_year", params, cell.address)
    return Related(last.locate(cell.span), "last_year_against", {**params, "now": now.number}, cell.address)
