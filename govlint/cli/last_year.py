"""Last year's report, from which ``govlint new`` takes numbers, and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass

import click

from govlint.blank.carrying import Carried, carry, make_correspondences
from govlint.chinese import fold
from govlint.cli.output import say, unread
from govlint.linter import Linter
from govlint.model.edition import Edition
from govlint.writers.language import Language


@dataclass(frozen=True)
class LastYear:
    """The report as a file: whose it is, on which year, and what of it goes into the new one."""

    path: str
    agency: str | None
    year: int
    carried: Carried

    def say(self, agency: str, language: Language) -> None:
        """Tell what was taken over for an agency, what was not, and why."""
        params = {"path": self.path, "year": self.year, "agency": self.agency}
        if self.agency is not None and fold(self.agency) != fold(agency):
            say(language.say("new", "other_agency", {**params, "asked": agency}))
        count = len(self.carried.known.numbers)
        say(language.say("new", "carried" if count else "carried_none", {**params, "count": count}))
        if self.carried.noted:
            say(language.say("new", "noted", {**params, "count": self.carried.noted}))
        for reason, count in self.carried.left.items():
            say(language.say("new", reason, {**params, "count": count}))


def read_last_year(linter: Linter, path: str, year: int, edition: Edition, language: Language) -> LastYear:
    """The report on the year before ``year``. Raises click.ClickException for a file that is none such."""
    result = linter.check_path(path)
    if result.read_error:
        raise click.ClickException(unread(result.read_error, path, language))
    report = result.report
    if report is None or not report.recognised:
        raise click.ClickException(language.say("new", "no_report", {"path": path}))
    wanted = {"path": path, "wanted": year - 1, "found": report.year}
    if report.year != year - 1:
        raise click.ClickException(language.say("new", "no_year" if report.year is None else "wrong_year", wanted))
    correspondences = make_correspondences(linter.data("blank/carry.yaml")["cells"])
    agency = report.facts.agency.value if report.facts.agency else None
    return LastYear(path, agency, report.year, carry(edition, report, result.diagnostics, correspondences))
