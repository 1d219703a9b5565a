"""Years in running text that should be, or should not be, the year reported on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govlint.checks.running_text import pieces
from govlint.chinese import fold, fold_mapped, sentences
from govlint.model.document import Slice
from govlint.model.finding import Finding
from govlint.model.report import Fact
from govlint.model.rule import CheckKind, Context, Options
from govlint.patterns import Pattern
from govlint.patterns import pattern as pattern_of

_YEAR = re.compile("[2２][0０]")
"""Every year that a pattern can name starts so; text without it need not be looked at."""
_AGENCY = "{agency}"


def check(context: Context, options: Options) -> Iterator[Finding]:
    """A finding at each year that a pattern names (as ``year``) and that is ``before``, ``not`` or ``is`` the report's.

    Sentence by sentence (or paragraph), without blanks; one that ``never`` matches is left alone. ``{agency}`` in a
    pattern stands for the report's own agency.
    """
    report = context.report
    if report.year is None:
        return
    patterns = [_compiled(pattern, report.facts.agency) for pattern in options["any"]]
    never = pattern_of(options["never"]) if "never" in options else None
    for piece in pieces(report, options["sections"]) if "sections" in options else report.prose:
        if not _YEAR.search(piece.text):
            continue
        for first, last in _stretches(piece.text, options):
            folded, indices = fold_mapped(piece.text[first:last])
            if never and never.search(folded):
                continue
            match = next((found for pattern in patterns if (found := pattern.search(folded))), None)
            if match is None or not _wrong(int(match["year"]), report.year, options["compare"]):
                continue
            start = piece.start + first + indices[match.start("year")]
            end = piece.start + first + indices[match.end("year") - 1] + 1
            yield Finding(
                report.locate(Slice(piece.cell, start, end).span),
                f"words:{match[0]}",
                {
                    "printed": match["year"],
                    "year": report.year,
                    "next": report.year + 1,
                    "words": _words(piece.text, first, indices, match),
                },
                expected=str(report.year + 1 if options["compare"] == "is" else report.year),
                found=match["year"],
            )


def _compiled(pattern: str, agency: Fact | None) -> Pattern:
    """The pattern with the agency's name in it; without a name that part matches nothing."""
    return pattern_of(pattern.replace(_AGENCY, re.escape(fold(agency.value)) if agency else "(?!)"))


def _words(text: str, first: int, indices: Sequence[int], match: re.Match[str]) -> str:
    """What a match stands for, as printed."""
    return text[first + indices[match.start()] : first + indices[match.end() - 1] + 1]


def _stretches(text: str, options: Options) -> Sequence[tuple[int, int]]:
    return [(0, len(text))] if options.get("by") == "paragraph" else sentences(text)


def _wrong(found: int, year: int, compare: str) -> bool:
    return {"before": found < year, "not": found != year, "is": found == year}[compare]


KIND = CheckKind(
    "years",
    check,
    {
        "type": "object",
        "required": ["any", "compare"],
        "additionalProperties": False,
        "properties": {
            "any": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "regex"}},
            "never": {"type": "string", "format": "regex"},
            "by": {"enum": ["sentence", "paragraph"]},
            "compare": {"enum": ["before", "not", "is"]},
            "sections": {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 6}},
        },
    },
    frozenset({"printed", "year", "next", "words"}),
)
