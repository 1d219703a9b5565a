"""Units that are listed under a government and have no report."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.chinese import fold
from govlint.model.finding import Finding
from govlint.model.rule import CheckKind, Context, Options


def check(context: Context, options: Options) -> Iterator[Finding]:
    """A finding at the place where a unit is listed, for each unit that has no report of the government's year."""
    report = context.report
    for part in context.parts:
        if part.absent and part.listed:
            params = {
                "unit": part.name,
                "year": report.year,
                "government": report.facts.agency.value if report.facts.agency else report.source.path,
            }
            yield Finding(part.listed, f"unit:{fold(part.name)}:{report.year}", params)


KIND = CheckKind(
    "unit_absent",
    check,
    {"type": "object", "additionalProperties": False},
    frozenset({"unit", "year", "government"}),
    scopes=frozenset({"rollup"}),
)
