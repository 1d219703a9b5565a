"""``gitlab``: GitLab's Code Quality report."""

from __future__ import annotations

from typing import Any

from govlint.model.diagnostic import Diagnostic, Result, Run
from govlint.model.rule import Severity
from govlint.model.waiver import Stale
from govlint.writers.identity import identities, identity
from govlint.writers.json_text import to_json
from govlint.writers.language import Language
from govlint.writers.places import escape_controls
from govlint.writers.sentences import one_line
from govlint.writers.uris import relative_path

_SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}
_UNREADABLE = "blocker"
"""Graver than any error: nobody knows what the file hides."""


def write(run: Run, language: Language) -> str:
    """An array with the diagnostics, the inputs that could not be read, and the waivers that did nothing.

    GitLab reads it up to the first entry that is not valid, and of entries with one fingerprint only the last. What is
    waived is left out: the format has no word for it.
    """
    prints = identities(run)
    seen: dict[tuple[str, ...], int] = {}
    entries = []
    for result in run.results:
        path = relative_path(result.path, run.root)
        if result.read_error:
            text = language.say("platform", "unread", {"path": path, "reason": language.read_error(result.read_error)})
            entries.append(_entry(text, "unreadable", identity(seen, "unreadable", path), _UNREADABLE, path, 1))
        entries += (_found(diagnostic, result, language, prints, path) for diagnostic in result.diagnostics)
    entries += (_stale(stale, run, language, seen) for stale in run.stale)
    return to_json(entries, indent=2) + "\n"


def _found(
    diagnostic: Diagnostic, result: Result, language: Language, prints: dict[int, str], path: str
) -> dict[str, Any]:
    rule = diagnostic.rule
    line, _ = diagnostic.source.position(diagnostic.finding.location.span.start)
    text = f"{rule.id} {one_line(diagnostic, result.report, language)}"
    return _entry(text, rule.id, prints[id(diagnostic)], _SEVERITIES[rule.severity], path, line)


def _stale(stale: Stale, run: Run, language: Language, seen: dict[tuple[str, ...], int]) -> dict[str, Any]:
    waiver = stale.waiver
    path = relative_path(waiver.path, run.root)
    mark = identity(seen, "stale", path, stale.why, waiver.rule, waiver.report, waiver.subject or "")
    text = language.say("stale", stale.why, waiver._asdict())
    return _entry(text, "stale-waiver", mark, "minor", path, waiver.line)


def _entry(text: str, check: str, fingerprint: str, severity: str, path: str, line: int) -> dict[str, Any]:
    """One entry. ``lines.begin`` rather than ``positions``: every version of GitLab reads it, none shows columns."""
    return {
        "description": escape_controls(text),
        "check_name": check,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": escape_controls(path), "lines": {"begin": line}},
    }
