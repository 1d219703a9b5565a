"""Cold start: one small report, govlint started anew each time, against a Python that does nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.bench import ROOT, Bench, Part, Task
from benchmarks.plain import HERE, govlint_of, plain_python
from benchmarks.spending import Spent, medians, spent

CLEAN = ROOT / "fixtures" / "clean"
TEXT, HTML = CLEAN / "2021-tabs.txt", CLEAN / "2021-portal.html"
CHECK = ("check", "--isolated", "--output-format", "concise")
_WORK: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("one text report", (*CHECK, TEXT)),
    ("one HTML report", (*CHECK, HTML)),
    ("`--version`", ("--version",)),
)
_LEAST = ("pass", "import click")
"""The unit, and the least that a command line with options takes."""
_PLACES: tuple[tuple[str, Callable[[Bench], Path]], ...] = (
    ("plain environment", plain_python),
    ("this environment", lambda _: HERE),
)


def tasks(bench: Bench) -> list[Task]:
    """A row for each thing to do, in an environment with the wheel alone and in this one."""
    rows = []
    for place, python in _PLACES:
        rows += [Task(f"{place}: `python -c {code!r}`", partial(_python, bench, python, code)) for code in _LEAST]
        rows += [Task(f"{place}: {what}", partial(_some, bench, python, work)) for what, work in _WORK]
    return rows


PART = Part("start", ("what", "CPU", "wall", "CPU to `python -c pass`"), tasks)


def started(bench: Bench, command: Sequence[object], python: Path) -> tuple[str, ...]:
    """The cells for a command that is started again and again, in turns with a Python that does nothing."""
    cache = bench.folder / "cache"
    pairs: list[tuple[Spent, Spent]] = []
    for _ in range(bench.scale.starts + 1):
        pairs.append((spent(command, cache), spent([python, "-c", "pass"], cache)))
    own, nothing = (medians(runs) for runs in zip(*pairs[1:], strict=True))  # The first fills caches.
    return (f"{own.cpu * 1e3:.0f} ms", f"{own.wall * 1e3:.0f} ms", f"{own.cpu / nothing.cpu:.1f}")


def _some(bench: Bench, python: Callable[[Bench], Path], work: tuple[object, ...]) -> tuple[str, ...]:
    found = python(bench)
    return started(bench, [govlint_of(found), *work], found)


def _python(bench: Bench, python: Callable[[Bench], Path], code: str) -> tuple[str, ...]:
    found = python(bench)
    return started(bench, [found, "-c", code], found)
