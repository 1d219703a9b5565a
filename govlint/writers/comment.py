"""A diagnostic as a comment on the place where it is found: a few lines for the person who mends it there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govlint.model.diagnostic import Diagnostic, Result, Run
from govlint.model.source import Span
from govlint.writers.language import Language
from govlint.writers.places import where
from govlint.writers.review import basis_words
from govlint.writers.xml_text import legal

_SHOWN = 6
"""So many further places are told; the rest are counted."""
_ROW = "row"
"""The role of the label of the row, which the message names."""
_QUOTED = 40
"""So many characters tell what a place says."""


class CommentWords(NamedTuple):
    """What a comment says, line by line; ``span`` None is the whole document.

    ``where`` are lines for a comment that cannot hang at its place: where that is, and what it says. All lines are
    such as XML allows, and do nothing to who reads them.
    """

    span: Span | None
    lines: tuple[str, ...]
    where: tuple[str, ...]


def comment_words(diagnostic: Diagnostic, result: Result, run: Run, language: Language) -> CommentWords:
    """The words of a diagnostic of a result."""
    finding = diagnostic.finding
    whole = finding.subject == "document" or finding.location.span == (0, 0)
    lines = _lines(diagnostic, result, run, language)
    place = _place(diagnostic, result, language, whole=whole)
    return CommentWords(None if whole else finding.location.span, *(tuple(map(legal, said)) for said in (lines, place)))


def _lines(diagnostic: Diagnostic, result: Result, run: Run, language: Language) -> Iterator[str]:
    rule, finding = diagnostic.rule, diagnostic.finding
    message = language.message(diagnostic)
    yield f"{language.say('severity', diagnostic.severity)} {rule.id} {language.of(rule.title)}"
    yield message
    if finding.expected and finding.expected not in message:
        yield _field("review", "expected", finding.expected, language)
    further = [related for related in finding.related if related.role != _ROW]
    for related in further[:_SHOWN]:
        source = run.sources.get(related.location.source_id, diagnostic.source)
        elsewhere = source.id != diagnostic.source.id
        path = language.say("review", "in_brackets", {"text": source.path}) if elsewhere else ""
        yield _field("review", "related", language.related(related) + path, language)
    if len(further) > _SHOWN:
        yield language.say("pretty", "more", {"count": len(further) - _SHOWN})
    fix, basis = language.of(rule.fix), basis_words(rule, result.report, language)
    if fix:
        yield _field("rule", "fix", fix, language)
    if basis:
        yield _field("rule", "basis", basis, language)


def _place(diagnostic: Diagnostic, result: Result, language: Language, *, whole: bool) -> Iterator[str]:
    if whole:
        yield _field("review", "place", language.say("review", "whole_file"), language)
        return
    place = where(diagnostic, result.report, language)
    if place:
        yield _field("review", "place", place, language)
    start, end = diagnostic.finding.location.span
    words = " ".join(diagnostic.source.text[start:end].split())
    if words:
        shown = words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"
        yield _field("review", "found", shown, language)


def _field(group: str, name: str, text: str, language: Language) -> str:
    return language.say("rule", "field", {"name": language.say(group, name), "text": text})
