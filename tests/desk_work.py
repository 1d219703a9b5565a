"""Jobs for desks in tests, and what is said of files beforehand that makes some of them hang, or end their workers."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Mapping
from contextlib import aclosing
from datetime import date
from pathlib import Path

from govlint.config.config import NO_CONFIG
from govlint.configured import Book, configured
from govlint.linter import Linter, load_linter
from govlint.model.handling import ORDINARY, Handling
from govlint.waivers.book import make_book
from govlint.web.desks import Desks
from govlint.web.jobs import Answer, Given, Job, Progress, Show


class Deadly:
    """Says nothing of files; but in a worker it takes for ever over some names, or ends the worker."""

    def __call__(self, path: str) -> Handling:
        if multiprocessing.parent_process() is not None:
            if "hangs" in path:
                time.sleep(600)
            if "kills" in path:
                os.kill(os.getpid(), signal.SIGKILL)
        return ORDINARY


def deadly() -> Linter:
    return load_linter().handled(Deadly())


def ordinary() -> Linter:
    """The linter of ``govlint check`` without options: waivers inside of reports count."""
    book: Book = make_book([], inline=True, today=date.today())
    return configured(load_linter(), NO_CONFIG, book)


def job_of(
    folder: Path, files: Mapping[str, bytes], show: Show = "page", lang: str = "zh", unsafe: bool = False
) -> Job:
    """A job with these files in a fresh folder, where they are called by numbers."""
    folder.mkdir(parents=True)
    given = []
    for number, (name, data) in enumerate(files.items()):
        (folder / str(number)).write_bytes(data)
        given.append(Given(str(number), name))
    return Job(str(folder), tuple(given), show, lang, unsafe)


async def done(desks: Desks, job: Job) -> tuple[list[Progress], Answer]:
    """All that comes of a job."""
    progress: list[Progress] = []
    async with aclosing(desks.work(job)) as items:
        async for item in items:
            if isinstance(item, Answer):
                return progress, item
            progress.append(item)
    raise AssertionError("no answer")


def processes(parent: int) -> set[int]:
    """The processes that a process has started, and theirs, that are alive."""
    children: dict[int, set[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, above = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            except OSError:
                continue
            if state != "Z":
                children.setdefault(int(above), set()).add(int(entry.name))
    found: set[int] = set()
    due = [parent]
    while due:
        fresh = children.get(due.pop(), set())
        found |= fresh
        due += fresh
    return found
