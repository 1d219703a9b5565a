"""Tables on reportlab's pages: rows cut at a page's end or kept whole, ruled in several ways or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from .sheet_of_paper import Paper
from .slots import Slot, width

_SHARES = {
    "disclosure": (1.0,) * 4,
    "requests": (0.7, 1.0, 2.7, *(0.8,) * 7),
    "remedies": (1.0,) * 15,
}
_Rectangle = tuple[float, float, float, float]
RULES = ("cells", "edges", "thin")


@dataclass(frozen=True)
class RuleStyle:
    """How tables are drawn. ``rules``: cells (a rectangle each), edges (lines), thin (filled bars) or none."""

    rules: str = "edges"
    size: float = 9
    padding: float = 3
    repeat_header: bool = False
    cut_rows: bool = False
    middle: bool = True


def draw_rules(rng: Random) -> RuleStyle:
    """One file's tables."""
    return RuleStyle(
        rules=rng.choice(RULES),
        size=rng.choice((7.5, 9, 10)),
        padding=rng.choice((2, 3, 5)),
        repeat_header=rng.random() < 0.5,
        cut_rows=rng.random() < 0.5,
        middle=rng.random() < 0.6,
    )


@dataclass
class _Box:
    """A cell being drawn: the lines that are still to be written."""

    slot: Slot
    lines: list[str] = field(default_factory=list)


class RuledTable:
    """One table on its way over the pages."""

    def __init__(self, paper: Paper, rows: list[list[Slot]], name: str, style: RuleStyle) -> None:
        self.paper, self.rows, self.style = paper, rows, style
        count = width(rows)
        shares = (*_SHARES.get(name, (1.0,) * count), *(0.8,) * count)[:count]
        unit = paper.inner / sum(shares)
        self.x = [paper.style.margin]
        for share in shares:
            self.x.append(self.x[-1] + share * unit)
        self.leading = style.size * 1.25
        self.boxes = {
            (slot.row, slot.column): _Box(slot, self._wrapped(slot)) for row in rows for slot in row if not slot.below
        }
        self.heights = self._heights()

    def _wrapped(self, slot: Slot) -> list[str]:
        limit = self.x[slot.column + slot.columns] - self.x[slot.column] - 2 * self.style.padding
        return self.paper.wrap(slot.words.text, limit, self.style.size) if slot.words.text else []

    def _tall(self, lines: int) -> float:
        return max(1, lines) * self.leading + 2 * self.style.padding

    def _heights(self) -> list[float]:
        heights = [self._tall(1)] * len(self.rows)
        for (row, _), box in self.boxes.items():
            if box.slot.rows == 1:
                heights[row] = max(heights[row], self._tall(len(box.lines)))
        for box in self.boxes.values():
            first, last = box.slot.row, box.slot.row + box.slot.rows
            lacking = self._tall(len(box.lines)) - sum(heights[first:last])
            if box.slot.rows > 1 and lacking > 0:
                heights[last - 1] += lacking
        return heights

    def draw(self) -> None:
        """All rows; what does not fit goes on to the next page."""
        header = self._header_rows()
        part: list[tuple[int, float]] = []
        room = self.paper.room
        for row in range(len(self.rows)):
            rest = self.heights[row]
            while rest > room + 0.1:
                cut = self._cut(row, rest, room) if self.style.cut_rows else 0
                if cut:
                    part.append((row, cut))
                    rest -= cut
                self._part(part)
                self.paper.turn()
                repeated = header if self.style.repeat_header and row >= header else 0
                part = []
                if repeated:
                    self._fresh(repeated)
                    self._part([(i, self.heights[i]) for i in range(repeated)])
                room = self.paper.room
            part.append((row, rest))
            room -= rest
        self._part(part)
        self.paper.y -= 10

    def _header_rows(self) -> int:
        return next((i for i, row in enumerate(self.rows) if any(slot.role in ("value", "label") for slot in row)), 0)

    def _fresh(self, rows: int) -> None:
        """The words of the first rows once more."""
        for (row, _), box in self.boxes.items():
            if row < rows:
                box.lines = self._wrapped(box.slot)

    def _cut(self, row: int, rest: float, room: float) -> float:
        """How much of a row goes on this page: whole lines, at least one on either side."""
        lines = int((room - self.style.padding) / self.leading)
        cut = self.style.padding + lines * self.leading
        left = rest - cut
        return cut if lines > 0 and left > self.leading else 0

    def _part(self, rows: list[tuple[int, float]]) -> None:
        """What stands of the table on this page."""
        tops = {}
        y = self.paper.y
        for row, height in rows:
            tops[row] = (y, y - height)
            y -= height
        boxes: list[_Rectangle] = []
        for row, _ in rows:
            for slot in self.rows[row]:
                begin = slot.row if not slot.below else self._start(slot)
                if slot.below and row != rows[0][0]:
                    continue
                end = max(i for i in tops if i < slot.row + slot.rows)
                self._cell(self.boxes[begin, slot.column], tops[row][0], tops[end][1], boxes)
        self._rule(boxes)
        self.paper.y = y

    def _start(self, slot: Slot) -> int:
        return next(row for row in range(slot.row, -1, -1) if (row, slot.column) in self.boxes)

    def _cell(self, box: _Box, top: float, bottom: float, boxes: list[_Rectangle]) -> None:
        slot, pad = box.slot, self.style.padding
        x, x2 = self.x[slot.column], self.x[slot.column + slot.columns]
        boxes.append((x, bottom, x2, top))
        fitting = max(1, int((top - bottom - pad + 0.1) / self.leading))
        lines, box.lines = box.lines[:fitting], box.lines[fitting:]
        free = top - bottom - len(lines) * self.leading
        y = top - (free / 2 if self.style.middle and not box.lines else pad)
        for line in lines:
            wide = self.paper.measure(line, self.style.size)
            left = pad if slot.role == "label" else (x2 - x - wide) / 2
            self.paper.text(x + left, y - self.style.size, line, self.style.size)
            y -= self.leading

    def _rule(self, boxes: list[_Rectangle]) -> None:
        canvas = self.paper.canvas
        canvas.setLineWidth(0.5)
        if self.style.rules == "cells":
            for x, y, x2, y2 in boxes:
                canvas.rect(x, y, x2 - x, y2 - y, stroke=1, fill=0)
            return
        edges = {
            edge for x, y, x2, y2 in boxes for edge in ((x, y, x2, y), (x, y2, x2, y2), (x, y, x, y2), (x2, y, x2, y2))
        }
        for x, y, x2, y2 in sorted(edges):
            if self.style.rules == "edges":
                canvas.line(x, y, x2, y2)
            elif self.style.rules == "thin":
                canvas.rect(x - 0.25, y - 0.25, x2 - x + 0.5, y2 - y + 0.5, stroke=0, fill=1)
