"""Tables in Markdown, and their places in a page between ``<!-- NAME -->`` and ``<!-- /NAME -->``."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.bench import Bench
from govlint.version import __version__

LIBRARIES = ("turbohtml", "click", "ruamel.yaml")
Rows = Sequence[tuple[str, ...]]


def table(columns: Sequence[str], rows: Rows, note: str = "") -> str:
    """A table with numbers to the right, and a line below it."""
    lines = [
        columns,
        ["---", *["---:"] * (len(columns) - 1)],
        *([*row, *[""] * (len(columns) - len(row))] for row in rows),
    ]
    text = "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
    return f"{text}\n{note}\n" if note else text


def made_with(bench: Bench) -> str:
    """How the figures were made."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    scale = bench.scale
    options = (scale.name != "full") * f" --{scale.name}" + bench.peers * " --peers"
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"`python -m benchmarks{options}`: govlint {__version__}, Python {platform.python_version()}, {libraries}, "
        f"{platform.system()} on {platform.machine()}, {cores} cores; "
        f"medians of {scale.starts} starts; rounds of all else: {scale.rounds}."
    )


def rows_of(page: str, name: str) -> list[str]:
    """The first cells of the rows of a table in a page, without its head. Raises KeyError if it has no such table."""
    lines = [line for line in _place(name, page)[2].splitlines() if line.startswith("|")]
    return [line.split("|")[1].strip() for line in lines[2:]]


def write(path: Path, tables: Mapping[str, str]) -> None:
    """Put tables into a page; all else in it stays. Raises KeyError for a table that has no place there."""
    page = path.read_text(encoding="utf-8")
    for name, text in tables.items():
        place = _place(name, page)
        page = f"{page[: place.start(2)]}\n{text}{page[place.end(2) :]}"
    path.write_text(page, encoding="utf-8")


def _place(name: str, page: str) -> re.Match[str]:
    found = re.search(rf"(<!-- {name} -->\n)(.*?)(<!-- /{name} -->)", page, re.S)
    if not found:
        raise KeyError(name)
    return found
