"""How many files are done: by how many processes, how long each may take, and what is kept for the next run."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from govlint.cli.given import origin_of
from govlint.cli.output import say
from govlint.datafiles import cache_folder
from govlint.linter import Linter
from govlint.writers.language import Language

if TYPE_CHECKING:
    from govlint.batch.running import Batch

AUTO = "auto"
MANY = 24
"""From so many files on workers are worth their start, and so is looking at what was kept."""
_MOST_JOBS = 512
_DAY = 24 * 60 * 60
Decorated = TypeVar("Decorated", bound=Callable[..., object])


def batch_options(function: Decorated) -> Decorated:
    """The options, as ``jobs``, ``timeout``, ``no_cache`` and ``cache_dir``."""
    for option in (
        click.option("--cache-dir", type=click.Path(file_okay=False), metavar="DIR"),
        click.option("--no-cache", is_flag=True),
        click.option("--timeout", type=click.IntRange(0, _DAY), default=60, show_default=True, metavar="SECONDS"),
        click.option("--jobs", default=AUTO, show_default=True, metavar="N|auto", envvar="GOVLINT_JOBS"),
    ):
        function = option(function)
    return function


def plan_batch(linter: Linter, paths: Sequence[str], said: str, language: Language) -> Batch | None:
    """The files as a batch, as the options of the command that is running ask for; None for few files and no options.

    ``said`` is all that the linter is told of single files and of waivers. Raises click.UsageError.
    """
    ctx = click.get_current_context()
    given = ctx.params
    workers = _workers(
        given["jobs"], len(paths), language, limited=bool(given["timeout"] and origin_of(ctx, "timeout"))
    )
    folder = given["cache_dir"]
    keeps = not given["no_cache"] and (folder is not None or len(paths) >= MANY)
    if not workers and not keeps:
        return None
    from govlint.batch.running import Batch, Plan

    cache = (Path(folder) if folder else cache_folder()) / "results" if keeps else None
    return Batch(linter, paths, Plan(workers, given["timeout"], cache), said)


def say_failure(batch: Batch | None, language: Language) -> None:
    """Say, once, that nothing could be kept."""
    if batch and batch.failure:
        say(language.say("cli", "cache_failed", {"error": batch.failure}))


def _workers(asked: str, files: int, language: Language, *, limited: bool) -> int:
    """How many processes do the work; 0: this one. A time limit that is asked for needs one at least."""
    if asked == AUTO:
        jobs = _cores() if files >= MANY else 1
        alone = files < MANY and not limited
    elif asked.isascii() and asked.isdigit() and 1 <= int(asked) <= _MOST_JOBS:
        jobs = int(asked)
        alone = jobs == 1 and not limited
    else:
        raise click.UsageError(language.say("cli", "wrong_jobs", {"value": asked, "most": _MOST_JOBS}))
    return 0 if alone else min(jobs, files)


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
