"""Arguments → inputs: files, the reports below folders, standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import click

from govlint.cli.output import say
from govlint.config.config import FOLDER, Setting
from govlint.config.excluding import NOTHING, Exclusion
from govlint.config.finding import shown
from govlint.linter import Linter, surviving
from govlint.model.diagnostic import Result
from govlint.model.errors import ConfigError, Mistake, ReadError
from govlint.model.paths import real_path
from govlint.readers import FILE_SUFFIXES, MAX_BYTES, SUFFIXES
from govlint.writers.language import Language

if TYPE_CHECKING:
    from govlint.batch.running import Batch
    from govlint.crosscheck.linking import Rollup

STDIN = "-"
REPORT_SUFFIXES = frozenset((*SUFFIXES, *FILE_SUFFIXES, ".odt", ".fodt", ".ofd"))
"""Files of these types below a folder are taken for reports, read or not: none passes silently."""


Decorated = TypeVar("Decorated", bound=Callable[..., object])


class Input(NamedTuple):
    """A file to read, standard input (``-``), or an argument that could not become either.

    ``excluded`` is a file that was named and is left out all the same.
    """

    path: str
    error: ReadError | None = None
    excluded: bool = False


def expand(arguments: Sequence[str], excluding: Exclusion = NOTHING) -> Iterator[Input]:
    """The inputs that the arguments name, each once, in order; a folder stands for its reports, sorted.

    A folder of which nothing is left is an error, a named file that is left out is not.
    """
    seen: set[str] = set()
    for argument in arguments:
        left_out = argument != STDIN and excluding.named(argument)
        if "://" in argument and not left_out and (listed := _below_address(argument, excluding)) is not None:
            yield from listed
            continue
        if argument == STDIN or not Path(argument).is_dir() or not argument:
            if left_out:
                yield Input(argument, excluded=True)
                continue
            found = [argument]
        else:
            found = [] if left_out else list(_reports(argument, excluding))
            if not found:
                some = next(_reports(argument, NOTHING), None) if excluding.globs else None
                yield Input(argument, ReadError(argument, "all_excluded" if some else "no_files"))
        for path in found:
            place = str(real_path(path)) if path != STDIN else STDIN
            if place not in seen:
                seen.add(place)
                yield Input(path)


def take(items: Iterable[Input], language: Language, *, quiet: bool = False) -> list[Input]:
    """The inputs without those that are left out; how many these are is said."""
    every = list(items)
    excluded = [item.path for item in every if item.excluded]
    if excluded and not quiet:
        key = "excluded" if len(excluded) < len(every) else "excluded_all"
        say(language.say("config", key, {"count": len(excluded), "path": excluded[0]}))
    return [item for item in every if not item.excluded]


def _reports(folder: str, excluding: Exclusion) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        walked = (name for name in folders if not name.startswith("."))
        folders[:] = sorted(n for n in walked if not excluding.found(str(Path(parent) / n), folder=True))
        for name in sorted(files):
            if Path(name).suffix.lower() in REPORT_SUFFIXES and not name.startswith((".", "~$")):
                path = str(Path(parent) / name)
                if not excluding.found(path, folder=False):
                    yield path


def link_options(function: Decorated) -> Decorated:
    """``--link`` and ``--rollup``."""
    function = click.option("--rollup", type=click.Path(), metavar="MAP|folder")(function)
    return click.option("--link", type=click.Choice(["auto", "off"]), default="auto", show_default=True)(function)


def repository_root(folder: Path) -> str | None:
    """The nearest folder above, this one too, that is the root of a git repository; with forward slashes."""
    return next((each.as_posix() for each in (folder, *folder.parents) if (each / ".git").exists()), None)


def read_stdin() -> bytes:
    """All that comes from standard input, as far as a report may be long; of more, so much that it is refused."""
    return sys.stdin.buffer.read(MAX_BYTES + (1 << 20))


def files_of(items: Iterable[Input]) -> list[str]:
    """The paths of the inputs that are files."""
    return [item.path for item in items if item.path != STDIN and not item.error]


def check_inputs(
    linter: Linter,
    items: Iterable[Input],
    stdin_name: str | None,
    stdin: Callable[[], bytes] = read_stdin,
    batch: Batch | None = None,
) -> list[Result]:
    """The results of all inputs, in order; ``stdin`` gives what comes from standard input, ``batch`` judges files."""
    results = []
    for item in items:
        if item.error:
            results.append(Result(item.path, read_error=item.error))
        elif item.path == STDIN:
            data, name = stdin(), stdin_name or STDIN
            results.append(surviving(name, partial(linter.check_bytes, data, name)))
        elif batch:
            results.append(batch.result(item.path))
        else:
            results.append(surviving(item.path, partial(linter.check_path, item.path)))
    return results


def _below_address(argument: str, excluding: Exclusion) -> list[Input] | None:
    """The reports in a folder that has an address, or the reason why there are none; None for anything else."""
    from govlint.readers.addresses import files_below, is_address

    if not is_address(argument):
        return None
    try:
        files = files_below(argument, REPORT_SUFFIXES)
    except ReadError as error:
        return [Input(argument, error)]
    if files is None:
        return None
    kept = [Input(file) for file in files if not excluding.found(file, folder=False)]
    return kept or [Input(argument, ReadError(argument, "all_excluded" if files else "no_files"))]


def load_rollup(rollup: Setting[str | None], paths: Sequence[str], language: Language) -> Rollup | None:
    """What is asked for, if anything. Raises ConfigError for mistakes in a map.

    What a configuration asks for holds when a folder is checked, since single files tell nothing of those that are
    missing; and a government that its map names may have no report among the inputs.
    """
    asked, origin = rollup
    standing = origin.kind == "file"
    if asked is None or (standing and not any(Path(path).is_dir() for path in paths)):
        return None
    if asked == FOLDER:
        return "folder"
    if standing and not Path(asked).is_file():
        reason = language.say("mistake", "nothing_there", {"path": asked})
        raise ConfigError([Mistake(origin.name, origin.line, origin.column, reason)])
    from govlint.crosscheck.rollup_map import load_map

    return load_map(shown(asked) if standing else asked, partial=standing)


def link_results(
    linter: Linter, results: list[Result], rollup: Rollup | None, batch: Batch | None = None
) -> list[Result]:
    """The results with what rules on several reports say, if there are several and such rules are in force."""
    if not linter.links(results, rollup):
        return results
    if batch and (rollup is None or isinstance(rollup, str)):
        return batch.linked(results, rollup or "", lambda: linter.link(results, rollup))
    return linter.link(results, rollup)
