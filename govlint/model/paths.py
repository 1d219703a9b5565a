"""Where a path leads, whatever a stranger has made of it."""

from __future__ import annotations

import os
from pathlib import Path


def real_path(path: str | Path) -> Path:
    """The absolute path behind all links.

    Unlike ``Path.resolve`` it raises nothing: a link to itself, or what can be no path, stays as it is.
    """
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):
        return Path(os.path.abspath(path))  # noqa: PTH100 - raises nothing, and there are no links to follow
