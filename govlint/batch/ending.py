"""Processes ended with all that they have started, also what leads a group or a session of its own."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path


def end_below(process: int | None) -> None:
    """End all that a process has started, and what that has started, where the system tells what that is.

    To be called before the process itself ends: nobody knows afterwards what was its own.
    """
    if process is None or not sys.platform.startswith("linux"):
        return
    for each in _below(process):
        with suppress(OSError):
            os.kill(each, signal.SIGKILL)


def _below(process: int) -> list[int]:
    children: dict[int, list[int]] = {}
    with suppress(OSError):
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with suppress(OSError):  # It has ended meanwhile.
                    parent = int((entry / "stat").read_bytes().rpartition(b")")[2].split()[1])
                    children.setdefault(parent, []).append(int(entry.name))
    found: list[int] = []
    due = [process]
    while due:
        started = children.get(due.pop(), [])
        found += started
        due += started
    return found
