"""What a check finds: places and values, no words and no rule."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from govlint.model.report import CellAddress
from govlint.model.source import Location

Param = str | int | Decimal | None
NOTHING: Mapping[str, Param] = MappingProxyType({})


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
    """Replace the text at a location; in a page both are markup."""

    location: Location
    replacement: str


EQUATION = "equation"
"""The role of a broken sum that a finding stands for; its params have the ``rule``."""


class Related(NamedTuple):
    """A further place; ``role`` is a key of the ``related`` messages in ``rules/locale``."""

    location: Location
    role: str
    params: Mapping[str, Param] = NOTHING
    cell: CellAddress | None = None


class Operand(NamedTuple):
    """A cell in an equation with its sign, +1 or -1."""

    cell: CellAddress
    sign: int
    number: Decimal
    location: Location


class Equation(NamedTuple):
    """Signed cells that should sum to zero, and what they sum to."""

    name: str
    operands: tuple[Operand, ...]

    @property
    def difference(self) -> Decimal:
        return sum((o.sign * o.number for o in self.operands), Decimal(0))


class Finding(NamedTuple):
    """One thing a check found.

    ``subject`` is its stable address (a cell, a section, normalised words), without line numbers: waivers and
    fingerprints rest on it. ``edits`` would mend it; ``safe`` says that they change no meaning. ``seen`` are words
    that it rests on beside ``found``, ``expected`` and those of related places: when one of these changes, what
    somebody has accepted is something else. Their order does not matter.
    """

    location: Location
    subject: str
    params: Mapping[str, Param] = NOTHING
    target: Target | None = None
    expected: str | None = None
    found: str | None = None
    related: tuple[Related, ...] = ()
    equation: Equation | None = None
    edits: tuple[Edit, ...] = ()
    safe: bool = False
    seen: tuple[str, ...] = ()


class NotAssessable(NamedTuple):
    """A check could not judge; ``reason`` is a key of the ``not_assessable`` messages in ``rules/locale``."""

    reason: str
    params: Mapping[str, Param] = NOTHING
