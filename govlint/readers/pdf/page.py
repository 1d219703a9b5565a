"""One page → its tables and the lines of text outside them, from the top."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from govlint.chinese import is_page_number
from govlint.readers.layout import RUNNING_TEXT
from govlint.readers.pdf.glyphs import Glyph
from govlint.readers.pdf.lattice import Lattice, Slot
from govlint.readers.pdf.textlines import TextLine, join_all, make_lines

MARGIN = 0.09
"""Share of a page's height, at its top and bottom, where headers, footers and page numbers stand."""
_PADDING = 8.0
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


def make_blocks(glyphs: Sequence[Glyph], lattices: Sequence[Lattice], page: int, height: float) -> list[Block]:
    """The tables and lines of a page in reading order.

    A character belongs to the smallest lattice round it. Rows that hold running text are no rows of a table:
    their lines stand among the others.
    """
    held: list[dict[int, list[Glyph]]] = [defaultdict(list) for _ in lattices]
    loose: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, glyph.base - 0.35 * glyph.size
        for number, lattice in enumerate(lattices):
            slot = lattice.slot_at(x, y)
            if slot is not None:
                held[number][slot].append(glyph)
                break
        else:
            loose.append(glyph)
    blocks: list[Block] = []
    for lattice, inside in zip(lattices, held, strict=True):
        table, freed = _table(lattice, inside, page, height)
        loose += freed
        if table is not None:
            blocks.append(table)
    blocks += (PageText(line, page, height) for line in make_lines(loose))
    return sorted(blocks, key=lambda block: block.top)


def _table(
    lattice: Lattice, inside: dict[int, list[Glyph]], page: int, height: float
) -> tuple[PageTable | None, list[Glyph]]:
    lines = {slot: _without_page_number(make_lines(glyphs), height) for slot, glyphs in inside.items()}
    texts = {slot: join_all(found) for slot, found in lines.items()}
    layout = {
        row
        for slot, text in texts.items()
        if len(text) > RUNNING_TEXT
        for row in range(lattice.slots[slot].row, lattice.slots[slot].row + lattice.slots[slot].rows)
    }
    freed = [glyph for slot, glyphs in inside.items() if lattice.slots[slot].row in layout for glyph in glyphs]
    kept = [(number, slot) for number, slot in enumerate(lattice.slots) if slot.row not in layout]
    if not any(texts.get(number) for number, _ in kept):
        return None, freed
    cells = tuple(
        PageCell(*slot[:4], texts.get(number, ""), _is_full(lines.get(number, []), slot), page, slot.box)
        for number, slot in kept
    )
    ys = lattice.ys
    top = ys[min(cell.row for cell in cells)]
    bottom = ys[max(cell.row + cell.rows for cell in cells)]
    return PageTable(lattice.xs, len(ys) - 1, cells, page, top, bottom), freed


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
