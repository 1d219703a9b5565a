"""One file of a survey, or one unit without a file, as a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath
from typing import Literal

from govlint.model.diagnostic import Result
from govlint.model.errors import ReadError
from govlint.survey.settings import KeyFigure
from govlint.writers.places import count_severities

RowOutcome = Literal["read", "unreadable", "missing"]
"""Whether a report was read, could not be read, or was not there for a unit of the list."""


@dataclass(frozen=True)
class Row:
    """What a survey keeps of a report; the report itself is let go.

    ``unit`` is the agency as the report says, else the file's name; ``named`` tells which. ``listed`` is its name
    in the list of units, None when the list lacks it or there is no list. ``reason`` and ``params`` say why a file
    could not be read, as in ReadError. ``rules`` counts findings by rule, ``figures`` holds those that are known.
    ``published`` is an ISO date.
    """

    path: str
    outcome: RowOutcome
    unit: str
    named: bool = False
    listed: str | None = None
    unit_type: str | None = None
    year: int | None = None
    edition: str | None = None
    published: str | None = None
    reason: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    rules: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def read_error(self) -> ReadError | None:
        return ReadError(self.path, self.reason, self.params) if self.reason else None


def row_of(result: Result, figures: Sequence[KeyFigure]) -> Row:
    """The row of a file that was judged, or could not be read."""
    if result.read_error or result.report is None:
        return unreadable(result.read_error or ReadError(result.path, "empty"))
    report, facts = result.report, result.report.facts
    counts = count_severities(result.diagnostics)
    known = {figure.id: figure.of(report) for figure in figures}
    return Row(
        path=result.path,
        outcome="read",
        unit=facts.agency.value if facts.agency else file_name(result.path),
        named=facts.agency is not None,
        unit_type=facts.unit_type,
        year=report.year,
        edition=report.due.id if report.due else None,
        published=facts.published.value if facts.published else None,
        errors=counts["error"],
        warnings=counts["warning"],
        infos=counts["info"],
        rules=dict(sorted(Counter(diagnostic.rule.id for diagnostic in result.diagnostics).items())),
        figures={name: value for name, value in known.items() if value is not None},
    )


def unreadable(error: ReadError) -> Row:
    """The row of a file that could not be read."""
    return Row(error.path, "unreadable", file_name(error.path), reason=error.reason, params=dict(error.params))


def file_name(path: str) -> str:
    """What stands for a unit that is not named: the file's name without its suffix."""
    return PurePath(path).stem or path
