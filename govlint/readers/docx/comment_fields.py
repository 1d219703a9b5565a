"""The codes of fields in a part: where no mark may stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from typing import NamedTuple
from xml.etree import ElementTree as ET

from govlint.model.source import Span
from govlint.readers.docx.located import Extent
from govlint.readers.docx.names import R, W

_FIELD = W + "fldChar"
_STEP = W + "fldCharType"


class Code(NamedTuple):
    """A code from the character that begins the field to the one behind it, and the runs of these two, in bytes."""

    start: int
    end: int
    runs: Span


def codes(root: ET.Element, extents: Mapping[ET.Element, Extent]) -> Callable[[int], Code | None]:
    """Tells the field code that an offset into the part lies inside, if it does."""
    found = _outermost(root, extents)
    starts = [code.start for code in found]

    def around(offset: int) -> Code | None:
        at = bisect_left(starts, offset) - 1
        return found[at] if at >= 0 and offset < found[at].end else None

    return around


def _outermost(root: ET.Element, extents: Mapping[ET.Element, Extent]) -> list[Code]:
    """The codes that lie in no other, in order; fields that never end have none."""
    found: list[Code] = []
    begun: list[tuple[int, int] | None] = []
    for run in root.iter(R):
        for mark in run.iterfind(_FIELD):
            step = mark.get(_STEP)
            if step == "begin":
                begun.append((extents[mark].start, extents[run].start))
            elif begun and step in ("separate", "end"):
                start = begun[-1]
                begun[-1] = None  # What follows is the result.
                if step == "end":
                    begun.pop()
                if start is not None:
                    while found and found[-1].start > start[0]:
                        found.pop()
                    found.append(Code(start[0], extents[mark].end, Span(start[1], extents[run].end)))
    return found
