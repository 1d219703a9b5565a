"""Problems become answers here, faults of govlint's own too; nothing of them goes to a log but their kind and place."""

from __future__ import annotations

import asyncio
import json
import logging
import time
import traceback

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from govlint.web.asking import LINES, PROBLEM, form_of, language_of
from govlint.web.pages import Pages
from govlint.web.problems import Problem
from govlint.web.site import Site
from govlint.web.uploads import Gone, body, declared

MOST_SPILLED = 256 << 20
"""Bytes of a body that are taken and dropped, so that a client which only listens at the end hears the answer."""
_SECONDS_SPILLING = 5
_logger = logging.getLogger("govlint.web")


class Answering:
    """Answers for an app that raises Problem; in the form and language of the request."""

    def __init__(self, app: ASGIApp, site: Site, pages: Pages) -> None:
        self._app = app
        self._site = site
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        watch = _Watch(receive, send)
        try:
            await self._app(scope, watch.receive, watch.send)
            return
        except Gone:
            return
        except asyncio.CancelledError:  # The server ends and waits no longer.
            if not watch.begun:
                await self._answer(Problem("stopping"), scope)(scope, receive, send)
            raise
        except Problem as raised:
            problem = raised
        except HTTPException as error:
            allowed = (error.headers or {}).get("Allow", "")
            problem = Problem("wrong_method", {"allowed": allowed}) if allowed else Problem("not_found")
        except Exception as error:
            _logger.error("%s", _place(error))
            problem = Problem("internal")
            if watch.ended:
                return
            if watch.begun:
                raise _Broken from None
        await watch.spill(scope)
        await self._answer(problem, scope)(scope, receive, send)

    def _answer(self, problem: Problem, scope: Scope) -> Response:
        language = problem.language or language_of(scope, self._site)
        form = form_of(scope)
        if form == "html":
            response: Response = self._pages.problem(language, problem.status, problem.detail(language))
        else:
            told = problem.object(language, self._site.root, scope["path"])
            if form == "lines":
                told = {"event": "problem", **told}
            data = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
            response = Response(data, problem.status, media_type=LINES if form == "lines" else PROBLEM)
        response.headers.update(problem.headers)
        return response


class _Broken(Exception):  # noqa: N818
    """An answer ends amid: only closing the connection tells the client."""


class _Watch:
    """Knows whether the body of a request has been read, and whether the answer has begun and ended."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._read = False
        self.begun = self.ended = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._read = self._read or not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        self.begun = True
        self.ended = message["type"] == "http.response.body" and not message.get("more_body", False)
        await self._send(message)

    async def spill(self, scope: Scope) -> None:
        """Take what is left of the body, if it is not too much: browsers show no answer before they have sent all."""
        waits = any(name == b"expect" for name, _ in scope["headers"])
        if self._read or waits or scope["method"] != "POST" or declared(scope) > MOST_SPILLED:
            return
        ends = time.monotonic() + _SECONDS_SPILLING
        try:
            async for _ in body({**scope, "headers": []}, self.receive, MOST_SPILLED, Gone()):
                if time.monotonic() > ends:
                    return
        except (Problem, Gone):
            return


def _place(error: Exception) -> str:
    """The type of an error and where it was raised; not its words, which may be those of a report."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"internal error: {type(error).__name__}{where}"
