"""Chromium, started by Playwright; where one of them is missing it is said aloud."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, NoReturn

import pytest
from judge.office.browser import found

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATIENCE = 120_000
"""Milliseconds to wait for what must come: other tests run beside this one, and the machine may be slow."""
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def cannot(what: str, reason: str, required: str) -> NoReturn:
    """This cannot be tried here: that must be seen, and in CI, where the variable ``required`` is 1, it must fail."""
    if os.environ.get(required) == "1":
        pytest.fail(reason)
    warnings.warn(pytest.PytestWarning(f"{what}: {reason}"), stacklevel=2)
    pytest.skip(reason)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser. It must be closed before a test calls ``asyncio.run``, since Playwright runs a loop too."""
    program = found()
    missing = "" if program else "chromium is not installed"
    if find_spec("playwright") is None:
        missing = "playwright is not installed"
    if missing:
        cannot("the page of govlint serve was not looked at", missing, "GOVLINT_REQUIRE_OFFICE")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS), timeout=PATIENCE)
        try:
            yield browser
        finally:
            browser.close()
