"""How much the tests make up: enough on every run, and all there is with GOVLINT_FULL=1, which takes much longer."""

from __future__ import annotations

import os

FULL = os.environ.get("GOVLINT_FULL") == "1"


def amount(usual: int, full: int) -> int:
    """How many things of a kind to make up."""
    return full if FULL else usual
