"""The kinds of checks, one visible list. A kind knows the form's structure, never its wording."""

from __future__ import annotations

from collections.abc import Mapping

from govlint.checks import (
    agency,
    amounts,
    balance,
    cells,
    dates,
    gap,
    input,
    numbering,
    pairs,
    pattern,
    period,
    root_cause,
    statement,
    years,
)
from govlint.model.rule import CheckKind

KINDS: Mapping[str, CheckKind] = {
    kind.name: kind
    for kind in (
        input.RECOGNISED,
        input.YEAR,
        input.REMARK,
        gap.KIND,
        cells.KIND,
        balance.KIND,
        root_cause.KIND,
        statement.STATEMENT,
        statement.ASPECTS,
        numbering.KIND,
        pattern.KIND,
        dates.DEADLINE,
        dates.EARLY,
        period.PERIOD,
        period.UNTIL,
        years.KIND,
        amounts.KIND,
        agency.KIND,
        pairs.KIND,
    )
}
