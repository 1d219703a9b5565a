"""``sarif``: SARIF 2.1.0 with all that GitHub code scanning asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from govlint.model.diagnostic import Run
from govlint.model.rule import SEVERITIES
from govlint.writers.identity import identities
from govlint.writers.json_text import to_json
from govlint.writers.language import Language
from govlint.writers.places import fingerprints
from govlint.writers.sarif_places import Json, Scene, file_location, plain, scene_of
from govlint.writers.sarif_results import result_of
from govlint.writers.sarif_rules import LEVELS, rule_descriptor

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
"""GitHub refuses a run with more results."""
READABLE = 1_000
"""A log with more results is for programs only, and goes on one line: it is half as large and sooner written."""
_SEMANTIC = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")
_TOO_SLOW = "too_slow"
"""Why a rule could not be judged where that is a failure of the run."""
_LOCALES = {"zh": "zh-CN", "en": "en-US"}
_GRAVITY = {LEVELS[severity]: number for number, severity in enumerate(SEVERITIES)}


def write(run: Run, language: Language) -> str:
    """The run as a SARIF log: all rules in force, all diagnostics, waived ones as suppressed results.

    What could not be read and waivers that did nothing are notifications of the invocation.
    """
    scene = scene_of(run, language)
    results, left_out = _gravest(list(_results(scene)))
    locale = _LOCALES.get(language.code, language.code)
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(run, language, locale)},
                "language": locale,
                "columnKind": "utf16CodeUnits",
                "invocations": [_invocation(left_out, scene)],
                "results": results,
            }
        ],
    }
    return to_json(log, indent=2 if len(results) <= READABLE else None) + "\n"


def _driver(run: Run, language: Language, locale: str) -> Json:
    semantic = {"semanticVersion": run.version} if _SEMANTIC.fullmatch(run.version) else {}
    rules = [rule_descriptor(rule, language) for rule in run.rules]
    name = {"name": "govlint", "fullName": f"govlint {run.version}", "version": run.version}
    return {**name, **semantic, "language": locale, "rules": rules}


def _results(scene: Scene) -> Iterator[Json]:
    """The results in the order of the inputs and of each file, waived ones among the others."""
    rules = {rule.id: number for number, rule in enumerate(scene.run.rules)}
    prints, unique = fingerprints(scene.run), identities(scene.run)
    for result in scene.run.results:
        every = [*((diagnostic, None) for diagnostic in result.diagnostics), *result.waived]
        for diagnostic, waiver in sorted(every, key=lambda entry: entry[0].order):
            both = unique[id(diagnostic)], prints[id(diagnostic)]
            yield result_of(diagnostic, waiver, result, rules[diagnostic.rule.id], both, scene)


def _gravest(results: list[Json]) -> tuple[list[Json], int]:
    """As many results as GitHub takes, in their order, and how many are left out: waived and slight ones first."""
    order = sorted(range(len(results)), key=lambda number: _gravity(results[number]))
    kept = [results[number] for number in sorted(order[:MOST_RESULTS])]
    return kept, len(results) - len(kept)


def _gravity(result: Json) -> tuple[bool, int]:
    return bool(result.get("suppressions")), _GRAVITY[result["level"]]


def _invocation(left_out: int, scene: Scene) -> Json:
    """How the run went: what of it failed or is worth a word."""
    failures, words = list(_failures(scene)), list(_warnings(left_out, scene))
    invocation: Json = {"executionSuccessful": not failures}
    if failures or words:
        invocation["toolExecutionNotifications"] = failures + words
    return invocation


def _failures(scene: Scene) -> Iterator[Json]:
    for result in scene.run.results:
        if result.read_error:
            text = scene.language.say(
                "platform", "unread", {"path": result.path, "reason": scene.language.read_error(result.read_error)}
            )
            yield _notification("unreadable", "error", text, file_location(result.path, scene))
    slow = Counter(o.rule for result in scene.run.results for o in result.outcomes if o.reason == _TOO_SLOW)
    for name, count in sorted(slow.items()):
        text = scene.language.say("cli", "slow_rule", {"name": name, "count": count})
        yield _notification("rule-too-slow", "error", text)


def _warnings(left_out: int, scene: Scene) -> Iterator[Json]:
    for stale in scene.run.stale:
        text = scene.language.say("stale", stale.why, stale.waiver._asdict())
        yield _notification("stale-waiver", "warning", text, file_location(stale.waiver.path, scene, stale.waiver.line))
    if left_out:
        text = scene.language.say("platform", "left_out", {"count": left_out, "limit": MOST_RESULTS})
        yield _notification("results-left-out", "warning", text)


def _notification(name: str, level: str, text: str, location: Json | None = None) -> Json:
    notification: Json = {"descriptor": {"id": name}, "level": level, "message": {"text": plain(text)}}
    return {**notification, "locations": [location]} if location else notification
