"""A bound report → the claims of its running text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from govlint.chinese import is_place
from govlint.model.claim import CellClaim, Claims, Quantity, ShareClaim, SumClaim
from govlint.model.report import Report
from govlint.prose.cells import CellReader
from govlint.prose.lexicon import Lexicon, make_lexicon
from govlint.prose.mentions import Mention, mentions
from govlint.prose.paragraphs import Paragraph, paragraphs
from govlint.prose.plain import plain
from govlint.prose.shares import find_differences, find_shares
from govlint.prose.sums import find_sums
from govlint.prose.tokens import sentences, tokenize

_MANY = 100
"""So many numbers a sentence may have for them to be compared with each other."""

_LONGEST_NAME = 60
UNDER = 24
"""So many characters of a sub-heading tell what it is about."""


class ProseReader:
    """Reads the running text of reports with the words of a data file; made once, used for many."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data

    @cached_property
    def lexicon(self) -> Lexicon:
        return make_lexicon(self.data)

    def read(self, report: Report) -> Claims:
        """All claims of a report, in reading order."""
        cells: list[CellClaim] = []
        sums: list[SumClaim] = []
        shares: list[ShareClaim] = []
        reader = CellReader(self.lexicon, report.facts.unit_type, report.year)
        own = _own_names(report)
        for paragraph in paragraphs(report):
            if not self.lexicon.may_claim(paragraph.text):  # Half of all paragraphs: they need not be read.
                continue
            tokens = tokenize(paragraph.text, self.lexicon, report.year, own)
            cells += reader.read(paragraph, tokens, self._topic(paragraph), self._turn)
            place = _placer(paragraph)
            before: list[Mention] = []
            all_before: list[Mention] = []
            for sentence in sentences(tokens):
                found = mentions(sentence)
                if len(found) > _MANY:
                    continue
                sums += find_sums(sentence, found, before, place)
                sums += find_differences(found, place)
                shares += find_shares(found, all_before, place)
                before = found
                all_before += found
        return Claims(tuple(cells), tuple(sums), tuple(shares))

    def _topic(self, paragraph: Paragraph) -> str:
        """The table that a paragraph speaks of, as its section or sub-heading tells."""
        for topic, signs in self.data["topics"].items():
            if paragraph.section in signs["sections"]:
                return str(topic)
        return self._turn(paragraph.under) or ""

    def _turn(self, heading: str) -> str:
        """The table that a sub-heading speaks of, empty for none."""
        topics = self.data["topics"].items()
        words = heading[:UNDER]
        return next((str(topic) for topic, signs in topics if any(word in words for word in signs["under"])), "")


def _placer(paragraph: Paragraph) -> Callable[[Mention], Quantity]:
    """How a number of a paragraph becomes a quantity with its place."""

    def place(mention: Mention) -> Quantity:
        token = mention.token
        return Quantity(mention.value, token.unit, paragraph.phrase(token.start, token.end))

    return place


def _own_names(report: Report) -> list[str]:
    """What the agency may call itself in its own report, the longest first.

    Its name, its name without the place before it, and its level with its kind: the county bureau.
    """
    if report.facts.agency is None:
        return []
    name = plain(report.facts.agency.value)[:_LONGEST_NAME]
    own = [name[start:] for start in range(max(1, len(name) - 2))]
    places = [char for char in name[:-1] if is_place(char)]
    if len(places) == 1 and name.count(name[-1]) == 1:
        own.append(places[0] + name[-1])
    return own
