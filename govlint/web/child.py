"""A desk as the server sees it: a process that is started, given a job at a time, and ended."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio import IncompleteReadError, StreamReader, StreamWriter
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import suppress

from govlint.batch.ending import end_below
from govlint.web.frames import Message, item_of, of_job, receive_message
from govlint.web.jobs import Answer, Job, Progress

_BUFFER = 1 << 20
"""Bytes of an answer that are taken from the pipe before anybody looks at them."""
_LINGER = 5
"""Seconds within which its worker ends too, which has the same pipe."""


class Broken(Exception):  # noqa: N818 - what has become of it
    """The desk has ended, or says what no desk says."""


class Child:
    """A desk that is ready. ``tired``: it should be replaced; ``replaced``: another has taken its place already."""

    def __init__(self, process: Process, inlet: StreamWriter, outlet: StreamReader, life: int) -> None:
        self._process = process
        self._inlet = inlet
        self._outlet = outlet
        self._life: int | None = life
        """Nothing is written to it: when it closes, as it does when this process ends, the desk ends."""
        self._reading = asyncio.Lock()
        self.tired = False
        self.replaced = False

    @classmethod
    async def start(cls, order: bytes) -> Child:
        """A new desk for a pickled Order. Raises ChildProcessError where there can be none."""
        theirs, ours = os.pipe()
        passed = os.name == "posix"  # Elsewhere it ends when its standard input does, after its job.
        command = [sys.executable, "-P", "-m", "govlint.web.desk", *([str(theirs)] if passed else [])]
        fds = (theirs,) if passed else ()
        try:
            process = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, pass_fds=fds, limit=_BUFFER
            )
        except BaseException as error:
            os.close(ours)
            if isinstance(error, OSError):
                raise ChildProcessError(str(error)) from None
            raise
        finally:
            os.close(theirs)
        assert process.stdin and process.stdout
        child = cls(process, process.stdin, process.stdout, ours)
        try:
            await child._say(Message({"kind": "order"}, order))
            await child._told()
        except BaseException as error:
            await child.end()
            if isinstance(error, Broken):
                raise ChildProcessError("no process can be started that reads files") from None
            raise
        return child

    async def do(self, job: Job) -> AsyncGenerator[Progress | Answer]:
        """What comes of a job; it must be taken to its end. Raises Broken."""
        await self._say(of_job(job))
        while (message := await self._told()).header.get("kind") != "rested":
            try:
                item = item_of(message)
            except (KeyError, TypeError, ValueError) as error:
                raise Broken from error
            yield item
        self.tired = bool(message.header.get("tired"))

    async def gone(self) -> None:
        """Wait until the process has ended, and nothing of it is left here."""
        await self._process.wait()
        self.kill()
        with suppress(TimeoutError, OSError):  # The pipe closes when it was read to its end, and not before.
            async with asyncio.timeout(_LINGER), self._reading:
                while await self._outlet.read(_BUFFER):
                    pass

    def kill(self) -> None:
        """End it, and what it has started, at once."""
        if self._life is not None:
            if self._process.returncode is None:
                end_below(self._process.pid)
            os.close(self._life)
            self._life = None
        with suppress(ProcessLookupError):
            self._process.kill()
        self._inlet.close()

    async def end(self) -> None:
        """Like ``kill``, and wait until it has ended."""
        self.kill()
        await self.gone()

    async def _say(self, message: Message) -> None:
        try:
            self._inlet.writelines(message.pieces())
            await self._inlet.drain()
        except (OSError, RuntimeError) as error:
            raise Broken from error

    async def _told(self) -> Message:
        try:
            async with self._reading:
                return await receive_message(self._outlet)
        except (IncompleteReadError, OSError, ValueError) as error:
            raise Broken from error
