"""The result of putting a fault into a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .figures import Value
from .form import Address
from .plan import Plan


@dataclass(frozen=True)
class Damage:
    """The damaged plan, the place in words of the form, what was done, and the changed cells."""

    plan: Plan
    where: tuple[str, ...] | int | None
    description: str
    cells: Mapping[Address, Value | None] = field(default_factory=dict)
