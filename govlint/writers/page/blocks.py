"""What of a document stands together on the page: running text, tables, and what is not part of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from govlint.model.document import Document, Line
from govlint.model.report import Report, Table

_ASIDE = frozenset(("title", "link", "header", "footer"))
_FEW = 2
"""So few lines beside the report, or lines of a table without columns, are shown as they are."""

BlockKind = Literal["text", "aside", "grid", "rows"]


class Block(NamedTuple):
    """Lines that stand together: their numbers from ``start`` to ``stop``.

    ``text``: each line is a paragraph. ``aside``: the same, not part of the report. ``grid``: a table whose cells know
    where they stand. ``rows``: a table whose lines are its rows; ``table`` is the table of the form, where it is one.
    """

    kind: BlockKind
    start: int
    stop: int
    table: Table | None = None


class Row(NamedTuple):
    """The cells of a row of a table, by their numbers in the document: those before its values, and the values.

    ``broken``: each cell has a line of its own. A row of the form's tables without values is a caption or a header.
    """

    label: list[int]
    values: list[int]
    broken: bool = False


class _Bound(NamedTuple):
    """From where to where a row of the form reaches in the source, and where its values start."""

    start: int
    values: int
    end: int


def blocks_of(document: Document, report: Report | None) -> list[Block]:
    """The blocks of a document, in its order, every line in one of them."""
    tables = {line: table for table in report.tables for line in table.lines} if report else {}
    before = _title_line(document, report)
    keys = [_key(number, line, tables.get(number), before) for number, line in enumerate(document.lines)]
    found = []
    for (kind, _), some in groupby(range(len(keys)), keys.__getitem__):
        numbers = list(some)
        start, stop = numbers[0], numbers[-1] + 1
        kinds = {line.kind for line in document.lines[start:stop]}
        is_table = kind == "grid" or "grid" in kinds or ("gaps" in kinds and start in tables)
        shown: BlockKind = "text" if stop - start <= _FEW and not is_table else kind
        found.append(Block(shown, start, stop, tables.get(start) if shown == "rows" else None))
    return found


def rows_of(block: Block, lines: Sequence[Line], first: Sequence[int]) -> list[Row]:
    """The rows of a table: a line each, but where every cell has a line of its own, as the form tells.

    ``first`` are the numbers of the first cells of the lines.
    """
    bounds = list(_bounds(block.table)) if block.table else []
    rows: list[Row] = []
    before: int | None = None
    """Which row of the form the last line belongs to, if the next line may go on with it; -1 for none."""
    at = 0
    for number in range(block.start, block.stop):
        starts = [cell.span().start for cell in lines[number].cells]
        end = max(lines[number].cells[-1].span().end, starts[0] + 1)
        while at < len(bounds) and bounds[at].end <= starts[0]:
            at += 1
        inside = at if at < len(bounds) and bounds[at].start < end else -1
        values = bounds[inside].values if inside >= 0 else end if block.table else 0
        broken = lines[number].kind == "plain"
        if not broken or inside != before:
            rows.append(Row([], [], broken))
        before = inside if broken else None
        for cell, start in enumerate(starts, first[number]):
            (rows[-1].values if start >= values else rows[-1].label).append(cell)
    return rows


def _key(number: int, line: Line, table: Table | None, before: int) -> tuple[BlockKind, int]:
    """What lines that stand together have in common; ``before`` is the line that the report starts with."""
    if line.cells and line.cells[0].grid:
        return "grid", line.cells[0].grid.table
    if line.cells and table is not None:
        return "rows", id(table)
    if line.cells and line.kind != "plain":
        return "rows", 0
    return ("aside" if line.role in _ASIDE or number < before else "text"), 0


def _title_line(document: Document, report: Report | None) -> int:
    """The line that the report starts with; 0 if that is not known."""
    title = report.facts.title if report else None
    if title is None:
        return 0
    for number, line in enumerate(document.lines):
        if line.role not in _ASIDE and any(cell.span().end > title.span.start for cell in line.cells):
            return number
    return 0


def _bounds(table: Table) -> Iterator[_Bound]:
    """The rows of a table that have values, in printed order; a label right before them belongs to them."""
    printed = []
    for row in table.rows:
        spans = [cell.printed.span for cell in row.cells if cell.printed]
        if spans:
            start, end = min(span.start for span in spans), max(span.end for span in spans)
            printed.append((start, end, row.label.slices[0].span.start if row.label else start))
    reached = 0
    for start, end, label in sorted(printed):
        yield _Bound(label if reached <= label <= start else start, start, end)
        reached = end
