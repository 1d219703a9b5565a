"""Brackets and quotes that open without closing, or close without opening."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govlint.checks.running_text import PREAMBLE, pieces
from govlint.checks.words import surroundings
from govlint.model.document import Slice
from govlint.model.finding import Finding
from govlint.model.report import Report
from govlint.model.rule import CheckKind, Context, Options
from govlint.patterns import Pattern, pattern

REACH = 3
"""A pair may be torn over so many pieces of text, because files break paragraphs over lines."""


def check(context: Context, options: Options) -> Iterator[Finding]:
    """A finding at each bracket or quote without its other half, section by section, and between title and section one.

    ``never`` are uses of a closing half alone, such as “1）” before an item.
    """
    report = context.report
    never = pattern(options["never"]) if "never" in options else None
    for body in (_opening(report), *(section.body for section in report.sections)):
        for pair in options["pairs"]:
            yield from _unpaired(report, body, pair["open"], pair["close"], never)


def _opening(report: Report) -> Sequence[Slice]:
    """What stands between the title and section one; nothing without a title, because a page has words above it."""
    title = report.facts.title
    return [piece for piece in pieces(report, [PREAMBLE]) if piece.span.start >= title.span.end] if title else []


def _unpaired(
    report: Report, body: Sequence[Slice], opening: str, closing: str, never: Pattern | None
) -> Iterator[Finding]:
    waiting: list[tuple[int, Slice]] = []
    marks = opening + closing
    number = 0
    for number, piece in enumerate(body):
        text = piece.text
        if not waiting and not any(mark in text for mark in marks):
            continue
        left_out = {at for match in never.finditer(text) for at in range(*match.span())} if never else set()
        for at, char in enumerate(text):
            if char not in marks:
                continue
            here = Slice(piece.cell, piece.start + at, piece.start + at + 1)
            if char in opening:
                waiting.append((number, here))
            elif char in closing and waiting:
                waiting.pop()
            elif char in closing and at not in left_out:
                yield _finding(report, here)
        while waiting and waiting[0][0] <= number - REACH:
            yield _finding(report, waiting.pop(0)[1])
    for _, here in waiting:
        yield _finding(report, here)


def _finding(report: Report, here: Slice) -> Finding:
    around = " ".join(here.cell.text[max(0, here.start - 8) : here.end + 8].split())
    params = {"printed": here.text, "words": around}
    return Finding(report.locate(here.span), f"words:{surroundings(here)}", params, found=here.text)


KIND = CheckKind(
    "pairs",
    check,
    {
        "type": "object",
        "required": ["pairs"],
        "additionalProperties": False,
        "properties": {
            "pairs": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["open", "close"],
                    "additionalProperties": False,
                    "properties": {"open": {"type": "string"}, "close": {"type": "string"}},
                },
            },
            "never": {"type": "string", "format": "regex"},
        },
    },
    frozenset({"printed", "words"}),
)
