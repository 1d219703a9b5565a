"""Words that should not stand anywhere in the running text, as patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govlint.checks.words import surroundings
from govlint.chinese import fold, fold_mapped
from govlint.model.document import Slice
from govlint.model.finding import Finding
from govlint.model.rule import CheckKind, Context, Options
from govlint.patterns import pattern as pattern_of

AROUND = 8
"""So many characters before and after a match are named with it."""


def check(context: Context, options: Options) -> Iterator[Finding]:
    """A finding at each match in the text without blanks and with one kind of bracket, stop and quote.

    With ``printed`` the patterns see the text as printed, each mark as it is. A match at the end of a piece of text
    is left alone when ``goes_on`` matches the next one: files break lines anywhere.
    """
    report = context.report
    near, printed = options.get("near", 12), options.get("printed", False)
    texts = [piece.text if printed else fold(piece.text) for piece in report.prose]
    whole = "\n".join(texts)
    patterns = [pattern for pattern in map(pattern_of, options["any"]) if pattern.may_match(whole)]
    if not patterns or not texts:
        return
    never = pattern_of(options["never"]) if "never" in options else None
    goes_on = pattern_of(options["goes_on"]) if "goes_on" in options else None
    for piece, seen, following in zip(report.prose, texts, (*texts[1:], ""), strict=True):
        if not any(pattern.search(seen) for pattern in patterns):
            continue
        folded: str
        indices: Sequence[int]
        folded, indices = (seen, range(len(seen))) if printed else fold_mapped(piece.text)
        taken: set[int] = set()
        for pattern in patterns:
            for match in pattern.finditer(folded):
                if match.start() == match.end() or match.start() in taken:
                    continue
                around = folded[max(0, match.start() - near) : match.end() + near]
                if never and never.search(around):
                    continue
                if goes_on and match.end() == len(folded) and goes_on.search(following):
                    continue
                taken.update(range(match.start(), match.end()))
                start, end = indices[match.start()], indices[match.end() - 1] + 1
                words = " ".join(piece.text[start:end].split())
                place = Slice(piece.cell, piece.start + start, piece.start + end)
                yield Finding(
                    report.locate(place.span),
                    f"words:{match[0]}",
                    {"printed": words, "words": _around(piece.text, start, end)},
                    found=words,
                    seen=(surroundings(place),),
                )


def _around(text: str, start: int, end: int) -> str:
    """The words around a match, as printed."""
    return " ".join(text[max(0, start - AROUND) : end + AROUND].split())


KIND = CheckKind(
    "pattern",
    check,
    {
        "type": "object",
        "required": ["any"],
        "additionalProperties": False,
        "properties": {
            "any": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "regex"}},
            "never": {"type": "string", "format": "regex"},
            "near": {"type": "integer", "minimum": 0, "maximum": 100},
            "printed": {"type": "boolean"},
            "goes_on": {"type": "string", "format": "regex"},
        },
    },
    frozenset({"printed", "words"}),
)
