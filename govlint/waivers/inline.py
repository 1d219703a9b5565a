"""Waivers that stand in a report itself, as comments of HTML and Markdown.

``<!-- govlint-ignore RULES: reason -->`` covers the line of the report that it stands in, else the next one;
``govlint-ignore-file`` covers the file, ``govlint-disable`` what follows up to ``govlint-enable``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from govlint.model.document import Document
from govlint.model.source import Source, Span
from govlint.model.waiver import Waiver
from govlint.readers.comments import CLOSES, OPENS, comments
from govlint.readers.html_tags import BLOCK

MAX_COMMENTS = 1000
MAX_NAMES = 20
"""More comments, or rules in one, than anybody writes; those beyond do nothing."""
_FAR = 10_000
"""A comment so many characters behind the words of a line does not stand in it."""
_NEAR = 200
_DIRECTIVE = re.compile(r"\s*govlint-(ignore-file|ignore|disable|enable)(?![\w-])([^:：]*)(?:[:：](.*))?", re.S)
_NAME = re.compile(r"[^\s,，、;；]+")
_BOUNDARY = re.compile(rf"</?(?:{'|'.join(sorted(BLOCK - {'td', 'th', 'colgroup', 'col'}))})(?![\w-])", re.I)
"""A tag that ends one line of the report or begins another; those of the cells of a row do not."""


class Directive(NamedTuple):
    """A waiver in a report, and the stretch of the source that it covers; None when nothing follows it."""

    waiver: Waiver
    covers: Span | None


class _Said(NamedTuple):
    """A comment for govlint: what it asks, the rules that it names, its reason, and where it stands."""

    word: str
    names: tuple[str, ...]
    reason: str
    place: Span


def directives(document: Document) -> tuple[Directive, ...]:
    """The waivers in a report, one for each rule that a comment names; without a name one of the rule ``""``."""
    source = document.source
    said = list(islice(_said(source), MAX_COMMENTS))
    lines = _lines(document) if any(each.word == "ignore" for each in said) else []
    found = []
    for number, each in enumerate(said):
        for name in each.names or ("",):
            if each.word == "ignore":
                covers = _line_of(source, lines, each.place)
            elif each.word == "ignore-file":
                covers = Span(0, len(source.text))
            elif each.word == "disable":
                covers = Span(each.place.end, _end(name, said[number + 1 :], len(source.text)))
            else:
                continue
            line = source.position(each.place.start).line
            found.append(Directive(Waiver("inline", source.path, line, name, source.path, each.reason), covers))
    return tuple(dict.fromkeys(found))


def _said(source: Source) -> Iterator[_Said]:
    for place in comments(source.text, source.kind):
        words = source.text[place.start + len(OPENS) : place.end].removesuffix(CLOSES).removesuffix("--!>")
        match = _DIRECTIVE.fullmatch(words)
        if match:
            names = _NAME.findall(unicodedata.normalize("NFKC", match[2]))
            reason = " ".join((match[3] or "").split())
            yield _Said(match[1], tuple(dict.fromkeys(names))[:MAX_NAMES], reason, place)


def _end(name: str, after: Sequence[_Said], end: int) -> int:
    """Where rules that were turned off are turned on again: at an ``enable`` of them, of some of them, or of all."""
    for each in after:
        if each.word == "enable" and (
            not each.names or any(other.startswith(name) or name.startswith(other) for other in each.names)
        ):
            return each.place.start
    return end


def _lines(document: Document) -> list[Span]:
    """The stretches of the source that the lines of the document take, in order."""
    spans = []
    for line in document.lines:
        cells = [cell.span() for cell in line.cells]
        if cells:
            spans.append(Span(min(span.start for span in cells), max(span.end for span in cells)))
    return sorted(spans)


def _line_of(source: Source, lines: Sequence[Span], comment: Span) -> Span | None:
    """The line that a comment stands in, else the one after it."""
    after = bisect_left(lines, Span(comment.start, 0))
    before = lines[after - 1] if after else None
    if before and (comment.start < before.end or _shares(source, before, comment)):
        return before
    return next((line for line in islice(lines, after, None) if line.start >= comment.end), None)


def _shares(source: Source, line: Span, comment: Span) -> bool:
    """Whether a comment behind the words of a line belongs to it: no other line begins between them.

    A comment that has its lines of the source for itself is written for what follows.
    """
    text, (start, end) = source.text, comment
    between = text[line.end : start] if start - line.end < _FAR else "\n</p>"
    if _BOUNDARY.search(between):
        return False
    if source.kind == "markdown":
        return "\n" not in between
    before, after = text[max(0, start - _NEAR) : start].rstrip(" \t"), text[end : end + _NEAR].lstrip(" \t\r")
    return not (before.endswith("\n") and after.startswith("\n"))
