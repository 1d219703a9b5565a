"""``POST /check``: what the page sends, with script or without."""

from __future__ import annotations

import json
from typing import Any, get_args

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from govlint.web.asking import LINES, form_of, language_of
from govlint.web.connection import while_connected
from govlint.web.downloads import attached
from govlint.web.jobs import Answer, Download, Job, Page, Progress, Refusal, Show
from govlint.web.pages import Pages, shown
from govlint.web.problems import Problem
from govlint.web.reception import Received, Reception
from govlint.web.uploads import Upload, read_form
from govlint.writers.language import Language

_SHOWS: tuple[Show, ...] = get_args(Show)


class Check:
    """Answers with the page, with a stream of events for its script, or with a file to keep."""

    def __init__(self, reception: Reception, pages: Pages) -> None:
        self._reception = reception
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        site = self._reception.site
        pasted = language_of(scope, site).say("serve", "pasted", {"number": ""})

        async def reading(folder: str) -> Upload:
            return await read_form(scope, receive, folder, site.limits, pasted)

        async with self._reception.received(scope, reading) as received:
            language = language_of(scope, site, received.upload.fields)
            await while_connected(receive, self._answered(scope, receive, send, received, language))

    async def _answered(
        self, scope: Scope, receive: Receive, send: Send, received: Received, language: Language
    ) -> None:
        try:
            job = _job(received, language)
            if job.show == "page" and form_of(scope) == "lines":
                await self._stream(job, language, scope, send)
                return
            response = self._response(await self._reception.done(job), language)
        except Problem as problem:
            problem.language = language
            raise
        await response(scope, receive, send)

    def _response(self, answer: Answer, language: Language) -> Response:
        """Raises Problem when there is no such file."""
        if isinstance(answer.made, Page):
            return self._pages.result(language, answer.made)
        return attached(_file(answer))

    async def _stream(self, job: Job, language: Language, scope: Scope, send: Send) -> None:
        """Each file as an event when it is done, at the end the result; a problem on the way is an event too."""
        events = Events(send)

        async def tell(progress: Progress) -> None:
            await events.say({"event": "progress", **progress._asdict(), "files": len(job.files)})

        try:
            made = (await self._reception.done(job, tell)).made
            if isinstance(made, Refusal):
                raise Problem("refused", detail=made.detail)
            assert isinstance(made, Page)
            await events.say({"event": "done", **shown(made)})
        except Problem as problem:
            if not events.begun:
                raise
            await events.say(self._failed(problem, language, scope))
        except Exception:
            if events.begun:
                await events.say(self._failed(Problem("internal"), language, scope))
                await events.end()
            raise
        await events.end()

    def _failed(self, problem: Problem, language: Language, scope: Scope) -> dict[str, Any]:
        return {"event": "problem", **problem.object(language, self._reception.site.root, scope["path"])}


class Events:
    """A stream of JSON objects, each on a line of its own; ``begun`` once the first is on its way."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def say(self, event: dict[str, Any]) -> None:
        if not self.begun:
            self.begun = True
            # The second field tells proxies not to wait for the end.
            fields = [(b"content-type", LINES.encode()), (b"x-accel-buffering", b"no")]
            await self._send({"type": "http.response.start", "status": 200, "headers": fields})
        line = json.dumps(event, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        await self._send({"type": "http.response.body", "body": line, "more_body": True})

    async def end(self) -> None:
        await self._send({"type": "http.response.body", "body": b""})


def _job(received: Received, language: Language) -> Job:
    """What the form asks for. Raises Problem."""
    fields = received.upload.fields
    asked = fields.get("show") or "page"
    show = next((known for known in _SHOWS if known == asked), None)
    if show is None:
        raise Problem("bad_show", {"known": ", ".join(_SHOWS)})
    unsafe = fields.get("unsafe", "") not in ("", "0")
    return Job(received.folder, received.files, show, language.code, unsafe)


def _file(answer: Answer) -> Download:
    if isinstance(answer.made, Refusal):
        raise Problem("refused", detail=answer.made.detail)
    assert isinstance(answer.made, Download)
    return answer.made
