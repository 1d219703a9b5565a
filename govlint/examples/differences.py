"""What an example should have done and what it did, for a person who writes rules."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from govlint.examples.excerpts import around
from govlint.examples.placenames import part_words
from govlint.examples.running import Failure, Ran
from govlint.linter import Linter
from govlint.model.diagnostic import Diagnostic
from govlint.model.source import Span
from govlint.writers.language import Language
from govlint.writers.places import escape_controls

_SHOWN = 3
"""So many places where a rule fired are shown; the rest are counted."""
_EDIT = 120
_WORDS = 40
"""So much of an edit and of a text of the report is quoted."""


def difference(failure: Failure, linter: Linter, language: Language) -> list[str]:
    """The lines that tell of an example that did not come out as it says, ready to be printed."""
    rule, ran = failure.rule, failure.ran
    what = language.say("test", failure.what, {"reason": failure.reason})
    lines = [escape_controls(f"{rule.origin}:{failure.example.line}: {rule.id} {what}")]
    fields = [("changed", ", ".join(rule.changed_by))] if rule.changed_by else []
    fields.append(("edited", described(failure.example.edit)))
    if ran is not None:
        fields.append(("expected", _expected(failure, ran, linter, language)))
        fields += [("happened", text) for text in _happened(ran, language)]
    words = language.words["test"]
    lines += ["    " + escape_controls(words["field"].format(name=words[name], text=text)) for name, text in fields]
    if ran is not None:
        lines += [f"    {line}" for line in _excerpts(failure, ran)]
    return lines


def described(edit: Mapping[str, Any]) -> str:
    """An edit in one line, as in the rule's file."""
    return "; ".join(
        f"{name} {', '.join(f'{key}: {_quoted(text)}' for key, text in value.items())}"
        if isinstance(value, Mapping)
        else f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in edit.items()
    )


def _quoted(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _EDIT else f"{text[:_EDIT]}…"


def _expected(failure: Failure, ran: Ran, linter: Linter, language: Language) -> str:
    if not failure.example.bad:
        return language.say("test", "silence")
    place = ran.built.place
    if place is None:
        return language.say("test", "anywhere")
    words = part_words(ran.built.part or "", linter, language)
    return language.say("test", "at", {"place": words, "text": _shown(ran, place)})


def _happened(ran: Ran, language: Language) -> Iterator[str]:
    if not ran.found:
        yield language.say("test", "nothing")
    for found in ran.found[:_SHOWN]:
        span = found.finding.location.span
        position = found.source.position(span.start)
        yield language.say(
            "test",
            "fired",
            {
                "line": position.line,
                "column": position.column,
                "text": _shown(ran, span),
                "message": language.message(found),
            },
        )
    if len(ran.found) > _SHOWN:
        yield language.say("pretty", "more", {"count": len(ran.found) - _SHOWN})


def _shown(ran: Ran, span: Span) -> str:
    text = " ".join(ran.built.text[span.start : span.end].split())
    return text if len(text) <= _WORDS else f"{text[:_WORDS]}…"


def _excerpts(failure: Failure, ran: Ran) -> Iterator[str]:
    """The report around the place where the rule should have fired, else around where it did."""
    source = ran.result.source
    if source is None:
        return
    places = [] if not failure.example.bad or ran.built.place is None else [ran.built.place]
    places += [_span(found) for found in ran.found[:1]]
    for place in places or [Span(0, 0)]:
        yield from around(source, place)
        if place is not (places or [place])[-1]:
            yield "..."


def _span(found: Diagnostic) -> Span:
    return found.finding.location.span
