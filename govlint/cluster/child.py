"""The process that does the files of a Dask worker: a pool of one, as a run on one machine has.

Dask runs tasks in threads. There no time limit holds, and a library that ends the process ends the worker. Here both
cost one file, and what becomes of it is what would become of it on one machine.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from typing import NamedTuple

from govlint.batch.crew import Crew
from govlint.batch.pool import Answer, answers
from govlint.batch.worker import Work, answers_to_parent
from govlint.linter import load_linter

HEAVIEST = 64 * 1024**2
"""When the answers to a batch have more bytes than this, the rest of it is left for another batch."""


class Order(NamedTuple):
    """What is done with every file, how many seconds one may take (0: no limit), and where relative paths begin."""

    work: Work
    seconds: float
    folder: str


def serve() -> None:
    """Answer batches from standard input until it ends: first an Order, then lists of paths, each pickled.

    The first answer says that it is ready.

    The argument is the number of an open pipe that ends when the parent does.
    """
    outlet = answers_to_parent(signal.SIGINT)
    with suppress(EOFError, BrokenPipeError):
        order: Order = pickle.load(sys.stdin.buffer)
        load_linter()  # What is known of the patterns of bundled rules does not come with the order.
        with suppress(OSError):  # Absolute paths and addresses need no folder.
            os.chdir(order.folder)
        pickle.dump("ready", outlet)
        outlet.flush()
        crew = Crew(order.work, 1)  # It stays from batch to batch: a fresh one has all patterns to compile.
        while True:
            paths = pickle.load(sys.stdin.buffer)
            pickle.dump(_answered(order, paths, crew), outlet, pickle.HIGHEST_PROTOCOL)
            outlet.flush()


def _answered(order: Order, paths: Sequence[str], crew: Crew) -> list[Answer]:
    """The answers to as many of the paths as are not too heavy together, one at least."""
    done: list[Answer] = []
    weight = 0
    with closing(answers(order.work, paths, 1, order.seconds, crew)) as every:
        for answer in every:
            done.append(answer)
            weight += 0 if isinstance(answer, Exception) else sum(map(len, answer))
            if weight > HEAVIEST:
                break
    return done


if __name__ == "__main__":
    serve()
