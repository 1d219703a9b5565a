"""A path → the bytes of its file, which must be a file indeed: a pipe or a device may never end."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from govlint.model.errors import ReadError

_TRIES = 3
"""A file that changes while it is read is read so many times."""


def read_regular(path: str, most: int) -> bytes:
    """The bytes of a file as they are at one time.

    Raises ReadError when there is none, when it is no regular file, may not be opened, has more than ``most`` bytes, or
    is being written all the time. A symbolic link is followed.
    """
    try:
        for _ in range(_TRIES):
            data = _read_once(path, most)
            if data is not None:
                return data
    except FileNotFoundError:
        raise ReadError(path, "missing") from None
    except IsADirectoryError:
        raise ReadError(path, "folder") from None
    except PermissionError:
        raise ReadError(path, "folder" if os.name == "nt" and Path(path).is_dir() else "forbidden") from None
    except (OSError, ValueError) as error:
        raise ReadError(path, "unopened", {"error": str(error)}) from None
    raise ReadError(path, "changing")


def _read_once(path: str, most: int) -> bytes | None:
    """The bytes, or None when somebody wrote to the file meanwhile."""
    # Opening a pipe would wait for somebody to write to it.
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise ReadError(path, "special")
        if before.st_size > most:
            raise ReadError(path, "too_large", {"size": before.st_size >> 20, "limit": most >> 20})
        data = file.read()
        after = os.fstat(file.fileno())
    unchanged = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return data if unchanged else None
