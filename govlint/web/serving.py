"""The server as a process: its socket, its log, and how it ends when it is told to."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Callable
from ipaddress import ip_address
from types import FrameType

import uvicorn

from govlint.web.app import make_app
from govlint.web.desks import Desks
from govlint.web.site import Site

SECONDS_ENDING = 30
"""So long requests may still run when the server is told to end."""
_BACKLOG = 256
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name))
_OTHERS = ("uvicorn", "uvicorn.error", "uvicorn.access", "python_multipart", "multipart", "asyncio")
"""Who else would write to the log, perhaps what a client has sent."""


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections there, at any port if it is 0. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    # A name with several addresses, as localhost, means the older kind: whoever calls it tries both.
    family, _, _, _, address = min(found, key=lambda each: each[0] != socket.AF_INET)
    return socket.create_server(address[:2], family=family, backlog=_BACKLOG)


def is_local(sock: socket.socket) -> bool:
    """Whether only this machine reaches the socket."""
    return ip_address(sock.getsockname()[0].partition("%")[0]).is_loopback


def address_of(sock: socket.socket, host: str) -> str:
    """The address to open in a browser."""
    number, port = sock.getsockname()[:2]
    everywhere = ip_address(number.partition("%")[0]).is_unspecified
    name = socket.gethostname() if everywhere else host or number
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def run(desks: Desks, site: Site, sock: socket.socket, proxies: str, ready: Callable[[], None]) -> None:
    """Serve until a signal ends it; requests that run then are done first. ``ready`` is called when it has begun.

    ``proxies`` are the addresses, joined by commas, that may say whom they ask for. Raises ChildProcessError where no
    desk can be opened.
    """
    config = uvicorn.Config(
        make_app(desks, site),
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        timeout_graceful_shutdown=SECONDS_ENDING,
    )
    server = uvicorn.Server(config)

    def end(number: int, frame: FrameType | None) -> None:
        server.should_exit = True

    async def serve() -> None:
        async with desks:
            if not server.should_exit:
                ready()
                await server.serve(sockets=[sock])

    # uvicorn has handlers of its own while it serves, and raises the signal again for these when it is done.
    before = {number: signal.signal(number, end) for number in _SIGNALS}
    try:
        asyncio.run(serve())
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        sock.close()


def write_log(*, requests: bool) -> None:
    """Send what the server has to say to standard error: its own faults, and one line for each request if wanted."""
    for name in _OTHERS:
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False
        logger.setLevel(logging.CRITICAL)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    own = logging.getLogger("govlint.web")
    own.handlers = [handler]
    own.propagate = False
    own.setLevel(logging.INFO if requests else logging.WARNING)
