"""Tables on the page: rows of cells, laid out as the file lays them out where it does."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from govlint.model.document import GridPlace
from govlint.writers.markup import Html, element, joined

_WIDEST = 60
"""A grid with more columns is shown row by row: its places are noise."""


class Shown(NamedTuple):
    """A cell as it is shown: its content, its place in the grid, the element and class that it is written with."""

    content: Html
    grid: GridPlace | None = None
    tag: str = "td"
    kind: str | None = None
    column_span: int = 1


def table_of(rows: Sequence[Sequence[Shown]]) -> Html:
    """A table; cells that the file lacks in its grid are left blank."""
    places = [[cell.grid for cell in row if cell.grid] for row in rows]
    numbers = [some[0].row if some else -1 for some in places]
    widest = max((place.column + place.column_span for some in places for place in some), default=0)
    is_grid = 0 < widest <= _WIDEST and all(one < other for one, other in pairwise(numbers))
    lines = _grid(rows, numbers, widest) if is_grid else (map(_cell, row) for row in rows)
    body = element("tbody", joined((element("tr", joined(line)) for line in lines), "\n"))
    return element("div", element("table", body), class_="scroll")


def _grid(rows: Sequence[Sequence[Shown]], numbers: Sequence[int], width: int) -> Iterator[list[Html]]:
    """The rows with their extents; of those that the file leaves out none is counted."""
    busy = [0] * width
    """Up to which printed row each column is taken by cells above."""
    for at, row in enumerate(rows):
        line: list[Html] = []
        column = 0
        for cell in row:
            place = cell.grid or GridPlace(0, numbers[at], column)
            line += _blank(busy, at, column, place.column)
            stop = max(bisect_left(numbers, place.row + place.row_span), at + 1)
            column = place.column + place.column_span
            busy[place.column : column] = [stop] * place.column_span
            line.append(_cell(cell, stop - at, place.column_span))
        yield line


def _blank(busy: Sequence[int], at: int, start: int, stop: int) -> Iterator[Html]:
    """A cell for columns that nothing takes."""
    free = sum(1 for column in range(start, min(stop, len(busy))) if busy[column] <= at)
    if free:
        yield element("td", class_="void", colspan=free if free > 1 else None)


def _cell(cell: Shown, row_span: int = 1, column_span: int = 0) -> Html:
    wide = column_span or cell.column_span
    tag = cell.tag if cell.content else "td"  # A blank cell is the head of nothing.
    return element(
        tag,
        cell.content,
        class_=cell.kind,
        scope="row" if tag == "th" else None,
        rowspan=row_span if row_span > 1 else None,
        colspan=wide if wide > 1 else None,
    )
