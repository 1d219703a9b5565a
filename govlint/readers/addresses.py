"""Files that have an address instead of a path, as ``s3://bucket/report.docx``: whatever fsspec knows."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import Any

from govlint.model.errors import ReadError
from govlint.readers.extras import load_extra

_ADDRESS = re.compile(r"[a-z][a-z0-9+]+://")  # A drive of Windows has one letter.


def is_address(path: str) -> bool:
    """Whether this is an address and no path."""
    return _ADDRESS.match(path) is not None


def read_address(address: str, most: int) -> bytes:
    """The bytes of a file. Raises ReadError when it cannot be had or has more than ``most`` bytes."""
    try:
        system, path = _found(address)
        with system.open(path, "rb") as file:
            data: bytes = file.read(most + 1)
    except ReadError:
        raise
    except FileNotFoundError:
        raise ReadError(address, "missing") from None
    except IsADirectoryError:
        raise ReadError(address, "folder") from None
    except PermissionError:
        raise ReadError(address, "forbidden") from None
    except Exception as error:  # Each kind of store has errors of its own.
        raise ReadError(address, "unopened", {"error": str(error) or type(error).__name__}) from None
    if len(data) > most:
        raise ReadError(address, "too_large", {"size": len(data) >> 20, "limit": most >> 20})
    return data


def files_below(address: str, suffixes: Collection[str]) -> list[str] | None:
    """The addresses of the files with these suffixes below a folder, sorted, without hidden ones; None for no folder.

    Raises ReadError when the store cannot be asked.
    """
    try:
        system, path = _found(address)
        if not system.isdir(path):
            return None
        found = sorted(system.find(path))
    except ReadError:
        raise
    except Exception as error:
        raise ReadError(address, "unopened", {"error": str(error) or type(error).__name__}) from None
    start = len(path.rstrip("/"))
    return [system.unstrip_protocol(name) for name in found if _is_report(name[start:], suffixes)]


def _is_report(name: str, suffixes: Collection[str]) -> bool:
    parts = PurePosixPath(name.lstrip("/"))
    hidden = any(part.startswith(".") for part in parts.parts) or parts.name.startswith("~$")
    return parts.suffix.lower() in suffixes and not hidden


def _found(address: str) -> tuple[Any, str]:
    """The store that an address leads to, and the path there."""
    try:
        core = load_extra("fsspec.core", "dask")
    except ReadError as error:
        raise ReadError(address, error.reason, error.params) from None
    system, path = core.url_to_fs(address)
    return system, path
