"""Work for a client that may leave: then it ends at once."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.types import Receive

from govlint.web.uploads import Gone

Made = TypeVar("Made")


async def while_connected(receive: Receive, work: Coroutine[Any, Any, Made]) -> Made:
    """What the work makes. Raises Gone when the client leaves before; the work is cancelled and over then.

    The body of the request must have been read.
    """
    task = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_left(receive))
    try:
        await asyncio.wait((task, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise Gone
        return task.result()
    finally:
        task.cancel()
        leaving.cancel()
        await asyncio.gather(task, leaving, return_exceptions=True)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
