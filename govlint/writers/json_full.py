"""``json-full``: one object with the rules in force, every file's outcome and ledger, diagnostics and waivers."""

from __future__ import annotations

from typing import Any

from govlint.model.diagnostic import Result, Run
from govlint.model.waiver import Stale, Waiver
from govlint.writers.json_array import describe
from govlint.writers.json_text import to_json
from govlint.writers.language import Language
from govlint.writers.places import fingerprints

SCHEMA_VERSION = 2


def write(run: Run, language: Language) -> str:
    """The whole run as JSON (see ``govlint schema check-full``)."""
    prints = fingerprints(run)
    whole = {
        "schema_version": SCHEMA_VERSION,
        "govlint_version": run.version,
        "rules": [{"id": rule.id, "hash": rule.hash, "source": source_name(rule.origin)} for rule in run.rules],
        "files": [_file(result, language) for result in run.results],
        "diagnostics": [
            describe(diagnostic, result.report, run, language, prints[id(diagnostic)])
            for result in run.results
            for diagnostic in result.diagnostics
        ],
        "waived": [
            {
                **describe(waived.diagnostic, result.report, run, language, prints[id(waived.diagnostic)]),
                "waiver": _waiver(waived.waiver),
            }
            for result in run.results
            for waived in result.waived
        ],
        "stale_waivers": [_stale(stale) for stale in run.stale],
    }
    return to_json(whole, indent=2) + "\n"


def source_name(origin: str) -> str:
    """A rule file by its last two parts: the same on every machine."""
    return "/".join(origin.replace("\\", "/").split("/")[-2:])


def _file(result: Result, language: Language) -> dict[str, Any]:
    return {
        "path": result.path,
        "outcome": outcome_of(result),
        "error": language.read_error(result.read_error) if result.read_error else None,
        "ledger": [
            {
                "rule": outcome.rule,
                "outcome": outcome.outcome,
                "reason": language.say("not_assessable", outcome.reason, outcome.params) if outcome.reason else None,
            }
            for outcome in result.outcomes
        ],
    }


def outcome_of(result: Result) -> str:
    """``unreadable``, ``failed`` (some rule found something), ``not_assessable`` or ``passed``."""
    if result.read_error:
        return "unreadable"
    outcomes = {outcome.outcome for outcome in result.outcomes}
    return "failed" if "failed" in outcomes else "not_assessable" if "not_assessable" in outcomes else "passed"


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "kind": waiver.kind,
        "path": waiver.path,
        "line": waiver.line,
        "reason": waiver.reason,
        "author": waiver.author,
        "expires": waiver.expires,
    }


def _stale(stale: Stale) -> dict[str, Any]:
    waiver = stale.waiver
    return {
        "rule": waiver.rule,
        "kind": waiver.kind,
        "path": waiver.path,
        "line": waiver.line,
        "report": waiver.report,
        "why": stale.why,
    }
