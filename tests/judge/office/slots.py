"""A grid as a file format wants it: every place of every row is a cell, the continuation of one, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from ..grid import Grid
from ..words import Words

NOTHING = Words("")


@dataclass(frozen=True)
class Slot:
    """A cell that begins here, or (`below`) goes on from the row above; no two slots overlap."""

    words: Words
    role: str
    row: int
    column: int
    rows: int
    columns: int
    below: bool = False


def lay(grid: Grid) -> list[list[Slot]]:
    """The rows of slots. Gaps inside a row are filled with empty cells; a row that ends early stays short."""
    taken: set[tuple[int, int]] = set()
    going: dict[int, Slot] = {}
    starts = {(cell.row, cell.column) for row in grid.rows for cell in row}
    ready = []
    for number, cells in enumerate(grid.rows):
        row: list[Slot] = []
        for cell in cells:
            columns = _free(cell.column, cell.columns, number, taken | starts - {(number, cell.column)})
            rows = 1
            while rows < cell.rows and number + rows < len(grid.rows):
                places = [(number + rows, cell.column + k) for k in range(columns)]
                if any(place in starts for place in places):
                    break
                rows += 1
            row.append(Slot(cell.words, cell.role, number, cell.column, rows, columns))
            taken.update((number + i, cell.column + k) for i in range(rows) for k in range(columns))
        row += [
            Slot(NOTHING, old.role, number, old.column, old.row + old.rows - number, old.columns, below=True)
            for old in going.values()
            if old.row + old.rows > number
        ]
        going = {
            slot.column: old if (old := going.get(slot.column)) and slot.below else slot
            for slot in row
            if slot.rows > 1 or slot.below
        }
        ready.append(_without_gaps(sorted(row, key=lambda slot: slot.column), number))
    return ready


def _free(column: int, wanted: int, row: int, taken: set[tuple[int, int]]) -> int:
    return next((k for k in range(1, wanted) if (row, column + k) in taken), wanted)


def _without_gaps(row: list[Slot], number: int) -> list[Slot]:
    ready: list[Slot] = []
    at = 0
    for slot in row:
        ready += [Slot(NOTHING, "gap", number, column, 1, 1) for column in range(at, slot.column)]
        ready.append(slot)
        at = slot.column + slot.columns
    return ready


def width(rows: list[list[Slot]]) -> int:
    """How many columns the widest row takes."""
    return max((slot.column + slot.columns for row in rows for slot in row), default=1)
