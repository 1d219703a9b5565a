"""What a check finds: places and values, no words and no rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from govlint.model.report import CellAddress
from govlint.model.source import Location

Param = str | int | Decimal | None


class Target(NamedTuple):
    """What of the form a finding is about; ``row`` and ``column`` as far as it goes."""

    table: str
    row: str | None = None
    column: str | None = None

    @property
    def address(self) -> CellAddress | None:
        if self.row is None or self.column is None:
            return None
        return CellAddress(self.table, self.row, self.column)


class Edit(NamedTuple):
    """Replace the text at a location."""

    location: Location
    replacement: str


@dataclass(frozen=True, slots=True)
class Related:
    """A further place; ``role`` is a key of the ``related`` messages in ``rules/locale``."""

    location: Location
    role: str
    params: Mapping[str, Param] = field(default_factory=dict)
    cell: CellAddress | None = None


class Operand(NamedTuple):
    """A cell in an equation with its sign, +1 or -1."""

    cell: CellAddress
    sign: int
    number: Decimal
    location: Location


@dataclass(frozen=True, slots=True)
class Equation:
    """Signed cells that should sum to zero, and what they sum to."""

    name: str
    operands: tuple[Operand, ...]

    @property
    def difference(self) -> Decimal:
        return sum((o.sign * o.number for o in self.operands), Decimal(0))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found.

    ``subject`` is its stable address (a cell, a section, normalised words), without line numbers: waivers and
    fingerprints rest on it. ``edits`` would mend it; ``safe`` says that they change no meaning.
    """

    location: Location
    subject: str
    params: Mapping[str, Param] = field(default_factory=dict)
    target: Target | None = None
    expected: str | None = None
    found: str | None = None
    related: tuple[Related, ...] = ()
    equation: Equation | None = None
    edits: tuple[Edit, ...] = ()
    safe: bool = False


@dataclass(frozen=True, slots=True)
class NotAssessable:
    """A check could not judge; ``reason`` is a key of the ``not_assessable`` messages in ``rules/locale``."""

    reason: str
    params: Mapping[str, Param] = field(default_factory=dict)
