"""Diagnostics as SARIF results; those that a waiver accepts are suppressed ones."""

from __future__ import annotations

from collections.abc import Sequence

from govlint.model.diagnostic import Diagnostic, Result
from govlint.model.source import Span
from govlint.model.waiver import Waiver
from govlint.writers.places import escape_controls
from govlint.writers.sarif_places import (
    Json,
    Scene,
    file_location,
    link,
    plain,
    primary_location,
    region,
    related_location,
)
from govlint.writers.sarif_rules import LEVELS
from govlint.writers.sentences import one_line
from govlint.writers.suggested import suggested

_RELATED = 999
"""So many related places; GitHub refuses results with more than 1,000 places."""
_LINKS = 20
"""So many of them are links in the message: GitHub shows only those, and more would bury the message."""


def result_of(
    diagnostic: Diagnostic, waiver: Waiver | None, result: Result, rule: int, prints: tuple[str, str], scene: Scene
) -> Json:
    """One diagnostic; ``rule`` is the index of its rule.

    ``prints`` are its fingerprint among all of the run, and that which the other outputs give.
    """
    related = diagnostic.finding.related[:_RELATED]
    places = [related_location(n, place, diagnostic.source, scene) for n, place in enumerate(related, 1)]
    described = {
        "ruleId": diagnostic.rule.id,
        "ruleIndex": rule,
        "level": LEVELS[diagnostic.severity],
        "message": {"text": _message(diagnostic, result, scene)},
        "locations": [primary_location(diagnostic, result, scene)],
        **({"relatedLocations": places} if places else {}),
        "partialFingerprints": {"primaryLocationLineHash": f"{prints[0]}:1", "govlint/v1": prints[1]},
    }
    edits = suggested(diagnostic)
    if edits:
        described["fixes"] = [_fix(diagnostic, edits, scene)]
    if scene.waived:  # SARIF wants it of all results of a run or of none.
        described["suppressions"] = [_suppression(waiver, scene)] if waiver else []
    return described


def _fix(diagnostic: Diagnostic, edits: Sequence[tuple[Span, str]], scene: Scene) -> Json:
    source = diagnostic.source
    replacements = [
        {"deletedRegion": region(source, span), **({"insertedContent": {"text": text}} if text else {})}
        for span, text in edits
    ]
    place = file_location(source.path, scene)["physicalLocation"]["artifactLocation"]
    return {
        "description": {"text": plain(scene.language.of(diagnostic.rule.fix))},
        "artifactChanges": [{"artifactLocation": place, "replacements": replacements}],
    }


def _message(diagnostic: Diagnostic, result: Result, scene: Scene) -> str:
    """What is wrong, and in a second paragraph the related places as links."""
    language = scene.language
    text = plain(one_line(diagnostic, result.report, language))
    related = diagnostic.finding.related
    if not related:
        return text
    links = [link(language.related(place), number) for number, place in enumerate(related[:_LINKS], 1)]
    if len(related) > _LINKS:
        links.append(language.say("platform", "more", {"count": len(related) - _LINKS}))
    joint = language.say("platform", "joint")
    return f"{text}\n{language.say('platform', 'related')}{joint.join(links)}"


def _suppression(waiver: Waiver, scene: Scene) -> Json:
    """A waiver: why, by whom, until when, and where it stands."""
    language = scene.language
    why = waiver.reason
    if waiver.author:
        why += language.say("platform", "author", {"author": waiver.author})
    if waiver.expires:
        why += language.say("platform", "expires", {"expires": waiver.expires})
    return {
        "kind": "inSource" if waiver.kind == "inline" else "external",
        "status": "accepted",
        "justification": escape_controls(why),
        "location": file_location(waiver.path, scene, waiver.line),
    }
