"""Ruling lines that cross → the cells of tables, with row and column spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from govlint.model.errors import ReadError
from govlint.readers.pdf.rulings import THIN, Ruling, Rulings

MAX_POSITIONS = 100_000
"""Rows × columns of one table on one page."""
_NARROW, _LOW = 5.0, 6.5
"""Edges of columns, or of rows, no further apart are one edge, drawn twice: no text has room between them."""
_OPEN = 6.0
"""Lines that reach so much further than the last crossing line show an edge that is not drawn."""


class Slot(NamedTuple):
    """A cell of a lattice: its place in the grid and its box (left, top, right, bottom)."""

    row: int
    column: int
    rows: int
    columns: int
    box: tuple[float, float, float, float]


class Lattice(NamedTuple):
    """A grid of cells; ``xs`` and ``ys`` are the edges of its columns and rows, ``owner[row][column]`` the cell."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: tuple[Slot, ...]
    owner: tuple[tuple[int, ...], ...]

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def slot_at(self, x: float, y: float) -> int | None:
        """The number of the cell that a point lies in."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1:
            return self.owner[row][column]
        return None


def find_lattices(rulings: Rulings) -> list[Lattice]:
    """The tables that the lines draw, smallest first; a single box is none."""
    found = []
    for horizontal, vertical in _components(rulings):
        xs = _cluster([line.at for line in vertical], _NARROW)
        ys = _cluster([line.at for line in horizontal], _LOW)
        xs, ys = _open_edges(xs, horizontal), _open_edges(ys, vertical)
        if len(xs) < 2 or len(ys) < 2 or (len(xs) == 2 and len(ys) == 2):
            continue
        if len(xs) * len(ys) > MAX_POSITIONS:
            raise ReadError("", "too_many_cells", {"limit": MAX_POSITIONS})
        lattice = _lattice(xs, ys, horizontal, vertical)
        if len(lattice.slots) > 1:
            found.append(lattice)
    return sorted(found, key=lambda lattice: lattice.area)


def _components(rulings: Rulings) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Lines that cross or meet, directly or through others; at least two of one direction and one of the other."""
    horizontal, vertical = rulings.horizontal, sorted(rulings.vertical)
    parent = list(range(len(horizontal) + len(vertical)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    places = [line.at for line in vertical]
    for i, across in enumerate(horizontal):
        for j in range(bisect_left(places, across.start - THIN), bisect_right(places, across.end + THIN)):
            if vertical[j].start - THIN <= across.at <= vertical[j].end + THIN:
                one, two = root(i), root(len(horizontal) + j)
                if one != two:
                    parent[one] = two
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, line in enumerate((*horizontal, *vertical)):
        groups.setdefault(root(i), ([], []))[i >= len(horizontal)].append(line)
    for across_lines, down_lines in groups.values():
        if across_lines and down_lines and len(across_lines) + len(down_lines) > 2:
            yield across_lines, down_lines


def _cluster(values: Sequence[float], tolerance: float) -> list[float]:
    """Places with no room for text between them are one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _open_edges(places: list[float], crossing: Sequence[Ruling]) -> list[float]:
    """The places, and the ends of the lines that cross them where these reach well beyond: an edge not drawn."""
    if not places or len(crossing) < 2:
        return places
    starts, ends = sorted(line.start for line in crossing), sorted(line.end for line in crossing)
    start, end = starts[len(starts) // 2], ends[len(ends) // 2]
    return [*([start] if start < places[0] - _OPEN else []), *places, *([end] if end > places[-1] + _OPEN else [])]


def _lattice(xs: list[float], ys: list[float], horizontal: Sequence[Ruling], vertical: Sequence[Ruling]) -> Lattice:
    rows, columns = len(ys) - 1, len(xs) - 1
    right = _covered(xs, ys, vertical)
    below = _covered(ys, xs, horizontal)
    owner = [[-1] * columns for _ in range(rows)]
    slots: list[Slot] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] >= 0:
                continue
            last = column
            while last + 1 < columns and not right[last + 1][row] and owner[row][last + 1] < 0:
                last += 1
            bottom = row
            while bottom + 1 < rows and not below[bottom + 1][column]:
                bottom += 1
            for i in range(row, bottom + 1):
                for j in range(column, last + 1):
                    owner[i][j] = len(slots)
            box = (xs[column], ys[row], xs[last + 1], ys[bottom + 1])
            slots.append(Slot(row, column, bottom - row + 1, last - column + 1, box))
    return Lattice(tuple(xs), tuple(ys), tuple(slots), tuple(map(tuple, owner)))


def _covered(places: list[float], across: list[float], lines: Sequence[Ruling]) -> list[list[bool]]:
    """For each place, which of the intervals across it a line is drawn along."""
    middles = [(a + b) / 2 for a, b in pairwise(across)]
    drawn = [[False] * len(middles) for _ in places]
    for line in lines:
        near = bisect_left(places, line.at)
        near = min((i for i in (near - 1, near) if 0 <= i < len(places)), key=lambda i: abs(places[i] - line.at))
        for interval in range(bisect_left(middles, line.start - THIN), bisect_right(middles, line.end + THIN)):
            drawn[near][interval] = True
    return drawn
