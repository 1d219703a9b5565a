"""The reports of a run that can be told apart: by agency, year and folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from govlint.chinese import fold, is_place
from govlint.model.diagnostic import Result
from govlint.model.report import Report


class Filed(NamedTuple):
    """A report: its number among the results, its path, its agency's name as names are compared (or none), its year."""

    number: int
    path: Path
    report: Report
    agency: str
    year: int

    @property
    def is_government(self) -> bool:
        return self.report.facts.unit_type == "government"


def file_reports(results: Sequence[Result]) -> list[Filed]:
    """The reports whose year is known, in the order of the inputs."""
    filed = []
    for number, result in enumerate(results):
        report = result.report
        if report and report.recognised and report.year is not None:
            agency = fold(report.facts.agency.value) if report.facts.agency else ""
            filed.append(Filed(number, Path(result.path).absolute(), report, agency, report.year))
    return filed


def extends(longer: str, shorter: str) -> bool:
    """Whether one name is the other with the name of a place before it, in whole or in part."""
    head = longer.removesuffix(shorter)
    return len(shorter) > 2 and head not in ("", longer) and (is_place(head) or is_place(shorter[0]))


def agreed(reports: Sequence[Filed]) -> Filed | None:
    """The one report among several files of one agency and year, if all have the same number in every cell."""
    first = min(reports, key=lambda each: each.path)
    numbers = _numbers(first.report)
    return first if all(_numbers(each.report) == numbers for each in reports if each is not first) else None


def _numbers(report: Report) -> dict[object, object]:
    return {cell.address: cell.number for table in report.tables for cell in table.cells}
