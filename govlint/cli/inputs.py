"""Arguments → inputs: files, the reports below folders, standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govlint.linter import Linter
from govlint.model.diagnostic import Result
from govlint.model.errors import ReadError
from govlint.readers import FILE_SUFFIXES, SUFFIXES

if TYPE_CHECKING:
    from govlint.crosscheck.linking import Rollup

STDIN = "-"
FOLDER = "folder"
"""What ``--rollup`` says where folders tell which units make up a government's report."""
REPORT_SUFFIXES = frozenset((*SUFFIXES, *FILE_SUFFIXES, ".odt", ".fodt", ".ofd"))
"""Files of these types below a folder are taken for reports, read or not: none passes silently."""


@dataclass(frozen=True)
class Input:
    """A file to read, standard input (``-``), or an argument that could not become either."""

    path: str
    error: ReadError | None = None


def expand(arguments: Sequence[str]) -> Iterator[Input]:
    """The inputs that the arguments name, each once, in order; a folder stands for its reports, sorted."""
    seen: set[str] = set()
    for argument in arguments:
        if argument == STDIN or not Path(argument).is_dir() or not argument:
            found = [argument]
        else:
            found = list(_reports(argument))
            if not found:
                yield Input(argument, ReadError(argument, "no_files"))
        for path in found:
            place = str(Path(path).resolve()) if path != STDIN else STDIN
            if place not in seen:
                seen.add(place)
                yield Input(path)


def _reports(folder: str) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if Path(name).suffix.lower() in REPORT_SUFFIXES and not name.startswith((".", "~$")):
                yield str(Path(parent) / name)


def repository_root(folder: Path) -> str | None:
    """The nearest folder above, this one too, that is the root of a git repository; with forward slashes."""
    return next((each.as_posix() for each in (folder, *folder.parents) if (each / ".git").exists()), None)


def check_inputs(linter: Linter, items: Iterable[Input], stdin_name: str | None) -> list[Result]:
    """The results of all inputs, in order."""
    results = []
    for item in items:
        if item.error:
            results.append(Result(item.path, read_error=item.error))
        elif item.path == STDIN:
            results.append(linter.check_bytes(sys.stdin.buffer.read(), stdin_name or STDIN))
        else:
            results.append(linter.check_path(item.path))
    return results


def load_rollup(asked: str) -> Rollup:
    """What ``--rollup`` asks for. Raises ConfigError for mistakes in a map."""
    if asked == FOLDER:
        return "folder"
    from govlint.crosscheck.rollup_map import load_map

    return load_map(asked)


def link_results(linter: Linter, results: list[Result], rollup: Rollup | None) -> list[Result]:
    """The results with what rules on several reports say, if there are several and such rules are in force."""
    reports = sum(1 for result in results if result.report)
    scopes = {rule.scope for rule in linter.in_force} - {"report"}
    return linter.link(results, rollup) if scopes and (reports > 1 or rollup) else results
