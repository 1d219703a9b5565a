"""What a survey has done already, in a file: one JSON line for each report, written as soon as it is judged.

A survey that was stopped goes on from there; one that is done again judges only what has changed. A line that
cannot be understood, such as the last one of a run that was cut off, counts as not written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, fields, replace
from decimal import Decimal, InvalidOperation
from hashlib import blake2b
from io import FileIO
from pathlib import Path
from typing import Any, NamedTuple, get_args

from govlint.linter import Linter
from govlint.survey.rows import Row, RowOutcome
from govlint.version import __version__

HEADER = b'{"govlint_survey_state": 1}\n'
AGAIN = frozenset(
    ("missing", "folder", "forbidden", "unopened", "missing_extra", "not_converted", "too_heavy", "failed")
)
"""Reasons for which a file is tried again, because they may lie outside it."""

_TYPES: Mapping[str, type] = {"params": dict, "rules": dict, "figures": dict, "named": bool}
_COUNTS = ("errors", "warnings", "infos")


class StateError(Exception):
    """The file is no state of a survey (``reason`` None), or cannot be opened."""

    def __init__(self, reason: str | None = None) -> None:
        super().__init__(reason or "")
        self.reason = reason


class Stamp(NamedTuple):
    """What tells that a file has not been touched: its size in bytes and the time of its last change in ns."""

    size: int
    mtime_ns: int


class _Entry(NamedTuple):
    stamp: Stamp
    digest: str
    row: Row


class State:
    """The rows of reports that are done, by absolute path. A context manager: at its end the file is closed.

    ``failure`` says why nothing more can be written, if so; what was kept so far remains.
    """

    def __init__(self, path: str | None, basis: str, *, fresh: bool = False) -> None:
        """``path`` None keeps nothing. ``basis`` is what the rows rest on; rows of another basis do not count.

        Raises StateError; a file that is something else stays as it is.
        """
        self._basis = basis
        self._done: dict[str, _Entry] = {}
        self._file: FileIO | None = None
        self.failure: str | None = None
        if path is None:
            return
        try:
            content = Path(path).read_bytes() if Path(path).exists() else b""
            if not content.startswith(HEADER) and not HEADER.startswith(content):
                raise StateError
            self._file = FileIO(path, "r+" if content else "w")
            self._begin(self._file, b"" if fresh else content)
        except OSError as error:
            raise StateError(error.strerror or str(error)) from None

    def __enter__(self) -> State:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def untouched(self, path: str, stamp: Stamp) -> Row | None:
        """The row of a file whose size and time are as they were."""
        entry = self._done.get(_key(path))
        return replace(entry.row, path=path) if entry and entry.stamp == stamp else None

    def unchanged(self, path: str, data: bytes) -> Row | None:
        """The row of a file whose content is as it was."""
        entry = self._done.get(_key(path))
        return replace(entry.row, path=path) if entry and entry.digest == _digest(data) else None

    def keep(self, row: Row, stamp: Stamp, data: bytes) -> None:
        """Write a row down, at once."""
        if self._file is None or self.failure or row.reason in AGAIN:
            return
        entry = _Entry(stamp, _digest(data), row)
        self._done[_key(row.path)] = entry
        line = {"path": _key(row.path), **stamp._asdict(), "digest": entry.digest, "basis": self._basis}
        text = json.dumps(line | {"row": asdict(row)}, ensure_ascii=True, default=str)
        try:
            self._file.write(f"{text}\n".encode())
        except OSError as error:
            self.failure = error.strerror or str(error)

    def _begin(self, file: FileIO, content: bytes) -> None:
        """Take over what was written, and go on at the end of the last whole line."""
        whole = content[: content.rfind(b"\n") + 1]
        for line in whole.splitlines():
            self._take(line)
        file.truncate(len(whole))
        file.seek(len(whole))
        if not whole:
            file.write(HEADER)

    def _take(self, line: bytes) -> None:
        with suppress(ValueError, KeyError, TypeError, RecursionError, InvalidOperation):
            data = json.loads(line)
            if data["basis"] == self._basis:
                stamp = Stamp(int(data["size"]), int(data["mtime_ns"]))
                self._done[data["path"]] = _Entry(stamp, data["digest"], _row(data["row"]))


def basis_of(linter: Linter, said_of_files: str = "") -> str:
    """A digest of what rows rest on: the rules in force with their options, forms and settings, and the version.

    ``said_of_files`` is what a configuration says of single files.
    """
    digest = blake2b(f"{__version__}\0{said_of_files}".encode("utf-8", "surrogatepass"), digest_size=16)
    for rule in linter.rules:
        options = json.dumps(rule.options, sort_keys=True, default=str)
        digest.update(f"\0{rule.id} {rule.severity} {rule.hash} {options}".encode())
    for name, file in linter.files.items():
        if name.startswith("editions/") or "/" not in name:
            digest.update(f"\0{name} {file.hash}".encode())
    return digest.hexdigest()


def _row(data: Mapping[str, Any]) -> Row:
    """The row that was written. Raises ValueError, TypeError or KeyError for anything else."""
    if set(data) != {entry.name for entry in fields(Row)} or data["outcome"] not in get_args(RowOutcome):
        raise ValueError
    for name, wanted in _TYPES.items():
        if not isinstance(data[name], wanted):
            raise TypeError
    for name, value in data.items():
        if name not in _TYPES and not isinstance(value, int if name in _COUNTS else str | int | None):
            raise TypeError
    rules = {str(name): int(count) for name, count in data["rules"].items()}
    figures = {str(name): Decimal(value) for name, value in data["figures"].items()}
    if not all(value.is_finite() for value in figures.values()):
        raise ValueError
    return Row(**{**data, "rules": rules, "figures": figures})


def _key(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - the name as it stands, links unfollowed


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
