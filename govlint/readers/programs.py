"""Programs that are run over hostile files: where they are found, how they are ended, and where their files lie."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType


def find_program(names: Sequence[str]) -> str | None:
    """The first of these programs that is installed, by its absolute path.

    Never one of the working folder, which Windows looks into first: that may be a stranger's repository.
    """
    return next((found for found in map(shutil.which, names) if found and Path(found).is_absolute()), None)


def run_program(command: Sequence[str], seconds: float) -> None:
    """Run a program, and end it with all that it has started when it takes longer or when the wait is broken off.

    Raises OSError when it cannot be started, subprocess.SubprocessError when it fails or takes too long.
    """
    silent = subprocess.DEVNULL
    # In a session of its own it is a group of processes, which can be ended as a whole.
    process = subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent, start_new_session=os.name != "nt")
    try:
        status = process.wait(seconds)
    except BaseException:
        _end(process)
        raise
    if status:
        raise subprocess.CalledProcessError(status, command)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    process.wait()


@contextmanager
def private_folder() -> Iterator[Path]:
    """A temporary folder that only its owner can look into; it is removed also where the process is told to end."""
    with _removed_when_ended(), TemporaryDirectory(prefix="govlint-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def _removed_when_ended() -> Iterator[None]:
    """SIGTERM and SIGHUP end the block like an error, unless somebody else heeds them already."""
    heeded = []
    if threading.current_thread() is threading.main_thread():
        known = (getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP"))
        heeded = [number for number in known if number and signal.getsignal(number) is signal.SIG_DFL]
    for number in heeded:
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, signal.SIG_DFL)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
