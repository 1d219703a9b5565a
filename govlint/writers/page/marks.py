"""Which characters of which cells a finding is about: from places in the source back to what is shown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from govlint.model.document import Cell, Verbatim
from govlint.model.rule import SEVERITIES, Severity
from govlint.model.source import Span

Kind = Literal["finding", "waived", "related"]


class Mark(NamedTuple):
    """Something to be marked in a report: its place, the id of its anchor there, the ids of the cards that speak of it.

    ``label`` is what stands there to be clicked, ``title`` says more. Related places have no label: they are links.
    """

    span: Span
    kind: Kind
    severity: Severity
    anchor: str
    cards: tuple[str, ...]
    title: str
    label: str = ""

    @property
    def rank(self) -> tuple[int, int]:
        """The gravest first: findings before waived ones before related places."""
        return (("finding", "waived", "related").index(self.kind), SEVERITIES.index(self.severity))


class Segment(NamedTuple):
    """``text[start:end]`` of a cell with all marks on it, the gravest first; ``opens`` are those that begin here.

    Without marks it is plain text; where ``start`` is ``end`` something is missing.
    """

    start: int
    end: int
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()


class Laid(NamedTuple):
    """The segments of the cells that have marks, by the number of the cell, and the marks that no cell can bear."""

    segments: dict[int, list[Segment]]
    homeless: list[Mark]


class _Bit(NamedTuple):
    """What of a cell a mark covers."""

    start: int
    end: int
    mark: Mark
    opens: bool


def lay(cells: Sequence[Cell], marks: Iterable[Mark]) -> Laid:
    """Put the marks on the cells of a document.

    A mark covers every character that its span touches. An empty span stands where it is, a span between cells at
    the end of the cell before; one at the very start of the file is about the whole of it and stands nowhere.
    """
    index = _Index(cells)
    bits: dict[int, list[_Bit]] = {}
    homeless = []
    for mark in marks:
        found = index.find(mark.span)
        if not found:
            homeless.append(mark)
        for number, (cell, start, end) in enumerate(found):
            bits.setdefault(cell, []).append(_Bit(start, end, mark, number == 0))
    return Laid({cell: _segments(len(cells[cell].text), some) for cell, some in bits.items()}, homeless)


class _Index:
    """The cells by where they stand in the source."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = cells
        spans = [cell.span() for cell in cells]
        self._order = sorted(range(len(cells)), key=spans.__getitem__)
        self._spans = [spans[number] for number in self._order]
        self._starts = [span.start for span in self._spans]
        self._reach: list[int] = []
        """How far the cells up to each one reach at most."""
        for span in self._spans:
            self._reach.append(max(span.end, self._reach[-1] if self._reach else span.end))

    def find(self, span: Span) -> list[tuple[int, int, int]]:
        """(cell, start, end) of what a span covers, in the order of the source; one empty slice where it is nothing."""
        if span == (0, 0):
            return []
        found = self._covered(span) if span.end > span.start else []
        return found or self._nearest(span.start)

    def _covered(self, span: Span) -> list[tuple[int, int, int]]:
        at = bisect_left(self._starts, span.end)
        found = []
        while at and self._reach[at - 1] > span.start:
            at -= 1
            if self._spans[at].end > span.start and self._cells[self._order[at]].text:
                cell = self._order[at]
                found.append((cell, *_slice(self._cells[cell], span)))
        return [piece for piece in reversed(found) if piece[1] < piece[2]]

    def _nearest(self, offset: int) -> list[tuple[int, int, int]]:
        """The blank cell at an offset, else the cell that it stands in, else the cell before."""
        last = bisect_right(self._starts, offset) - 1
        if last < 0:
            return []
        touching = []
        at = last
        while at >= 0 and self._reach[at] >= offset:
            if self._spans[at].end >= offset:
                touching.append(at)
            at -= 1
        blank = [at for at in touching if not self._cells[self._order[at]].text]
        number = self._order[(blank or touching or [last])[0]]
        cell = self._cells[number]
        index = _slice(cell, Span(offset, offset))[0]
        return [(number, index, index)]


def _slice(cell: Cell, span: Span) -> tuple[int, int]:
    """The characters of a cell that a span of the source touches; the source runs along with the text."""
    size = len(cell.text)
    if isinstance(cell.origin, Verbatim):
        at = cell.origin.at
        return min(max(span.start - at, 0), size), min(max(span.end - at, 0), size)

    def is_after(index: int) -> bool:
        start, end = cell.span(index, index + 1)
        return end > span.start or start >= span.start

    def is_beyond(index: int) -> bool:
        return cell.span(index, index + 1).start >= span.end

    start = bisect_left(range(size), True, key=is_after)
    return start, bisect_left(range(size), True, lo=start, key=is_beyond)


def _segments(size: int, bits: Sequence[_Bit]) -> list[Segment]:
    """The text cut wherever a mark begins or ends; empty marks come as segments of their own."""
    cuts = sorted({0, size, *(bit.start for bit in bits), *(bit.end for bit in bits)})
    starting: dict[int, list[_Bit]] = {}
    for bit in bits:
        starting.setdefault(bit.start, []).append(bit)
    found: list[Segment] = []
    active: list[_Bit] = []
    for start, end in zip(cuts, [*cuts[1:], size], strict=True):
        here = starting.get(start, [])
        found += (_segment(start, start, [bit], [bit]) for bit in here if bit.start == bit.end)
        opening = [bit for bit in here if bit.end > bit.start]
        active = [bit for bit in active if bit.end > start] + opening
        if end > start:
            found.append(_segment(start, end, active, opening))
    return found


def _segment(start: int, end: int, active: Sequence[_Bit], opening: Sequence[_Bit]) -> Segment:
    def marks(bits: Iterable[_Bit]) -> tuple[Mark, ...]:
        return tuple(sorted((bit.mark for bit in bits), key=lambda mark: mark.rank))

    return Segment(start, end, marks(active), marks(bit for bit in opening if bit.opens))
