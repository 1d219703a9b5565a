"""The desks of a server: processes that do the jobs of requests, a few at a time, replaced when they fail or tire."""

from __future__ import annotations

import asyncio
import pickle
from asyncio import CancelledError, Future, Queue, Task
from collections import deque
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing
from types import TracebackType
from typing import Any, Self

from govlint.web.child import Broken, Child
from govlint.web.jobs import Answer, Job, Order, Progress

__all__ = ["Busy", "Desks", "Lost", "Order"]

BESIDES = 60
"""Seconds that a job may take beyond what its files may: to compare them, and to write what was found."""
GRACE = 2
"""Seconds in which a job that nobody waits for may end by itself, before its desk is ended."""
_PAUSE = 1
"""Seconds to wait before a process is started again where that failed."""


class Busy(Exception):  # noqa: N818 - a state, not a fault
    """All desks are taken, and as many jobs wait already as may."""


class Lost(Exception):  # noqa: N818
    """The desk ended amid the job, or took longer than the job may; ``timed_out`` tells which."""

    def __init__(self, *, timed_out: bool = False) -> None:
        super().__init__("timed out" if timed_out else "ended")
        self.timed_out = timed_out


class Desks:
    """``count`` desks, started with ``async with``; at its end none of them is left.

    ``seconds`` is how long a file may take (0: no limit); ``waiting`` how many jobs may wait for a desk.
    """

    def __init__(self, order: Order, count: int, seconds: float, waiting: int) -> None:
        self._order = pickle.dumps(order._replace(seconds=seconds, share=count))
        self.count = count
        self._seconds = seconds
        self._waiting = waiting
        self._free: deque[Child] = deque()
        self._waiters: deque[Future[Child]] = deque()
        self._children: set[Child] = set()
        self._relieved: set[Child] = set()
        """Those for which others are being started."""
        self._tasks: set[Task[None]] = set()
        self._closed = False

    @property
    def free(self) -> int:
        """How many desks have nothing to do."""
        return len(self._free)

    async def __aenter__(self) -> Self:
        """Start; comes back when the first desk is ready. Raises ChildProcessError where there can be none."""
        self._add(await Child.start(self._order))
        for _ in range(self.count - 1):
            self._run(self._hire())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def work(self, job: Job) -> AsyncGenerator[Progress | Answer]:
        """Do a job: a Progress for each file, in order, then the Answer.

        The folder of the job must stay until then. Who stops before cancels the job: use ``contextlib.aclosing``.
        Raises Busy at the first step, Lost at any.
        """
        child = await self._taken()
        items: Queue[Progress | Answer | Lost] = Queue()
        attending = self._run(self._attend(child, job, items))
        over = False
        try:
            while not over:
                item = await items.get()
                over = not isinstance(item, Progress)
                if isinstance(item, Lost):
                    raise item
                yield item
        finally:
            if not over:
                asyncio.get_running_loop().call_later(GRACE, attending.cancel)

    async def close(self) -> None:
        """End all desks at once, whatever they are at; their jobs, and those that wait, raise Lost."""
        self._closed = True
        while self._waiters:
            _fail(self._waiters.popleft())
        for child in self._children:
            child.kill()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(child.end() for child in self._children))
        self._children.clear()
        self._free.clear()

    async def _taken(self) -> Child:
        """A desk that has nothing else to do."""
        if self._closed:
            raise Lost
        if self._free:
            return self._free.pop()
        if len(self._waiters) >= self._waiting:
            raise Busy
        waiter: Future[Child] = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            return await waiter
        except CancelledError:
            if waiter.done() and not waiter.cancelled() and not waiter.exception():
                self._release(waiter.result())
            raise
        finally:
            if waiter in self._waiters:
                self._waiters.remove(waiter)

    async def _attend(self, child: Child, job: Job, items: Queue[Progress | Answer | Lost]) -> None:
        """See to it that a desk does a job, whoever waits for it, and that there is one for the next."""
        limit = len(job.files) * self._seconds + BESIDES if self._seconds else None
        lost, done = Lost(), False
        try:
            async with asyncio.timeout(limit), aclosing(child.do(job)) as every:
                async for item in every:
                    items.put_nowait(item)
            done = True
        except TimeoutError:
            lost = Lost(timed_out=True)
        except Broken:
            pass
        finally:
            items.put_nowait(lost)  # After an answer nobody looks at it.
            if done:
                self._rest(child)
            else:
                child.kill()  # ``_watch`` finds another one.

    def _rest(self, child: Child) -> None:
        """A job is done. A tired desk goes on until another one is ready."""
        if child.replaced:
            child.kill()
            return
        if child.tired and child not in self._relieved:
            self._relieved.add(child)
            self._run(self._hire(child))
        self._release(child)

    def _release(self, child: Child) -> None:
        """Give a desk to who has waited longest, if anybody does, unless it has ended."""
        while child in self._children and self._waiters:
            waiter = self._waiters.popleft()
            if not waiter.done():
                waiter.set_result(child)
                return
        if child in self._children:
            self._free.append(child)

    async def _hire(self, instead: Child | None = None) -> None:
        """Start a desk, for one that is tired if so; where that fails, again and again, and nobody waits in vain."""
        while True:
            try:
                child = await Child.start(self._order)
                break
            except ChildProcessError:
                if not self._children and self._waiters:
                    _fail(self._waiters.popleft())
                await asyncio.sleep(_PAUSE)
        others = sum(1 for each in self._children if each is not instead and not each.replaced)
        if others >= self.count:  # The tired one has ended, and another was found for it.
            await child.end()
            return
        if instead in self._children:
            instead.replaced = True
            if instead in self._free:
                self._free.remove(instead)
                instead.kill()
        self._add(child)

    def _add(self, child: Child) -> None:
        self._children.add(child)
        self._run(self._watch(child))
        self._release(child)

    async def _watch(self, child: Child) -> None:
        """When a desk has ended, find another one, unless there is one."""
        await child.gone()
        self._children.discard(child)
        self._relieved.discard(child)
        if child in self._free:
            self._free.remove(child)
        if not child.replaced and not self._closed:
            self._run(self._hire())

    def _run(self, work: Coroutine[Any, Any, None]) -> Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _fail(waiter: Future[Child]) -> None:
    if not waiter.done():
        waiter.set_exception(Lost())
