"""A text of an RTF file in work: paragraphs, cells and rows as they end, put together to blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from govlint.model.document import Role
from govlint.model.errors import ReadError

MAX_LEVEL = 20
"""Tables nested deeper are read as if nested so deep."""
MAX_COLUMNS = 1000
MAX_CELLS = 200_000
"""Cells of one text; so many would make a file of hundreds of pages."""
_SURROGATE = re.compile("[\ud800-\udfff]")

Merge = Literal["", "first", "more"]


class Column(NamedTuple):
    """A cell of a row as the row defines it: its right edge in twips, and whether it is merged down or across."""

    edge: int
    down: Merge = ""
    across: Merge = ""


@dataclass(eq=False, slots=True)
class Definition:
    """The left edge of a row and its columns."""

    left: int = 0
    columns: list[Column] = field(default_factory=list)


class Row(NamedTuple):
    """The cells of a row, each a sequence of blocks."""

    cells: list[Sequence[Block]]
    definition: Definition


class Table(NamedTuple):
    """Rows that follow each other."""

    rows: list[Row]


Block = str | Table
"""A paragraph or a table."""

_NOTHING: Sequence[Block] = ()


@dataclass(eq=False, slots=True)
class _Level:
    """The table in work at one depth of nesting, its row in work, and the cell in work of that."""

    rows: list[Row] = field(default_factory=list)
    cells: list[Sequence[Block]] = field(default_factory=list)
    items: list[Block] = field(default_factory=list)


class Flow:
    """The body, a text box, a running head or a note. Level 0 is outside tables, 1 in one, 2 in a nested one."""

    def __init__(self, role: Role | None) -> None:
        """``role`` is None for a text box, which becomes part of the text around it."""
        self.role = role
        self.blocks: list[Block] = []
        self.text: list[str] = []
        self._levels: list[_Level] = []
        self._definitions = [Definition(), Definition()]
        self._used = [False, False]
        self._open = False
        self._cells = 0
        self._down: Merge = ""
        self._across: Merge = ""

    # ------------------------------------------------------------ what rows define

    def define_row(self, nested: bool) -> None:
        """A row begins to be defined; one that is not nested is open until it ends."""
        self._definitions[nested] = Definition()
        self._used[nested] = False
        self._open = self._open or not nested
        self._down = self._across = ""

    def define_left(self, nested: bool, twips: int) -> None:
        """The left edge of the row."""
        self._own(nested).left = twips

    def define_merge(self, down: Merge, across: Merge) -> None:
        """The next column is merged."""
        self._down, self._across = down or self._down, across or self._across

    def define_column(self, nested: bool, edge: int) -> None:
        """A column down to its right edge."""
        if len(self._definitions[nested].columns) < MAX_COLUMNS:
            self._own(nested).columns.append(Column(edge, self._down, self._across))
        self._down = self._across = ""

    def _own(self, nested: bool) -> Definition:
        """The definition in work, apart from that of the rows before."""
        if self._used[nested]:
            before = self._definitions[nested]
            self._definitions[nested] = Definition(before.left, list(before.columns))
            self._used[nested] = False
        return self._definitions[nested]

    # ------------------------------------------------------------ what ends

    def end_paragraph(self, level: int) -> None:
        """The text so far is a paragraph. In a row that is open it belongs to a cell, whatever it says of itself."""
        if level == 0 and (self._open or (self._levels and self._levels[0].cells)):
            level = 1
        text = self._take()
        if level == 0 or text.strip():
            self._reach(level).append(text)

    def end_cell(self, level: int) -> None:
        """The text so far ends a cell."""
        text = self._take()
        items = self._reach(level)
        if text.strip():
            items.append(text)
        at = self._levels[level - 1]
        at.cells.append(items or _NOTHING)
        if items:
            at.items = []
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise ReadError("", "too_many_cells", {"limit": MAX_CELLS})

    def end_row(self, level: int) -> None:
        """The cells so far are a row."""
        nested = level > 1
        if self._reach(level) or any(part.strip() for part in self.text):
            self.end_cell(level)
        at = self._levels[level - 1]
        if at.cells:
            at.rows.append(Row(at.cells, self._definitions[nested]))
            at.cells = []
            self._used[nested] = True
        self._open = self._open and nested

    def insert(self, blocks: Sequence[Block]) -> None:
        """Blocks of a text box stand before the paragraph that it is anchored in."""
        self._reach(len(self._levels) or int(self._open)).extend(blocks)

    def done(self) -> list[Block]:
        """All blocks, at the end of the flow."""
        if any(part.strip() for part in self.text):
            self.end_paragraph(len(self._levels))
        self._reach(0)
        return self.blocks

    def _reach(self, level: int) -> list[Block]:
        """Where blocks of that level go, after the tables of deeper ones are closed."""
        while len(self._levels) > level:
            self._close()
        while len(self._levels) < level:
            self._levels.append(_Level())
        return self._levels[-1].items if self._levels else self.blocks

    def _close(self) -> None:
        """The innermost table ends; what stands behind its last row without a cell's end is no part of it."""
        last = self._levels.pop()
        into = self._levels[-1].items if self._levels else self.blocks
        if last.cells:
            last.rows.append(Row([*last.cells, last.items or _NOTHING], self._definitions[bool(self._levels)]))
            last.items = []
        if last.rows:
            into.append(Table(last.rows))
        into.extend(last.items)

    def _take(self) -> str:
        text = "".join(self.text)
        self.text.clear()
        if _SURROGATE.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text
