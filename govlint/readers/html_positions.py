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

import turbohtml

from govlint.model.document import Piece, Pieces
from govlint.model.source import Span

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


class _Chunk(NamedTuple):
    """Text between two tags as the tokens give it; ``pieces`` are (index, length, start, stop).

    ``loose``: it stands in a table but in none of its cells.
    """

    text: str
    pieces: tuple[tuple[int, int, int, int], ...]
    loose: bool


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

    def offset(self, position: tuple[int, int]) -> int:
        """The offset in the markup of a 1-based line and 0-based column."""
        if self._line_starts is None:
            starts = [0]
            at = self.markup.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = self.markup.find("\n", at + 1)
            self._line_starts = starts
        return self._line_starts[position[0] - 1] + position[1]

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
                parts.append(piece._replace(at=at + piece.at - first))
        return parts or [Piece(0, 0, self.at, self.at)]

    def _locate(self) -> list[tuple[tuple[int, int, int, int], ...]]:
        if self._places is None:
            starts, chunks = self._read_tokens()
            self._places = _match(self, starts, chunks)
        return self._places

    def _read_tokens(self) -> tuple[list[int], list[_Chunk]]:
        kinds = turbohtml.TokenType
        tag_ends: dict[int, int] = {}
        starts: list[int] = []
        chunks: list[_Chunk] = []
        text: list[str] = []
        pieces: list[tuple[int, int, int, int]] = []
        length = 0
        loose: list[bool] = []
        for token in turbohtml.tokenize(
            self.markup, resolve_references=False, capture_source=True, capture_attributes=False
        ):
            kind = token.type
            if kind is kinds.TEXT or kind is kinds.CHARACTER_REFERENCE:
                data = token.data or ""
                start = self.offset((token.line, token.col))
                if not text:
                    starts.append(start)
                text.append(data)
                source = data if kind is kinds.TEXT else token.source or ""
                pieces += _pieces(length, data, self.at + start, source)
                length += len(data)
                continue
            if text:
                chunks.append(_Chunk("".join(text), tuple(pieces), bool(loose) and loose[-1]))
                text, pieces, length = [], [], 0
            if kind is kinds.START_TAG or kind is kinds.END_TAG:
                _track(loose, token.tag or "", opens=kind is kinds.START_TAG)
            if kind is kinds.START_TAG:
                start = self.offset((token.line, token.col))
                tag_ends[start] = start + len(token.source or "")
        if text:
            chunks.append(_Chunk("".join(text), tuple(pieces), bool(loose) and loose[-1]))
        self._tag_ends = tag_ends
        return starts, chunks


def _pieces(at: int, data: str, start: int, source: str) -> list[tuple[int, int, int, int]]:
    """One piece for text and for references; two for a reference without semicolon and the text glued to it."""
    tail = 0
    if source and source != data and not source.endswith(";"):
        while tail < len(data) - 1 and data[-1 - tail] == source[-1 - tail]:
            tail += 1
    size, stop = len(data) - tail, start + len(source)
    found = [(at, size, start, stop - tail)]
    if tail:
        found.append((at + size, tail, stop - tail, stop))
    return found


def _track(loose: list[bool], tag: str, *, opens: bool) -> None:
    """Keep, for every open table, whether we stand outside its cells."""
    if tag == "table":
        if opens:
            loose.append(True)
        elif loose:
            loose.pop()
    elif loose and tag in ("td", "th", "caption"):
        loose[-1] = not opens
    elif loose and tag in ("tr", "thead", "tbody", "tfoot"):
        loose[-1] = True


def _match(
    positions: Positions, starts: list[int], chunks: list[_Chunk]
) -> list[tuple[tuple[int, int, int, int], ...]]:
    """For each text node the pieces of the chunks that it is made of; without any, the place where it should be."""
    found: list[tuple[tuple[int, int, int, int], ...]] = []
    taken = bytearray(len(chunks))
    cursor = 0
    for node in positions.nodes:
        if node.anchor is not None:
            cursor = bisect_left(starts, positions.offset(node.anchor))
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
        found.append(tuple(parts))
    return found


def _next_chunk(
    data: str, index: int, chunks: list[_Chunk], taken: bytearray, cursor: int, limit: int
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


def _goes_on(data: str, index: int, chunks: list[_Chunk], at: int) -> bool:
    """Whether blanks are part of a node: it ends with them, or goes on with the next chunk."""
    return index >= len(data) or (at + 1 < len(chunks) and data.startswith(chunks[at + 1].text, index))


class Shown(NamedTuple):
    """The origin of display text put together from text nodes; its pieces are worked out when asked for."""

    positions: Positions
    runs: tuple[Run, ...]

    def span(self, start: int, end: int) -> Span:
        """The source range of a slice of the display text."""
        return self.positions.shown(self.runs).span(start, end)


def _cut(pieces: tuple[tuple[int, int, int, int], ...], first: int, length: int) -> list[Piece]:
    """The pieces of a node between two of its characters."""
    cut = []
    for index, size, start, stop in pieces:
        low, high = max(index, first), min(index + size, first + length)
        if low >= high:
            continue
        if size == stop - start:
            cut.append(Piece(low, high - low, start + low - index, start + high - index))
        else:
            cut.append(Piece(low, high - low, start, stop))
    return cut


class Whole(NamedTuple):
    """The origin of a cell that shows nothing but blanks such as ``&nbsp;``: all of them."""

    shown: Shown
    length: int

    def span(self, start: int, end: int) -> Span:
        """The range of the blanks."""
        return self.shown.span(0, self.length)


class Empty(NamedTuple):
    """The origin of a blank cell: right behind its start tag."""

    positions: Positions
    tag: tuple[int, int]

    def span(self, start: int, end: int) -> Span:
        """The empty place in the cell."""
        return self.positions.after_tag(self.tag)
