"""Regular expressions that are compiled when they may match.

Compiling the patterns of all rules takes several times as long as checking a report with them, and most of them look
for slips that a report does not have. So a pattern is compiled only when a text holds one of those texts without which
it cannot match, where these are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

_known: dict[str, tuple[str, ...]] = {}
"""Patterns, and the texts of which every match holds one."""


class Pattern:
    """A pattern that is compiled at the first text that it may match; used like ``re.Pattern``."""

    __slots__ = ("_compiled", "needs", "pattern")

    def __init__(self, pattern: str, needs: tuple[str, ...] = ()) -> None:
        self.pattern = pattern
        self.needs = needs
        self._compiled: re.Pattern[str] | None = None

    def may_match(self, text: str) -> bool:
        """Whether there is anything in the text without which the pattern cannot match."""
        for need in self.needs:  # A loop, because it runs for every rule and paragraph.
            if need in text:
                return True
        return not self.needs

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        compiled = self._compiled or self._compiled_for(text)
        return compiled.search(text, start) if compiled else None

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        compiled = self._compiled or self._compiled_for(text)
        return compiled.match(text, start) if compiled else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        compiled = self._compiled or self._compiled_for(text)
        return compiled.fullmatch(text) if compiled else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        compiled = self._compiled or self._compiled_for(text)
        return compiled.finditer(text) if compiled else iter(())

    def _compiled_for(self, text: str) -> re.Pattern[str] | None:
        if not self.may_match(text):
            return None
        self._compiled = re.compile(self.pattern)
        return self._compiled


@lru_cache(maxsize=2048)
def pattern(text: str) -> Pattern:
    """The pattern of this text, the same whenever it is asked for. A broken one raises re.error when it is used."""
    return Pattern(text, _known.get(text, ()))


def work_out(data: Iterable[Any]) -> Mapping[str, tuple[str, ...]]:
    """What the patterns in some data cannot match without. It takes as long as compiling them, so it is to be kept."""
    from govlint.literals import needed

    return {text: needs for text in _texts(data) if (needs := needed(text))}


def keep_in_mind(known: object) -> None:
    """What ``work_out`` found, or what was kept of it."""
    if isinstance(known, Mapping):
        _known.update((str(text), tuple(map(str, needs))) for text, needs in known.items())


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        yield from _texts(data.values())
    elif isinstance(data, Iterable):
        for each in data:
            yield from _texts(each)
