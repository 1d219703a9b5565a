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

    Judged by the headings that stand in one cell, or whose beginning no other heading has. The last one, a total
    that reaches over two lines of a header, may be printed before the others.
    """
    places = [_first(tokens, column, columns) for column in columns]
    found = [(place, column) for place, column in zip(places, columns, strict=True) if place is not None]
    if len(found) >= max(FEW, len(columns) - FEW):
        order = [place for place, _ in found]
        floats = len(order) > FEW + 1 and order[-1] < max(order[:-1])
        yield from _out_of_order(order[:-1] if floats else order, tokens, [column for _, column in found])


def misplaced_in_groups(tokens: Sequence[Token], columns: Sequence[ColumnForm], groups: int) -> Iterator[Misplaced]:
    """The same for a header that prints the same columns several times, one group after the other."""
    names = {name: column for column in columns for name in _names(column)}
    printed = [token for token in tokens if token.folded in names]
    size = len(columns)
    while len(printed) > groups * size and _words(printed[:size]) == _words(printed[size : 2 * size]):
        printed = printed[size:]  # Copies of a merged cell.
    if len(printed) != groups * size:
        return
    for group in range(groups):
        part = printed[group * size : (group + 1) * size]
        places = [_first(part, column, columns) for column in columns]
        if None not in places:
            yield from _out_of_order([place for place in places if place is not None], part, columns)


def _out_of_order(places: list[int], tokens: Sequence[Token], columns: Sequence[ColumnForm]) -> Iterator[Misplaced]:
    """The first heading that stands where another one should."""
    if not 0 < len(places) - _longest_rise(places) <= FEW:
        return
    for number, at in enumerate(sorted(places)):
        if at != places[number]:
            yield Misplaced(tokens[at], columns[number])
            return


def _first(tokens: Sequence[Token], column: ColumnForm, columns: Sequence[ColumnForm]) -> int | None:
    """Where a heading begins; None when it is not there, or begins like another one."""
    names = _names(column)
    whole = next((index for index, token in enumerate(tokens) if token.folded in names), None)
    if whole is not None:
        return whole
    label = fold(column.label)
    others = [fold(other.label) for other in columns if other is not column]
    for index, token in enumerate(tokens):
        part = token.folded
        if len(part) > 1 and label.startswith(part) and not any(other.startswith(part) for other in others):
            return index
    return None


def _names(column: ColumnForm) -> set[str]:
    return {fold(column.label), *map(fold, column.accepted)}


def _words(tokens: Sequence[Token]) -> list[str]:
    return [token.folded for token in tokens]


def _longest_rise(numbers: Sequence[int]) -> int:
    """The length of the longest rising subsequence."""
    ends: list[int] = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)
