"""Sums inside running text: the parts against the whole that the text itself gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from govlint.chinese import fold
from govlint.model.claim import Quantity, SumClaim
from govlint.model.finding import Finding, Related
from govlint.model.report import Report
from govlint.model.rule import CheckKind, Context, Options


def check(context: Context, options: Options) -> Iterator[Finding]:
    """A finding for each whole that its parts do not add up to, or of which they are more than all."""
    for claim in context.report.claims.sums:
        total = _total(claim)
        fine = total <= claim.whole.value if claim.relation == "at_most" else total == claim.whole.value
        if not fine:
            yield _finding(context.report, claim, total)


def _total(claim: SumClaim) -> Decimal:
    values = [part.value for part in claim.parts]
    return values[0] - sum(values[1:], Decimal(0)) if claim.relation == "difference" else sum(values, Decimal(0))


def _finding(report: Report, claim: SumClaim, total: Decimal) -> Finding:
    sign = "−" if claim.relation == "difference" else "+"
    written = sign.join(f"{part.value:f}" for part in claim.parts)
    return Finding(
        report.locate(claim.whole.place.span),
        f"sum:{_words([*claim.parts, claim.whole])}",
        {
            "printed": claim.whole.place.text,
            "parts": written,
            "sum": total,
            "difference": abs(total - claim.whole.value),
        },
        expected=f"{total:f}",
        found=claim.whole.place.text,
        related=tuple(
            Related(report.locate(part.place.span), "part", {"printed": part.place.text}) for part in claim.parts
        ),
    )


def _words(quantities: Sequence[Quantity]) -> str:
    return "/".join(fold(quantity.place.text) for quantity in quantities)


KIND = CheckKind(
    "prose_sum",
    check,
    {"type": "object", "additionalProperties": False, "properties": {}},
    frozenset({"printed", "parts", "sum", "difference"}),
)
