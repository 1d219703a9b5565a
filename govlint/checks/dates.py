"""The dates of publication and signing against the deadline and the period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from govlint.model.finding import Finding, NotAssessable
from govlint.model.report import Fact, Report
from govlint.model.rule import CheckKind, Context, Options


def _dated(report: Report) -> list[tuple[date, Fact]]:
    facts = [fact for fact in (report.facts.published, report.facts.signed) if fact]
    return sorted(((date.fromisoformat(fact.value), fact) for fact in facts), key=lambda entry: entry[0])


def check_deadline(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """Late only if the earliest of publication and signing is after the deadline of the unit's type."""
    report = context.report
    dates = _dated(report)
    if report.year is None or not dates:
        yield NotAssessable("no_date")
        return
    deadline = options["by"].get(report.facts.unit_type or "")
    if deadline is None:
        yield NotAssessable("no_deadline")
        return
    month, day = map(int, deadline.split("-"))
    due = date(report.year + 1, month, day)
    when, fact = dates[0]
    if when > due:
        yield Finding(
            report.locate(fact.span),
            "date",
            {"date": when.isoformat(), "deadline": due.isoformat(), "days": (when - due).days},
            expected=due.isoformat(),
            found=when.isoformat(),
        )


DEADLINE = CheckKind(
    "deadline",
    check_deadline,
    {
        "type": "object",
        "required": ["by"],
        "additionalProperties": False,
        "properties": {
            "by": {
                "type": "object",
                "propertyNames": {"enum": ["department", "office", "government", "township"]},
                "additionalProperties": {"type": "string", "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"},
            }
        },
    },
    frozenset({"date", "deadline", "days"}),
)


def check_early(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """A report dated before the year that it reports on has ended."""
    report = context.report
    dates = _dated(report)
    if report.year is None or not dates:
        yield NotAssessable("no_date")
        return
    when, fact = dates[-1]
    if when <= date(report.year, 12, 30):
        yield Finding(
            report.locate(fact.span), "date", {"date": when.isoformat(), "year": report.year}, found=when.isoformat()
        )


EARLY = CheckKind(
    "published_early",
    check_early,
    {"type": "object", "additionalProperties": False},
    frozenset({"date", "year"}),
)
