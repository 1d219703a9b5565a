"""How much memory a process may take, so that a file that takes all of it ends its own worker and nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

LEAST_MEMORY = 2 * 1024**3
"""Bytes of memory that a worker may take, however little the machine has."""
_GROUPS = Path("/sys/fs/cgroup")


def cap_memory(share: int) -> None:
    """Bound the memory of this process, one of ``share``, where the system can tell how much there is."""
    if not sys.platform.startswith("linux"):
        return
    import resource

    limit = max(memory() // share, LEAST_MEMORY)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))


def memory(groups: Path = _GROUPS, own: Path = Path("/proc/self/cgroup")) -> int:
    """Bytes of memory that all processes here may have together: of the machine, or of the container if that is less.

    ``groups`` is where the system shows control groups, ``own`` tells which one this process is in.
    """
    return min(_bounds(groups, own), default=0)


def _bounds(groups: Path, own: Path) -> Iterator[int]:
    yield os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    with suppress(OSError, ValueError):
        lines = own.read_text(encoding="utf-8").splitlines()
        path = next((line.removeprefix("0::/") for line in lines if line.startswith("0::/")), "")
        for group in (PurePosixPath(path), *PurePosixPath(path).parents):
            with suppress(OSError, ValueError):  # The first group has no limit, and others say "max" for none.
                yield int((groups / group / "memory.max").read_text(encoding="ascii"))
