"""The application: its routes, and what every request passes on its way to them."""

from __future__ import annotations

from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from govlint.web.answering import Answering
from govlint.web.api import CheckApi, description, health, problem_kind
from govlint.web.asking import language_of
from govlint.web.assets import Assets
from govlint.web.checking import Check
from govlint.web.desks import Desks
from govlint.web.guards import HostGuard, OriginGuard
from govlint.web.headers import SecurityHeaders
from govlint.web.journal import Journal
from govlint.web.pages import Pages
from govlint.web.reception import Reception
from govlint.web.site import Site


def make_app(desks: Desks, site: Site) -> Starlette:
    """The application with its desks, which somebody else opens and closes."""
    assets = Assets(site.root)
    pages = Pages(site, assets)
    reception = Reception(desks, site)

    async def start(request: Request) -> Response:
        return pages.start(language_of(request.scope, site))

    async def described(request: Request) -> Response:
        return description()

    routes = [
        Route("/", start),
        Route("/check", Check(reception, pages), methods=["POST"]),
        Route("/assets/{name}", assets.response),
        Route("/health", partial(health, reception)),
        Route("/api/v1/check", CheckApi(reception), methods=["POST"]),
        Route("/api/v1/openapi.json", described),
        Route("/api/v1/problems/{kind}", partial(problem_kind, reception)),
    ]
    middleware = [
        Middleware(Below, root=site.root),
        Middleware(Journal),
        Middleware(SecurityHeaders),
        Middleware(Answering, site=site, pages=pages),
        Middleware(HostGuard, site=site),
        Middleware(OriginGuard, site=site),
    ]
    app = Starlette(routes=routes, middleware=middleware, exception_handlers={HTTPException: _passed_on})
    app.router.redirect_slashes = False
    return app


class Below:
    """Takes the path below which a proxy shows the server off the paths of requests; some proxies do it themselves."""

    def __init__(self, app: ASGIApp, root: str) -> None:
        self._app = app
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._root and f"{scope['path']}/".startswith(f"{self._root}/"):
            path = scope["path"].removeprefix(self._root) or "/"
            scope = {**scope, "path": path, "raw_path": path.encode()}
        await self._app(scope, receive, send)


async def _passed_on(request: Request, error: Exception) -> Response:
    """What the router has to say is said where all problems are."""
    raise error
