"""The life of a worker process: takes chunks of paths, answers each path, ends with its parent."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import BinaryIO

from govlint.batch.memory import cap_memory

Work = Callable[[str], Sequence[bytes]]
"""What is done with a file, by its path; the answer is a few pieces of bytes. Raises nothing."""

_parents: list[Connection] = []
"""Held for as long as this process lives: what nobody holds is closed, and tells nothing."""


def work_on(work: Work, tasks: Connection, parent: Connection, foreign: Sequence[Connection], share: int) -> None:
    """Answer chunks until there are no more, or no parent.

    Nothing is ever written to ``parent``: it ends when the parent does. ``foreign`` are ends of pipes that a fork has
    taken over and that must not be held open. One of ``share`` workers on this machine.
    """
    for connection in foreign:
        connection.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The parent decides what an interrupt means.
    end_with(parent)
    cap_memory(share)
    gc.set_threshold(100_000, 50, 1000)  # As the command does; only a fork has it from there.
    gc.freeze()  # What came with a fork stays: a walk over it would copy it.
    with suppress(EOFError, OSError):
        while True:
            for path in tasks.recv():
                answer = work(path)
                tasks.send_bytes(len(answer).to_bytes(1, "big"))
                for piece in answer:
                    tasks.send_bytes(piece)


def answers_to_parent(*ignored: signal.Signals) -> BinaryIO:
    """Where a process writes that its parent speaks to by standard input and output; it ends with the parent.

    The argument of the process, if it has one, is the number of a pipe that ends when the parent does. The parent
    decides what the ``ignored`` signals mean.
    """
    outlet = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # What a library prints must not come between the answers.
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)
    if len(sys.argv) > 1:
        end_with(Connection(int(sys.argv[1]), writable=False))
    return outlet


def end_with(parent: Connection) -> None:
    """End this process, and what it has started, when the parent is gone, even amid a search that never ends."""
    _parents.append(parent)
    if sys.platform.startswith("linux"):
        import fcntl

        with suppress(OSError):  # It is the leader already where the parent was quicker.
            os.setpgid(0, 0)
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(parent, fcntl.F_SETOWN, -os.getpgrp())
        fcntl.fcntl(parent, fcntl.F_SETFL, fcntl.fcntl(parent, fcntl.F_GETFL) | os.O_ASYNC)
        if parent.poll():  # It had ended before.
            os._exit(1)
        return

    def watch() -> None:
        with suppress(EOFError, OSError):
            parent.recv_bytes()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def received(tasks: Connection) -> list[bytes]:
    """One answer. Raises EOFError or OSError when the worker has ended."""
    count = tasks.recv_bytes(1)
    return [tasks.recv_bytes() for _ in range(int.from_bytes(count, "big"))]
