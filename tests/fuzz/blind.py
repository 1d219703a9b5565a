"""The search by chance alone: seeds mutated one to a few times. Needs no atheris, and runs the code at full speed."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

from fuzz.invariants import capped, examine
from fuzz.targets import TARGETS

HANGS = 90
"""Seconds after which a file counts as one that hangs."""


class Found(NamedTuple):
    """So many files were tried; ``kinds`` is what became of them, ``findings`` those that broke something."""

    tried: int
    kinds: Counter[str]
    findings: tuple[Path, ...]


def search(target: str, files: Sequence[bytes], first: int, seconds: float, findings: Path) -> Found:
    """Try the mutations of ``files`` by chance ``first``, ``first + 1``, … as long as there is time, at least one.

    What breaks something is kept in the folder ``findings``, each error once, with what was said.
    """
    end, number = time.monotonic() + seconds, first
    kinds: Counter[str] = Counter()
    kept: dict[str, Path] = {}
    suffix = TARGETS[target].suffix
    while number == first or time.monotonic() < end:
        data = mutation(target, number, files)
        try:
            with capped(), _in_time():
                kinds[examine(data, f"a{suffix}", whole=False)] += 1
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # A library written in Rust panics with what is no Exception.
            kinds["finding"] += 1
            where = _where(error)
            if where not in kept:
                kept[where] = findings / f"{target}-{number}{suffix}"
                kept[where].write_bytes(data)
                print(f"{target} {number}: {where}\n  {kept[where]}", flush=True)
        number += 1
    return Found(number - first, kinds, tuple(kept.values()))


def mutation(target: str, number: int, files: Sequence[bytes]) -> bytes:
    """The file of this number, the same on every run."""
    rng = Random(f"{target} {number}")
    data = rng.choice(files)
    for _ in range(rng.choice((1, 1, 2, 4))):
        data = TARGETS[target].mutate(data, rng, files)
    return data


def _where(error: BaseException) -> str:
    """The kind of an error, what it says, and the last lines that it passed through: the same for the same fault."""
    frames, trace = [], error.__traceback__
    while trace is not None:
        frames.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__}: {str(error)[:60]!r} at {' '.join(frames[-4:])}"


@contextmanager
def _in_time() -> Iterator[None]:
    """Raises TimeoutError in what takes too long, where there are alarms."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(*_: object) -> None:
        raise TimeoutError(f"took more than {HANGS} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(HANGS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
