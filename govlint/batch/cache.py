"""Results that are kept from run to run, each in a file of its own, named by the digest of all that it rests on.

An entry is written beside its place and moved there, so that nobody sees half of one; it brings a checksum. Whatever is
wrong with an entry, it counts as none. When entries cannot be written no more are tried, and ``failure`` says why.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from time import time

HEADER = b"govlint result 1\n"
_CHECK = 16
_DAY = 24 * 60 * 60
OLDEST = 30 * _DAY
"""Entries that nobody has asked for in so many seconds are removed."""
LARGEST = 1024**3
"""So many bytes may all entries have; the oldest go first."""
_MARK = "pruned"
"""The file whose time tells when entries were last removed."""


class Cache:
    """The entries in a folder. Any number of processes may use it at the same time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.failure: str | None = None
        """Why entries cannot be read or written, if so."""
        self.hits = 0

    def get(self, key: bytes) -> bytes | None:
        """What is kept under a key; None when there is nothing, or nothing sound."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                content = file.read()
                stale = time() - os.fstat(file.fileno()).st_mtime > _DAY
        except FileNotFoundError:
            return None
        except OSError as error:
            self._failed(error)
            return None
        start = len(HEADER) + _CHECK
        packed = content[start:]
        if content[:start] != HEADER + _checksum(key, packed):
            return None
        if stale:
            with suppress(OSError):
                os.utime(path)
        self.hits += 1
        return packed

    def put(self, key: bytes, packed: bytes) -> None:
        """Keep something under a key, if that is possible."""
        if self.failure:
            return
        path = self._path(key)
        scratch = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            try:
                file = scratch.open("wb")
            except FileNotFoundError:
                path.parent.mkdir(parents=True, exist_ok=True)
                file = scratch.open("wb")
            with file:
                file.write(HEADER + _checksum(key, packed) + packed)
            scratch.replace(path)
        except OSError as error:
            self._failed(error)
            with suppress(OSError):
                scratch.unlink()

    def prune(self) -> None:
        """Remove what is old, and the oldest when all is too large; once a day at most."""
        mark = self._folder / _MARK
        with suppress(OSError):
            if mark.exists() and time() - mark.stat().st_mtime < _DAY:
                return
            if not self._folder.is_dir():
                return
            mark.write_bytes(b"")
            self._remove(time() - OLDEST)

    def _remove(self, before: float) -> None:
        entries = []
        for path in self._folder.glob("??/*"):
            with suppress(OSError):
                found = path.stat()
                entries.append((found.st_mtime, found.st_size, path))
        left = sum(size for _, size, _ in entries)
        for changed, size, path in sorted(entries):
            if changed >= before and left <= LARGEST:
                break
            with suppress(OSError):
                path.unlink()
                left -= size

    def _path(self, key: bytes) -> Path:
        name = key.hex()
        return self._folder / name[:2] / name[2:]

    def _failed(self, error: OSError) -> None:
        self.failure = self.failure or error.strerror or str(error)


def _checksum(key: bytes, packed: bytes) -> bytes:
    return blake2b(packed, digest_size=_CHECK, key=key).digest()
