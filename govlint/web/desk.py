"""A desk: the process that does the jobs of requests, one after the other, each file of them in a worker of its own.

It is started by the server with an open pipe that ends when the server does. From standard input it takes an Order,
then jobs; to standard output it says that it is ready, then what comes of each job, and whether it is tired.
"""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from govlint.batch.crew import Crew
from govlint.batch.ending import end_below
from govlint.batch.memory import cap_memory
from govlint.batch.pool import answers
from govlint.batch.worker import answers_to_parent
from govlint.linter import Linter, load_linter
from govlint.web import rendering
from govlint.web.frames import Message, job_of, of_item, read_message
from govlint.web.jobs import Answer, Job, Order, Progress
from govlint.web.tasks import Doing, Done, Task, Tasks, language_of

TIRED = 1000
"""After so many jobs a desk is replaced by a fresh one."""
_DOING: dict[str, Doing] = {"annotated": "annotate", "fixed": "mend"}
"""What is done with a file for what is shown; for all else it is checked."""


class Desk:
    """Does jobs by an order."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._tasks = Tasks(order.linter)
        _ = self._tasks.packing  # Made before the worker is, which then has it too.
        self._crew = Crew(self._tasks, 1, order.share)
        self._jobs = 0

    def items(self, job: Job) -> Iterator[Progress | Answer]:
        """What comes of the files of a job, one by one, and at last of all of them; nothing more without its folder."""
        language = language_of(self._order.linter, job.language)
        if refused := rendering.too_many(job, language):
            yield refused
            return
        do = _DOING.get(job.show, "check")
        folder = Path(job.folder)
        tasks = [Task(do, str(folder / file.stored), file.name, job.language, job.unsafe) for file in job.files]
        done: list[Done] = []
        told = [task.told() for task in tasks]
        with closing(answers(self._tasks, told, 1, self._order.seconds, self._crew)) as every:
            for number, (task, answer) in enumerate(zip(tasks, every, strict=True), 1):
                if not folder.is_dir():  # The request is over, and nobody waits.
                    return
                done.append(self._tasks.taken(task, answer))
                yield rendering.progress(number, done[-1].result, language)
        yield rendering.answer(job, done, self._order.linter, language, link=self._order.link)

    def rest(self) -> bool:
        """Get ready for the next job; whether another desk should rather do it."""
        self._jobs += 1
        gc.collect()
        for worker in list(self._crew.members):
            if _memory(worker.process.pid) > self._order.memory:
                self._crew.dismiss(worker)
        return self._jobs >= TIRED or _memory(os.getpid()) > self._order.memory


def serve() -> None:
    """Do jobs until standard input ends. The argument is the number of the pipe that ends when the server does."""
    outlet = answers_to_parent(signal.SIGINT, signal.SIGTERM)  # Jobs may come to their end.
    private = ""
    with suppress(EOFError, BrokenPipeError):
        order: Order = pickle.loads(read_message(sys.stdin.buffer).blob)
        private = order.private
        _clean_up_when_left(private)
        load_linter()  # What is known of the patterns of bundled rules does not come with the order.
        with suppress(OSError):
            os.chdir(order.folder)
        cap_memory(order.share)
        gc.set_threshold(100_000, 50, 1000)  # As the command does.
        desk = Desk(order)
        _warm_up(order.linter)
        gc.freeze()  # All this stays: a walk over it would be in vain.
        _say(outlet, Message({"kind": "ready"}))
        while True:
            _do(desk, job_of(read_message(sys.stdin.buffer)), outlet)
            _say(outlet, Message({"kind": "rested", "tired": desk.rest()}))
    _remove(private)  # Only a server that is gone ends standard input; otherwise it ends the desk.


def _warm_up(linter: Linter) -> None:
    """Check and show a report, so that all that is made once on the way is there, in workers too."""
    from govlint.examples.running import build
    from govlint.writers.page.writing import content

    built = build({"layout": "html"}, linter.data("examples/clean.yaml"), linter)
    content(linter.run([linter.check_bytes(built.data, built.path)]), language_of(linter, "zh"))


def _do(desk: Desk, job: Job, outlet: BinaryIO) -> None:
    for item in desk.items(job):
        _say(outlet, of_item(item))


def _say(outlet: BinaryIO, message: Message) -> None:
    for piece in message.pieces():
        outlet.write(piece)
    outlet.flush()


def _clean_up_when_left(private: str) -> None:
    """When the server is gone, however it ended, remove what it can remove no more, and end."""
    if not sys.platform.startswith("linux"):
        return

    def left(number: int, frame: FrameType | None) -> None:
        end_below(os.getpid())
        _remove(private)
        os._exit(1)

    signal.signal(signal.SIGIO, left)


def _remove(private: str) -> None:
    if private:
        shutil.rmtree(private, ignore_errors=True)


def _memory(process: int | None) -> int:
    """The bytes that a process has in memory, where that can be told; else 0."""
    with suppress(OSError, ValueError):
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0


if __name__ == "__main__":
    serve()
