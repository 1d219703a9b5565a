"""Progress on a terminal: which file, how many of how many, how fast. Without a terminal nothing is shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from time import monotonic
from typing import Protocol, TypeVar
from unicodedata import combining, east_asian_width

import click

from govlint.writers.language import Language
from govlint.writers.places import escape_controls

_BAR = 20
"""The columns of a full bar."""
_PAUSE = 0.1
"""So many seconds pass before the line is written again."""
PATIENCE = 1.0
"""So many seconds pass before a check shows a bar: a short one would only flicker."""


class _Named(Protocol):
    @property
    def path(self) -> str: ...


Named = TypeVar("Named", bound=_Named)
Decorated = TypeVar("Decorated", bound=Callable[..., object])


def progress_option(function: Decorated) -> Decorated:
    """``--no-progress``."""
    return click.option("--no-progress", is_flag=True)(function)


@contextmanager
def watched(
    items: Sequence[Named], language: Language, *, hidden: bool = False, after: float = 0.0
) -> Iterator[Iterator[Named]]:
    """The items one by one; each shows on standard error as it is taken, once ``after`` seconds have passed."""
    if hidden or not _somebody_looks():
        yield iter(items)
        return
    bar = _Bar(language, after, len(items))
    try:
        yield bar.taken(items)
    finally:
        bar.stop()


def _somebody_looks() -> bool:
    """Whether standard error is a terminal, no dumb one, and not the log of a CI job."""
    job = os.environ.get("CI", "").lower() not in ("", "0", "false")
    return sys.stderr is not None and sys.stderr.isatty() and not job and os.environ.get("TERM") != "dumb"


class _Bar:
    """A line that is written over again and again, without any codes that an old console might not know."""

    def __init__(self, language: Language, after: float, total: int) -> None:
        self.language = language
        self.total = total
        self.begun = monotonic()
        self.next = self.begun + after
        self.width = 0
        """So many columns are to be wiped."""

    def taken(self, items: Sequence[Named]) -> Iterator[Named]:
        for number, item in enumerate(items):
            now = monotonic()
            if now >= self.next:
                self.next = now + _PAUSE
                self._write(self._line(number, item, now - self.begun))
            yield item

    def stop(self) -> None:
        if self.width:
            self._write("")
            self._put("\r")

    def _line(self, done: int, item: _Named, seconds: float) -> str:
        full = _BAR * done // self.total
        rate = self.language.say("survey", "rate", {"rate": f"{done / seconds:.1f}"}) if done and seconds else ""
        parts = (f"[{'=' * full:{_BAR}}]", f"{done:>{len(str(self.total))}}/{self.total}", rate)
        head = "  ".join(part for part in parts if part)
        return f"{head}  {escape_controls(PurePath(item.path).name)}"

    def _write(self, line: str) -> None:
        from shutil import get_terminal_size  # Loads every kind of archive, and most runs need no bar.

        # A full line would make the console go on to the next; what the keyboard echoes needs room too.
        shown, width = _cut(line, get_terminal_size((80, 24)).columns - 4)
        before, self.width = self.width, max(self.width, width + 2)  # First, lest an interrupt leave the line behind.
        self._put(f"\r{shown}{' ' * (before - width)}")
        self.width = width + 2 if line else 0

    def _put(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


def _cut(text: str, room: int) -> tuple[str, int]:
    """The beginning of a text that fits, and how many columns it takes."""
    width = 0
    for number, char in enumerate(text):
        step = 0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1
        if width + step > room:
            return text[:number], width
        width += step
    return text, width
