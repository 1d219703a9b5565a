"""Column headings that stand in each other's place, so that numbers are read under wrong names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govlint.binding.tokens import Token
from govlint.chinese import fold
from govlint.model.edition import ColumnForm

FEW = 2
"""More headings than this out of order are a header that is read in another direction."""


class Misplaced(NamedTuple):
    """A heading printed where another one should stand."""

    token: Token
    expected: ColumnForm


def misplaced(tokens: Sequence[Token], columns: Sequence[ColumnForm]) -> Iterator[Misplaced]:
    """The headings of a table of rows that are not in the order of its columns.

    Judged only where every heading stands in one cell. The last one, a total that reaches over two lines of a
    header, may be printed before the others.
    """
    places = [_first(tokens, column) for column in columns]
    if len(columns) < FEW or any(place is None for place in places):
        return
    yield from _out_of_order([place for place in places if place is not None], tokens, columns)


def misplaced_in_groups(tokens: Sequence[Token], columns: Sequence[ColumnForm], groups: int) -> Iterator[Misplaced]:
    """The same for a header that prints the same columns several times, one group after the other."""
    names = {name: column for column in columns for name in _names(column)}
    printed = [token for token in tokens if token.folded in names]
    if len(printed) != groups * len(columns):
        return
    for group in range(groups):
        part = printed[group * len(columns) : (group + 1) * len(columns)]
        if {names[token.folded].id for token in part} == {column.id for column in columns}:
            yield from misplaced(part, columns)


def _out_of_order(places: list[int], tokens: Sequence[Token], columns: Sequence[ColumnForm]) -> Iterator[Misplaced]:
    head, last = places[:-1], places[-1]
    floats = len(columns) > FEW + 1 and last < max(head)
    judged = head if floats else places
    if not 0 < len(judged) - _longest_rise(judged) <= FEW:
        return
    for number, at in enumerate(sorted(judged)):
        if at != judged[number]:
            yield Misplaced(tokens[at], columns[number])
            return


def _first(tokens: Sequence[Token], column: ColumnForm) -> int | None:
    names = _names(column)
    return next((index for index, token in enumerate(tokens) if token.folded in names), None)


def _names(column: ColumnForm) -> set[str]:
    return {fold(column.label), *map(fold, column.accepted)}


def _longest_rise(numbers: Sequence[int]) -> int:
    """The length of the longest rising subsequence."""
    ends: list[int] = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)
