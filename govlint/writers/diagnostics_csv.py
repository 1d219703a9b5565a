"""``csv``: one diagnostic a row, for people who work through them in Excel or WPS."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.model.diagnostic import Diagnostic, Result, Run
from govlint.model.report import Report
from govlint.model.waiver import Stale, Waiver
from govlint.writers.csv_text import write_rows
from govlint.writers.language import Language
from govlint.writers.places import escape_controls, fingerprints, where
from govlint.writers.review import basis_words

COLUMNS = (
    "path agency year status severity rule title place message expected found fix basis reason author expires "
    "line column fingerprint"
).split()


def write(run: Run, language: Language) -> str:
    """A header and a row for each diagnostic, in reading order, waived ones among the others; see ``status``.

    An input that could not be read has a row of its own, which says why; so has a waiver that did nothing. Headings and
    words are in the language.
    """
    prints = fingerprints(run)
    rows = [row for result in run.results for row in _rows(result, prints, language)]
    rows += (_stale(stale, language) for stale in run.stale)
    heads = [language.say("listing", name) for name in COLUMNS]
    return write_rows([heads, *([_flat(row.get(name, "")) for name in COLUMNS] for row in rows)])


def _flat(value: object) -> object:
    """Text on one line: a row is a line of the file, for programs that split it there."""
    return " ".join(value.splitlines()) if isinstance(value, str) else value


def _rows(result: Result, prints: dict[int, str], language: Language) -> Iterator[dict[str, object]]:
    if result.read_error:
        status, message = language.say("listing", "unreadable"), language.read_error(result.read_error)
        yield {"path": escape_controls(result.path), "status": status, "message": message}
        return
    report = result.report
    head = {
        "path": escape_controls(result.path),
        "agency": report.facts.agency.value if report and report.facts.agency else "",
        "year": report.year if report and report.year is not None else "",
    }
    every: list[tuple[Diagnostic, Waiver | None]] = [(diagnostic, None) for diagnostic in result.diagnostics]
    every += result.waived
    for diagnostic, waiver in sorted(every, key=lambda entry: entry[0].order):
        known = {"place": where(diagnostic, report, language) or "", "fingerprint": prints[id(diagnostic)]}
        yield {**head, **known, **_found(diagnostic, report, language), **_handled(waiver, language)}


def _found(diagnostic: Diagnostic, report: Report | None, language: Language) -> dict[str, object]:
    rule, finding = diagnostic.rule, diagnostic.finding
    line, column = diagnostic.source.position(finding.location.span.start)
    return {
        "line": line,
        "column": column,
        "severity": language.say("severity", rule.severity),
        "rule": rule.id,
        "title": language.of(rule.title),
        "message": language.message(diagnostic),
        "expected": finding.expected or "",
        "found": finding.found or "",
        "basis": basis_words(rule, report, language),
        "fix": language.of(rule.fix),
    }


def _handled(waiver: Waiver | None, language: Language) -> dict[str, object]:
    """Whether somebody has accepted it; who, why, and until when."""
    if waiver is None:
        return {"status": language.say("listing", "open")}
    return {"status": language.say("listing", "waived"), **_waiver(waiver)}


def _stale(stale: Stale, language: Language) -> dict[str, object]:
    waiver = stale.waiver
    return {
        "path": escape_controls(waiver.path),
        "line": waiver.line,
        "status": language.say("platform", "stale_title"),
        "rule": waiver.rule,
        "message": language.say("stale", stale.why, waiver._asdict()),
        **_waiver(waiver),
    }


def _waiver(waiver: Waiver) -> dict[str, object]:
    return {"reason": waiver.reason, "author": waiver.author or "", "expires": waiver.expires or ""}
