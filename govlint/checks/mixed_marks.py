"""Two ways of writing the same mark in one report, of which one is a slip."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint.checks.running_text import asked
from govlint.checks.words import surroundings
from govlint.model.document import Slice
from govlint.model.finding import Finding, Related
from govlint.model.rule import CheckKind, Context, Options
from govlint.patterns import Pattern, pattern

AROUND = 6
"""So many characters before and after a mark are named with it."""
SHOWN = 20
"""So many further places are named at most."""


def check(context: Context, options: Options) -> Iterator[Finding]:
    """One finding at the first mark written the ``wrong`` way, with the others as further places.

    A mark counts only between characters that match ``between``. Where the wrong way is not the exception (more
    than ``share`` of all uses), it is the file's own way, most likely that of the program that made it. Text of
    fewer than ``min`` characters is a label or a signature.
    """
    report = context.report
    slips: list[tuple[Slice, str]] = []
    body = [piece for piece in asked(report, options) if len(piece.text) >= options.get("min", 0)]
    between = pattern(options["between"])
    for pair in options["marks"]:
        found = [(piece, at) for piece in body for at in _uses(piece.text, pair["wrong"], between)]
        right = sum(piece.text.count(pair["right"]) for piece in body)
        if found and len(found) <= options["share"] * (len(found) + right):
            slips += ((Slice(p.cell, p.start + at, p.start + at + 1), _around(p.text, at)) for p, at in found)
    slips.sort(key=lambda slip: slip[0].span)
    if slips:
        (place, words), *others = slips
        yield Finding(
            report.locate(place.span),
            "marks",
            {"printed": place.text, "words": words, "count": len(slips)},
            found=place.text,
            related=tuple(Related(report.locate(p.span), "alike", {"printed": w}) for p, w in others[:SHOWN]),
            seen=tuple(surroundings(p) for p, _ in slips),
        )


def _uses(text: str, mark: str, between: Pattern) -> Iterator[int]:
    """Where a mark stands between two characters that match."""
    for match in re.finditer(re.escape(mark), text) if mark in text else ():
        before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        if between.fullmatch(before) and between.fullmatch(after):
            yield match.start()


def _around(text: str, at: int) -> str:
    return " ".join(text[max(0, at - AROUND) : at + 1 + AROUND].split())


KIND = CheckKind(
    "mixed_marks",
    check,
    {
        "type": "object",
        "required": ["marks", "between", "share"],
        "additionalProperties": False,
        "properties": {
            "marks": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["wrong", "right"],
                    "additionalProperties": False,
                    "properties": {
                        "wrong": {"type": "string", "minLength": 1, "maxLength": 1},
                        "right": {"type": "string", "minLength": 1, "maxLength": 1},
                    },
                },
            },
            "between": {"type": "string", "format": "regex"},
            "share": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
            "min": {"type": "integer", "minimum": 0},
            "sections": {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 6}},
        },
    },
    frozenset({"printed", "words", "count"}),
)
