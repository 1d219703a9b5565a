"""Who may ask: the server is called by a name of its own, and forms come from its own page."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from govlint.web.problems import Problem
from govlint.web.site import Site

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this machine for itself."""
_ANY = "*"
_OWN = ("same-origin", "none")
"""What Sec-Fetch-Site says of requests of our page, and of those that a person began."""
_SAFE = ("GET", "HEAD", "OPTIONS")


class Hosts(NamedTuple):
    """The names that a server goes by, as ``Site`` has them."""

    hosts: frozenset[str]
    own_hosts: frozenset[str]
    addressed: bool


def hosts_of(host: str, allowed: Iterable[str], *, local: bool) -> Hosts:
    """What a server may be called that listens at ``host``; ``allowed`` are the names that people give it besides.

    ``local``: only this machine reaches it; else it goes by the name of the machine too.
    """
    own = frozenset(name.lower().strip("[]").rstrip(".") for name in allowed)
    names = LOCAL | own | {host.lower()} | (frozenset() if local else {socket.gethostname().lower()})
    return Hosts(names, own, not local)


class HostGuard:
    """Lets only requests pass that call the server by a name that it goes by.

    Otherwise a page elsewhere could, by a name that suddenly means this machine (DNS rebinding), read the answers. A
    number is no name: where it is allowed, nobody can make it mean another machine.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._known(Headers(scope=scope).getlist("host")):
            raise Problem("wrong_host")
        await self._app(scope, receive, send)

    def _known(self, given: list[str]) -> bool:
        if _ANY in self._site.hosts:
            return True
        name = host_name(given[0]) if len(given) == 1 else None
        return name is not None and (name in self._site.hosts or (self._site.addressed and is_address(name)))


class OriginGuard:
    """Refuses files that a page of another site sends in the name of its visitor.

    Browsers say where a form comes from; programs do not, and need not.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in _SAFE and not self._own(Headers(scope=scope)):
            raise Problem("other_site")
        await self._app(scope, receive, send)

    def _own(self, headers: Headers) -> bool:
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None:
            return site in _OWN
        if origin is None:
            return True
        try:
            address = urlsplit(origin)
            standard = {"http": 80, "https": 443}.get(address.scheme)
            here = urlsplit(f"{address.scheme}://{headers.get('host', '')}")
            same = address.hostname == here.hostname and (address.port or standard) == (here.port or standard)
        except ValueError:
            return False
        return standard is not None and (same or address.hostname in self._site.own_hosts)


def host_name(host: str) -> str | None:
    """The name in a Host field, in lower case, without port and brackets; None if it is none."""
    try:
        parts = urlsplit(f"//{host}")
        name, _ = parts.hostname, parts.port
    except ValueError:
        return None
    return name.rstrip(".") if name and parts.netloc == host and "@" not in host else None


def is_address(name: str) -> bool:
    """Whether this is an IP address."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
