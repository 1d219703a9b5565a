"""One line for each request, with nothing of what was sent: no names, no queries, no paths that somebody made up."""

from __future__ import annotations

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from govlint.web.reception import client_of

_SHOWN = frozenset({"/", "/check", "/api/v1/check", "/api/v1/openapi.json"})
_SILENT = ("/health", "/assets/")
"""What is asked for all the time and tells nothing, as long as it goes well."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_GONE = "499"
"""The status, as nginx has it, of a request whose client left before it was answered."""
_logger = logging.getLogger("govlint.web")


class Journal:
    """Writes the lines for an app: client, method, route, status, milliseconds."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.monotonic()
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            taken = round((time.monotonic() - began) * 1000)
            self._write(scope, status, taken)

    def _write(self, scope: Scope, status: int, taken: int) -> None:
        path = scope["path"]
        if path.startswith(_SILENT) and 0 < status < 400:
            return
        shown = path if path in _SHOWN else "…"
        method = scope["method"] if scope["method"] in _METHODS else "…"
        said = str(status) if status else _GONE
        _logger.info("%s %s %s %s %d ms", client_of(scope) or "-", method, shown, said, taken)
