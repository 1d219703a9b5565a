"""What readers make of a file: a flat sequence of lines of cells, in reading order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

from govlint.model.source import Source, Span

LineKind = Literal["grid", "gaps", "plain"]
Role = Literal["body", "heading", "link", "title", "header", "footer", "note"]
ASIDE: frozenset[Role] = frozenset(("title", "header", "footer"))
"""Roles of lines that stand beside the report's text: the page's own title, and what every page repeats."""


class Origin(Protocol):
    """Maps a cell's display text back to the source."""

    def span(self, start: int, end: int) -> Span:
        """The source range of ``text[start:end]``; empty slices give an empty range."""

    def settled(self) -> Settled:
        """The same, without what it is worked out from: what another process can do with."""


class Verbatim(NamedTuple):
    """Display text that stands in the source character by character, from ``at`` on."""

    at: int

    def span(self, start: int, end: int) -> Span:
        return Span(self.at + start, self.at + end)

    def settled(self) -> Verbatim:
        return self


class Fixed(NamedTuple):
    """A cell without text of its own: every slice is the whole range (the blanks, or an empty place)."""

    start: int
    stop: int

    def span(self, start: int, end: int) -> Span:
        return Span(self.start, self.stop)

    def settled(self) -> Fixed:
        return self


class Piece(NamedTuple):
    """``length`` display characters from ``at`` on stand at ``start:stop`` of the source.

    Pieces of equal length are verbatim; any other piece (an entity, a run of blanks) is one whole.
    """

    at: int
    length: int
    start: int
    stop: int

    def source(self, index: int, *, after: bool) -> int:
        """The source offset before (or after) display character ``index`` of this piece."""
        if self.length == self.stop - self.start:
            return self.start + index - self.at + (1 if after else 0)
        return self.stop if after else self.start


class Pieces(NamedTuple):
    """Display text made of several pieces, in display order."""

    parts: tuple[Piece, ...]

    def span(self, start: int, end: int) -> Span:
        first = self._at(start)
        if end <= start:
            offset = first.source(start, after=False) if start < first.at + first.length else first.stop
            return Span(offset, offset)
        begin = first.source(start, after=False)
        return Span(begin, max(begin, self._at(end - 1).source(end - 1, after=True)))

    def settled(self) -> Pieces:
        return self

    def _at(self, index: int) -> Piece:
        low, high = 0, len(self.parts) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.parts[middle].at <= index:
                low = middle
            else:
                high = middle - 1
        return self.parts[low]


Settled = Verbatim | Fixed | Pieces


class GridPlace(NamedTuple):
    """0-based position of a cell in the true grid of its table, with its extent."""

    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


class Cell(NamedTuple):
    """Text without blanks at its edges, and where each of its characters comes from."""

    text: str
    origin: Origin
    grid: GridPlace | None = None

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The source range of ``text[start:end]``."""
        return self.origin.span(start, len(self.text) if end is None else end)


class Line(NamedTuple):
    """One line of reading.

    ``grid``: cells are true cells and blanks are real; ``gaps``: split at wide blanks; ``plain``: one cell.
    ``role`` tells running text from headings, links, page headers, footers, notes and the page's title.
    """

    kind: LineKind
    cells: tuple[Cell, ...]
    role: Role = "body"


class Slice(NamedTuple):
    """A piece of a cell's text."""

    cell: Cell
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.cell.text[self.start : self.end]

    @property
    def span(self) -> Span:
        return self.cell.span(self.start, self.end)


class Phrase(NamedTuple):
    """Words that may stand in several cells or lines: slices in reading order, at least one."""

    slices: tuple[Slice, ...]

    @property
    def text(self) -> str:
        return " ".join(" ".join(piece.text.split()) for piece in self.slices)

    @property
    def span(self) -> Span:
        """From the first slice to the last."""
        first, last = self.slices[0].span, self.slices[-1].span
        return first.to(last)


class Remark(NamedTuple):
    """Something the reader has to say about the file itself (a guess, damage, a part it could not use)."""

    kind: str
    span: Span
    params: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class Document:
    """A file as lines of cells."""

    source: Source
    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...] = ()

    @cached_property
    def _placed(self) -> list[tuple[Span, str]]:
        cells = (cell for line in self.lines for cell in line.cells if cell.text)
        return sorted((cell.span(), cell.text) for cell in cells)

    def printed_at(self, place: Span) -> tuple[str, ...]:
        """The texts of the cells that begin at a place, in the order of the source; blank ones are left out."""
        first, last = (bisect_left(self._placed, (Span(at, 0), "")) for at in place)
        return tuple(text for _, text in self._placed[first:last])
