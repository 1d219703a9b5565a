"""What running text says in numbers: of cells of the form, of sums, of shares."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from govlint.model.document import Phrase


class Quantity(NamedTuple):
    """A number as running text writes it: its value, its unit (empty for none), and where it stands."""

    value: Decimal
    unit: str
    place: Phrase


Sum = tuple[tuple[str, str], ...]
"""Cells that are added up, each as (row, column) of one table."""


class CellClaim(NamedTuple):
    """Running text that gives the number of cells of a table.

    ``family`` groups claims for rules. Any of ``sums`` may be meant: the words alone do not tell, for example,
    whether requests received include those carried in. ``denied`` tells that the text says in words that there
    were none. ``place`` is the number with its unit, or the words of the denial.
    """

    family: str
    table: str
    sums: tuple[Sum, ...]
    value: Decimal
    place: Phrase
    denied: bool = False


class SumClaim(NamedTuple):
    """Parts that should add up to a whole.

    ``relation`` is ``equal`` where the text lists all parts, ``at_most`` where it names some of them,
    ``difference`` where the first part less the second is the whole.
    """

    whole: Quantity
    parts: tuple[Quantity, ...]
    relation: Literal["equal", "at_most", "difference"]


class ShareClaim(NamedTuple):
    """A percentage printed with ``digits`` decimals, and the pairs (part, whole) of which it may be the share.

    ``operands`` are the numbers that it surely speaks of: the part, or the change.
    """

    percent: Quantity
    digits: int
    pairs: tuple[tuple[Decimal, Decimal], ...]
    operands: tuple[Quantity, ...]


class Claims(NamedTuple):
    """All that the running text of a report says in numbers, in reading order."""

    cells: tuple[CellClaim, ...] = ()
    sums: tuple[SumClaim, ...] = ()
    shares: tuple[ShareClaim, ...] = ()


NO_CLAIMS = Claims()
