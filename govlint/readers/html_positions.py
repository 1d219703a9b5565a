"""Where each character of an HTML page's text stands in its source, worked out when first asked.

The tree knows where elements start but not where text does; a pass over the tokens knows the reverse. Both are
laid side by side: text nodes in tree order, text tokens in source order, brought into step at every element
whose start tag has a place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from govlint.model.document import Piece, Pieces
from govlint.model.source import Span
from govlint.readers.html_chunks import Chunk, read_chunks

_LOOKAHEAD = 64
"""Text that the parser moved out of a table comes back within so many tokens."""
_KEPT = 4096
"""Of so many texts the pieces are kept once they are known."""


class TextNode(NamedTuple):
    """A text node of the tree and the (line, column) of the element that opened last before it, if any did.

    ``table`` is where the table starts that stands right behind it: browsers move text that stands in a table
    but in none of its cells to there.
    """

    data: str
    anchor: tuple[int, int] | None
    table: tuple[int, int] | None = None


class Run(NamedTuple):
    """``length`` display characters from ``at`` on are ``node_length`` characters of a node from ``start`` on.

    Equal lengths mean the same characters; else several blanks of the node are shown as one.
    """

    at: int
    length: int
    node: int
    start: int
    node_length: int


@dataclass(eq=False)
class Positions:
    """The positions of one page; ``markup`` has the length of the source and only ``\\n`` as line ends."""

    markup: str
    at: int
    nodes: Sequence[TextNode]
    _places: list[tuple[tuple[int, int, int, int], ...]] | None = None
    _tag_ends: dict[int, int] | None = None
    _line_starts: list[int] | None = None
    _shown: dict[int, tuple[tuple[Run, ...], Pieces]] = field(default_factory=dict)
    """What has been asked for, by the identity of the runs: the same text is asked for again and again."""

    @property
    def line_starts(self) -> list[int]:
        """Where the lines of the markup start."""
        if self._line_starts is None:
            starts = [0]
            at = self.markup.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = self.markup.find("\n", at + 1)
            self._line_starts = starts
        return self._line_starts

    def offset(self, position: tuple[int, int]) -> int:
        """The offset in the markup of a 1-based line and 0-based column."""
        return self.line_starts[position[0] - 1] + position[1]

    def after_tag(self, position: tuple[int, int]) -> Span:
        """The empty place right behind the start tag at ``position``."""
        self._locate()
        start = self.offset(position)
        end = self.at + (self._tag_ends or {}).get(start, start)
        return Span(end, end)

    def pieces(self, node: int) -> tuple[tuple[int, int, int, int], ...]:
        """(index in the node, length, start, stop in the source) of the text of a node, in order."""
        return self._locate()[node]

    def shown(self, runs: tuple[Run, ...]) -> Pieces:
        """The pieces of display text that is put together from these runs."""
        known = self._shown.get(id(runs))
        if known is None:
            if len(self._shown) >= _KEPT:
                self._shown.clear()
            known = self._shown[id(runs)] = (runs, Pieces(tuple(self._parts(runs))))
        return known[1]

    def _parts(self, runs: tuple[Run, ...]) -> list[Piece]:
        parts: list[Piece] = []
        for at, length, node, first, node_length in runs:
            if length != node_length:
                inner = _cut(self.pieces(node), first, node_length)
                if inner:
                    parts.append(Piece(at, length, inner[0].start, inner[-1].stop))
                continue
            for piece in _cut(self.pieces(node), first, node_length):
                parts.append(Piece(at + piece.at - first, piece.length, piece.start, piece.stop))
        at = self.pieces(runs[0].node)[0][2] if runs else self.at
        return parts or [Piece(0, sum(run.length for run in runs), at, at)]

    def _locate(self) -> list[tuple[tuple[int, int, int, int], ...]]:
        if self._places is None:
            starts, chunks, self._tag_ends = read_chunks(self.markup, self.line_starts, self.at)
            self._places = _match(self, starts, chunks)
        return self._places


def _match(positions: Positions, starts: list[int], chunks: list[Chunk]) -> list[tuple[tuple[int, int, int, int], ...]]:
    """For each text node the pieces of the chunks that it is made of; without any, the place where it should be."""
    found: list[tuple[tuple[int, int, int, int], ...]] = []
    taken = bytearray(len(chunks))
    cursor = 0
    for node in positions.nodes:
        if node.anchor is not None:
            cursor = bisect_left(starts, positions.offset(node.anchor))
        if node.table is None and cursor < len(chunks) and chunks[cursor].text == node.data and not taken[cursor]:
            found.append(chunks[cursor].pieces)  # Nearly always a node is just the next text of the source.
            taken[cursor] = 1
            cursor += 1
            continue
        limit = len(chunks) if node.table is None else bisect_left(starts, positions.offset(node.table))
        parts: list[tuple[int, int, int, int]] = []
        index = 0
        if node.data.isspace() and "\u00a0" not in node.data:
            at = cursor if cursor < len(chunks) and chunks[cursor].text == node.data and not taken[cursor] else -1
            if at >= 0:
                taken[at] = 1
                cursor += 1
                parts = list(chunks[at].pieces)
            index = len(node.data)
        while index < len(node.data):
            at, skip = _next_chunk(node.data, index, chunks, taken, cursor, limit)
            if at < 0:
                break
            taken[at] = 1
            cursor = at + 1
            for first, size, start, stop in chunks[at].pieces:
                lost = max(skip - first, 0)
                if size == stop - start and lost < size:
                    parts.append((index + first + lost - skip, size - lost, start + lost, stop))
                elif lost == 0:
                    parts.append((index + first - skip, size, start, stop))
            index += len(chunks[at].text) - skip
        if not parts and node.data:
            place = starts[cursor] if cursor < len(starts) else len(positions.markup)
            parts = [(0, len(node.data), positions.at + place, positions.at + place)]
        elif index < len(node.data):  # Text moved here from too far: it stands at what it follows.
            parts.append((index, len(node.data) - index, parts[-1][3], parts[-1][3]))
        found.append(tuple(parts))
    return found


def _next_chunk(
    data: str, index: int, chunks: list[Chunk], taken: bytearray, cursor: int, limit: int
) -> tuple[int, int]:
    """The chunk that ``data`` goes on with at ``index``, and how many of its first characters the tree dropped.

    From ``limit`` on only loose text of a table comes into question.
    """
    looked = 0
    at = cursor
    while at < len(chunks) and looked < _LOOKAHEAD:
        if not taken[at] and (at < limit or chunks[at].loose):
            text = chunks[at].text
            if data.startswith(text, index) and (not text.isspace() or _goes_on(data, index + len(text), chunks, at)):
                return at, 0
            lead = len(text) - len(text.lstrip("\n\t \f"))
            for skip in (lead, 1):
                if 0 < skip < len(text) and text[:skip].isspace() and data.startswith(text[skip:], index):
                    return at, skip
            looked += 1
        at += 1
    return -1, 0


def _goes_on(data: str, index: int, chunks: list[Chunk], at: int) -> bool:
    """Whether blanks are part of a node: it ends with them, or goes on with the next chunk."""
    return index >= len(data) or (at + 1 < len(chunks) and data.startswith(chunks[at + 1].text, index))


def _cut(pieces: tuple[tuple[int, int, int, int], ...], first: int, length: int) -> list[Piece]:
    """The pieces of a node between two of its characters."""
    cut = []
    for number in range(max(bisect_left(pieces, (first + 1,)) - 1, 0), len(pieces)):
        index, size, start, stop = pieces[number]
        if index >= first + length:
            break
        low, high = max(index, first), min(index + size, first + length)
        if low >= high:
            continue
        if size == stop - start:
            cut.append(Piece(low, high - low, start + low - index, start + high - index))
        else:
            cut.append(Piece(low, high - low, start, stop))
    return cut
