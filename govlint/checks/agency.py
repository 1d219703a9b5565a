"""Another agency named where the report names itself."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.chinese import fold, fold_mapped
from govlint.model.document import Slice
from govlint.model.finding import Finding, NotAssessable
from govlint.model.rule import CheckKind, Context, Options
from govlint.patterns import pattern


def check(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """A finding at each name (``agency`` in the pattern) before section one that is not the report's own."""
    report = context.report
    own, first = report.facts.agency, report.section_by_number[1].span
    if own is None:
        yield NotAssessable("no_agency")
        return
    named, name = pattern(options["pattern"]), pattern(options["looks_like"])
    title = report.facts.title.span if report.facts.title else own.span
    for piece in report.prose:
        if (first and piece.span.start >= first.start) or piece.span.start <= title.start:
            continue
        if not named.search(fold(piece.text)):
            continue
        folded, indices = fold_mapped(piece.text)
        for match in named.finditer(folded):
            found = match["agency"]
            if not name.search(found) or _same(fold(own.value), found):
                continue
            start, end = indices[match.start("agency")], indices[match.end("agency") - 1] + 1
            words = piece.text[start:end]
            place = Slice(piece.cell, piece.start + start, piece.start + end).span
            yield Finding(
                report.locate(place),
                f"agency:{found}",
                {"printed": words, "agency": own.value},
                expected=own.value,
                found=words,
            )


def _same(own: str, other: str) -> bool:
    """Whether two names are one agency's: the shorter has all its characters, in order, in the longer."""
    short, long = sorted((own, other), key=len)
    rest = iter(long)
    return all(char in rest for char in short)


KIND = CheckKind(
    "other_agency",
    check,
    {
        "type": "object",
        "required": ["pattern", "looks_like"],
        "additionalProperties": False,
        "properties": {
            "pattern": {"type": "string", "format": "regex"},
            "looks_like": {"type": "string", "format": "regex"},
        },
    },
    frozenset({"printed", "agency"}),
)
