"""The parts of a report that each get a result of their own: its facts, the six sections, the three tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple

from govlint.model.diagnostic import Diagnostic, Result, RuleOutcome
from govlint.model.report import Report
from govlint.model.rule import Rule, Severity
from govlint.model.source import Span
from govlint.writers.language import Language
from govlint.writers.places import section_at

FILE, FACTS = "file", "facts"
"""What is wrong with the file as a whole; title, year, period, dates, and all that stands before section one."""
_SECTION = re.compile(r"section\.(\d+)")
_TABLE = "@table:"
_FACTS_LACKING = frozenset(("no_title", "no_agency", "no_period", "no_date"))

Verdict = Literal["failed", "warned", "not_assessable", "noted", "passed"]
"""By the gravest thing found in a part: an error, a warning, something that could not be judged, a note, nothing."""


class Part(NamedTuple):
    """A part and its result. ``key`` is ``file``, ``facts``, ``section.<number>`` or the id of a table.

    ``found`` counts its diagnostics by severity, ``unjudged`` the rules on this part of the one report that could not
    be judged, ``waived`` what is accepted. ``read`` is False where the part was not found in the report.
    """

    key: str
    label: str
    found: Counter[Severity]
    unjudged: int
    waived: int
    read: bool

    @property
    def verdict(self) -> Verdict:
        if self.found["error"]:
            return "failed"
        if self.found["warning"]:
            return "warned"
        if self.unjudged or not self.read:
            return "not_assessable"
        return "noted" if self.found["info"] else "passed"


def parts_of(result: Result, rules: dict[str, Rule], language: Language) -> list[Part]:
    """The parts of a report in printed order, each table after its section; the file only if it is to blame."""
    report = result.report
    found = Counter((part_of(diagnostic, report), diagnostic.severity) for diagnostic in result.diagnostics)
    waived = Counter(part_of(diagnostic, report) for diagnostic, _ in result.waived)
    unjudged = Counter(
        key
        for outcome in result.outcomes
        if outcome.outcome == "not_assessable" and rules[outcome.rule].scope == "report"
        for key in _unjudged(outcome, rules[outcome.rule])
    )
    every = [
        Part(
            key,
            label,
            Counter({severity: count for (part, severity), count in found.items() if part == key}),
            unjudged[key],
            waived[key],
            read,
        )
        for key, label, read in _every(report, language)
    ]
    return [part for part in every if part.key != FILE or part.found or part.waived]


def part_of(diagnostic: Diagnostic, report: Report | None) -> str:
    """The key of the part that a diagnostic belongs to: by what it is about, else by its place."""
    finding = diagnostic.finding
    if report is None or finding.location.source_id != report.source.id:
        return FILE
    span = finding.location.span
    inside = next((table.form.id for table in report.tables if table.extent and _in(span, table.extent.span)), None)
    if finding.target and (inside or finding.target.row is None):
        return finding.target.table
    named = _SECTION.match(finding.subject)
    if named:
        return FACTS if named[1] == "0" else f"section.{named[1]}"
    if inside:
        return inside
    if span == (0, 0):
        return FILE
    facts = report.facts
    if any(fact and _in(span, fact.span) for fact in (facts.title, facts.period, facts.published, facts.signed)):
        return FACTS
    section = section_at(report, span.start)
    return f"section.{section.form.number}" if section else FACTS


def _every(report: Report | None, language: Language) -> Iterator[tuple[str, str, bool]]:
    """Key and label of each part, and whether it was found; in what is no such report nothing is."""
    yield FILE, language.say("review", "file_part"), True
    if report is None:
        return
    known = report.recognised
    yield FACTS, language.say("review", "facts_part"), known
    for section in report.sections:
        yield f"section.{section.form.number}", section.form.heading, known and section.heading is not None
        for table in report.tables:
            if table.form.section == section.form.number:
                yield table.form.id, language.of(table.form.label), known and table.found


def _unjudged(outcome: RuleOutcome, rule: Rule) -> Iterator[str]:
    """The part that a rule could not be judged in: by the reason, else by its options; none if it is not one part."""
    if outcome.reason in _FACTS_LACKING:
        yield FACTS
        return
    named = outcome.params.get("table", rule.options.get("table"))
    if isinstance(named, str):
        yield named.removeprefix(_TABLE)
    elif isinstance(rule.options.get("section"), int):
        yield f"section.{rule.options['section']}"


def _in(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start <= outer.end and inner.end <= max(outer.end, inner.start)
