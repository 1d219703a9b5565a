"""The origins of cells of an HTML page; each works out its places when they are asked for."""

from __future__ import annotations

from typing import NamedTuple

from govlint.model.document import Fixed, Pieces
from govlint.model.source import Span
from govlint.readers.html_positions import Positions, Run


class Shown(NamedTuple):
    """The origin of display text put together from text nodes; its pieces are worked out when asked for."""

    positions: Positions
    runs: tuple[Run, ...]

    def span(self, start: int, end: int) -> Span:
        """The source range of a slice of the display text."""
        return self.positions.shown(self.runs).span(start, end)

    def settled(self) -> Pieces:
        """The pieces."""
        return self.positions.shown(self.runs)


class Whole(NamedTuple):
    """The origin of a cell that shows nothing but blanks such as ``&nbsp;``: all of them."""

    shown: Shown
    length: int

    def span(self, start: int, end: int) -> Span:
        """The range of the blanks."""
        return self.shown.span(0, self.length)

    def settled(self) -> Fixed:
        """The range."""
        return Fixed(*self.span(0, 0))


class Empty(NamedTuple):
    """The origin of a blank cell: right behind its start tag."""

    positions: Positions
    tag: tuple[int, int]

    def span(self, start: int, end: int) -> Span:
        """The empty place in the cell."""
        return self.positions.after_tag(self.tag)

    def settled(self) -> Fixed:
        """The range."""
        return Fixed(*self.span(0, 0))
