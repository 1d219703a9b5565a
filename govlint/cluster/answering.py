"""Many files put to the workers of a cluster: answers in the order of the files, whatever becomes of the workers."""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple
from uuid import uuid4

from govlint.batch.basis import versions
from govlint.batch.pool import Answer
from govlint.batch.worker import Work
from govlint.cluster.child import Order
from govlint.cluster.connecting import connected, unlike
from govlint.cluster.task import dismiss, do, same
from govlint.model.errors import ClusterError, ReadError
from govlint.readers.extras import load_extra

_AHEAD = 4
"""So many batches for each worker may be on their way, or done and waiting for an earlier one."""
_RETRIES = 3
"""A batch is tried so often again whose process was lost."""

Answering = Callable[[Work, Sequence[str], int, float], Generator[Answer]]


def answering(address: str, size: int) -> Answering:
    """What puts files to this cluster, in batches of ``size``; used like ``govlint.batch.pool.answers``."""
    return partial(_answers, address, size)


def _answers(
    address: str, size: int, work: Work, paths: Sequence[str], workers: int, seconds: float
) -> Generator[Answer]:
    """The answer for every path, in order; no file may take more than ``seconds`` (0: no limit).

    A worker that is lost costs nothing but time: Dask gives its batches to others. A batch over which worker after
    worker is lost is halved, down to the one file that is to blame. Raises ClusterError.
    """
    with connected(address, workers) as client:
        yield from answers_of(client, size, work, paths, seconds)


def answers_of(client: Any, size: int, work: Work, paths: Sequence[str], seconds: float) -> Iterator[Answer]:
    """Like ``_answers``, for a client that is there."""
    sending = _Sending(client, pickle.dumps(Order(work, seconds, os.getcwd())))  # noqa: PTH109
    try:
        yield from _in_order(sending, size, paths, _AHEAD * max(1, len(client.scheduler_info()["workers"])))
    finally:
        sending.end()


class _Sent(NamedTuple):
    paths: Sequence[str]
    future: Any


class _Sending:
    """Batches on their way to the workers of a client."""

    def __init__(self, client: Any, order: bytes) -> None:
        self._client = client
        self._token = uuid4().hex
        self._order = client.submit(same, order, key=f"govlint-order-{self._token}", retries=_RETRIES)
        self._expected = versions()
        self._count = 0

    def send(self, paths: Sequence[str]) -> _Sent:
        self._count += 1
        key = f"govlint-{self._token}-{self._count}"
        arguments = (self._order, self._token, self._expected, list(paths))
        return _Sent(paths, self._client.submit(do, *arguments, key=key, retries=_RETRIES, pure=False))

    def received(self, sent: _Sent) -> list[Answer] | None:
        """The answers to the first of the paths, one at least; None when no worker survives them.

        Raises ClusterError.
        """
        from concurrent.futures import CancelledError

        killed = load_extra("distributed", "dask").KilledWorker
        try:
            answers = sent.future.result()
        except killed:
            return None
        except (EOFError, pickle.UnpicklingError, BrokenPipeError):  # The process of the worker was lost each time.
            return None
        except CancelledError as error:
            raise ClusterError("scheduler_lost") from error
        except (OSError, TimeoutError, ImportError, AttributeError, MemoryError) as error:
            raise ClusterError("worker_fails", {"error": f"{type(error).__name__}: {error}"}) from error
        finally:
            sent.future.release()
        if isinstance(answers, tuple):
            raise unlike(answers)
        return list(answers)

    def end(self) -> None:
        """Let the processes end that waited for more."""
        self._order.release()
        try:
            self._client.run(dismiss, self._token, on_error="ignore")
        except Exception:  # The cluster is gone, and they with it.
            return


def _in_order(sending: _Sending, size: int, paths: Sequence[str], ahead: int) -> Iterator[Answer]:
    under_way: deque[_Sent] = deque()
    begun = 0
    try:
        while begun < len(paths) or under_way:
            while begun < len(paths) and len(under_way) < ahead:
                under_way.append(sending.send(paths[begun : begun + size]))
                begun += size
            first = under_way.popleft()
            answers = sending.received(first)
            if answers is None and len(first.paths) == 1:
                answers = [ReadError(first.paths[0], "worker_lost")]
            yield from answers or ()
            for rest in reversed(_halves(first.paths) if answers is None else [first.paths[len(answers) :]]):
                if rest:
                    under_way.appendleft(sending.send(rest))
    finally:
        for sent in under_way:
            sent.future.cancel()


def _halves(paths: Sequence[str]) -> list[Sequence[str]]:
    middle = len(paths) // 2
    return [paths[:middle], paths[middle:]]
