"""Where text comes from, and where in it something stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of offsets into ``Source.text``, in Unicode code points; may be empty."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The range from the first of both to the last."""
        return Span(min(self.start, other.start), max(self.end, other.end))


class Position(NamedTuple):
    """1-based line and column, in code points."""

    line: int
    column: int


class Location(NamedTuple):
    """A span in one of the sources of a run; the position that travels."""

    source_id: str
    span: Span


class Place(NamedTuple):
    """The address of a cell or paragraph in a file that has no lines of its own; only what it knows is set.

    Everything counts from 1. ``row`` and ``cell`` are row and column in the grid of the ``table``; ``paragraph``
    counts those outside tables; ``box`` is left, bottom, right, top on the page, in points.
    """

    page: int | None = None
    paragraph: int | None = None
    run: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    sheet: str | None = None
    address: str | None = None
    box: tuple[float, float, float, float] | None = None


class Encoding(NamedTuple):
    """How bytes became text.

    ``origin`` is ``bom``, ``declared``, ``valid`` (strict UTF-8), ``detected`` (UTF-16 by its zero bytes) or
    ``guessed``; ``damaged`` are the places of bytes that could not be decoded.
    """

    name: str
    origin: str
    damaged: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Source:
    """One input as text.

    For text, Markdown and HTML ``text`` is the decoded file itself without its byte order mark; for other
    types a rendering made by the reader, in which ``places`` (start offset, place), sorted, say where each
    cell stands in the file. Lines end at ``\\n`` or ``\\r\\n`` only.
    """

    id: str
    path: str
    text: str
    kind: str
    encoding: Encoding | None = None
    places: tuple[tuple[int, Place], ...] = field(default=(), repr=False)

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def position(self, offset: int) -> Position:
        """Line and column of an offset; offsets outside the text are moved to its nearest end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line without its line end."""
        starts = self._line_starts
        end = starts[line] - 1 if line < len(starts) else len(self.text)
        if line < len(starts) and end > starts[line - 1] and self.text[end - 1] == "\r":
            end -= 1
        return Span(starts[line - 1], end)

    def place(self, offset: int) -> Place | None:
        """The native address of the cell that an offset lies in, where the file type has one."""
        if not self.places:
            return None
        index = bisect_right(self.places, offset, key=lambda entry: entry[0]) - 1
        return self.places[max(index, 0)][1]
