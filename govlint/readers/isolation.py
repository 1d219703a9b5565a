"""Readers whose libraries are not written in Python work in a process of their own, with limits of memory and time.

What PDFium or calamine allocates cannot be bounded from outside, and where they run out of memory or stumble over a
hostile file they end the process. So on Linux they run in a fork, which costs milliseconds; the other files of a
batch go on whatever becomes of it. Elsewhere the limits that are checked before reading must do.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from select import select
from time import monotonic
from typing import NoReturn

from govlint.model.errors import ReadError
from govlint.readers.rendering import Rendering

MEMORY = 400 * 1024 * 1024
"""Bytes that reading one file may take beyond what the process has already."""
SECONDS = 120
"""Seconds of computing for one file; of waiting, three times as many."""

_Answer = Rendering | BaseException


def isolated(read: Callable[[bytes], Rendering], data: bytes, library: str) -> Rendering:
    """What ``read`` makes of ``data``. Raises what it raises, or ReadError ``too_heavy`` when it breaks a limit.

    ``library`` is loaded before the fork, so that a batch loads it once.
    """
    if not sys.platform.startswith("linux"):
        return read(data)
    with suppress(ImportError):  # The reader will say that it is missing.
        import_module(library)
    inlet, outlet = os.pipe()
    child = os.fork()
    if not child:
        os.close(inlet)
        _work(read, data, outlet)
    os.close(outlet)
    try:
        written = _received(inlet)
    finally:
        os.close(inlet)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    try:
        answer: _Answer = pickle.loads(written)
    except (pickle.UnpicklingError, EOFError) as error:  # It ended before it had said all.
        raise ReadError("", "too_heavy", {"memory": MEMORY >> 20, "seconds": SECONDS}) from error
    if isinstance(answer, BaseException):
        raise answer
    return answer


def _received(inlet: int) -> bytes:
    """All that the child writes; what it has written when the time is over."""
    end = monotonic() + 3 * SECONDS
    pieces: list[bytes] = []
    while select([inlet], [], [], max(end - monotonic(), 0))[0]:
        piece = os.read(inlet, 1 << 20)
        if not piece:
            break
        pieces.append(piece)
    return b"".join(pieces)


def _work(read: Callable[[bytes], Rendering], data: bytes, outlet: int) -> NoReturn:
    """The life of the child: reads, answers, and ends without anything that the parent would do at its end."""
    try:
        gc.disable()  # A walk over the objects of the parent would copy them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # Libraries say there what they die of.
        faulthandler.disable()  # It would say so as well, where it has kept another way to do that.
        _limit()
        written = _pickled(_answer(read, data))
        with os.fdopen(outlet, "wb") as pipe:
            pipe.write(written)
    finally:
        os._exit(0)


def _answer(read: Callable[[bytes], Rendering], data: bytes) -> _Answer:
    try:
        return read(data)
    except MemoryError:
        return ReadError("", "too_heavy", {"memory": MEMORY >> 20, "seconds": SECONDS})
    except Exception as error:
        return error
    except BaseException:  # A library written in Rust stumbled.
        return ReadError("", "damaged")


def _pickled(answer: _Answer) -> bytes:
    try:
        return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return b""
    except Exception:
        return pickle.dumps(RuntimeError(repr(answer)))


def _limit() -> None:
    import resource

    with open("/proc/self/statm", encoding="ascii") as status:  # noqa: PTH123
        size = int(status.read().split()[0]) * resource.getpagesize()
    for kind, limit in (
        (resource.RLIMIT_AS, size + MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(kind)
        resource.setrlimit(kind, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))
