"""Which reports share text with which others, among very many: in time and memory linear in their length.

All pieces of GRAM characters are hashed. How many units have each is counted in one table: pieces that many have are
common. Of the others every fourth or so hash is kept, sorted, and reports that have the same are candidates.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple
from zlib import crc32

from govlint.checks.own_text import GRAM

_WIDTH = 4
"""Bytes of a character as it is hashed."""
_SAMPLED = 4
"""One of so many hashes is looked at for candidates."""
_NEAR = 4
"""Where many reports have the same piece, each is held against so many before it, and the first."""
_CHOSEN = 3
"""So many candidates are compared in full."""
_FEW = 4
"""A candidate has at least one in so many of the pieces looked at."""
_SMALLEST, _LARGEST = 20, 26
"""Powers of two: slots of the table in which pieces are counted.

Two pieces may share a slot. The many slots keep it from happening that a rare piece shares one with a common piece.
"""
_ORDER = 24
"""Bits that hold a report's number beside a hash."""
_NUMBER = (1 << _ORDER) - 1
_MOST = 0xFFFF


class Text(NamedTuple):
    """The text of one report by sections, and the unit that it is of."""

    unit: str
    sections: tuple[str, ...]


def hashes(text: str) -> list[int]:
    """The hash of each piece of GRAM characters, in order; the same on every run."""
    data = memoryview(text.encode("utf-32-le", "surrogatepass"))
    size = _WIDTH * GRAM
    return [crc32(data[at : at + size]) for at in range(0, len(data) - size + 1, _WIDTH)]


class Overlap:
    """The texts of a run. ``units`` and ``share``: pieces are common that more units than both have."""

    def __init__(self, texts: Sequence[Text], units: int, share: float) -> None:
        names = {text.unit for text in texts}
        self._limit = min(max(units, share * len(names)), _MOST - 1)
        self._all_rare = len(names) <= self._limit
        self._counts = array("H", bytes(0 if self._all_rare else 2 * _slots(texts)))
        self._sampled: dict[int, list[array[int]]] = {}
        numbers = sorted(range(len(texts)), key=lambda number: texts[number].unit)
        for _, of_unit in groupby(numbers, key=lambda number: texts[number].unit):
            self._add([(number, texts[number]) for number in of_unit])

    def _add(self, texts: Sequence[tuple[int, Text]]) -> None:
        """Count the pieces of one unit's texts, each once, and keep a sample of them by text and section."""
        every: set[int] = set()
        for number, text in texts:
            found = [set(hashes(section)) for section in text.sections]
            self._sampled[number] = [array("I", sorted(h for h in own if h % _SAMPLED == 0)) for own in found]
            every.update(*found)
        counts, last = self._counts, len(self._counts) - 1
        for slot in {each & last for each in every} if not self._all_rare else ():
            if counts[slot] < _MOST:
                counts[slot] += 1

    def _is_rare(self, hash_: int) -> bool:
        return self._all_rare or self._counts[hash_ & (len(self._counts) - 1)] <= self._limit

    def common(self, words: str) -> bool:
        """Whether very many units have this piece of GRAM characters."""
        return not self._all_rare and not self._is_rare(crc32(words.encode("utf-32-le", "surrogatepass")))

    def candidates(self, order: Sequence[int], may_pair: Callable[[int, int], bool]) -> dict[int, tuple[int, ...]]:
        """For each text (by number) the earlier ones, in the given order, that share most with it.

        Only pairs (later, earlier) that may be compared count, and only those that share many pieces.
        """
        found: dict[int, list[int]] = {}
        for section in range(max((len(kept) for kept in self._sampled.values()), default=0)):
            rare = [array("I", filter(self._is_rare, self._sampled[number][section])) for number in order]
            for later, near in enumerate(_neighbours(rare)):
                number, enough = order[later], len(rare[later]) / _FEW
                likely = ((earlier, count) for earlier, count in Counter(near).items() if count >= enough)
                pairs = [(-count, earlier) for earlier, count in likely if may_pair(number, order[earlier])]
                found.setdefault(number, []).extend(order[earlier] for _, earlier in sorted(pairs)[:_CHOSEN])
        return {number: tuple(dict.fromkeys(others)) for number, others in found.items() if others}


def _slots(texts: Sequence[Text]) -> int:
    """How many slots make it unlikely that two pieces share one: a power of two."""
    characters = sum(len(section) for text in texts for section in text.sections)
    return int(1 << min(max((16 * characters).bit_length(), _SMALLEST), _LARGEST))


def _neighbours(rare: Sequence[Sequence[int]]) -> list[array[int]]:
    """For each text, the earlier texts that have a piece in common with it, once for each such piece."""
    packed = sorted(each << _ORDER | number for number, own in enumerate(rare) for each in own)
    near = [array("I") for _ in rare]
    start = 0
    for end in range(1, len(packed) + 1):
        if end < len(packed) and packed[end] >> _ORDER == packed[start] >> _ORDER:
            continue
        for at in range(start + 1, end):
            later = near[packed[at] & _NUMBER]
            later.extend([entry & _NUMBER for entry in packed[max(start, at - _NEAR) : at]])
            if at - start > _NEAR:
                later.append(packed[start] & _NUMBER)
        start = end
    return near
