"""What a Dask worker does with a batch of files: it hands it to a process of its own."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Lock

from govlint.batch.basis import versions
from govlint.batch.pool import Answer

_idle: dict[str, list[_Child]] = {}
"""Processes that wait for the next batch, by the token of their run."""
_over: set[str] = set()
"""The tokens of runs that want no more answers."""
_lock = Lock()


def difference(expected: Mapping[str, str]) -> tuple[str, str, str] | None:
    """What first differs here from the versions expected: its name, the version expected, the one here."""
    here = versions()
    return next(((name, wanted, here[name]) for name, wanted in expected.items() if here.get(name, "") != wanted), None)


def do(
    order: bytes, token: str, expected: Mapping[str, str], paths: Sequence[str]
) -> list[Answer] | tuple[str, str, str]:
    """The answers for the first of the paths, one at least; or what ``difference`` says, then nothing was done.

    ``order`` is a pickled Order, the same for all batches with this token. Raises EOFError when the process was
    lost, ChildProcessError when it could not begin; Dask tries again then.
    """
    if differs := difference(expected):
        return differs
    child = _taken(order, token)
    try:
        done = child.answers(paths)
    except BaseException:
        child.end()
        raise
    with _lock:
        wanted = token not in _over
        if wanted:
            _idle.setdefault(token, []).append(child)
    if not wanted:
        child.end()
    return done


def dismiss(token: str) -> None:
    """End the processes that wait for more batches of a run, and those at work once they are done."""
    with _lock:
        _over.add(token)
        children = _idle.pop(token, [])
    for child in children:
        child.end()


def same(order: bytes) -> bytes:
    """The order: as the result of a task it is sent to each worker once, and made again when the worker is lost."""
    return order


def _taken(order: bytes, token: str) -> _Child:
    with _lock:
        waiting = _idle.get(token)
        if waiting:
            return waiting.pop()
    return _Child(order)


class _Child:
    """A process that answers batches; it ends when this process does."""

    def __init__(self, order: bytes) -> None:
        life, self._life = os.pipe()
        passed = os.name == "posix"  # Elsewhere it ends when its standard input does, after its batch.
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "govlint.cluster.child", *([str(life)] if passed else [])],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=(life,) if passed else (),
            )
        finally:
            os.close(life)
        assert self._process.stdin and self._process.stdout
        self._inlet, self._outlet = self._process.stdin, self._process.stdout
        try:
            self._inlet.write(order)
            self._inlet.flush()
            pickle.load(self._outlet)
        except (OSError, EOFError):
            self.end()
            raise ChildProcessError("no process can be started that reads files") from None

    def answers(self, paths: Sequence[str]) -> list[Answer]:
        pickle.dump(list(paths), self._inlet)
        self._inlet.flush()
        done: list[Answer] = pickle.load(self._outlet)
        return done

    def end(self) -> None:
        os.close(self._life)
        self._process.kill()
        for pipe in (self._inlet, self._outlet):
            with suppress(OSError):
                pipe.close()
        self._process.wait()
