"""Blocks of an RTF file → paragraphs and rows on the canvas; columns come from the edges of all rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from govlint.model.document import GridPlace, Role
from govlint.model.source import Place
from govlint.readers.layout import RUNNING_TEXT
from govlint.readers.rendering import Canvas, RowCell
from govlint.readers.rtf_flow import Block, Column, Row, Table

TOLERANCE = 60
"""Edges of cells no further apart (in twips, a millimetre) are one."""
_USUAL = 1000
"""The width of a cell that its row does not define."""


class _Cell(NamedTuple):
    """A cell between its edges."""

    left: int
    right: int
    continues: bool
    blocks: Sequence[Block]

    @property
    def is_blank(self) -> bool:
        return not any(isinstance(block, Table) or block.strip() for block in self.blocks)


@dataclass(eq=False, slots=True)
class Printer:
    """Puts blocks down and numbers tables and paragraphs."""

    canvas: Canvas
    tables: int = 0
    paragraphs: int = 0
    _rows: list[list[_Cell]] = field(default_factory=list)

    def put(self, blocks: Iterable[Block], role: Role, place: Place | None = None) -> None:
        """Blocks outside tables, or with the place of the cell that they stand in."""
        for block in blocks:
            if isinstance(block, Table):
                self._put_table(block, role)
            else:
                self.paragraphs += place is None and role == "body"
                counted = Place(paragraph=self.paragraphs) if role == "body" else Place()
                self.canvas.paragraph(block, place or counted, role)

    def _put_table(self, table: Table, role: Role) -> None:
        number = self.tables
        self.tables += 1
        rows = [_cells(row) for row in table.rows]
        columns = _columns(rows)
        spans, covered = _merged(rows, columns)
        for at, row in enumerate(rows):
            made: list[tuple[_Cell, GridPlace, Place]] = []
            for index, cell in enumerate(row):
                left, right = columns[cell.left], columns[cell.right]
                if (at, index) not in covered and (left < right or not cell.is_blank):
                    grid = GridPlace(number, at, left, spans.get((at, index), 1), max(right - left, 1))
                    made.append((cell, grid, Place(table=number + 1, row=at + 1, cell=left + 1)))
            if _is_layout([cell for cell, _, _ in made]):
                for cell, _, place in made:
                    self.put(cell.blocks, role, place)
            elif made:
                self.canvas.row([RowCell(_text(cell), grid, place) for cell, grid, place in made], role)


def _cells(row: Row) -> list[_Cell]:
    """The cells of a row, those that are merged across as one."""
    left = row.definition.left
    cells: list[_Cell] = []
    for index, blocks in enumerate(row.cells):
        columns = row.definition.columns
        column = columns[index] if index < len(columns) else Column(left + _USUAL)
        right = max(column.edge, left)
        if column.across == "more" and cells:
            before = cells.pop()
            cells.append(before._replace(right=right, blocks=[*before.blocks, *blocks] if blocks else before.blocks))
        else:
            cells.append(_Cell(left, right, column.down == "more", blocks))
        left = right
    return cells


def _columns(rows: Iterable[Sequence[_Cell]]) -> dict[int, int]:
    """Edge in twips → number of the column that begins there."""
    columns: dict[int, int] = {}
    start, number = 0, -1
    for edge in sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)}):
        if number < 0 or edge - start > TOLERANCE:
            start = edge
            number += 1
        columns[edge] = number
    return columns


def _merged(
    rows: Sequence[Sequence[_Cell]], columns: dict[int, int]
) -> tuple[dict[tuple[int, int], int], set[tuple[int, int]]]:
    """By row and index: the row spans of the cells that others continue, and those others."""
    spans: dict[tuple[int, int], int] = {}
    covered: set[tuple[int, int]] = set()
    above: dict[int, tuple[int, int]] = {}
    for at, row in enumerate(rows):
        here: dict[int, tuple[int, int]] = {}
        for index, cell in enumerate(row):
            left = columns[cell.left]
            if cell.continues and left in above:
                first = above[left]
                spans[first] = at - first[0] + 1
                covered.add((at, index))
            else:
                first = (at, index)
            if columns[cell.right] > left:
                here[left] = first
        above = here
    return spans, covered


def _is_layout(cells: Sequence[_Cell]) -> bool:
    """Whether a row is page layout: a cell holds a table or running text, or its only cell several paragraphs."""
    if any(isinstance(block, Table) for cell in cells for block in cell.blocks):
        return True
    if len(cells) == 1 and len(_text(cells[0]).split("\n")) > 1:
        return True
    return any(sum(len(block) for block in cell.blocks) > RUNNING_TEXT for cell in cells)


def _text(cell: _Cell) -> str:
    return "\n".join(block for block in cell.blocks if isinstance(block, str) and block.strip())
