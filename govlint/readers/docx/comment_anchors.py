"""Where in the main part a comment begins and ends: round the words that it is on, else round a whole paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple
from xml.etree import ElementTree as ET

from govlint.model.source import Span
from govlint.readers.docx.comment_cuts import Cuts, Spot, spot_at
from govlint.readers.docx.comment_fields import Code, codes
from govlint.readers.docx.names import BODY, CUSTOM, INS, MOVE_TO, P_PR, SDT, SDT_CONTENT, TBL, TC, TR, P
from govlint.readers.docx.tracing import Shown, Trace
from govlint.readers.docx.written import Splice, Written

_BLOCKS = frozenset((BODY, TBL, TR, TC, SDT, SDT_CONTENT, CUSTOM, INS, MOVE_TO))
"""What a paragraph may stand in to have comments: text boxes, notes and the like may not."""


class Anchor(NamedTuple):
    """From where to where a comment goes; ``own`` is False where it hangs elsewhere, since its place can have none."""

    start: Spot
    end: Spot
    own: bool = True


class NoPlaceError(Exception):
    """There is no paragraph in the body that a comment could hang on."""


class Anchors:
    """Finds the anchors in one file."""

    def __init__(self, trace: Trace, written: Written) -> None:
        self._trace = trace
        self._written = written
        self._extents = trace.extents
        self._parents = trace.parents
        self._cuts = Cuts(written, trace.parents)

    @property
    def preserving(self) -> set[Splice]:
        """The changes that keep blanks where texts are cut by the anchors found so far."""
        return self._cuts.preserving

    def find(self, span: Span | None) -> Anchor:
        """The anchor of a place in the rendering; None is the whole document. Raises NoPlaceError."""
        if span is None:
            return self._first._replace(own=False)
        pieces = self._pieces(span)
        if pieces:
            return self._between(pieces[0], pieces[-1])
        for paragraph in self._trace.paragraphs(span.start):
            home, own = self._home(paragraph)
            if home is not None:
                return self._whole(home)._replace(own=own)
        return self._first._replace(own=False)

    def _pieces(self, span: Span) -> list[Shown]:
        """What shows the span, as far as it is in one cell, or in the body."""
        shown = [piece for piece in self._trace.shown(span) if piece.start < piece.end]
        room = self._room(shown[0].element) if shown else None
        return [] if room is None else list(takewhile(lambda piece: self._room(piece.element) is room, shown))

    def _room(self, element: ET.Element) -> ET.Element | None:
        """The cell, or the body, in which something stands; None where no comments may be."""
        home, own = self._home(element)
        return next((each for each in self._above(home) if each.tag in (TC, BODY)), None) if own else None

    def _home(self, element: ET.Element) -> tuple[ET.Element | None, bool]:
        """The paragraph of the body that something stands in, and whether it is the nearest one."""
        home, own = None, True
        for each in (element, *self._above(element)):
            if home is None:
                home = each if each.tag == P else None
            elif each.tag not in _BLOCKS:
                home, own = None, False
            elif each.tag == BODY:
                return home, own
        return None, False

    def _above(self, element: ET.Element | None) -> Iterator[ET.Element]:
        while element is not None:
            element = self._parents.get(element)
            if element is not None:
                yield element

    @cached_property
    def _first(self) -> Anchor:
        """The first paragraph of the body that has text, else the first."""
        for region in self._trace.regions:
            pieces = self._pieces(Span(region.start, region.end))
            home = self._home(pieces[0].element)[0] if pieces else None
            if home is not None:
                return self._whole(home)
        for paragraph in self._trace.root.iter(P):
            home, own = self._home(paragraph)
            if home is not None and own:
                return self._whole(home)
        raise NoPlaceError

    def _whole(self, paragraph: ET.Element) -> Anchor:
        at, until, before, after = self._written.opened(paragraph)
        end = Spot(at, until, before, after)
        if at < until:
            return Anchor(end, end)
        has_properties = len(paragraph) > 0 and paragraph[0].tag == P_PR
        start = self._extents[paragraph[0]].end if has_properties else self._extents[paragraph].content
        return self._outside_codes(Anchor(spot_at(start), end))

    # ------------------------------------------------------------ inside paragraphs

    def _between(self, first: Shown, last: Shown) -> Anchor:
        start, end = self._cuts.before(first.element, first.start), self._cuts.behind(last.element, last.end)
        if end.at < start.at:
            end = self._cuts.behind(first.element, first.end)
        return self._outside_codes(Anchor(start, end))

    @cached_property
    def _codes(self) -> Callable[[int], Code | None]:
        return codes(self._trace.root, self._extents)

    def _outside_codes(self, anchor: Anchor) -> Anchor:
        """The anchor, led round the codes of fields."""
        before, after = self._codes(anchor.start.at), self._codes(anchor.end.at)
        start = anchor.start if before is None else spot_at(before.runs.start)
        end = anchor.end if after is None else spot_at(after.runs.end)
        return anchor._replace(start=start, end=end)
