"""A line of display text → a Line of cells: by pipes, by tabs, by wide blanks, or whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from govlint.chinese import is_page_number, strip_slice
from govlint.model.document import Cell, Fixed, Line, Role, Verbatim

MakeCell = Callable[[int, int], Cell]
"""Makes the cell of ``text[start:end]``; an empty slice is a blank cell there."""

RUNNING_TEXT = 200
"""A cell with more characters than this is running text: its row is page layout, no row of a table."""

_PIPE = re.compile(r"(?<!\\)[|｜│]")
_WIDE = re.compile(r"[ \u00a0\u2002\u2003\u2009\u3000]{2,}")
_RULE = re.compile(r"[:\s]*[-—=_+]{3,}[-—=_+:\s]*")
_FRAME = re.compile(r"[\s|｜│+\-—=_:┌┬┐├┼┤└┴┘─━]*[-—=_┌┬┐├┼┤└┴┘─━]{3,}[\s|｜│+\-—=_:┌┬┐├┼┤└┴┘─━]*")
_BLANK_ROW_TABS = 4
"""A line of nothing but at least so many tabs is a row of blank cells; fewer are padding."""


def verbatim_cell(text: str, at: int) -> MakeCell:
    """Cells of text that stands in the source as it is, its first character at offset ``at``."""

    def make(start: int, end: int) -> Cell:
        first, last = strip_slice(text, start, end)
        if first == last:
            return Cell("", Fixed(at + start, at + start))
        return Cell(text[first:last], Verbatim(at + first))

    return make


def lay_out(text: str, make: MakeCell, role: Role = "body") -> Line | None:
    """The line that ``text`` shows; None for blank lines, rule rows and page numbers."""
    if "|" in text or "｜" in text or "│" in text:
        if _FRAME.fullmatch(text) and not _has_digit(text):
            return None
        return _grid(make, _between(text, _PIPE.finditer(text)), text, role, framed=True)
    if "\t" in text:
        if not text.strip():
            if text.count("\t") < _BLANK_ROW_TABS:
                return None
        elif all(_RULE.fullmatch(part) for part in text.split("\t") if part.strip()) and text.strip("\t -") == "":
            return None
        return _grid(make, _between(text, re.finditer("\t", text)), text, role, framed=False)
    start, end = strip_slice(text, 0, len(text))
    if start == end or is_page_number(text):
        return None
    gaps = list(_WIDE.finditer(text, start, end))
    if not gaps:
        return Line("plain", (make(start, end),), role)
    starts = [start, *(gap.end() for gap in gaps)]
    ends = [*(gap.start() for gap in gaps), end]
    return Line("gaps", tuple(make(a, b) for a, b in zip(starts, ends, strict=True)), role)


def _between(text: str, separators: Iterable[re.Match[str]]) -> list[tuple[int, int]]:
    slices = []
    start = 0
    for separator in separators:
        slices.append((start, separator.start()))
        start = separator.end()
    slices.append((start, len(text)))
    return slices


def _grid(make: MakeCell, slices: list[tuple[int, int]], text: str, role: Role, *, framed: bool) -> Line:
    if framed and not text[slice(*slices[0])].strip():
        slices = slices[1:]
        if len(slices) > 1 and not text[slice(*slices[-1])].strip():
            slices = slices[:-1]
    return Line("grid", tuple(make(start, end) for start, end in slices), role)


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
