"""A few lines of a report around a place, with their numbers and the place underlined."""

from __future__ import annotations

from govlint.model.source import Source, Span
from govlint.writers.pretty import excerpt

WIDTH = 100


def around(source: Source, span: Span, width: int = WIDTH, *, before: int = 1, after: int = 1) -> list[str]:
    """The line of a place with carets under it, and so many lines before and after, each cut to the width.

    Nothing of what the lines say reaches a terminal as a command: control characters are shown as dots.
    """
    number = source.position(span.start).line
    last = source.position(len(source.text)).line
    above = range(max(1, number - before), number)
    below = range(number + 1, min(last, number + after) + 1)
    return [
        *(_line(source, other, width) for other in above),
        *excerpt(source, span, width),
        *(_line(source, other, width) for other in below if other < last or source.line_span(other) != _end(source)),
    ]


def _line(source: Source, number: int, width: int) -> str:
    start, end = source.line_span(number)
    return excerpt(source, Span(start, min(start + 1, end)), width)[0]


def _end(source: Source) -> Span:
    return Span(len(source.text), len(source.text))
