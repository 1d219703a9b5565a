"""Which report goes into which file type, and those files made in the background, type by type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import NamedTuple

from ..case import FAULTS
from .kinds import KINDS, make
from .planned import Planned, make_planned

UNRULED = "pdf_unruled"
RULED = tuple(kind for kind in KINDS if kind != UNRULED)
TEXT_ONLY = ("bytes_damaged", "encoding_undeclared")
"""Faults of bytes, which only files of text can have."""
_ORDER = tuple(KINDS)


class Wanted(NamedTuple):
    """A file that a test needs."""

    kind: str
    seed: int
    fault: str | None = None

    @property
    def case(self) -> Planned:
        """What is written into it."""
        return planned(self.seed, self.fault)

    @property
    def label(self) -> str:
        """A name for people."""
        return f"{self.kind}-{self.fault or 'clean'}-{self.seed}"


@cache
def planned(seed: int, fault: str | None) -> Planned:
    """The plan, made once."""
    return make_planned(seed, fault)


def _seeds(fault: str, first: int, count: int) -> list[int]:
    """The next so many seeds whose report can have the fault."""
    found: list[int] = []
    while len(found) < count:
        try:
            planned(first, fault)
            found.append(first)
        except ValueError:  # This report cannot have the fault.
            pass
        first += 1
    return found


def clean_files(kinds: Iterable[str], count: int) -> Iterator[Wanted]:
    """So many clean reports of each type, others for each; a .wps is a .doc by another name."""
    for kind in kinds:
        first = 100 * _ORDER.index("doc" if kind == "wps" else kind)
        yield from (Wanted(kind, first + i) for i in range(count))


def faulty_files(count: int) -> Iterator[Wanted]:
    """Each fault in each type; types share three series of reports, so that few pages need be read besides.

    A .wps is read as the .doc that it is, which its clean files show. In tables without lines the place of a number
    is guessed, and the reader says so: nothing is demanded of faults in them.
    """
    for at, kind in enumerate(_ORDER):
        for fault in FAULTS:
            if kind in ("wps", UNRULED) or (fault in TEXT_ONLY and not KINDS[kind].text):
                continue
            yield from (Wanted(kind, seed, fault) for seed in _seeds(fault, 20 * (at % 3), count))


class Files:
    """The files of the tests that run, by one call of ``make`` for each type."""

    def __init__(self, wanted: Iterable[Wanted]) -> None:
        by_kind: dict[str, list[Planned]] = {}
        for one in dict.fromkeys(wanted):
            by_kind.setdefault(one.kind, []).append(one.case)
        pool = ThreadPoolExecutor(2)
        self._made: dict[str, Future[dict[str, bytes]]] = {
            name: pool.submit(make, kind, by_kind[name])
            for name, kind in KINDS.items()
            if name in by_kind and not kind.missing
        }

    def data(self, wanted: Wanted) -> bytes:
        """The bytes, when they are ready."""
        return self._made[wanted.kind].result()[wanted.case.name]
