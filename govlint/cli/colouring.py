"""Whether output is coloured: the option, then the environment, then whether a terminal looks."""

from __future__ import annotations

import os
import sys

_OFF = ("", "0")


def in_colour(wish: str, *, to_file: bool) -> bool:
    """``wish`` is ``always``, ``never`` or ``auto``.

    ``auto`` obeys NO_COLOR, then FORCE_COLOR and CLICOLOR_FORCE; without them a terminal gets colour, unless TERM is
    ``dumb`` or CLICOLOR is 0. Files get none. What is set to nothing counts as not set, and so does a force of 0.
    """
    if wish != "auto":
        return wish == "always"
    if to_file or os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "") not in _OFF for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    if os.environ.get("TERM") == "dumb" or os.environ.get("CLICOLOR") == "0":
        return False
    return sys.stdout is not None and sys.stdout.isatty()


def understand_colour() -> None:
    """Let the console of older Windows show colours instead of the codes for them; elsewhere there is nothing to do."""
    if sys.platform == "win32":
        from colorama import just_fix_windows_console  # Comes with click there.

        just_fix_windows_console()
