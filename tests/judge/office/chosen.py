"""Which report goes into which file type, and those files made in the background, type by type."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock
from thorough import FULL

from ..case import FAULTS
from .kinds import KINDS, FileKind, make
from .planned import Planned, make_planned

UNRULED = "pdf_unruled"
RULED = tuple(kind for kind in KINDS if kind != UNRULED)
TEXT_ONLY = ("bytes_damaged", "encoding_undeclared")
"""Faults of bytes, which only files of text can have."""
_ORDER = tuple(KINDS)
_IN_TURN = ("xls", "rtf", "pdf_browser", "doc", "pdf_libreoffice", "ods")


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


def faulty_files(count: int, everywhere: Collection[str]) -> Iterator[Wanted]:
    """Each fault in each type; types share three series of reports, so that few pages need be read besides.

    Of the types that programs convert to, each fault is in every third, those of ``everywhere`` and with GOVLINT_FULL
    all in each: converting takes long, and what the readers do with cells and lines the other types show as well.
    A .wps is read as the .doc that it is, which its clean files show. In tables without lines the place of a number
    is guessed, and the reader says so: nothing is demanded of faults in them.
    """
    for at, kind in enumerate(_ORDER):
        for turn, fault in enumerate(FAULTS):
            if kind in ("wps", UNRULED) or (fault in TEXT_ONLY and not KINDS[kind].text):
                continue
            if kind in _IN_TURN and not FULL and fault not in everywhere and (turn - _IN_TURN.index(kind)) % 3:
                continue
            yield from (Wanted(kind, seed, fault) for seed in _seeds(fault, 20 * (at % 3), count))


class Files:
    """The files of the tests that run; those of programs by one call for each type, in the background.

    Processes that share the work have ``folder`` in common: whoever comes first to a type makes its files for all.
    """

    def __init__(self, wanted: Iterable[Wanted], folder: Path) -> None:
        by_kind: dict[str, list[Planned]] = {}
        for one in dict.fromkeys(wanted):
            by_kind.setdefault(one.kind, []).append(one.case)
        folder.mkdir(exist_ok=True)
        pool = ThreadPoolExecutor(2)
        self._converted: dict[str, Future[Path]] = {
            name: pool.submit(_converted, kind, by_kind[name], folder)
            for name, kind in KINDS.items()
            if name in by_kind and kind.tool and not kind.missing
        }

    def data(self, wanted: Wanted) -> bytes:
        """The bytes, when they are ready."""
        kind = KINDS[wanted.kind]
        if kind.tool:
            return (self._converted[kind.name].result() / wanted.case.name).read_bytes()
        return kind.write(wanted.case)


def _converted(kind: FileKind, cases: Sequence[Planned], folder: Path) -> Path:
    """Where the files of a kind lie, by the names of their cases."""
    done, begun = folder / kind.name, folder / f"{kind.name}.begun"
    with FileLock(folder / f"{kind.name}.lock"):
        if not done.exists():
            begun.mkdir(exist_ok=True)
            for name, data in make(kind, cases).items():
                (begun / name).write_bytes(data)
            begun.rename(done)
    return done
