"""Words that should not stand anywhere in the running text, as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint.chinese import fold, fold_mapped
from govlint.model.document import Slice
from govlint.model.finding import Finding
from govlint.model.rule import CheckKind, Context, Options


def check(context: Context, options: Options) -> Iterator[Finding]:
    """A finding at each match in the text without blanks and with one kind of bracket, stop and quote."""
    report = context.report
    patterns = [re.compile(pattern) for pattern in options["any"]]
    never = re.compile(options["never"]) if "never" in options else None
    near = options.get("near", 12)
    for piece in report.prose:
        if not any(pattern.search(fold(piece.text)) for pattern in patterns):
            continue
        folded, indices = fold_mapped(piece.text)
        taken: list[range] = []
        for pattern in patterns:
            for match in pattern.finditer(folded):
                if match.start() == match.end() or any(match.start() in other for other in taken):
                    continue
                around = folded[max(0, match.start() - near) : match.end() + near]
                if never and never.search(around):
                    continue
                taken.append(range(match.start(), match.end()))
                start, end = indices[match.start()], indices[match.end() - 1] + 1
                words = " ".join(piece.text[start:end].split())
                yield Finding(
                    report.locate(Slice(piece.cell, piece.start + start, piece.start + end).span),
                    f"words:{match[0]}",
                    {"printed": words},
                    found=words,
                )


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
        },
    },
    frozenset({"printed"}),
)
