"""One page → its tables and the lines of text outside them, from the top."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from govlint.chinese import is_page_number
from govlint.readers.layout import RUNNING_TEXT
from govlint.readers.pdf.glyphs import Glyph, Turn, Upright
from govlint.readers.pdf.lattice import Lattice, Slot
from govlint.readers.pdf.textlines import TextLine, join_all, make_lines, without_side_column

MARGIN = 0.09
"""Share of a page's height, at its top and bottom, where headers, footers and page numbers stand."""
_OVERHANG = 0.25
"""Where in its width a character is: a closing bracket may hang over the edge of its cell."""
_HEIGHT = 0.45
"""How far above its baseline a character is, in its size: one that sticks out of its cell does so downwards."""
_FRAME = 14.0
"""Points between a table and a frame round it at most."""
_WIDE = 0.6
"""A cell of this share of its table's width may hold running text."""
_PADDING = 12.0
"""Points that both paddings of a cell take at least."""


class PageCell(NamedTuple):
    """A cell; ``full``: one more character would not have fitted on its last line, so its text may go on."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    full: bool
    page: int
    box: tuple[float, float, float, float]


class PageTable(NamedTuple):
    """A table as far as one page shows it; ``xs`` are the edges of its columns."""

    xs: tuple[float, ...]
    rows: int
    cells: tuple[PageCell, ...]
    page: int
    top: float
    bottom: float


class PageText(NamedTuple):
    """A line of text outside tables, on a page of this height."""

    line: TextLine
    page: int
    height: float

    @property
    def top(self) -> float:
        return self.line.base

    @property
    def in_margin(self) -> bool:
        """Whether it stands where headers and footers do."""
        return not MARGIN * self.height < self.line.base < (1 - MARGIN) * self.height


Block = PageTable | PageText


def make_blocks(upright: Upright, lattices: Sequence[Lattice], page: int, height: float) -> list[Block]:
    """The tables and lines of a page in reading order.

    A character belongs to the smallest lattice round it. Rows that hold running text are no rows of a table:
    their lines stand among the others.
    """
    held: list[dict[int, list[Glyph]]] = [defaultdict(list) for _ in lattices]
    loose: list[Glyph] = []
    before: tuple[Glyph, int, int] | None = None
    for glyph in upright.glyphs:
        x, y = glyph.left + _OVERHANG * (glyph.right - glyph.left), glyph.base - _HEIGHT * glyph.size
        for number, lattice in enumerate(lattices):
            slot = lattice.slot_at(x, y)
            if slot is not None:
                if before is not None and before[1] == number and _hangs_over(before[0], glyph):
                    slot = before[2]
                held[number][slot].append(glyph)
                before = (glyph, number, slot)
                break
        else:
            loose.append(glyph)
            before = None
    blocks: list[Block] = []
    for lattice, inside in zip(lattices, held, strict=True):
        table, freed = _table(lattice, inside, _nested(lattice, lattices), page, height)
        loose += freed
        if table is not None:
            cells = tuple(cell._replace(box=_box(cell.box, upright.back)) for cell in table.cells)
            blocks.append(table._replace(cells=cells))
    blocks += (PageText(line, page, height) for line in without_side_column(make_lines(loose)))
    return sorted(blocks, key=lambda block: block.top)


def _box(box: tuple[float, float, float, float], back: Turn) -> tuple[float, float, float, float]:
    """A box of upright text as left, bottom, right, top of the page as it is written."""
    (x, y), (u, v) = back(box[0], box[1]), back(box[2], box[3])
    return min(x, u), min(y, v), max(x, u), max(y, v)


def _hangs_over(before: Glyph, glyph: Glyph) -> bool:
    """Whether a closing mark follows another character, so that it belongs to its cell wherever it stands."""
    near = abs(glyph.left - before.right) < 0.2 * glyph.size and abs(glyph.base - before.base) < 1
    return near and unicodedata.category(glyph.char) in ("Pe", "Pf", "Po") and not glyph.char.isascii()


def _nested(outer: Lattice, lattices: Sequence[Lattice]) -> set[int]:
    """The cells of a lattice that hold another one."""
    found = set()
    for inner in lattices:
        if inner.area < outer.area:
            slots = {outer.slot_at(x, y) for x in (inner.xs[0], inner.xs[-1]) for y in (inner.ys[0], inner.ys[-1])}
            if len(slots) == 1 and None not in slots:
                found |= slots
    return {slot for slot in found if slot is not None}


def _table(
    lattice: Lattice, inside: dict[int, list[Glyph]], nested: set[int], page: int, height: float
) -> tuple[PageTable | None, list[Glyph]]:
    """The table of a lattice, and the characters in rows that are layout. ``nested``: cells with a table inside."""
    lines = {slot: _without_page_number(make_lines(glyphs), height) for slot, glyphs in inside.items()}
    texts = {slot: join_all(found) for slot, found in lines.items()}
    layout: set[int] = set()
    for number, slot in enumerate(lattice.slots):
        wide = slot.box[2] - slot.box[0] > _WIDE * (lattice.xs[-1] - lattice.xs[0])
        alone = wide and len(lines.get(number, ())) > 2 and _is_alone(lattice, texts, slot)
        if number in nested or alone or len(texts.get(number, "")) > RUNNING_TEXT:
            layout.update(range(slot.row, slot.row + slot.rows))
    freed = [glyph for slot, glyphs in inside.items() if lattice.slots[slot].row in layout for glyph in glyphs]
    cells = [
        PageCell(*slot[:4], texts.get(number, ""), _is_full(lines.get(number, []), slot), page, slot.box)
        for number, slot in enumerate(lattice.slots)
        if slot.row not in layout
    ]
    if not any(cell.text for cell in cells):
        return None, freed
    top = lattice.ys[min(cell.row for cell in cells)]
    bottom = lattice.ys[max(cell.row + cell.rows for cell in cells)]
    xs, cells = _without_frame(lattice.xs, cells)
    cells = _without_idle_edges(cells)
    return PageTable(xs, max(cell.row + cell.rows for cell in cells), tuple(cells), page, top, bottom), freed


def _is_alone(lattice: Lattice, texts: dict[int, str], slot: Slot) -> bool:
    """Whether no other cell beside this one says anything."""
    beside = {number for row in lattice.owner[slot.row : slot.row + slot.rows] for number in row}
    return sum(bool(texts.get(number)) for number in beside) == 1


def _without_frame(xs: tuple[float, ...], cells: list[PageCell]) -> tuple[tuple[float, ...], list[PageCell]]:
    """A table without the blank columns at its sides, which a frame round it makes: one cell from top to bottom."""
    rows = {cell.row for cell in cells}
    for column in (0, len(xs) - 2):
        side = [cell for cell in cells if cell.column <= column < cell.column + cell.columns]
        narrow = xs[column + 1] - xs[column] <= _FRAME
        if narrow and len(side) == 1 < len(rows) and not side[0].text and side[0].columns == 1:
            cells = [cell._replace(column=cell.column - (column == 0)) for cell in cells if cell is not side[0]]
            xs = xs[1:] if column == 0 else xs[:-1]
            return _without_frame(xs, cells)
    return xs, cells


def _without_idle_edges(cells: list[PageCell]) -> list[PageCell]:
    """The cells without the edges of rows that part nothing but blank cells from blank cells."""
    first = min(cell.row for cell in cells)
    last = max(cell.row + cell.rows for cell in cells)
    kept = {first, last}
    for cell in cells:
        if cell.text:
            kept |= {cell.row, cell.row + cell.rows}
    edges = sorted(kept)
    if len(edges) == last - first + 1:
        return cells
    found = []
    for cell in cells:
        if cell.row in kept:  # What begins at an edge that goes is a blank part of the cell above it.
            start = bisect_left(edges, cell.row)
            found.append(cell._replace(row=start, rows=bisect_left(edges, cell.row + cell.rows) - start))
    return found


def _without_page_number(lines: list[TextLine], height: float) -> list[TextLine]:
    """The lines of a cell without the number of the page, where the table reaches over it."""
    return [
        line
        for line in lines
        if MARGIN * height < line.base < (1 - MARGIN) * height or line.text.isdigit() or not is_page_number(line.text)
    ]


def _is_full(lines: Sequence[TextLine], slot: Slot) -> bool:
    if not lines:
        return False
    last = lines[-1]
    return last.right - last.left + last.size > slot.box[2] - slot.box[0] - _PADDING
