"""Libraries that come with an extra: loaded when a file needs them."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from govlint.model.errors import ReadError


def load_extra(module: str, extra: str) -> ModuleType:
    """The module. Raises ReadError ``missing_extra``, which names the command that installs it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise ReadError("", "missing_extra", {"extra": extra, "command": f"pip install 'govlint[{extra}]'"}) from error
