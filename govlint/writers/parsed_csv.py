"""``govlint parse --output-format csv``: one cell of the forms a row, with ids for programs and labels for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govlint.model.diagnostic import Result
from govlint.model.report import Report, Table, TableCell
from govlint.writers.csv_text import plain, write_rows
from govlint.writers.language import Language

COLUMNS = (
    "path agency unit_type year edition table table_label row row_label column column_label text value line column_no"
).split()


def write(results: Sequence[Result], language: Language, *, single: bool) -> str:
    """Every cell of every report that was read, in long form; ``single`` makes no difference here.

    ``value`` is empty where a cell holds no number, ``line`` and ``column_no`` where it was not found.
    """
    return write_rows(
        [COLUMNS, *(row for result in results if result.report for row in _rows(result.report, language))]
    )


def _rows(report: Report, language: Language) -> Iterator[list[object]]:
    facts = report.facts
    head: list[object] = [
        report.source.path,
        facts.agency.value if facts.agency else "",
        facts.unit_type or "",
        "" if report.year is None else report.year,
        report.due.id if report.due else "",
    ]
    for table in report.tables:
        for address, cell in _cells(table, language):
            yield [*head, *address, *_content(report, cell)]


def _cells(table: Table, language: Language) -> Iterator[tuple[list[object], TableCell]]:
    """The cells of a table, each with the ids and labels of table, row and column."""
    for row in table.rows:
        for cell in row.cells:
            ids = [table.form.id, language.of(table.form.label), row.form.id, row.form.label]
            yield [*ids, cell.form.id, cell.form.label], cell


def _content(report: Report, cell: TableCell) -> list[object]:
    place = report.source.position(cell.span.start) if cell.span else ("", "")
    return [cell.text or "", plain(cell.number), *place]
