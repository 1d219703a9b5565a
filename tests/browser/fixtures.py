"""What the tests of the page use: a server for all, a browser for the tests of a file, a visit for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from test_serve_command import Server

    from browser.visit import Visit

Visiting = Callable[..., "Visit"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running ``govlint serve``, without a limit on how many files a client may send."""
    from test_serve_command import serving

    with serving(tmp_path_factory.mktemp("site"), "--rate", "0") as server:
        yield server
        assert server.stored() == []
        assert "Traceback" not in server.said()


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """The browser."""
    from browser.chrome import chromium

    with chromium() as browser:
        yield browser


@pytest.fixture
def visiting(chrome: Browser, site: Server) -> Iterator[Visiting]:
    """Opens the page for a person of its own, as often as it is called; at the end nothing may be wrong with it."""
    from browser.visit import Visit

    with ExitStack() as stack:

        def visit(**settings: Any) -> Visit:
            return stack.enter_context(Visit(chrome, site.url, **settings))

        yield visit


@pytest.fixture
def visit(visiting: Visiting) -> Visit:
    """The page as somebody in China sees it first."""
    return visiting()
