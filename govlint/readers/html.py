"""HTML as a browser reads it: paragraphs as lines, innermost tables as grid lines, positions exact.

All calls of turbohtml are here, in ``html_chunks`` and in ``comments``. Scripts and styles are dropped; navigation
and metadata stay as lines. A row one of whose cells holds a table or running text is layout, not a grid.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import turbohtml

from govlint.chinese import strip_slice
from govlint.model.document import Cell, GridPlace, Line
from govlint.model.errors import ReadError
from govlint.readers.html_boxes import Box, Grid, Paragraph
from govlint.readers.html_origins import Empty, Shown, Whole
from govlint.readers.html_positions import Positions, Run, TextNode
from govlint.readers.html_tags import BLOCK, CELLS
from govlint.readers.layout import MakeCell, lay_out
from govlint.readers.limits import check_tags

_DROPPED = frozenset("script style noscript template object iframe svg math canvas audio video map select".split())
_BLANK = " \t\n\r\f"
_BLANKS = re.compile(f"[{_BLANK}]+")
MAX_SPAN = 1000
MAX_POSITIONS = 2_000_000
"""Columns that merged cells may cover beyond their first, over the whole page."""


def read_html(markup: str, at: int = 0) -> list[Line]:
    """The lines of a page or fragment whose first character stands at offset ``at`` of the source.

    Raises ReadError: ``too_many_tags``, or ``too_many_cells`` when row and column spans claim an absurd grid.
    """
    check_tags(markup)
    return _Walk(one_line_end(markup), at).lines()


def one_line_end(markup: str) -> str:
    """The same text, character for character, with ``\\n`` as the only line end and no NUL.

    The parser folds CRLF and drops NUL before it counts; so nothing is left to fold.
    """
    return markup.replace("\r\n", " \n").replace("\r", " ").replace("\0", " ").replace("\f", " ")


class _Walk:
    """One pass over the tree with a stack of its own, because pages nest deeper than Python does."""

    def __init__(self, markup: str, at: int) -> None:
        self.nodes: list[TextNode] = []
        self.positions = Positions(markup, at, self.nodes)
        self.tree = turbohtml.parse(markup)
        self.boxes = [Box()]
        self.grids: list[Grid] = []
        self.tables = 0
        self.links = 0
        self.preformatted = 0
        self.covered = 0
        self.anchor: tuple[int, int] | None = None

    def lines(self) -> list[Line]:
        stack: list[tuple[tuple[int, int] | None, str, _Siblings]] = [(None, "", _siblings(self.tree))]
        while stack:
            table, tag, children = stack[-1]
            node, after = next(children, _END)
            if node is None:
                stack.pop()
                if tag in BLOCK:
                    self._close(tag)
                else:
                    self.links -= tag == "a"
            elif isinstance(node, turbohtml.Text):
                number, data = len(self.nodes), node.data
                self.nodes.append(TextNode(data, self.anchor, _table_at(after) or table))
                self.anchor = None
                # What stands between most tags is blank and shows nothing.
                if self.preformatted or self.boxes[-1].paragraph.length or data.strip(_BLANK):
                    self._text(number, data)
            elif isinstance(node, turbohtml.Element):
                name = node.tag
                self.anchor = node.position or self.anchor
                if name in _DROPPED:
                    for text in node.descendants:
                        if isinstance(text, turbohtml.Text):
                            self.nodes.append(TextNode(text.data, self.anchor))
                            self.anchor = None
                    continue
                if name in BLOCK:
                    self._open(name, node)
                else:
                    self.links += name == "a"
                inner = None if name in CELLS else _table_at(after) or table
                stack.append((inner, name, _siblings(node)))
        self._end_paragraph()
        return list(self._finish(self.boxes[0]))

    # ------------------------------------------------------------ events

    def _open(self, tag: str, node: turbohtml.Element) -> None:
        self._end_paragraph()
        if tag == "table":
            self.grids.append(Grid(self.tables))
            self.tables += 1
        elif tag in ("thead", "tbody", "tfoot") and self.grids:
            self.grids[-1].covered.clear()
        elif tag == "tr" and self.grids:
            grid = self.grids[-1]
            grid.row += 1
            grid.cells = []
        elif tag in ("td", "th") and self.grids:
            self.boxes.append(Box(node.position or (1, 0), self._place(self.grids[-1], node)))
        elif tag == "pre":
            self.preformatted += 1
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.boxes[-1].role = "heading"
        elif tag == "title":
            self.boxes[-1].role = "title"

    def _close(self, tag: str) -> None:
        self._end_paragraph()
        if tag == "table" and self.grids:
            self.grids.pop()
        elif tag == "tr" and self.grids:
            self._end_row(self.grids[-1])
        elif tag in ("td", "th") and self.grids and len(self.boxes) > 1:
            self.grids[-1].cells.append(self.boxes.pop())
        elif tag == "pre":
            self.preformatted -= 1
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6", "title"):
            self.boxes[-1].role = "body"

    def _text(self, node: int, data: str) -> None:
        if self.preformatted and "\n" in data:
            start = 0
            for part in data.split("\n"):
                self._add(node, part, start)
                self._end_paragraph()
                start += len(part) + 1
            return
        self._add(node, data, 0)

    def _add(self, node: int, data: str, offset: int) -> None:
        paragraph = self.boxes[-1].paragraph
        start = 0
        for blanks in _BLANKS.finditer(data):
            self._append(paragraph, node, data[start : blanks.start()], offset + start)
            if paragraph.length and not paragraph.text[-1].endswith(" "):
                paragraph.text.append(" ")
                paragraph.runs.append(
                    Run(paragraph.length, 1, node, offset + blanks.start(), blanks.end() - blanks.start())
                )
                paragraph.length += 1
            start = blanks.end()
        self._append(paragraph, node, data[start:], offset + start)

    def _append(self, paragraph: Paragraph, node: int, text: str, offset: int) -> None:
        if not text:
            return
        paragraph.text.append(text)
        paragraph.runs.append(Run(paragraph.length, len(text), node, offset, len(text)))
        paragraph.length += len(text)
        if not text.isspace():
            paragraph.blank = False
            paragraph.linked = paragraph.linked and self.links > 0

    # ------------------------------------------------------------ lines

    def _end_paragraph(self) -> None:
        box = self.boxes[-1]
        paragraph = box.paragraph
        if paragraph.length:
            paragraph.role = "link" if box.role == "body" and paragraph.linked else box.role
            box.items.append(paragraph)
            box.paragraph = Paragraph()

    def _finish(self, box: Box) -> Iterator[Line]:
        """All lines of a box in reading order."""
        for item in box.items:
            line = item if isinstance(item, Line) else self._line(item)
            if line is not None:
                yield line

    def _line(self, paragraph: Paragraph) -> Line | None:
        if paragraph.blank:
            return None
        text = "".join(paragraph.text)
        shown = text.replace("|", "\u00a6").replace("\u2502", "\u00a6").replace("\uff5c", "\u00a6")
        return lay_out(shown, self._maker(paragraph, text), paragraph.role)

    def _maker(self, paragraph: Paragraph, text: str) -> MakeCell:
        starts = [run.at for run in paragraph.runs]

        def make(start: int, end: int) -> Cell:
            first, last = strip_slice(text, start, end)
            low, high = max(bisect_right(starts, first) - 1, 0), bisect_right(starts, last)
            own = paragraph.runs[low:high]  # And not all of them: a line may have many thousand cells.
            return Cell(text[first:last], Shown(self.positions, _shift(own, -first)))

        return make

    def _place(self, grid: Grid, node: turbohtml.Element) -> GridPlace:
        column = 0
        if grid.cells:
            before = grid.cells[-1].place
            assert before is not None
            column = before.column + before.column_span
        while grid.covered.get(column, -1) >= grid.row:
            column += 1
        wide, high = _extent(node, "colspan"), _extent(node, "rowspan")
        self.covered += wide - 1
        if self.covered > MAX_POSITIONS:
            raise ReadError("", "too_many_cells", {"limit": MAX_POSITIONS})
        if high > 1:
            for covered in range(column, column + wide):
                grid.covered[covered] = grid.row + high - 1
        return GridPlace(grid.number, max(grid.row, 0), column, high, wide)

    def _end_row(self, grid: Grid) -> None:
        cells, grid.cells = grid.cells, []
        if not cells:
            return
        outer = self.boxes[-1]
        alone = len(cells) == 1 and sum(not paragraph.blank for paragraph in cells[0].paragraphs) > 1
        if alone or any(cell.is_layout for cell in cells):
            for cell in cells:
                outer.items += self._finish(cell)
        else:
            outer.items.append(Line("grid", tuple(self._cell(cell) for cell in cells)))

    def _cell(self, box: Box) -> Cell:
        """The paragraphs of a cell as its text, one a line; without any, its blanks or its empty place."""
        shown = [paragraph for paragraph in box.paragraphs if not paragraph.blank]
        if not shown:
            return Cell("", self._blank(box), box.place)
        text = ""
        runs: list[Run] = []
        for paragraph in shown:
            text += "\n" if text else ""
            runs += _shift(paragraph.runs, len(text))
            text += "".join(paragraph.text)
        first, last = strip_slice(text, 0, len(text))
        return Cell(text[first:last], Shown(self.positions, _shift(runs, -first)), box.place)

    def _blank(self, box: Box) -> Whole | Empty:
        for paragraph in box.paragraphs:
            if "".join(paragraph.text).strip(" "):
                return Whole(Shown(self.positions, tuple(paragraph.runs)), paragraph.length)
        return Empty(self.positions, box.tag)


_Siblings = Iterator[tuple[turbohtml.Node, turbohtml.Node | None]]
_END: tuple[None, None] = (None, None)


def _siblings(node: turbohtml.Node) -> _Siblings:
    """The children of a node, each with the one behind it."""
    children = node.children
    return zip(children, (*children[1:], None), strict=False)


def _table_at(node: turbohtml.Node | None) -> tuple[int, int] | None:
    """Where the table starts that a node is, if it is one."""
    return node.position if isinstance(node, turbohtml.Element) and node.tag == "table" else None


def _shift(runs: Sequence[Run], by: int) -> tuple[Run, ...]:
    return tuple(Run(at + by, *rest) for at, *rest in runs) if by else tuple(runs)


def _extent(node: turbohtml.Element, name: str) -> int:
    """A row or column span as browsers read it: 1 when absent or wrong, never beyond the limit.

    A row span of 0 reaches to the end of the row group, so the limit stands for it.
    """
    written = node.attr(name)
    match = re.match(r"\s*([0-9]{1,9})", written) if isinstance(written, str) else None
    if match is None:
        return 1
    return MAX_SPAN if name == "rowspan" and int(match[1]) == 0 else min(max(int(match[1]), 1), MAX_SPAN)
