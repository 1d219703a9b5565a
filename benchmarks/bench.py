"""What all parts share: how much is measured, where it is kept, and what a measurement is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Scale(NamedTuple):
    """How much is measured."""

    name: str
    starts: int
    """How often a command is started."""
    rounds: int
    """How often anything else is done. The median of all counts."""
    few: int
    many: int
    """So many reports has a small batch, and a large one."""
    sample: int
    """So many reports are taken through the stages one by one."""
    largest: int
    """The factor by which a report grows at most."""


FULL = Scale("full", starts=15, rounds=3, few=500, many=10_000, sample=60, largest=1000)
QUICK = Scale("quick", starts=5, rounds=1, few=48, many=300, sample=12, largest=10)


class Bench(NamedTuple):
    """A run of the benchmarks: how much, and the folder that keeps reports, environments and figures.

    ``peers`` allows the other linters to be installed into that folder.
    """

    scale: Scale
    folder: Path
    peers: bool = False


class Unavailable(Exception):  # noqa: N818  # It is no error: the row says why it has no figures.
    """Something cannot be measured here; the text says why."""


class Task(NamedTuple):
    """One row of a table: what it is called, and the measurement that gives its other cells.

    ``measure`` raises Unavailable where it cannot be done.
    """

    what: str
    measure: Callable[[], tuple[str, ...]]


class Part(NamedTuple):
    """One table: its name, the heads of its columns, and its rows in order."""

    name: str
    columns: tuple[str, ...]
    tasks: Callable[[Bench], list[Task]]


@cache
def state() -> str:
    """A name for govlint as it stands in the checkout: figures of another state are not those of this one."""
    digest = blake2b(digest_size=6)
    for name in ("govlint", "rules"):
        for path in sorted((ROOT / name).rglob("*")):
            if path.suffix in (".py", ".yaml"):
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
