"""The API, version 1: a file in, the JSON of ``check`` out; described in ``openapi.json``."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from govlint.version import __version__
from govlint.web.asking import PROBLEM, language_of
from govlint.web.connection import while_connected
from govlint.web.jobs import Answer, Download, Job
from govlint.web.problems import STATUS, Problem
from govlint.web.reception import Received, Reception
from govlint.web.uploads import Upload, is_form, read_form, read_one
from govlint.writers.language import Language

_NOTHING = b"[]"


class CheckApi:
    """``POST /api/v1/check``: a form with files, or the file itself under ``?name=``."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        site = self._reception.site
        pasted = language_of(scope, site).say("serve", "pasted", {"number": ""})

        async def reading(folder: str) -> Upload:
            if is_form(scope):
                return await read_form(scope, receive, folder, site.limits, pasted)
            name = QueryParams(scope["query_string"]).get("name", "")
            return await read_one(scope, receive, folder, site.limits, name)

        async with self._reception.received(scope, reading) as received:
            await while_connected(receive, self._answered(scope, receive, send, received))

    async def _answered(self, scope: Scope, receive: Receive, send: Send, received: Received) -> None:
        language = language_of(scope, self._reception.site, received.upload.fields)
        try:
            answer = await self._reception.done(Job(received.folder, received.files, "json", language.code))
        except Problem as problem:
            problem.language = language
            raise
        made = answer.made.data if isinstance(answer.made, Download) else _NOTHING
        if answer.unread:
            response = self._unread(answer, made, language, scope["path"])
        else:
            response = Response(made, media_type="application/json")
        await response(scope, receive, send)

    def _unread(self, answer: Answer, made: bytes, language: Language, path: str) -> Response:
        """The problem with the files that could not be read, and the diagnostics of the others.

        The desk's JSON goes in as it is: nothing that comes from a report is parsed here.
        """
        problem = Problem("unread", {"count": len(answer.unread)})
        told = problem.object(language, self._reception.site.root, path)
        told["errors"] = [each._asdict() for each in answer.unread]
        opened = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace").removesuffix(b"}")
        return Response(opened + b', "diagnostics": ' + made.strip() + b"}\n", problem.status, media_type=PROBLEM)


async def health(reception: Reception, request: Request) -> Response:
    """That the server is there, and how many of its desks have nothing to do."""
    desks = reception.desks
    return JSONResponse({"status": "ok", "version": __version__, "desks": desks.count, "free": desks.free})


async def problem_kind(reception: Reception, request: Request) -> Response:
    """What a kind of problem is, for who follows its ``type``."""
    kind = request.path_params["kind"].replace("-", "_")
    if kind not in STATUS:
        raise Problem("not_found")
    language = language_of(request.scope, reception.site)
    said: dict[str, Any] = {"status": STATUS[kind], "title": language.say("problem_title", kind)}
    return JSONResponse({"type": reception.site.root + request.url.path, **said}, headers={"Vary": "Accept-Language"})


def description() -> Response:
    """The API described in the words of OpenAPI."""
    data = files("govlint.web").joinpath("openapi.json").read_bytes()
    return Response(data, media_type="application/json", headers={"Cache-Control": "no-cache"})
