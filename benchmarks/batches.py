"""Many reports with the command: how many a second, in one process and on all cores; and again, when all is kept."""

from __future__ import annotations

import shutil
from functools import cache, partial

from benchmarks.bench import Bench, Part, Task
from benchmarks.corpus import LAYOUTS, paths, reports
from benchmarks.plain import HERE, govlint_of
from benchmarks.spending import Spent, medians, spent

KINDS = (*LAYOUTS, "docx")
CHECK = (govlint_of(HERE), "check", "--isolated", "--output-format", "concise")
ONE, ALL = ("--jobs", "1"), ("--jobs", "auto")
UNLINKED = (*ALL, "--link", "off")
MB = 1e6


def tasks(bench: Bench) -> list[Task]:
    """Rows for few and many reports of each kind; many in one process only as text, since that takes longest."""
    few, many = bench.scale.few, bench.scale.many
    rows = []
    for kind in KINDS:
        rows.append(Task(f"few {kind} reports, one process", partial(_throughput, bench, kind, few, ONE)))
        rows.append(Task(f"few {kind} reports, all cores", partial(_throughput, bench, kind, few, ALL)))
    rows.append(Task("many text reports, one process", partial(_throughput, bench, "text", many, ONE)))
    for kind in KINDS:
        rows.append(Task(f"many {kind} reports, all cores", partial(_throughput, bench, kind, many, ALL)))
    unlinked = partial(_throughput, bench, "text", many, UNLINKED)
    return [*rows, Task("many text reports, all cores, not compared with each other", unlinked)]


def cache_tasks(bench: Bench) -> list[Task]:
    """A row for a run with nothing kept, and one for the same run again."""
    return [
        Task("many text reports, nothing kept", partial(_cold, bench)),
        Task("many text reports, all kept", partial(_warm, bench)),
    ]


PART = Part(
    "batches", ("what", "reports", "MB", "reports/s", "MB/s", "CPU per report", "peak memory", "to one process"), tasks
)
CACHE_PART = Part("cache", ("what", "reports", "CPU", "wall", "wall to nothing kept"), cache_tasks)


@cache
def measured(bench: Bench, kind: str, count: int, how: tuple[str, ...]) -> Spent:
    """What the command takes for so many reports, with nothing kept. Of a large batch one run says enough."""
    folder = reports(bench.folder, kind, count)
    rounds = bench.scale.rounds if count <= bench.scale.few else 1
    command = [*CHECK, *how, "--no-cache", folder]
    return medians([spent(command, bench.folder / "cache") for _ in range(rounds)])


def size(bench: Bench, kind: str, count: int) -> float:
    """How long so many reports are together, in MB."""
    return sum(path.stat().st_size for path in paths(bench.folder, kind, count)) / MB


def _throughput(bench: Bench, kind: str, count: int, how: tuple[str, ...]) -> tuple[str, ...]:
    used, length = measured(bench, kind, count, how), size(bench, kind, count)
    alone = how != ALL or (count > bench.scale.few and kind != "text")
    faster = "" if alone else f"{measured(bench, kind, count, ONE).wall / used.wall:.2f}"
    return (
        f"{count:,}",
        f"{length:.1f}",
        f"{count / used.wall:.1f}",
        f"{length / used.wall:.2f}",
        f"{used.cpu / count * 1e3:.1f} ms",
        f"{used.peak / MB:.0f} MB",
        faster,
    )


@cache
def _first(bench: Bench) -> Spent:
    shutil.rmtree(bench.folder / "kept", ignore_errors=True)
    return _kept(bench)


def _kept(bench: Bench) -> Spent:
    folder = reports(bench.folder, "text", bench.scale.many)
    return spent([*CHECK, *ALL, "--cache-dir", bench.folder / "kept", folder], bench.folder / "cache")


def _cold(bench: Bench) -> tuple[str, ...]:
    used = _first(bench)
    return (f"{bench.scale.many:,}", f"{used.cpu:.1f} s", f"{used.wall:.1f} s", "1")


def _warm(bench: Bench) -> tuple[str, ...]:
    first = _first(bench)
    used = medians([_kept(bench) for _ in range(bench.scale.rounds)])
    return (f"{bench.scale.many:,}", f"{used.cpu:.1f} s", f"{used.wall:.1f} s", f"{used.wall / first.wall:.3f}")
