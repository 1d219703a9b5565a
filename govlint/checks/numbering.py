"""Sub-headings of a section numbered in sequence."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.chinese import fold, fold_mapped, numeral, ordinal
from govlint.model.document import Slice
from govlint.model.finding import Finding
from govlint.model.rule import CheckKind, Context, Options
from govlint.patterns import pattern


def check(context: Context, options: Options) -> Iterator[Finding]:
    """A finding at each sub-heading in brackets whose number leaves a gap to the one before it.

    A number that stands inside a paragraph counts as there; a list that starts again at one is a new list.
    """
    report = context.report
    numbered = pattern(options["pattern"])
    for section in report.sections:
        before = 0
        inside: set[int] = set()
        for piece in section.body:
            if not numbered.search(fold(piece.text)):
                continue
            folded, indices = fold_mapped(piece.text)
            for match in numbered.finditer(folded):
                number = numeral(match["number"]) or 0
                if match.start() > 0:
                    inside.add(number)
                    continue
                lacking = [n for n in range(before + 1, number) if n not in inside]
                if number > before + 1 and lacking and (before or options.get("from_start", True)):
                    end = indices[match.end() - 1] + 1
                    place = Slice(piece.cell, piece.start + indices[0], piece.start + end).span
                    yield Finding(
                        report.locate(place),
                        f"section.{section.form.number}:{match[0]}",
                        {
                            "section": section.form.heading,
                            "printed": match[0],
                            "lacking": "、".join(f"（{ordinal(n)}）" for n in lacking),
                            "count": len(lacking),
                        },
                        expected=f"（{ordinal(before + 1)}）",
                        found=piece.text[indices[0] : end],
                    )
                before = number
                inside = {n for n in inside if n > number}


KIND = CheckKind(
    "numbering",
    check,
    {
        "type": "object",
        "required": ["pattern"],
        "additionalProperties": False,
        "properties": {
            "pattern": {"type": "string", "format": "regex"},
            "from_start": {"type": "boolean"},
        },
    },
    frozenset({"section", "printed", "lacking", "count"}),
)
