"""The kinds of checks, one visible list. A kind knows the form's structure, never its wording."""

from __future__ import annotations

from collections.abc import Mapping

from govlint.checks import (
    agency,
    amounts,
    balance,
    carried,
    cells,
    dates,
    gap,
    in_force,
    input,
    length,
    mixed_marks,
    numbering,
    pairs,
    paragraph_end,
    pattern,
    pending,
    period,
    prose_shares,
    prose_sums,
    quantity,
    repeated,
    root_cause,
    shared_text,
    statement,
    title,
    unit_absent,
    unit_sums,
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
        quantity.KIND,
        prose_sums.KIND,
        prose_shares.KIND,
        period.PERIOD,
        period.UNTIL,
        years.KIND,
        amounts.KIND,
        agency.KIND,
        pairs.KIND,
        mixed_marks.KIND,
        paragraph_end.KIND,
        repeated.KIND,
        title.KIND,
        length.KIND,
        carried.KIND,
        in_force.KIND,
        pending.KIND,
        unit_sums.KIND,
        unit_absent.KIND,
        shared_text.KIND,
    )
}
