"""What a command costs: its processor time with that of all its processes, its wall time, its peak memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.bench import Unavailable

_LAUNCHER = """
import json, os, sys, time
null = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
begun = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=null)
_, status, used = os.wait4(child, 0)
wall = time.perf_counter() - begun
print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, wall, used.ru_maxrss]))
"""
"""A small process between: a child is said to have taken at least the memory of the process that starts it."""
_TO_BYTES = 1 if sys.platform == "darwin" else 1024
_WELL = (0, 1)
"""How linters end: 1 is that they found something."""


class Spent(NamedTuple):
    """Seconds of processor time and of wall time; bytes of the largest of its processes."""

    cpu: float
    wall: float
    peak: int


def spent(command: Sequence[object], cache: Path) -> Spent:
    """What a command takes, once, started beside ``cache``, govlint's cache folder.

    Raises Unavailable when the command fails.
    """
    if not hasattr(os, "wait4"):
        raise Unavailable("needs a POSIX system")
    words = [sys.executable, "-S", "-E", "-c", _LAUNCHER, *map(str, command)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=cache.parent, env=environment(cache), check=False)
    if done.returncode:
        raise Unavailable(f"{command[0]}: {_last(done.stderr)}")
    status, cpu, wall, peak = json.loads(done.stdout)
    if status not in _WELL:
        raise Unavailable(f"{Path(str(command[0])).name} ended with {status}: {_last(done.stderr)}")
    return Spent(cpu, wall, peak * _TO_BYTES)


def environment(cache: Path) -> dict[str, str]:
    """The environment without what would change govlint's work, and with byte code kept as it always is."""
    ours = ("GOVLINT_", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "COLUMNS", "FORCE_COLOR")
    plain = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return {**plain, "GOVLINT_CACHE_DIR": str(cache)}


def medians(runs: Sequence[Spent]) -> Spent:
    """The median of each figure; of memory the most."""
    return Spent(median(run.cpu for run in runs), median(run.wall for run in runs), max(run.peak for run in runs))


def cpu_time(work: Callable[[], object], runs: int) -> float:
    """Median seconds of processor time of some work in this process, after one run."""
    work()
    times = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return median(times)


def _last(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "no word why"
