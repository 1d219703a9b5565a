"""Progress on a terminal: which file, how many of how many, how fast. Without a terminal nothing is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath

from govlint.survey.census import Item
from govlint.writers.language import Language
from govlint.writers.places import escape_controls

_NAME = 40
"""So many characters of a file's name are shown."""


@contextmanager
def watched(items: Sequence[Item], language: Language) -> Iterator[Iterator[Item]]:
    """The items one by one; each shows on standard error as it is taken."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield iter(items)
        return
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

    def taken() -> Iterator[Item]:
        task = bar.add_task(language.say("survey", "progress"), total=len(items), rate="")
        for number, item in enumerate(items):
            speed = bar.tasks[0].speed
            rate = language.say("survey", "rate", {"rate": f"{speed:.1f}"}) if speed else ""
            name = escape_controls(PurePath(item.path).name)[:_NAME]
            bar.update(task, description=name, rate=rate, refresh=not number)  # The first at once, others in time.
            yield item
            bar.advance(task)

    with bar:
        yield taken()
