"""``--shards``: results of very many files in a folder of shards, each file checked alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from govlint.cli.batching import found_workers
from govlint.cli.given import origin_of
from govlint.cli.inputs import STDIN, Input
from govlint.cli.output import say, unread
from govlint.cli.watching import PATIENCE, watched
from govlint.linter import Linter
from govlint.model.errors import ClusterError, ReadError
from govlint.writers.language import Language

if TYPE_CHECKING:
    from govlint.shards.rendering import Rendering, Say
    from govlint.shards.writing import Writing, Written

FORMATS = ("jsonl", "parquet")
_SIZE = 1000
Decorated = TypeVar("Decorated", bound=Callable[..., object])


def shard_options(function: Decorated) -> Decorated:
    """The options, as ``shards``, ``shard_format`` and ``shard_size``."""
    for option in (
        click.option("--shard-size", type=click.IntRange(1), default=_SIZE, show_default=True, metavar="N"),
        click.option("--shard-format", type=click.Choice(FORMATS), default=FORMATS[0], show_default=True),
        click.option("--shards", type=click.Path(), metavar="DIR"),
    ):
        function = option(function)
    return function


def refuse_beside_shards(names: Sequence[str], language: Language) -> None:
    """Raises click.UsageError for options, by the names of their parameters, that are given with ``--shards``."""
    ctx = click.get_current_context()
    for name in names:
        if origin := origin_of(ctx, name):
            raise click.UsageError(language.say("shards", "not_with", {"option": origin.name}))
    if STDIN in ctx.params["paths"]:
        raise click.UsageError(language.say("shards", "not_with", {"option": STDIN}))


def write_shards(
    linter: Linter, items: Sequence[Input], render: Say, said: str, language: Language, *, hidden: bool, quiet: bool
) -> Written:
    """Write what is missing in the folder that the command names, and say what could not be read.

    ``said`` is all that the linter is told of single files and of waivers. Raises click.UsageError for a folder that
    cannot be used, ClusterError for a cluster that cannot.
    """
    from govlint.batch.basis import basis_of
    from govlint.shards.manifest import ManifestError
    from govlint.shards.rendering import Rendering
    from govlint.shards.writing import Task, Writing

    ctx = click.get_current_context()
    given = ctx.params
    paths = [item.path for item in items if not item.error]
    if not paths:
        raise click.UsageError(language.say("shards", "no_files"))
    folder = Path(given["shards"])
    basis = basis_of(linter, said) + language.code.encode()
    task = Task(str(ctx.info_name), given["shard_format"], given["shard_size"], basis)
    try:
        writing = Writing(folder, paths, task)
        written = _written(ctx, writing, Rendering(linter, language, render), language, hidden=hidden)
    except ReadError as error:
        raise ClusterError("parquet_extra", error.params) from None
    except ManifestError as error:
        raise click.UsageError(language.say("shards", error.reason, error.params)) from None
    except KeyboardInterrupt:
        say(language.say("shards", "stopped", {"path": str(folder)}))
        raise
    every = [item.error for item in items if item.error]
    every += [ReadError(*found) for found in written.unread]
    for each in every:
        say(unread(each, each.path, language))
    written.counts["unread"] = len(every)
    if not quiet:
        params = {"files": len(paths), "shards": written.shards, "kept": written.kept, "path": str(folder)}
        more = language.say("shards", "done_unread", {"count": len(every)}) if every else ""
        say(language.say("shards", "done", params) + more)
    return written


def _written(
    ctx: click.Context, writing: Writing, rendering: Rendering, language: Language, *, hidden: bool
) -> Written:
    paths = writing.paths
    workers, answering = found_workers(ctx, language)
    waiting = [Input(path) for path in paths]
    with watched(waiting, language, hidden=hidden, after=PATIENCE) as taken:
        if not paths:
            return writing.write(iter(()), rendering, lambda path: None)
        with closing(answering(rendering, paths, workers, ctx.params["timeout"])) as answers:
            return writing.write(answers, rendering, _follower(taken))


def _follower(taken: Iterator[Input]) -> Callable[[str], None]:
    def follow(path: str) -> None:
        next(taken)

    return follow
