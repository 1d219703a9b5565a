"""The headings of the form among the lines that no table took."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

from govlint.chinese import MARKS, ORDINALS, PARTICLE, any_number, fold, fold_mapped, top_number
from govlint.model.document import ASIDE, Document, Line, Phrase, Slice
from govlint.model.edition import Edition, SectionForm

LONGEST = 60
"""A longer line is no heading, unless a heading opens it."""
_HEADING_LIKE = 40
CLOSE = 0.5
LOOSE = 0.8
"""Headings with other words: so alike at least on a line of their own, and inside running text."""
_MORE_WORDS = 6
"""A title with no more characters behind it is another heading; with more, text follows on its line."""
_OTHER_NUMBERING = 2.0
"""The score of the right words under the right number in another numbering: 1. or （一） for 一、."""
_REMEMBERED = 1024
"""So many lines of text are remembered with what they may be the heading of."""
_LISTED = 0.8
"""A heading with another one right below stands in a list of contents, more likely than not."""


Match = tuple[int, float, str, int, int]
"""Section, score, how it matches, printed number, and the end of the heading in the folded text."""


class Heading(NamedTuple):
    """A line that may be the heading of a section: how well (score) and how it matches."""

    line: int
    section: int
    score: float
    how: str
    number: int
    phrase: Phrase
    listed: bool = False


@dataclass(frozen=True, eq=False)
class _Words:
    form: SectionForm
    title: str
    others: tuple[str, ...]

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """All spellings, the official one first."""
        return (self.title, *self.others)


class HeadingIndex:
    """The headings of all editions, folded; they agree in all editions so far, so each is kept once."""

    def __init__(self, editions: Sequence[Edition]) -> None:
        self.sections: dict[int, _Words] = {}
        for edition in editions:
            for form in edition.sections:
                known = self.sections.get(form.number)
                others = {*map(fold, form.aliases), *(known.others if known else ())}
                if known and known.title != fold(form.title):
                    others.add(known.title)
                self.sections[form.number] = _Words(form, fold(form.title), tuple(sorted(others)))
        self._seen: dict[str, tuple[Match, ...]] = {}

    def match(self, text: str) -> tuple[Match, ...]:
        """Which headings a line of folded text may be; remembered, because reports share most of their headings."""
        known = self._seen.get(text)
        if known is None:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            known = self._seen[text] = tuple(self._search(text))
        return known

    def _search(self, text: str) -> Iterator[Match]:
        number, start = top_number(text)
        if not number and text[:1] in ORDINALS:
            number, start = self._without_stop(text)
        other, other_start = (0, 0) if number else any_number(text)
        body = text[start:].rstrip(":,.;")
        for section, words in self.sections.items():
            right = 1.0 if number == section else 0.3 if number else 0.0
            titles = words.titles
            if body in titles:
                yield section, 3 + right, "exact" if body == words.title else "alias", number, len(text)
            elif number and (end := _glued(text, start, titles)):
                yield section, 2.2 + right / 2, "glued", number, end
            elif other == section and text[other_start:].rstrip(":,.;") in titles:
                yield section, _OTHER_NUMBERING, "close", number, len(text)
            elif len(text) <= _HEADING_LIKE and (number or _same(body, words.title)):
                likeness = max(_likeness(body, title) for title in titles)
                if likeness >= CLOSE and (number or likeness > 0.9):
                    yield section, 1 + likeness + (0.8 if number == section else 0), "close", number, len(text)
                elif number == section:
                    yield section, 0.6, "number", number, len(text)

    def _without_stop(self, text: str) -> tuple[int, int]:
        """The number of a heading that has a blank, or nothing, behind its number: “一 总体情况”."""
        number = ORDINALS.index(text[0]) + 1
        words = self.sections.get(number)
        return (number, 1) if words and text[1:].rstrip(":,.;") in words.titles else (0, 0)


def _glued(text: str, start: int, titles: Sequence[str]) -> int:
    """Where an official title ends that text follows on the same line.

    0 when the heading only has more words, or when the next heading follows: that is a list of the parts.
    """
    title = next((title for title in titles if text.startswith(title, start)), None)
    if title is None:
        return 0
    end = start + len(title)
    rest = text[end:]
    if top_number(rest.lstrip(",;:"))[0]:
        return 0
    return end if rest[:1] in (",", ":", "(") or rest.rstrip(",") in MARKS or len(rest) > _MORE_WORDS else 0


def _same(body: str, title: str) -> bool:
    """Whether two headings differ in nothing but particles."""
    return body.replace(PARTICLE, "") == title.replace(PARTICLE, "")


def _likeness(body: str, title: str) -> float:
    """How alike two texts are in spelling (difflib ratio), 0 below ``CLOSE``."""
    shared = min(sum(map(set(title).__contains__, body)), sum(map(set(body).__contains__, title)))
    if 2 * shared < CLOSE * (len(body) + len(title)):  # A bound that costs a fraction of difflib's own.
        return 0.0
    matcher = SequenceMatcher(None, body, title, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= CLOSE else 0.0


def find_headings(
    document: Document, index: HeadingIndex, taken: Collection[int], labels: frozenset[str]
) -> list[Heading]:
    """All lines that may be headings, in order. ``taken`` lines and row ``labels`` of tables never are."""
    found: list[Heading] = []
    beginnings = tuple(label for label in labels if len(label) > 6)
    for number, line in enumerate(document.lines):
        if number in taken or line.role in ASIDE:
            continue
        phrase = _phrase(line)
        if phrase is None:
            continue
        text = "".join(piece.text for piece in phrase.slices) if len(phrase.slices) > 1 else phrase.slices[0].text
        long = len(text) > LONGEST
        if long and text[:8].strip()[:1] not in ORDINALS:
            continue
        folded = fold(text[:80] if long else text)
        # A line that is, or starts with, a numbered row label of a table looks like a heading.
        if not folded or folded in labels or folded.startswith(beginnings):
            continue
        for section, score, how, printed, end in index.match(folded):
            piece = phrase if how != "glued" else _opening(phrase, end)
            weight = score if line.role != "link" else score / 2
            if not long or how == "glued":
                found.append(Heading(number, section, weight, how, printed, piece))
    return _mark_lists(found)


def _phrase(line: Line) -> Phrase | None:
    """The words of a line that can be a heading: one cell, or two or three split at wide blanks."""
    cells = [cell for cell in line.cells if cell.text]
    if not cells or (len(cells) > 1 and (line.kind == "grid" or len(cells) > 3)):
        return None
    return Phrase(tuple(Slice(cell, 0, len(cell.text)) for cell in cells))


def _opening(phrase: Phrase, end: int) -> Phrase:
    """The first ``end`` folded characters of a phrase."""
    first = phrase.slices[0]
    _, indices = fold_mapped(first.cell.text[:200])
    stop = indices[end - 1] + 1 if 0 < end <= len(indices) else first.end
    return Phrase((Slice(first.cell, 0, stop),))


def _mark_lists(found: list[Heading]) -> list[Heading]:
    """Headings that stand in a list of contents: another section's follows, or came, on the very next line."""
    strong: dict[int, set[int]] = {}
    for heading in found:
        if heading.score > 1.5:
            strong.setdefault(heading.line, set()).add(heading.section)
    marked = []
    for heading in found:
        below, above = (bool(strong.get(heading.line + by, set()) - {heading.section}) for by in (1, -1))
        score = heading.score * (_LISTED if below else 1.0)
        marked.append(heading._replace(score=score, listed=below or above))
    return marked


def best_chain(headings: Sequence[Heading]) -> dict[int, Heading]:
    """Section number → heading: the increasing chain with the greatest sum of scores, the first of equals."""
    best: dict[int, tuple[float, int]] = {}
    entries: list[tuple[float, int]] = []
    open_line = -1
    pending: list[tuple[int, float, int]] = []

    def settle() -> None:
        for section, total, number in pending:
            if section not in best or total > best[section][0]:
                best[section] = (total, number)
        pending.clear()

    for number, heading in enumerate(headings):
        if heading.line != open_line:
            settle()
            open_line = heading.line
        total, before = heading.score, -1
        for section, (sum_, entry) in best.items():
            if section < heading.section and sum_ + heading.score > total:
                total, before = sum_ + heading.score, entry
        entries.append((total, before))
        pending.append((heading.section, total, number))
    settle()
    chain: dict[int, Heading] = {}
    at = max((entry for _, entry in best.values()), key=lambda entry: entries[entry][0], default=-1)
    while at >= 0:
        chain[headings[at].section] = headings[at]
        at = entries[at][1]
    return chain


def find_inline(document: Document, index: HeadingIndex, chain: dict[int, Heading]) -> dict[int, Heading]:
    """Headings inside running lines, for text whose line ends were lost; only numbered ones, in order."""
    found = dict(chain)
    line, at = 0, 0
    lines = document.lines
    for section, words in sorted(index.sections.items()):
        if section in chain:
            line, at = chain[section].line, 0
            continue
        spelt = _spelling(section, words.titles)
        limit = min((h.line for s, h in chain.items() if s > section), default=len(lines) - 1)
        for number in range(line, limit + 1):
            cell = next((cell for cell in lines[number].cells if len(cell.text) > LONGEST), None)
            if cell is None:
                continue
            match = spelt.search(cell.text, at if number == line else 0)
            loose = None if match else _loose(section, words.title, cell.text, at if number == line else 0)
            start, end = match.span() if match else loose or (0, 0)
            if end:
                phrase = Phrase((Slice(cell, start, end),))
                found[section] = Heading(number, section, 2.0, "inline" if match else "inline_close", section, phrase)
                line, at = number, end
                break
    return found


def _spelling(section: int, titles: Sequence[str]) -> re.Pattern[str]:
    blanks = r"[\s\u00a0\u3000、，,]*"
    words = "|".join(blanks.join(map(re.escape, title.replace(",", ""))) for title in titles)
    return re.compile(rf"(?<![{ORDINALS}]){ORDINALS[section - 1]}\s*[、.．,，]\s*(?:{words})")


def _loose(section: int, title: str, text: str, at: int) -> tuple[int, int] | None:
    """A numbered stretch before the next blank that is close to the title, such as a heading with a slip."""
    for match in re.finditer(rf"(?:^|[\s。；])({ORDINALS[section - 1]}[、.．][^\s。；：]{{4,60}})", text[at:]):
        words = match[1]
        size = max(range(4, len(words) + 1), key=lambda size: _likeness(fold(words[:size])[2:], title))
        if _likeness(fold(words[:size])[2:], title) >= LOOSE:
            return at + match.start(1), at + match.start(1) + size
    return None
