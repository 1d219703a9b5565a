"""Entries for a file of waivers, made of diagnostics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from govlint.model.diagnostic import Diagnostic
from govlint.waivers.key import plain, seen_of, subject_of

LONGEST = 200
"""Longer words are no help to a reader of the file: a message is cut, what was found is left to its digest."""

Entry = Mapping[str, Any]
"""An entry as it stands in the file; its keys are those of the schema, in their order."""


class Said(NamedTuple):
    """What goes with all entries that are made at once; ``expires`` is an ISO date."""

    reason: str
    author: str | None = None
    expires: str | None = None


def make_entries(
    chosen: Iterable[tuple[str, Diagnostic]], said: Said, message: Callable[[Diagnostic], str]
) -> list[Entry]:
    """An entry for each diagnostic, those that are equal in one; with each the path of its report as it is written."""
    first: dict[tuple[str, ...], tuple[str, Diagnostic]] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for path, diagnostic in chosen:
        finding = diagnostic.finding
        key = (path, diagnostic.rule.id, subject_of(finding), seen_of(finding))
        first.setdefault(key, (path, diagnostic))
        times[key] += 1
    return [_entry(*first[key], times[key], said, message) for key in first]


def _entry(path: str, diagnostic: Diagnostic, times: int, said: Said, message: Callable[[Diagnostic], str]) -> Entry:
    finding = diagnostic.finding
    found = plain(finding.found) if finding.found is not None else None
    whole = {
        "rule": diagnostic.rule.id,
        "path": path,
        "subject": subject_of(finding),
        "found": found if found is not None and len(found) <= LONGEST else None,
        "seen": seen_of(finding),
        "times": times if times > 1 else None,
        "reason": said.reason,
        "author": said.author,
        "expires": said.expires,
        "message": _cut(" ".join(message(diagnostic).split())),
    }
    return {key: value for key, value in whole.items() if value is not None}


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
