"""What a person who answers for a report reads of it, in words: facts, diagnostics, waivers, what was not judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govlint.model.diagnostic import Diagnostic, Result, Run
from govlint.model.report import Report
from govlint.model.rule import Rule
from govlint.model.source import Location, Source
from govlint.model.waiver import Stale, Waiver
from govlint.writers.language import Language
from govlint.writers.places import count_severities, where

_PRACTICE = "practice"


class Pair(NamedTuple):
    """A name and what it is for this report, both in words."""

    name: str
    text: str


class Aside(NamedTuple):
    """A further place of a diagnostic: what is there, and where in words."""

    text: str
    place: str
    location: Location


class Told(NamedTuple):
    """A diagnostic in words. ``found`` is what is printed there, ``expected`` what should be."""

    message: str
    place: str
    found: str | None
    expected: str | None
    related: tuple[Aside, ...]
    basis: str
    why: str
    fix: str


def facts_of(result: Result, run: Run, language: Language) -> Iterator[Pair]:
    """What the report says of itself, and how many rules judged it with what result. What is not found is said so."""
    report = result.report
    if report:
        facts = report.facts
        unknown = language.say("review", "not_found")
        unit = facts.agency.value if facts.agency else unknown
        if facts.unit_type:
            unit += language.say("review", "in_brackets", {"text": language.say("unit_type", facts.unit_type)})
        yield _pair("unit", unit, language)
        yield _pair("year", facts.year.value if facts.year else unknown, language)
        yield _pair("edition", edition_words(report, language) or unknown, language)
        yield _pair("report_title", facts.title.value if facts.title else unknown, language)
        yield _pair("published", facts.published.value if facts.published else unknown, language)
        if facts.signed:
            yield _pair("signed", facts.signed.value, language)
    yield _pair("result", language.say("review", "counts", count_severities(result.diagnostics)), language)
    judged = sum(1 for outcome in result.outcomes if outcome.outcome != "not_applicable")
    yield _pair("rules", language.say("review", "judged", {"count": judged, "version": run.version}), language)


def edition_words(report: Report, language: Language) -> str | None:
    """The form that the year demands: its years and the document that prescribes it."""
    due = report.due
    if due is None:
        return None
    years = f"{due.first}–{due.last}" if due.last else language.say("rule", "from_year", {"year": due.first})
    document = language.say("review", "joint").join(entry["document"] for entry in due.basis)
    return years + (language.say("review", "in_brackets", {"text": document}) if document else "")


def tell(diagnostic: Diagnostic, result: Result, run: Run, language: Language) -> Told:
    """A diagnostic of a result in words."""
    rule, finding = diagnostic.rule, diagnostic.finding
    return Told(
        language.message(diagnostic),
        place_words(diagnostic, result, language),
        finding.found,
        finding.expected,
        tuple(
            Aside(language.related(related), _position(related.location, diagnostic, run, language), related.location)
            for related in finding.related
        ),
        basis_words(rule, result.report, language),
        language.of(rule.why),
        language.of(rule.fix),
    )


def place_words(diagnostic: Diagnostic, result: Result, language: Language) -> str:
    """Where a diagnostic stands: labels, the place in the file, and the line of its text if the file has no lines."""
    span = diagnostic.finding.location.span
    if diagnostic.finding.subject == "document" or span == (0, 0):
        return language.say("review", "whole_file")
    words = where(diagnostic, result.report, language)
    line = _line(diagnostic.source, span.start, language)
    if words is None:
        return line
    return words + language.say("review", "in_text", {"line": line}) if diagnostic.source.places else words


def basis_words(rule: Rule, report: Report | None, language: Language) -> str:
    """The documents and clauses that a rule rests on; custom is called so.

    Of documents that prescribe forms only those on the form that the report's year demands, if there are any.
    """
    due = report.due if report else None
    forms = {entry["document"]: edition for edition in report.editions for entry in edition.basis} if report else {}
    fitting = [entry for entry in rule.basis if due is None or forms.get(entry["document"], due) == due]
    return language.say("review", "joint").join(
        language.say("review", "practice") if entry["document"] == _PRACTICE else " ".join(entry.values())
        for entry in fitting or rule.basis
    )


def unjudged(result: Result, run: Run, language: Language) -> dict[str, list[Rule]]:
    """The rules that could not be judged, by the reason, in words."""
    rules = {rule.id: rule for rule in run.rules}
    found: dict[str, list[Rule]] = {}
    for outcome in result.outcomes:
        if outcome.outcome == "not_assessable" and outcome.reason:
            reason = language.say("not_assessable", outcome.reason, outcome.params)
            found.setdefault(reason, []).append(rules[outcome.rule])
    return found


def waiver_facts(waiver: Waiver, language: Language) -> Iterator[Pair]:
    """Why something is accepted, by whom, until when, and where that is written."""
    yield _pair("reason", waiver.reason or language.say("review", "no_reason"), language)
    if waiver.author:
        yield _pair("author", waiver.author, language)
    yield _pair("expires", waiver.expires or language.say("review", "unlimited"), language)
    yield _pair("written", f"{waiver.path}:{waiver.line}", language)


STALE = ("written", "rule", "file", "state", "reason")
"""What is told of a waiver that did nothing."""


def stale_facts(stale: Stale, language: Language) -> dict[str, str]:
    """What is told of a waiver that did nothing, in words, by the names in ``STALE``."""
    waiver, why = stale
    return {
        "written": f"{waiver.path}:{waiver.line}",
        "rule": waiver.rule,
        "file": waiver.report,
        "state": language.say("review", f"stale_{why}", {"expires": waiver.expires}),
        "reason": waiver.reason,
    }


def _pair(name: str, text: str, language: Language) -> Pair:
    return Pair(language.say("review", name), text)


def _position(location: Location, diagnostic: Diagnostic, run: Run, language: Language) -> str:
    """Line and column of a further place, with the path where it is in another file."""
    source = run.sources.get(location.source_id, diagnostic.source)
    line = _line(source, location.span.start, language)
    return line if source.id == diagnostic.source.id else f"{source.path} {line}"


def _line(source: Source, offset: int, language: Language) -> str:
    position = source.position(offset)
    return language.say("review", "line", {"line": position.line, "column": position.column})
