"""``json``: a bare array of diagnostics, valid whatever happened."""

from __future__ import annotations

from typing import Any

from govlint.model.diagnostic import Diagnostic, Run
from govlint.model.report import CellAddress, Report
from govlint.model.source import Location, Source
from govlint.writers.json_text import to_json
from govlint.writers.language import Language
from govlint.writers.places import fingerprints, where


def write(run: Run, language: Language) -> str:
    """The diagnostics of a run as JSON (see ``govlint schema check``)."""
    prints = fingerprints(run)
    entries = [
        describe(diagnostic, result.report, run, language, prints[id(diagnostic)])
        for result in run.results
        for diagnostic in result.diagnostics
    ]
    return to_json(entries, indent=2) + "\n"


def describe(
    diagnostic: Diagnostic, report: Report | None, run: Run, language: Language, fingerprint: str
) -> dict[str, Any]:
    """One diagnostic as plain data."""
    rule, finding = diagnostic.rule, diagnostic.finding
    return {
        "rule": rule.id,
        "name": rule.name,
        "severity": rule.severity,
        "message": language.message(diagnostic),
        "path": diagnostic.source.path,
        **_range(diagnostic.source, finding.location),
        "where": where(diagnostic, report, language),
        "cell": _cell(finding.target.address if finding.target else None),
        "expected": finding.expected,
        "found": finding.found,
        "related": [
            {
                "message": language.related(related),
                "path": _source(run, related.location, diagnostic.source).path,
                **_range(_source(run, related.location, diagnostic.source), related.location),
                "cell": _cell(related.cell),
            }
            for related in finding.related
        ],
        "basis": [dict(entry) for entry in rule.basis],
        "help": language.of(rule.why),
        "fix": language.of(rule.fix) or None,
        "fingerprint": fingerprint,
    }


def _source(run: Run, location: Location, default: Source) -> Source:
    return run.sources.get(location.source_id, default)


def _range(source: Source, location: Location) -> dict[str, int]:
    start, end = source.position(location.span.start), source.position(location.span.end)
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}


def _cell(address: CellAddress | None) -> dict[str, str] | None:
    return dict(address._asdict()) if address else None
