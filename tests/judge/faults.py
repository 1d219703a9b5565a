"""Single faults, put into the plan before it is rendered, so that every layout shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from . import (
    fault_cells,
    fault_edition,
    fault_labels,
    fault_parts,
    fault_rows,
    fault_sums,
    fault_tables,
    fault_text,
    fault_whole,
    fault_words,
)
from .damage import Damage
from .figures import Value
from .form import Address
from .plan import Plan

Make = Callable[[Plan, Random], Damage | None]


@dataclass(frozen=True)
class Fault:
    """What is wrong. `where` is a cell's address, (table, row), (table,) or a section's number; `cells` holds
    the cells whose printed value is no longer the report's (None: no number)."""

    kind: str
    where: tuple[str, ...] | int | None
    description: str
    cells: Mapping[Address, Value | None] = field(default_factory=dict)


_MAKERS: dict[str, Make] = {
    **fault_cells.MAKERS,
    **fault_rows.MAKERS,
    **fault_tables.MAKERS,
    **fault_edition.MAKERS,
    **fault_parts.MAKERS,
    **fault_labels.MAKERS,
    **fault_sums.MAKERS,
    **fault_text.MAKERS,
    **fault_words.MAKERS,
    **fault_whole.MAKERS,
}
FAULTS: tuple[str, ...] = tuple(_MAKERS)


def damage(plan: Plan, kind: str, rng: Random) -> tuple[Plan, Fault]:
    """The plan with this fault; ValueError if this report cannot have it."""
    done = _MAKERS[kind](plan, rng)
    if done is None:
        raise ValueError(f"报告 {plan.report.seed} 不能有此错误：{kind}")
    return done.plan, Fault(kind, done.where, done.description, done.cells)
