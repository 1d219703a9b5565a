"""Files → rows, one after the other; of each file only its row is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from govlint.linter import Linter, read_file
from govlint.model.diagnostic import Result
from govlint.model.errors import ReadError
from govlint.model.failure import failure
from govlint.survey.rows import Row, row_of, unreadable
from govlint.survey.settings import Settings
from govlint.survey.state import Stamp, State


class Item(NamedTuple):
    """A file to be surveyed, or an argument that is none, with the reason."""

    path: str
    error: ReadError | None = None


class Ahead(Protocol):
    """Files that are judged elsewhere, ahead of time and in order."""

    def has(self, path: str) -> bool:
        """Whether this file is the next."""

    def take(self, path: str) -> tuple[Result, bytes | None]:
        """The result of the next file, and its bytes; None for a file that was not read to its end."""


def waiting(items: Iterable[Item], state: State) -> list[str]:
    """The files that are to be judged: those that ``state`` does not know as they are."""
    files = [item.path for item in items if not item.error]
    return [path for path in files if (stamp := _stamp(path)) is None or state.untouched(path, stamp) is None]


def census(
    items: Iterable[Item], linter: Linter, settings: Settings, state: State, ahead: Ahead | None = None
) -> Iterator[Row]:
    """The row of every item, in order. What ``state`` knows is not judged again, and not even opened if untouched.

    ``ahead`` has results of files that are waiting, in their order.
    Nothing that a file does ends the survey: where judging it fails, its row says so.
    """
    for item in items:
        try:
            if ahead and not item.error and ahead.has(item.path):
                yield _taken(item.path, ahead, settings, state)
            else:
                yield _row(item, linter, settings, state)
        except ReadError as error:
            yield unreadable(error)


def _taken(path: str, ahead: Ahead, settings: Settings, state: State) -> Row:
    """The row of a file that was judged elsewhere."""
    stamp = _stamp(path)
    result, data = ahead.take(path)
    row = row_of(result, settings.figures)
    if stamp and data is not None:
        state.keep(row, stamp, data)
    return row


def _row(item: Item, linter: Linter, settings: Settings, state: State) -> Row:
    if item.error:
        raise item.error
    stamp = _stamp(item.path)
    known = state.untouched(item.path, stamp) if stamp else None
    if known:
        return known
    data = read_file(item.path)
    row = state.unchanged(item.path, data) or _judged(data, item.path, linter, settings)
    if stamp:
        state.keep(row, stamp, data)
    return row


def _judged(data: bytes, path: str, linter: Linter, settings: Settings) -> Row:
    """The seam for rules that compare reports: they would need the reports of other rows, of which none is kept."""
    try:
        return row_of(linter.check_bytes(data, path), settings.figures)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a fault of govlint's own must not cost the other reports
        return unreadable(failure(path, error))


def _stamp(path: str) -> Stamp | None:
    """Taken before reading: a file that changes meanwhile is read again the next time."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return None
    return Stamp(found.st_size, found.st_mtime_ns)
