"""The grid of a Word table: which columns and rows each cell covers, merged cells once.

Word and LibreOffice store every physical edge of a table, so columns that were drawn a hair apart come with
slivers between them. Edges closer than ``SLIVER`` are one edge, and blank cells as narrow are none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple
from xml.etree import ElementTree as ET

from govlint.model.document import GridPlace
from govlint.readers.docx.names import T, W, twips
from govlint.readers.docx.table_rows import CONTINUE, SLIVER, TableCell, TableRow, read_rows


class Slot(NamedTuple):
    """A cell and its place in the grid."""

    cell: ET.Element
    place: GridPlace


def arrange(table: ET.Element, index: int) -> list[list[Slot]]:
    """The cells of a table by row, each where it begins; ``index`` is the table's own number."""
    rows = read_rows(table)
    edges = _edges(table, rows)
    starts = sorted({edges.start(cell) for row in rows for cell in row.cells})
    ranks = {start: rank for rank, start in enumerate(starts)}
    shown: list[list[tuple[TableCell, int]]] = []
    above: dict[int, TableCell] = {}
    for row in rows:
        merged: dict[int, TableCell] = {}
        kept: list[tuple[TableCell, int]] = []
        for cell in row.cells:
            column = ranks[edges.start(cell)]
            first = above.get(column) if cell.merge == CONTINUE else None
            if first is not None:
                first.rows += 1
                merged[column] = first
                continue
            kept.append((cell, column))
            if cell.merge:
                merged[column] = cell
        above = merged
        shown.append(kept)
    return [
        [
            Slot(
                cell.element,
                GridPlace(
                    index, at, column, cell.rows, max(bisect_left(starts, edges.end(cell), column + 1) - column, 1)
                ),
            )
            for cell, column in row
        ]
        for at, row in enumerate(shown)
    ]


class _Edges(NamedTuple):
    """From grid columns, or positions, to true columns; without a map, grid columns are true ones."""

    by_column: Sequence[int] | None = None
    by_position: dict[int, int] | None = None

    def start(self, cell: TableCell) -> int:
        if self.by_position is not None:
            return self.by_position[cell.left]
        return cell.start if self.by_column is None else self.by_column[cell.start]

    def end(self, cell: TableCell) -> int:
        if self.by_position is not None:
            return self.by_position[cell.left + cell.width]
        end = cell.start + cell.span
        return end if self.by_column is None else self.by_column[end]


def _edges(table: ET.Element, rows: list[TableRow]) -> _Edges:
    """By widths of cells where only these agree, by widths of columns where the table has them, else by counting."""
    most = max((row.end for row in rows), default=0)
    if any(row.end != most for row in rows):
        widths = [row.width for row in rows]
        if all(row.measured for row in rows) and max(widths) - min(widths) < 2 * SLIVER:
            return _Edges(by_position=_by_position(rows))
    columns = table.find(W + "tblGrid")
    widths = [] if columns is None else [twips(column.get(W + "w")) for column in columns.iterfind(W + "gridCol")]
    if len(widths) < most:
        return _Edges()
    positions = [0, *accumulate(widths)]
    if sum(width >= SLIVER for width in widths) * 2 > len(widths):
        for row in rows:
            row.cells = [cell for cell in row.cells if not _is_sliver(cell, positions)]
    return _Edges(_by_column(positions, rows))


def _is_sliver(cell: TableCell, positions: list[int]) -> bool:
    """Whether nobody can see the cell: no text, and hardly any width by the table's columns and by its own word."""
    wide = max(positions[cell.start + cell.span] - positions[cell.start], cell.width)
    return wide < SLIVER and next(cell.element.iter(T), None) is None


def _by_column(positions: list[int], rows: list[TableRow]) -> list[int]:
    """For each edge of the grid, the true column that begins there; narrow cells with text keep one of their own."""
    forced = {
        cell.start + cell.span
        for row in rows
        for cell in row.cells
        if positions[cell.start + cell.span] - positions[cell.start] < SLIVER
    }
    edges = [0]
    base = 0
    for at in range(1, len(positions)):
        new = at in forced or positions[at] - base >= SLIVER
        base = positions[at] if new else base
        edges.append(edges[-1] + new)
    return edges


def _by_position(rows: list[TableRow]) -> dict[int, int]:
    edges: dict[int, int] = {}
    base: int | None = None
    for position in sorted({at for row in rows for cell in row.cells for at in (cell.left, cell.left + cell.width)}):
        if base is None or position - base >= SLIVER:
            base = position
            edges[position] = len(edges)
        else:
            edges[position] = edges[base]
    return edges
