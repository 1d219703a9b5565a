"""A file → its lines of results and its tally, made where the file is read, so that nothing else need be sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from govlint.batch.pool import Answer
from govlint.linter import Linter, surviving
from govlint.model.diagnostic import Result
from govlint.model.errors import ReadError
from govlint.survey.outputs.plain import write_jsonl
from govlint.survey.rows import row_of, unreadable
from govlint.survey.settings import Settings
from govlint.survey.totals import Survey
from govlint.version import __version__
from govlint.writers.json_text import to_json
from govlint.writers.jsonl import write
from govlint.writers.language import Language
from govlint.writers.parsed import describe
from govlint.writers.places import count_severities

COUNTS = ("read", "unread", "error", "warning", "info", "not_assessable", "stale")
"""What is counted of files: how many were read or not, diagnostics by severity, rules not judged, idle waivers."""
Say = Callable[[Linter, Result, Language], str]
"""The lines of a result, JSON each; none or more."""


class Unread(NamedTuple):
    """A file that could not be read, and why, as in ReadError."""

    path: str
    reason: str
    params: Mapping[str, object]


class Rendered(NamedTuple):
    """The lines of a file, JSON each, and what is counted of it; ``unread`` if it could not be read."""

    lines: bytes
    counts: Mapping[str, int]
    unread: Unread | None = None


@dataclass(frozen=True)
class Rendering:
    """What is done with a file, by its path; to be given to workers of any kind, which bring back ``rendered``."""

    linter: Linter
    language: Language
    say: Say

    def __call__(self, path: str) -> tuple[bytes, bytes]:
        result = surviving(path, partial(self.linter.check_path, path))
        return self._rendered(result)

    def rendered(self, answer: Answer, path: str) -> Rendered:
        """What a worker said of a file, or why it could not."""
        lines, tally = self._rendered(Result(path, read_error=answer)) if isinstance(answer, ReadError) else answer
        counts, unread = json.loads(tally)
        return Rendered(lines, counts, Unread(*unread) if unread else None)

    def _rendered(self, result: Result) -> tuple[bytes, bytes]:
        run = self.linter.run([result])
        error = result.read_error
        counts = {
            "read": int(result.report is not None),
            "unread": int(error is not None),
            **count_severities(result.diagnostics),
            "not_assessable": sum(outcome.outcome == "not_assessable" for outcome in result.outcomes),
            "stale": len(run.stale),
        }
        unread = (result.path, error.reason, dict(error.params)) if error else None
        lines = self.say(self.linter, result, self.language)
        return lines.encode("utf-8", "backslashreplace"), json.dumps((counts, unread), default=str).encode()


def diagnostics(linter: Linter, result: Result, language: Language) -> str:
    """The diagnostics of a result, as ``check --output-format jsonl`` prints them."""
    return write(linter.run([result]), language)


def report(linter: Linter, result: Result, language: Language) -> str:
    """The report, an object like that of ``parse``; nothing for what could not be read."""
    return to_json(describe(result.report, language)) + "\n" if result.report else ""


@dataclass(frozen=True)
class RowSay:
    """The row of a result, as ``survey --output-format jsonl`` prints it."""

    settings: Settings

    def __call__(self, linter: Linter, result: Result, language: Language) -> str:
        error = result.read_error
        row = unreadable(error) if error else row_of(result, self.settings.figures)
        return write_jsonl(Survey([row], linter.rules, self.settings, False, __version__), language).decode()
