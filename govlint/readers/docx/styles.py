"""What paragraph and character styles mean for the text: headings, lists of contents, numbering, hidden text."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree as ET

from govlint.model.document import Role
from govlint.readers.docx.names import (
    LEVEL_ID,
    NUM_ID,
    NUM_PR,
    OUTLINE,
    P_PR,
    R_PR,
    TYPE,
    VAL,
    VANISH,
    W,
    is_on,
    number,
)

LONGEST_CHAIN = 32
"""Styles that rest on one another beyond this are not followed; cycles end here too."""
LAST_OUTLINE = 8
"""Outline levels up to this one are headings; 9 is body text."""

_HEADING = re.compile(r"heading ?[1-9]|title", re.I)
_CONTENTS = re.compile(r"toc ?(?:[1-9]|heading)", re.I)


class Style(NamedTuple):
    """A style with all that it takes over from those it rests on."""

    role: Role = "body"
    hidden: bool = False
    num_id: str | None = None
    level: int | None = None
    chain: tuple[str, ...] = ()


class _Own(NamedTuple):
    """What a style says itself; None where it is silent."""

    role: Role | None
    hidden: bool | None
    num_id: str | None
    level: int | None
    based_on: str | None


class Styles:
    """The styles of a document, worked out when first used."""

    def __init__(self, root: ET.Element | None) -> None:
        self._elements: dict[str, ET.Element] = {}
        self._default: str | None = None
        self._known: dict[str | None, Style] = {}
        self._said: dict[str, _Own] = {}
        for element in () if root is None else root.iterfind(W + "style"):
            style_id = element.get(W + "styleId", "")
            self._elements[style_id] = element
            if element.get(W + "default") in ("1", "true", "on") and element.get(TYPE) == "paragraph":
                self._default = style_id

    def paragraph(self, style_id: str | None) -> Style:
        """The style of a paragraph; without a known id, the default one."""
        style = self._known.get(style_id)
        if style is None:
            style = self._resolve(style_id if style_id in self._elements else self._default)
            self._known[style_id] = style
        return style

    def character(self, style_id: str | None) -> Style:
        """The style of a run; without a known id, one that says nothing."""
        return self.paragraph(style_id) if style_id in self._elements else _SILENT

    def _resolve(self, style_id: str | None) -> Style:
        role: Role | None = None
        hidden: bool | None = None
        num_id: str | None = None
        level: int | None = None
        chain: list[str] = []
        while style_id is not None and style_id in self._elements and len(chain) < LONGEST_CHAIN:
            chain.append(style_id)
            own = self._said.get(style_id)
            if own is None:
                own = self._said[style_id] = _own(self._elements[style_id], style_id)
            role = role or own.role
            hidden = own.hidden if hidden is None else hidden
            level = own.level if level is None and num_id is None else level
            num_id = own.num_id if num_id is None else num_id
            style_id = own.based_on
        return Style(role or "body", bool(hidden), num_id, level, tuple(chain))


def _own(element: ET.Element, style_id: str) -> _Own:
    name = style_id
    outline = num_id = level = based_on = None
    hidden = None
    for child in element:
        tag = child.tag
        if tag == W + "name":
            name = child.get(VAL, name)
        elif tag == W + "basedOn":
            based_on = child.get(VAL)
        elif tag == P_PR:
            outline = _value(child.find(OUTLINE))
            numbered = child.find(NUM_PR)
            if numbered is not None:
                num_id, level = _value(numbered.find(NUM_ID)), _value(numbered.find(LEVEL_ID))
        elif tag == R_PR:
            vanish = child.find(VANISH)
            hidden = None if vanish is None else is_on(vanish.get(VAL))
    return _Own(_role(name, outline), hidden, num_id, None if level is None else number(level), based_on)


def _role(name: str, outline: str | None) -> Role | None:
    if _CONTENTS.fullmatch(name):
        return "link"
    if outline is not None:
        return "heading" if 0 <= number(outline, 9) <= LAST_OUTLINE else "body"
    return "heading" if _HEADING.fullmatch(name) else None


def _value(element: ET.Element | None) -> str | None:
    return None if element is None else element.get(VAL)


_SILENT = Style()
