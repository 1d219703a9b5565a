"""Amounts of money in a section that a tariff of fixed steps cannot give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from govlint.chinese import fold, fold_mapped
from govlint.model.document import Slice
from govlint.model.finding import Finding
from govlint.model.rule import CheckKind, Context, Options
from govlint.patterns import pattern


def check(context: Context, options: Options) -> Iterator[Finding]:
    """A finding at each amount (named ``amount`` in the pattern, in yuan) that is no multiple of the step."""
    report = context.report
    section = report.section_by_number[options["section"]]
    amount = pattern(options["pattern"])
    step = Decimal(str(options["step"]))
    for piece in section.body:
        if not amount.search(fold(piece.text)):
            continue
        folded, indices = fold_mapped(piece.text)
        for match in amount.finditer(folded):
            start, end = indices[match.start("amount")], indices[match.end("amount") - 1] + 1
            written = piece.text[start:end]
            digits = re.sub(r"[^0-9.]", "", written.translate({0xFF0C: None, ord(","): None}))
            if digits.count(".") <= 1 and digits.strip(".") and Decimal(digits) % step != 0:
                place = Slice(piece.cell, piece.start + start, piece.start + end).span
                yield Finding(
                    report.locate(place), f"amount:{digits}", {"printed": written, "step": step}, found=written
                )


KIND = CheckKind(
    "amount_step",
    check,
    {
        "type": "object",
        "required": ["section", "pattern", "step"],
        "additionalProperties": False,
        "properties": {
            "section": {"type": "integer", "minimum": 1, "maximum": 6},
            "pattern": {"type": "string", "format": "regex"},
            "step": {"type": "number", "exclusiveMinimum": 0},
        },
    },
    frozenset({"printed", "step"}),
)
