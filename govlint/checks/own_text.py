"""The text of a section as its author's own, and what of it stands in another text: in time linear in both.

What differs between honest copies (years, numbers, names) and what is nobody's own (headings, phrases of the law)
is taken out first; which words these are, the rule says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from govlint.chinese import fold, fold_mapped
from govlint.model.document import Slice
from govlint.model.report import Report

GRAM = 12
"""Shorter passages are chance. Texts are compared by all their pieces of so many characters."""
_TRIED = 4
"""A piece that the other text has several times is followed from so many of its places."""


class OwnText(NamedTuple):
    """Folded text without what does not count; for each character its piece of the section and its index there."""

    text: str
    pieces: tuple[Slice, ...]
    places: Sequence[tuple[int, int]]

    def slices(self, start: int, end: int) -> list[tuple[int, int, Slice]]:
        """Where ``text[start:end]`` stands: parts of the text with their words in one piece each, in order."""
        found: list[tuple[int, int, Slice]] = []
        first = start
        for at in range(start + 1, end + 1):
            if at == end or self.places[at][0] != self.places[first][0]:
                number, begin = self.places[first]
                piece = self.pieces[number]
                words = Slice(piece.cell, piece.start + begin, piece.start + self.places[at - 1][1] + 1)
                found.append((first, at, words))
                first = at
        return found


class Passage(NamedTuple):
    """``length`` characters that two texts share, from ``at`` in the one and from ``there`` in the other."""

    at: int
    there: int
    length: int


@lru_cache(maxsize=16)
def _left_out(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"\Z")


def own_text(report: Report, section: int, patterns: Sequence[str]) -> OwnText:
    """The running text of a section without what the patterns match and without the agency's own name."""
    left_out = _left_out(tuple(patterns))
    agency = fold(report.facts.agency.value) if report.facts.agency else ""
    kept: list[str] = []
    places: list[tuple[int, int]] = []
    body = report.section_by_number[section].body
    for number, piece in enumerate(body):
        folded, indices = fold_mapped(piece.text)
        out = [match.span() for match in left_out.finditer(folded)]
        if agency:
            out += [match.span() for match in re.finditer(re.escape(agency), folded)]
        end = 0
        for first, last in (*sorted(out), (len(folded), len(folded))):
            if first > end:
                kept.append(folded[end:first])
                places += [(number, index) for index in indices[end:first]]
            end = max(end, last)
    return OwnText("".join(kept), tuple(body), places)


def passages(text: str, other: str) -> list[Passage]:
    """Passages of ``text`` that ``other`` has too, from left to right, the longest at each place, none overlapping."""
    index: dict[str, list[int]] = {}
    for at in range(len(other) - GRAM + 1):
        places = index.setdefault(other[at : at + GRAM], [])
        if len(places) < _TRIED:
            places.append(at)
    found: list[Passage] = []
    at = 0
    while at <= len(text) - GRAM:
        places = index.get(text[at : at + GRAM], [])
        if not places:
            at += 1
            continue
        length, there = max((_shared(text, at, other, place), -place) for place in places)
        found.append(Passage(at, -there, length))
        at += length
    return found


def _shared(text: str, at: int, other: str, there: int) -> int:
    """How many characters from both places on are the same."""
    length = GRAM
    most = min(len(text) - at, len(other) - there)
    while length < most and text[at + length] == other[there + length]:
        length += 1
    return length


def counted(text: str, common: Callable[[str], bool]) -> list[bool]:
    """For each character whether it counts: not if it lies in a piece that is common."""
    counts = [True] * len(text)
    for at in range(len(text) - GRAM + 1):
        if common(text[at : at + GRAM]):
            counts[at : at + GRAM] = [False] * GRAM
    return counts
