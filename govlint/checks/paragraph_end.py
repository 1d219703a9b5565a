"""Paragraphs of running text that end without a closing mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from govlint.checks.running_text import PREAMBLE, pieces
from govlint.chinese import fold
from govlint.model.document import Line, Slice
from govlint.model.finding import Finding, Related
from govlint.model.report import Report
from govlint.model.rule import CheckKind, Context, Options
from govlint.patterns import pattern

TAIL = 10
"""So many of the last characters are marked and named."""
SHOWN = 20
"""So many further places are named at most."""
UNBROKEN = 60
"""A line of so many characters is a whole paragraph, not one line of text broken to the width of a page."""
_INDENTED = re.compile(r"(?:\A|\n)[ \t\u00a0\u2002\u2003\u3000]{2,}\Z")


def check(context: Context, options: Options) -> Iterator[Finding]:
    """One finding at the end of the first such paragraph, with the others as further places.

    A paragraph counts when it has at least ``min`` characters, one of the patterns ``running`` shows that it is
    running text, ``open`` matches its end, and ``never`` (over text without blanks) nothing in it. Files break
    paragraphs over pages and lines; so it must be the last of its part, or what follows must start anew: with words
    that match ``anew``, as a short line without a mark, or indented.
    """
    report = context.report
    judge = _Judge(report, options)
    parts = options.get("sections", range(len(report.sections) + 1))
    ends = [piece for number in sorted(parts) for piece in judge.unfinished(_running(report, number))]
    if ends:
        first, *others = ends
        yield Finding(
            report.locate(first.span),
            "paragraph_end",
            {"words": first.text, "count": len(ends)},
            found=first.text,
            related=tuple(Related(report.locate(p.span), "alike", {"printed": p.text}) for p in others[:SHOWN]),
            seen=tuple(p.text for p in ends),
        )


def _running(report: Report, number: int) -> Sequence[Slice]:
    """The text of a part; of the preamble what follows the title."""
    title = report.facts.title
    start = title.span.end if title and number == PREAMBLE else 0
    return [piece for piece in pieces(report, [number]) if piece.span.start >= start]


class _Judge:
    """The options, compiled, for one report."""

    def __init__(self, report: Report, options: Options) -> None:
        self.report = report
        self.shortest: int = options["min"]
        self.running = [pattern(text) for text in options["running"]]
        self.open, self.anew = pattern(options["open"]), pattern(options["anew"])
        self.never = pattern(options["never"]) if "never" in options else None

    @cached_property
    def line_of(self) -> Mapping[int, Line]:
        """The line that each cell stands in, by the identity of the cell."""
        return {id(cell): line for line in self.report.document.lines for cell in line.cells}

    def unfinished(self, body: Sequence[Slice]) -> Iterator[Slice]:
        """The last characters of the paragraphs of a part that end without a closing mark."""
        for number, piece in enumerate(body):
            text = piece.text.rstrip()
            if self._ends_open(text) and self._is_paragraph(piece):
                after = body[number + 1] if number + 1 < len(body) else None
                if after is None or self._starts_anew(piece, after):
                    end = piece.start + len(text)
                    yield Slice(piece.cell, max(piece.start, end - TAIL), end)

    def _ends_open(self, text: str) -> bool:
        return (
            len(text) >= self.shortest
            and self.open.search(text[-TAIL:]) is not None
            and any(running.search(text) for running in self.running)
            and not (self.never and self.never.search(fold(text)))
        )

    def _is_paragraph(self, piece: Slice) -> bool:
        """Whether this is the end of a line of the report's text, no cell of a grid, link or footer."""
        line = self.line_of[id(piece.cell)]
        return line.kind != "grid" and line.role == "body" and line.cells[-1] is piece.cell

    def _starts_anew(self, piece: Slice, after: Slice) -> bool:
        """Whether the next piece of text is no continuation of this one."""
        words = after.text.rstrip()
        if self.anew.search(fold(words)) or (len(words) < self.shortest and self.open.search(words)):
            return True
        start = after.span.start
        before = self.report.source.text[max(0, start - 20) : start]
        return len(piece.text) >= UNBROKEN and _INDENTED.search(before) is not None


_REGEX = {"type": "string", "format": "regex"}

KIND = CheckKind(
    "paragraph_end",
    check,
    {
        "type": "object",
        "required": ["min", "running", "open", "anew"],
        "additionalProperties": False,
        "properties": {
            "min": {"type": "integer", "minimum": 1},
            "running": {"type": "array", "minItems": 1, "items": _REGEX},
            "open": _REGEX,
            "anew": _REGEX,
            "never": _REGEX,
            "sections": {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 6}},
        },
    },
    frozenset({"words", "count"}),
)
