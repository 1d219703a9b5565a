"""How many files are done: by how many processes, how long each may take, and what is kept for the next run."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from govlint.cli.given import origin_of
from govlint.cli.output import say
from govlint.cli.paths import files_from_option
from govlint.datafiles import cache_folder
from govlint.linter import Linter
from govlint.writers.language import Language

if TYPE_CHECKING:
    from govlint.batch.running import Answering, Batch

AUTO = "auto"
MANY = 24
"""From so many files on workers are worth their start, and so is looking at what was kept."""
_MOST_JOBS = 512
_DAY = 24 * 60 * 60
_LEAST = 100
"""Fewer files are not worth a task of a cluster."""
_LOCAL = "local"
Decorated = TypeVar("Decorated", bound=Callable[..., object])


def batch_options(function: Decorated) -> Decorated:
    """The options, as ``jobs``, ``timeout``, ``no_cache``, ``cache_dir``, ``scheduler`` and ``batch``."""
    for option in (
        files_from_option,
        click.option("--batch", type=click.IntRange(_LEAST), default=_LEAST, show_default=True, metavar="N"),
        click.option("--scheduler", metavar="ADDRESS|local"),
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
    if given["scheduler"]:
        return _clustered(ctx, linter, paths, said, language) if paths else None
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


def _clustered(ctx: click.Context, linter: Linter, paths: Sequence[str], said: str, language: Language) -> Batch:
    """The files as a batch for a cluster. Its workers keep results only where they surely share the folder."""
    from govlint.batch.running import Batch, Plan

    given = ctx.params
    workers, answering = found_workers(ctx, language)
    folder = given["cache_dir"]
    keeps = not given["no_cache"] and (folder is not None or given["scheduler"] == _LOCAL)
    cache = (Path(folder) if folder else cache_folder()).absolute() / "results" if keeps else None
    return Batch(linter, paths, Plan(workers, given["timeout"], cache, answering), said)


def found_workers(ctx: click.Context, language: Language) -> tuple[int, Answering]:
    """How many processes do the work, and what puts files to them: to this machine's or to those of a cluster.

    Raises click.UsageError.
    """
    given = ctx.params
    address = given["scheduler"]
    if address and address != _LOCAL and origin_of(ctx, "jobs"):
        raise click.UsageError(language.say("cli", "not_together", {"first": "--scheduler", "second": "--jobs"}))
    workers = max(1, _workers(given["jobs"], MANY, language, limited=True))
    if address:
        from govlint.cluster.answering import answering

        return workers, answering(address, given["batch"])
    from govlint.batch.pool import answers

    return workers, answers


def say_failure(batch: Batch | None, language: Language) -> None:
    """Say, once, that nothing could be kept."""
    if batch and batch.failure:
        say(language.say("cli", "cache_failed", {"error": batch.failure}))


def _workers(asked: str, files: int, language: Language, *, limited: bool) -> int:
    """How many processes do the work; 0: this one. A time limit that is asked for needs one at least."""
    if asked == AUTO:
        jobs = cores() if files >= MANY else 1
        alone = files < MANY and not limited
    elif asked.isascii() and asked.isdigit() and 1 <= int(asked) <= _MOST_JOBS:
        jobs = int(asked)
        alone = jobs == 1 and not limited
    else:
        raise click.UsageError(language.say("cli", "wrong_jobs", {"value": asked, "most": _MOST_JOBS}))
    return 0 if alone else min(jobs, files)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
