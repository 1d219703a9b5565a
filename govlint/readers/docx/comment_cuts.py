"""Cuts through the text of a paragraph: places beside a character where marks may stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import accumulate
from typing import NamedTuple
from xml.etree import ElementTree as ET

from govlint.readers.docx.names import CUSTOM, INS, MOVE_TO, R_PR, SDT, SDT_CONTENT, SMART_TAG, SPACE, P, R, W
from govlint.readers.docx.written import Splice, Written

_AROUND = frozenset((INS, MOVE_TO, CUSTOM, SMART_TAG, SDT, SDT_CONTENT, W + "hyperlink", W + "dir", W + "bdo"))
"""What a run may stand in within a paragraph to have marks beside it."""
_CONTROLS = frozenset(
    W + name for name in ("text", "dropDownList", "comboBox", "date", "picture", "dataBinding", "equation")
)
"""What makes a content control hold nothing but its value; marks stand round all of it."""
_BLANKS = " \t\r\n"
_PRESERVE = ' xml:space="preserve"'
_CHARACTER = re.compile(r"&[^;<&]*;|\r\n|[^<&]")


class Spot(NamedTuple):
    """A place for marks: bytes ``at:until`` give way to ``before``, the marks, ``after``."""

    at: int
    until: int
    before: str = ""
    after: str = ""


def spot_at(offset: int) -> Spot:
    """A place between two elements, where nothing must be closed."""
    return Spot(offset, offset)


class Cuts:
    """Cuts through one main part; ``preserving`` are the changes that keep blanks where texts are cut."""

    def __init__(self, written: Written, parents: Mapping[ET.Element, ET.Element]) -> None:
        self.preserving: set[Splice] = set()
        self._written = written
        self._extents = written.extents
        self._parents = parents
        self._measured: tuple[ET.Element | None, list[int]] = (None, [])

    def before(self, text: ET.Element, index: int) -> Spot:
        """The place before a character of a ``w:t``; before all that it belongs to, if that cannot be cut."""
        whole, run = self._holder(text)
        if run is None:
            return spot_at(self._extents[whole].start)
        if index > 0:
            return self._inside(text, run, index)
        children = [child for child in run if child.tag != R_PR]
        return (
            spot_at(self._extents[run].start) if children[0] is text else self._beside(run, self._extents[text].start)
        )

    def behind(self, text: ET.Element, index: int) -> Spot:
        """The place before a character of a ``w:t``, or at its end; behind all that it belongs to, like ``before``."""
        whole, run = self._holder(text)
        if run is None:
            return spot_at(self._extents[whole].end)
        if index < len(text.text or ""):
            return self._inside(text, run, index)
        return spot_at(self._extents[run].end) if run[-1] is text else self._beside(run, self._extents[text].end)

    def _holder(self, text: ET.Element) -> tuple[ET.Element, ET.Element | None]:
        """The element round a text that marks may stand beside; and its run, if that can be cut in two."""
        run = self._parents[text]
        solid = None
        above = self._parents[run]
        while above.tag != P:
            if above.tag not in _AROUND or _is_control(above):
                solid = above
            above = self._parents[above]
        if solid is not None:
            return solid, None
        return run, run if run.tag == R and self._may_cut(run, text) else None

    def _may_cut(self, run: ET.Element, text: ET.Element) -> bool:
        properties = run.find(R_PR)
        if properties is not None and properties.find(W + "rPrChange") is not None:
            return False  # It has an id, which no second one may have.
        said, space = text.text or "", text.get(SPACE)
        if space != "preserve" and (space is not None or said[:1] in _BLANKS or said[-1:] in _BLANKS):
            return False  # Word does not show these blanks, and must go on not to.
        return "xmlns" not in self._written.start_tag(text) and bool(self._offsets(text))

    def _offsets(self, text: ET.Element) -> list[int]:
        """The bytes before each character of a text, and before its end; empty where it is written in some odd way."""
        if self._measured[0] is not text:
            extent = self._extents[text]
            content = self._written.text(extent.content, extent.content_end)
            found = _CHARACTER.findall(content)
            odd = len(found) != len(text.text or "") or sum(map(len, found)) != len(content)
            self._measured = (text, [] if odd else [*accumulate(map(self._written.width, found), initial=0)])
        return self._measured[1]

    def _inside(self, text: ET.Element, run: ET.Element, index: int) -> Spot:
        extent = self._extents[text]
        at = extent.content + self._offsets(text)[index]
        if text.get(SPACE) is None and (text.text or "")[index - 1] in _BLANKS:
            close = extent.content - self._written.width(">")
            self.preserving.add(Splice(close, close, _PRESERVE))
        name = self._written.name(text)
        cut = self._beside(run, at)
        return Spot(at, at, f"</{name}>{cut.before}", f"{cut.after}<{name}{_PRESERVE}>")

    def _beside(self, run: ET.Element, at: int) -> Spot:
        """A cut through a run between two of its elements; both halves look the same."""
        properties = run.find(R_PR)
        look = ""
        if properties is not None:
            extent = self._extents[properties]
            look = self._written.text(extent.start, extent.end)
        return Spot(at, at, f"</{self._written.name(run)}>", f"{self._written.start_tag(run)}{look}")


def _is_control(element: ET.Element) -> bool:
    properties = element.find(W + "sdtPr") if element.tag == SDT else None
    return properties is not None and any(child.tag in _CONTROLS for child in properties)
