"""The words of ``rules/quantities.yaml``, ready to be looked up at any place of a text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from govlint.chinese import NUMERAL
from govlint.prose.plain import plain

REQUESTS = "requests"
"""The table that heads speak of unless they name another."""

Alternatives = tuple[tuple[str, ...], ...]
"""Sums of rows (or columns), any of which may be meant."""


class Head(NamedTuple):
    """What a number may be of: rows or columns of a table.

    ``kind`` is ``verb`` (what was done), ``object`` (what it was done to) or ``noun`` (a row or column by name).
    ``never_with`` names a table with whose nouns the verb means something else. A head with ``after`` has its
    meaning only behind claims of that family; ``otherwise`` is the kind of word that it is elsewhere. ``topical``
    heads name disclosure themselves. With
    ``own_time`` the year beside the word is the year that it speaks of, as with all but those carried over.
    """

    id: str
    kind: str
    family: str
    table: str
    rows: Alternatives
    columns: Alternatives
    never_with: str
    after: str
    otherwise: str
    topical: bool
    own_time: bool


class Word(NamedTuple):
    """A known word: its text in plain writing, its kind, and its heads when ``kind`` is ``head``.

    A word of several heads has each in another place (see ``Head.after``).
    """

    text: str
    kind: str
    heads: tuple[Head, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """All words, and the units and signs of numbers."""

    words: tuple[Word, ...]
    count_units: frozenset[str]
    data: Mapping[str, Any]

    @cached_property
    def patterns(self) -> tuple[tuple[re.Pattern[str], str, Head], ...]:
        """Patterns of things that go by many names, with what the name must hold, and their heads."""
        named = {head.id: head for word in self.words for head in word.heads}
        return tuple(
            (re.compile(entry["pattern"]), entry["must"], named[entry["id"]])
            for entry in self.data["heads"]
            if "pattern" in entry
        )

    @cached_property
    def by_first(self) -> Mapping[str, Sequence[Word]]:
        """The words by their first character, the longest first."""
        found: dict[str, list[Word]] = {}
        for word in self.words:
            found.setdefault(word.text[0], []).append(word)
        for words in found.values():
            words.sort(key=lambda word: -len(word.text))
        return found

    @cached_property
    def denials(self) -> tuple[str, ...]:
        """Texts of which every word that denies holds one."""
        words = sorted((word.text for word in self.words if word.kind in ("negation", "none")), key=len)
        return tuple(word for at, word in enumerate(words) if not any(other in word for other in words[:at]))

    def may_claim(self, text: str) -> bool:
        """Whether a text can say anything in numbers: it has a digit, a word that denies, or a numeral with a unit."""
        if any(word in text for word in self.denials) or any(map(str.isdigit, text)):
            return True
        return any(match["unit"] or match["percent"] or match["point"] for match in self.number.finditer(text))

    @cached_property
    def before_numbers(self) -> frozenset[str]:
        """What a number may begin with, besides a digit: a Chinese numeral, or the first character of “about”."""
        return frozenset(NUMERAL) | {word[0] for word in self.data["about"]}

    @cached_property
    def number(self) -> re.Pattern[str]:
        """A number with what makes it inexact, and its unit or percent sign."""
        data = self.data
        units = _any([*data["count_units"], *data["other_units"]])
        return re.compile(
            rf"(?P<about>{_any(data['about'])})?"
            r"(?:(?P<arabic>(?<![\d.])(?:\d{1,3}(?:[,，]\d{3}){1,4}(?![\d,，])|\d{1,15}(?:\.\d{1,4})?(?!\d|\.\d)))"
            rf"|(?P<han>{NUMERAL}{{1,9}}))"
            rf"(?P<odd>{_any(data['odd'])})?(?P<scale>{_any(list(data['scales']))})?(?P<odd2>{_any(data['odd'])})?"
            rf"(?:(?P<point>{_any(data['points'])})|(?P<percent>%)|(?P<unit>{units}))?(?P<odd3>{_any(data['odd'])})?"
        )

    @cached_property
    def dates(self) -> Mapping[str, re.Pattern[str]]:
        """Years, days and spans of months."""
        return {name: re.compile(pattern) for name, pattern in self.data["dates"].items()}

    @cached_property
    def ordinal(self) -> re.Pattern[str]:
        return re.compile(self.data["ordinals"])

    @cached_property
    def bracketed(self) -> re.Pattern[str]:
        """A number in brackets before its unit, as forms leave it to be filled in."""
        return re.compile(rf"\((\d{{1,9}})\)({_any(self.data['count_units'])})")

    @cached_property
    def no_number(self) -> re.Pattern[str]:
        return re.compile(_any(self.data["not_numbers"]))

    @cached_property
    def some(self) -> re.Pattern[str]:
        """What makes a Chinese numeral inexact: two or three, five or six."""
        return re.compile(self.data["some"])

    @cached_property
    def loose_units(self) -> frozenset[str]:
        """Units that other things have too: they count where nothing unknown follows."""
        return frozenset(self.data["loose_units"])

    @cached_property
    def equals(self) -> frozenset[str]:
        """Words behind which a number without a unit may count."""
        return frozenset(self.data["equals"])

    @property
    def one(self) -> str:
        """The numeral that also stands for “any”."""
        return str(self.data["one"])

    @cached_property
    def within(self) -> frozenset[str]:
        """Words behind “N requests” that make it all of them: of the 5 requests …"""
        return frozenset(self.data["within"])

    @cached_property
    def never_before(self) -> tuple[str, ...]:
        return tuple(self.data["never_before"])


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def make_lexicon(data: Mapping[str, Any]) -> Lexicon:
    """The lexicon of a data file that has been validated."""
    spoken = ((kind, text) for kind, texts in data["words"].items() for text in map(plain, texts.split()))
    words = {text: Word(text, kind) for kind, text in spoken}
    for entry in data["heads"]:
        head = Head(
            entry["id"],
            entry["kind"],
            entry["family"],
            entry.get("table", REQUESTS),
            _alternatives(entry.get("rows", ())),
            _alternatives(entry.get("columns", ())),
            entry.get("never_with", ""),
            entry.get("after", ""),
            entry.get("otherwise", ""),
            entry.get("topical", entry["kind"] == "object"),
            entry.get("own_time", False),
        )
        for text in map(plain, entry["words"].split()):
            known = words.get(text)
            words[text] = Word(text, "head", (*(known.heads if known else ()), head))
    return Lexicon(tuple(words.values()), frozenset(data["count_units"]), data)


def _alternatives(data: Sequence[Sequence[str]]) -> Alternatives:
    return tuple(tuple(names) for names in data)
