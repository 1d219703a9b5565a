"""Progress on a terminal: which file, how many of how many, how fast. Without a terminal nothing is shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from time import monotonic
from typing import Any, Protocol, TypeVar

import click

from govlint.writers.language import Language
from govlint.writers.places import escape_controls

_NAME = 40
"""So many characters of a file's name are shown."""
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
    bar = _Bar(language, after)
    try:
        yield bar.taken(items)
    finally:
        bar.stop()


def _somebody_looks() -> bool:
    """Whether standard error is a terminal that can move its cursor, and not the log of a CI job."""
    job = os.environ.get("CI", "").lower() not in ("", "0", "false")
    return sys.stderr is not None and sys.stderr.isatty() and not job and os.environ.get("TERM") != "dumb"


class _Bar:
    """A bar that is loaded and shown only when it is time."""

    def __init__(self, language: Language, after: float) -> None:
        self.language = language
        self.begun = monotonic()
        self.after = after
        self.stop: Callable[[], None] = lambda: None

    def taken(self, items: Sequence[Named]) -> Iterator[Named]:
        waiting = iter(enumerate(items))
        for number, item in waiting:
            if monotonic() - self.begun >= self.after:
                yield from self._shown(number, item, waiting, len(items))
                return
            yield item

    def _shown(self, first: int, item: Named, rest: Iterator[tuple[int, Named]], total: int) -> Iterator[Named]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}", markup=False),
            console=Console(file=sys.stderr),
            transient=True,
        )
        task = bar.add_task(**self._fields(first, item), total=total)
        self.stop = bar.stop
        bar.start()
        number: int | None = first
        while number is not None:
            bar.update(task, **self._fields(number, item))
            yield item
            number, item = next(rest, (None, item))

    def _fields(self, number: int, item: _Named) -> dict[str, Any]:
        """What is shown while an item is at work and ``number`` others are done."""
        passed = max(monotonic() - self.begun, 1e-3)
        rate = self.language.say("survey", "rate", {"rate": f"{number / passed:.1f}"}) if number else ""
        name = escape_controls(PurePath(item.path).name)[:_NAME]
        return {"description": name, "completed": number, "rate": rate}
