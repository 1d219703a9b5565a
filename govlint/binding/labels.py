"""Row labels of all editions, and how well the end of a stretch of label text names one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from govlint.chinese import any_number, contained, fold
from govlint.model.edition import RowForm
from govlint.model.report import How

CLOSE = 0.55
"""Spelling at least so alike (difflib ratio) may be a misprinted label."""
MARGIN = 0.35
"""Labels that score less than the best by more than this are no candidates."""
_REMEMBERED = 16384
"""So many stretches of text are remembered with what they may name, because reports share most of theirs."""
_BEGINNING, _MIDDLE, _SHORTEST = 4, 5, 3
"""How many characters a cut label, a middle piece, and the shortest beginning of a label need."""


class Match(NamedTuple):
    """How well (0 to 1) and how some text names a label."""

    score: float
    how: How


@dataclass(frozen=True, eq=False)
class Label:
    """A row label folded, with everything that names the same row."""

    folded: str
    bare: str
    right: frozenset[str]
    aliases: frozenset[str]
    grouped: frozenset[str]

    def match(self, text: str) -> Match | None:
        """How the end of ``text`` names this label: whole, without its number, or a part of it; None if not."""
        if text in self.right or text in self.grouped:
            return Match(1.0, "exact")
        if text in self.aliases:
            return Match(1.0, "alias")
        for names, how in ((self.right, "exact"), (self.aliases, "alias")):
            for name in names:
                if text.endswith(name):
                    return Match(0.95 if len(name) > 2 else 0.8, how)  # type: ignore[arg-type]
        if len(self.bare) >= 4 and text.endswith(self.bare):
            return Match(0.9, "unnumbered")
        if text == self.bare:
            return Match(0.5, "unnumbered")
        return self._part(text) or (self._part(text.rstrip("),")) if text.endswith((")", ",")) else None)

    def _part(self, text: str) -> Match | None:
        """The longest end of ``text`` that lies inside the label: a beginning, or a piece from its middle."""
        label = self.folded
        longest = min(len(label) - 1, len(text))
        if longest >= _BEGINNING and text[-_BEGINNING:] in label:
            size = _BEGINNING
            while size < longest and text[-size - 1 :] in label:
                size += 1
            end = text[-size:]
            if label.startswith(end) or self.bare.startswith(end):
                return Match(0.6 + 0.2 * size / len(label), "cut")
            if size >= _MIDDLE:
                return Match(0.45 + 0.2 * size / len(label), "inside")
        elif longest == _SHORTEST and label.startswith(text[-_SHORTEST:]):
            return Match(0.6, "cut")
        return None

    def likeness(self, text: str) -> float:
        """How alike the end of ``text`` is to the label in spelling, 0 to 1."""
        end = text[-len(self.folded) - 1 :]
        if contained(self.folded, end) < CLOSE - 0.1:
            return 0.0
        return max(
            SequenceMatcher(None, self.folded, candidate, autojunk=False).ratio()
            for candidate in {end, text[-len(self.folded) :]}
        )


class LabelIndex:
    """All labels of one table over all editions, each once, with a filter that is quick to say no."""

    def __init__(self, editions: Iterable[Iterable[RowForm]]) -> None:
        self._labels: list[Label] = []
        self._by_key: dict[tuple[object, ...], int] = {}
        self.rows: list[list[int]] = [[self._add(row) for row in rows] for rows in editions]
        names = [name for label in self._labels for name in (*label.right, *label.aliases, label.bare)]
        self.known = frozenset(names) - {""}
        self._ends = {name[-2:] for name in names}
        self._pieces = {
            label.folded[i : i + size]
            for label in self._labels
            for size in (_SHORTEST, _BEGINNING)
            for i in range(len(label.folded) - size + 1)
            if size == _BEGINNING or i == 0
        }
        self._whole: Mapping[str, int | None] = self._unique_wholes()
        self._seen: dict[str, tuple[tuple[int, Match], ...]] = {}
        self._alike: dict[str, tuple[tuple[int, Match], ...]] = {}

    def label(self, number: int) -> Label:
        """A label by its number."""
        return self._labels[number]

    def candidates(self, text: str) -> tuple[tuple[int, Match], ...]:
        """The labels that the end of ``text`` may name, with how well; nothing close in spelling only."""
        known = self._seen.get(text)
        if known is None:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            known = self._seen[text] = self._search(text)
        return known

    def alike(self, text: str) -> tuple[tuple[int, Match], ...]:
        """Labels of which the end of ``text`` may be a misprint."""
        known = self._alike.get(text)
        if known is None:
            if len(self._alike) >= _REMEMBERED:
                self._alike.clear()
            scored = [(number, label.likeness(text)) for number, label in enumerate(self._labels)]
            known = tuple((number, Match(0.7 * score, "close")) for number, score in scored if score >= CLOSE)
            self._alike[text] = known
        return known

    def _search(self, text: str) -> tuple[tuple[int, Match], ...]:
        whole = self._whole.get(text)
        if whole is not None:
            match = self._labels[whole].match(text)
            return ((whole, match),) if match else ()
        trimmed = text.rstrip("),")
        near = text[-2:] in self._ends or any(
            end in self._pieces for end in (text[-4:], text[-3:], trimmed[-4:], trimmed[-3:])
        )
        if not near:
            return ()
        found = [(number, match) for number, label in enumerate(self._labels) if (match := label.match(text))]
        best = max((match.score for _, match in found), default=0.0)
        return tuple((number, match) for number, match in found if match.score >= best - MARGIN)

    def _add(self, row: RowForm) -> int:
        folded = fold(row.label)
        right = frozenset({folded, *map(fold, row.accepted)})
        aliases = frozenset(map(fold, row.aliases))
        group = fold("".join(row.groups))
        last = fold(row.groups[-1]) if row.groups else ""
        key = (folded, right, aliases, group)
        if key not in self._by_key:
            self._by_key[key] = len(self._labels)
            grouped = frozenset({group + folded, last + folded} if group else ())
            self._labels.append(Label(folded, folded[any_number(folded)[1] :], right, aliases, grouped))
        return self._by_key[key]

    def _unique_wholes(self) -> Mapping[str, int | None]:
        """Text that is exactly one label → its number; None for text that several share."""
        whole: dict[str, int | None] = {}
        for number, label in enumerate(self._labels):
            for name in label.right | label.aliases | label.grouped:
                whole[name] = None if name in whole else number
        return whole
