"""The workers of a run as processes: started, given chunks, ended with all that they have started."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from time import monotonic
from typing import TYPE_CHECKING

from govlint.batch.ending import end_below
from govlint.batch.worker import Work, received, work_on

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess


class Worker:
    """One process. ``tasks`` are the numbers of the files that it has yet to answer, in order."""

    def __init__(self, process: BaseProcess, connection: Connection, life: Connection, *, leads: bool) -> None:
        self.process = process
        self.connection = connection
        self.life = life
        """Nothing is written to it: when it closes, as it does when this process ends, the worker ends."""
        self.tasks: deque[int] = deque()
        self.since = monotonic()
        """When it began with the first of its tasks."""
        self._leads = leads
        """Whether it leads a group of processes, which ends with it."""

    def give(self, numbers: Sequence[int], paths: Sequence[str]) -> None:
        """Give it a chunk; it must have no tasks. Raises OSError when it has ended."""
        self.tasks.extend(numbers)
        self.since = monotonic()
        self.connection.send(list(paths))

    def answer(self) -> tuple[int, list[bytes]]:
        """The number of the file that it answers next, and the answer. Raises EOFError or OSError when it has ended."""
        pieces = received(self.connection)
        self.since = monotonic()
        return self.tasks.popleft(), pieces

    def end(self) -> None:
        """End it and what it has started, at once."""
        end_below(self.process.pid)
        if self._leads and self.process.pid:
            with suppress(OSError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.connection.close()
        self.life.close()


class Crew:
    """All workers of a run, at most ``size`` at a time; together they may take one of ``share`` parts of all memory."""

    def __init__(self, work: Work, size: int, share: int = 1) -> None:
        self._work = work
        self._share = size * share
        self.size = size
        self._forks = sys.platform.startswith("linux") and threading.active_count() == 1
        self._context = multiprocessing.get_context("fork" if self._forks else "spawn")
        self.members: list[Worker] = []

    def start(self) -> Worker:
        """A new worker. Raises OSError where there can be no more processes."""
        ours, theirs = self._context.Pipe()
        parent, life = self._context.Pipe(duplex=False)
        open_here = [each for worker in self.members for each in (worker.connection, worker.life)]
        foreign = [ours, life, *open_here] if self._forks else []
        process = self._context.Process(  # type: ignore[attr-defined]
            target=work_on, args=(self._work, theirs, parent, foreign, self._share), daemon=True
        )
        try:
            with _uninterrupted():
                process.start()
                if self._forks:
                    with suppress(OSError):  # It may have ended already.
                        os.setpgid(process.pid, process.pid)
        except OSError:
            ours.close()
            life.close()
            raise
        finally:
            theirs.close()
            parent.close()
        worker = Worker(process, ours, life, leads=self._forks)
        self.members.append(worker)
        return worker

    def dismiss(self, worker: Worker) -> None:
        """End a worker."""
        worker.end()
        self.members.remove(worker)

    def close(self) -> None:
        """End all workers."""
        for worker in list(self.members):
            self.dismiss(worker)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """An interrupt waits until the block is over; a process that starts in it is never interrupted."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
