"""The numbers that Word puts before paragraphs by itself: lists, their levels, and how far each has counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple
from xml.etree import ElementTree as ET

from govlint.readers.docx.levels import Level, read_level
from govlint.readers.docx.names import (
    LEVEL_ID,
    VAL,
    W,
    number,
)
from govlint.readers.docx.number_formats import formatted
from govlint.readers.docx.styles import Style, Styles

LEVELS = 9
MOST_LINKS = 8
"""List styles that point to one another beyond this are not followed."""

_HOLE = re.compile("%([1-9])")


class _Abstract(NamedTuple):
    """What instances share: levels, or the style whose list they take."""

    levels: dict[int, Level]
    link: str | None


@dataclass(eq=False, slots=True)
class _List:
    """A numbering instance. Instances of the same abstract list share ``counts``."""

    levels: dict[int, Level]
    counts: list[int | None]
    starts: dict[int, int] = field(default_factory=dict)
    used: bool = False

    def level(self, index: int) -> Level:
        return self.levels.get(index, _PLAIN)

    def start(self, index: int) -> int:
        return self.starts.get(index, self.level(index).start)

    def value(self, index: int) -> int:
        """What the level shows: its count, or where it would start."""
        count = self.counts[index]
        return self.start(index) if count is None else count


_PLAIN = Level()


class Numbering:
    """The lists of a document. Ask for labels in reading order: each answer counts."""

    def __init__(self, root: ET.Element | None, styles: Styles) -> None:
        self._styles = styles
        self._elements: dict[str, ET.Element] = {}
        self._instances: dict[str, tuple[ET.Element, str]] = {}
        self._abstract: dict[str, _Abstract] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._lists: dict[str, _List | None] = {}
        for element in () if root is None else root:
            if element.tag == W + "abstractNum":
                self._elements[element.get(W + "abstractNumId", "")] = element
            elif element.tag == W + "num":
                named = element.find(W + "abstractNumId")
                abstract_id = "" if named is None else named.get(VAL, "")
                self._instances[element.get(W + "numId", "")] = (element, abstract_id)

    def label(self, num_id: str | None, level: int | None, style: Style) -> str:
        """The number before a paragraph, counted on; "" where it has none.

        ``num_id`` and ``level`` are what the paragraph says itself; its style says the rest.
        """
        chosen = self._list(style.num_id if num_id is None else num_id)
        if chosen is None:
            return ""
        if level is None:
            level = _linked_level(chosen, style)
            if level is None:
                level = (style.level or 0) if num_id is None else 0
        return _count(chosen, min(max(level, 0), LEVELS - 1))

    def _list(self, num_id: str | None) -> _List | None:
        if num_id is None:
            return None
        if num_id not in self._lists:
            self._lists[num_id] = self._read_list(num_id)
        return self._lists[num_id]

    def _read_list(self, num_id: str) -> _List | None:
        abstract_id = self._abstract_id(num_id)
        if abstract_id is None:
            return None
        levels = dict(self._read_abstract(abstract_id).levels)
        made = _List(levels, self._counts.setdefault(abstract_id, [None] * LEVELS))
        for override in self._instances[num_id][0].iterfind(W + "lvlOverride"):
            index = number(override.get(LEVEL_ID), -1)
            if not 0 <= index < LEVELS:
                continue
            own, start = override.find(W + "lvl"), override.find(W + "startOverride")
            if own is not None:
                levels[index] = read_level(own)
            if start is not None:
                made.starts[index] = number(start.get(VAL), 1)
        return made

    def _abstract_id(self, num_id: str) -> str | None:
        """The abstract list that counts for an instance, through list styles."""
        for _ in range(MOST_LINKS):
            if num_id not in self._instances:
                return None
            _, abstract_id = self._instances[num_id]
            if abstract_id not in self._elements:
                return None
            link = self._read_abstract(abstract_id).link
            if link is None:
                return abstract_id
            num_id = self._styles.character(link).num_id or ""
        return None

    def _read_abstract(self, abstract_id: str) -> _Abstract:
        known = self._abstract.get(abstract_id)
        if known is None:
            element = self._elements[abstract_id]
            link = element.find(W + "numStyleLink")
            levels = islice(element.iterfind(W + "lvl"), LEVELS)
            known = _Abstract(
                {number(level.get(LEVEL_ID), -1): read_level(level) for level in levels},
                None if link is None else link.get(VAL, ""),
            )
            self._abstract[abstract_id] = known
        return known


def _linked_level(chosen: _List, style: Style) -> int | None:
    """The level that names the style of the paragraph, or one that it rests on."""
    linked = {level.style: index for index, level in chosen.levels.items() if level.style is not None}
    return next((linked[style_id] for style_id in style.chain if style_id in linked), None) if linked else None


def _count(chosen: _List, index: int) -> str:
    counts = chosen.counts
    if not chosen.used:
        chosen.used = True
        for overridden in chosen.starts:
            counts[overridden] = None
    count = counts[index]
    counts[index] = chosen.start(index) if count is None else count + 1
    for deeper in range(index + 1, LEVELS):
        if counts[deeper] is not None and chosen.level(deeper).restarts_after(index):
            counts[deeper] = None
    level = chosen.level(index)
    if level.hidden or not level.text:
        return ""

    def shown(hole: re.Match[str]) -> str:
        at = int(hole[1]) - 1
        return formatted(chosen.value(at), "decimal" if level.legal else chosen.level(at).format)

    return _HOLE.sub(shown, level.text) + level.suffix
