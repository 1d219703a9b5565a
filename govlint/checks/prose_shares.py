"""Percentages in running text, recomputed from the numbers beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from govlint.chinese import fold
from govlint.model.claim import ShareClaim
from govlint.model.finding import Finding, Related
from govlint.model.report import CellAddress, Report
from govlint.model.rule import CheckKind, Context, Options

Pair = tuple[Decimal, Decimal]


class _Verdict(NamedTuple):
    """The pair that a percentage is nearest to, what it should be, and whether it was only cut, not rounded."""

    pair: Pair
    expected: Decimal
    cut: bool


def check(context: Context, options: Options) -> Iterator[Finding]:
    """A finding for each percentage that is none of the shares it may be.

    ``state: cut`` finds those that were cut off instead of rounded, ``state: wrong`` all others. The share of a
    number that speaks of a cell may also be one of the table's totals named in ``wholes``.
    """
    report = context.report
    of_requests = frozenset(cell.place.span for cell in report.claims.cells if cell.table == "requests")
    for claim in report.claims.shares:
        speaks = claim.operands[0].place.span in of_requests
        pairs = [*claim.pairs, *(_of_table(report, claim, options.get("wholes", ())) if speaks else ())]
        verdict = _judge(claim, pairs)
        if verdict is not None and verdict.cut == (options["state"] == "cut"):
            yield _finding(report, claim, verdict)


def _judge(claim: ShareClaim, pairs: Sequence[Pair]) -> _Verdict | None:
    """None when there is nothing to compare with, or one of the pairs gives the percentage as printed."""
    if not pairs:
        return None
    unit = Decimal(1).scaleb(-claim.digits)
    printed = claim.percent.value
    exact = [(pair, pair[0] * 100 / pair[1]) for pair in pairs]
    rounded = [(pair, share.quantize(unit, ROUND_HALF_UP)) for pair, share in exact]
    if any(share == printed for _, share in rounded):
        return None
    for pair, share in exact:
        if share.quantize(unit, ROUND_DOWN) == printed:
            return _Verdict(pair, share.quantize(unit, ROUND_HALF_UP), True)
    pair, nearest = min(rounded, key=lambda entry: abs(entry[1] - printed))
    return _Verdict(pair, nearest, False)


def _of_table(report: Report, claim: ShareClaim, wholes: Sequence[str]) -> list[Pair]:
    """The number that a percentage speaks of as a share of totals of the table whose cell it is."""
    part = claim.operands[0]
    cells = [report.cell(CellAddress(*address.split("."))) for address in wholes]
    numbers = [cell.number for cell in cells if cell is not None and cell.number]
    return [
        (part.value, number) for number in (*numbers, sum(numbers[:2], Decimal(0))) if number >= part.value and number
    ]


def _finding(report: Report, claim: ShareClaim, verdict: _Verdict) -> Finding:
    part, whole = verdict.pair
    place = claim.percent.place
    return Finding(
        report.locate(place.span),
        f"share:{fold(claim.operands[0].place.text)}/{fold(place.text)}",
        {"printed": place.text, "part": part, "whole": whole, "expected": verdict.expected},
        expected=f"{verdict.expected:f}%",
        found=place.text,
        related=tuple(
            Related(report.locate(operand.place.span), "part", {"printed": operand.place.text})
            for operand in claim.operands
        ),
    )


KIND = CheckKind(
    "prose_share",
    check,
    {
        "type": "object",
        "required": ["state"],
        "additionalProperties": False,
        "properties": {
            "state": {"enum": ["wrong", "cut"]},
            "wholes": {"type": "array", "items": {"type": "string"}},
        },
    },
    frozenset({"printed", "part", "whole", "expected"}),
)
