"""From a request to the answer of a desk: who may come in, the private folder, and what to say when it fails."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from typing import Any, NamedTuple

from starlette.types import Scope

from govlint.web.desks import Busy, Desks, Lost
from govlint.web.guards import is_address
from govlint.web.jobs import Answer, Given, Job, Progress
from govlint.web.problems import Problem
from govlint.web.rates import Rates
from govlint.web.site import Site
from govlint.web.uploads import Upload, private_folder

MOST_REQUESTS = 100
"""Requests with files that are read, wait and are worked on at the same time."""
_SOON = 5
"""Seconds after which to try again when all desks are taken."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says when it has no room for a file."""
Reading = Callable[[str], Awaitable[Upload]]
Tell = Callable[[Progress], Awaitable[None]]


class Received(NamedTuple):
    """The files of a request, and the folder where they lie."""

    folder: str
    upload: Upload

    @property
    def files(self) -> tuple[Given, ...]:
        return self.upload.files


class Reception:
    """Lets requests in, as many as there is room for, and puts their files to the desks."""

    def __init__(self, desks: Desks, site: Site) -> None:
        self.desks = desks
        self.site = site
        self._rates = Rates(site.limits.rate)
        self._inside = 0

    @asynccontextmanager
    async def received(self, scope: Scope, reading: Reading) -> AsyncIterator[Received]:
        """The files of a request, as ``reading`` reads them into the folder that it is given; gone at the end.

        A request costs a client one file, and each file after the first another. Raises Problem.
        """
        if self._inside >= MOST_REQUESTS:
            raise Problem("busy", retry=_SOON)
        self._inside += 1
        try:
            self._charge(scope, 1)
            with private_folder(self.site.private) as folder:
                upload = await reading(folder)
                self._charge(scope, len(upload.files) - 1)
                yield Received(folder, upload)
        except OSError as error:
            if error.errno in _FULL:
                raise Problem("no_room") from None
            raise
        finally:
            self._inside -= 1

    async def done(self, job: Job, tell: Tell | None = None) -> Answer:
        """What a desk answers; what it says before goes to ``tell``. Raises Problem."""
        answer = None
        try:
            async with aclosing(self.desks.work(job)) as steps:
                async for step in steps:
                    if isinstance(step, Answer):
                        answer = step
                    elif tell:
                        await tell(step)
        except Busy:
            raise Problem("busy", retry=_SOON) from None
        except Lost as lost:
            raise Problem("timed_out" if lost.timed_out else "lost") from None
        if answer is None:
            raise Problem("lost")
        return answer

    def _charge(self, scope: Scope, files: int) -> None:
        if files and (wait := self._rates.take(client_of(scope), files)):
            raise Problem("too_often", {"seconds": wait}, retry=wait)


def client_of(scope: Scope) -> str:
    """The address of the client; empty where it has none, or where a proxy says what is none."""
    client: Any = scope.get("client")
    address = str(client[0]).partition("%")[0] if client else ""
    return address if is_address(address) else ""
