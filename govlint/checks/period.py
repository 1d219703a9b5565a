"""The statistics period: stated, the calendar year, the year of the title; and data that stop before its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from re import Match

from govlint.chinese import fold, fold_mapped
from govlint.model.document import Slice
from govlint.model.finding import Finding, NotAssessable, Param
from govlint.model.report import Report
from govlint.model.rule import CheckKind, Context, Options
from govlint.model.source import Span
from govlint.patterns import pattern


def check_period(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """A finding when the period is missing, not the calendar year, or another year's than the title's."""
    report = context.report
    period = report.facts.period
    if period is None:
        if options["state"] == "missing" and report.year is not None:
            place = report.facts.title.span if report.facts.title else Span(0, 0)
            yield Finding(report.locate(place), "period")
        else:
            yield NotAssessable("no_period")
        return
    start, _, end = period.value.partition("/")
    year = report.year
    if year is None or options["state"] == "missing":
        return
    whole = f"{year}-01-01/{year}-12-31"
    other_year = start[:4] != str(year)
    wrong = other_year if options["state"] == "other_year" else not other_year and period.value != whole
    if wrong:
        params: dict[str, Param] = {"start": start, "end": end, "year": year, "period_year": start[:4]}
        yield Finding(report.locate(period.span), "period", params, expected=whole, found=period.value)


PERIOD = CheckKind(
    "period",
    check_period,
    {
        "type": "object",
        "required": ["state"],
        "additionalProperties": False,
        "properties": {"state": {"enum": ["missing", "not_calendar_year", "other_year"]}},
    },
    frozenset({"start", "end", "year", "period_year"}),
)


def check_until(context: Context, options: Options) -> Iterator[Finding]:
    """A finding at each “as of” date of the year reported on that lies before its last day.

    The pattern names the parts ``year`` (may be absent), ``month`` and ``day`` (may be absent: the month's end).
    """
    report = context.report
    if report.year is None:
        return
    until = pattern(options["pattern"])
    for piece in report.prose:
        if not until.search(fold(piece.text)):
            continue
        folded, indices = fold_mapped(piece.text)
        for match in until.finditer(folded):
            when = _date(report, match)
            if when is None or when >= date(report.year, 12, 31) or when.year != report.year:
                continue
            start, end = indices[match.start()], indices[match.end() - 1] + 1
            words = piece.text[start:end]
            place = Slice(piece.cell, piece.start + start, piece.start + end).span
            yield Finding(
                report.locate(place), f"words:{match[0]}", {"printed": words, "year": report.year}, found=words
            )


def _date(report: Report, match: Match[str]) -> date | None:
    year = int(match["year"] or report.year or 0)
    month = int(match["month"])
    try:
        if match["day"]:
            return date(year, month, int(match["day"]))
        return date(year, 12, 31) if month == 12 else date(year, month + 1, 1)
    except ValueError:
        return None


UNTIL = CheckKind(
    "until",
    check_until,
    {
        "type": "object",
        "required": ["pattern"],
        "additionalProperties": False,
        "properties": {"pattern": {"type": "string", "format": "regex"}},
    },
    frozenset({"printed", "year"}),
)
