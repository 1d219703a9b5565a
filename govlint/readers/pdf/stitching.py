"""Tables that go on over a page break, put together: header repeated or not, last row cut in two or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from govlint.chinese import any_number, fold, is_value
from govlint.readers.pdf.page import Block, PageCell, PageTable, PageText

_NEAR = 4.0
"""Edges of columns on two pages that are no further apart, in points, are the same."""

_STUMPS = 5
"""Two names with no more characters together, above each other at a break, are the halves of one."""

Pair = tuple[PageCell, PageCell]


class Table(NamedTuple):
    """A whole table: its column edges, number of rows, and cells; each cell knows its page."""

    xs: tuple[float, ...]
    rows: int
    cells: tuple[PageCell, ...]


def stitch(pages: Iterable[Sequence[Block]]) -> list[Table | PageText]:
    """All blocks of all pages, with the tables that touch a page break joined to what follows them."""
    found: list[Table | PageText] = []
    open_ = False  # Whether the last block closed a page and is a table.
    for blocks in pages:
        for number, block in enumerate(blocks):
            if isinstance(block, PageText):
                found.append(block)
                continue
            last = found[-1] if found else None
            joined = _join(last, block) if open_ and number == 0 and isinstance(last, Table) else None
            if joined is not None:
                found[-1] = joined
            else:
                found.append(Table(block.xs, block.rows, block.cells))
        if blocks:
            open_ = isinstance(blocks[-1], PageTable)
    return found


def _join(above: Table, below: PageTable) -> Table | None:
    """Both as one table; None where their columns differ."""
    shift = _shift(above.xs, below.xs)
    edges = tuple(edge + shift for edge in below.xs)
    xs = _shared_edges(above.xs, edges)
    if xs is None:
        return None
    first = [_moved(cell, above.xs, xs) for cell in above.cells]
    second = [_moved(cell, edges, xs) for cell in below.cells]
    repeated = _repeated_rows(first, second)
    rest = [cell._replace(row=cell.row - repeated) for cell in second if cell.row >= repeated]
    rest = _without_strip(rest, 0)
    first = _without_strip(first, above.rows - 1)
    if not rest or not first:
        return Table(xs, above.rows, tuple(first or rest))
    end = max(cell.row + cell.rows for cell in first)
    pairs = _pairs(first, rest, end)
    cut = _is_cut(pairs, rest)
    among_numbers = any(is_value(cell.text) for cell in first if cell.row + cell.rows == end)
    gone: set[PageCell] = set()
    grown: dict[PageCell, PageCell] = {}
    for upper, lower in pairs:
        if cut or _is_one(upper, lower, among_numbers):
            text = upper.text if lower.text == upper.text else upper.text + lower.text
            page = upper.page if upper.text else lower.page
            box = upper.box if upper.text else lower.box
            more = lower.rows - 1 if cut else lower.rows
            grown[upper] = upper._replace(text=text, rows=upper.rows + more, full=lower.full, page=page, box=box)
            gone.add(lower)
    down = end - (1 if cut else 0)
    cells = [grown.get(cell, cell) for cell in first]
    cells += [cell._replace(row=cell.row + down) for cell in rest if cell not in gone]
    return Table(xs, max(cell.row + cell.rows for cell in cells), tuple(sorted(cells)))


def _without_strip(cells: list[PageCell], row: int) -> list[PageCell]:
    """The cells without this row if nothing stands in it: the edge of a row that the page break has cut."""
    if any(cell.text for cell in cells if cell.row == row and cell.rows == 1):
        return cells
    if all(cell.rows > 1 for cell in cells if cell.row <= row < cell.row + cell.rows):
        return cells
    found = []
    for cell in cells:
        if cell.row <= row < cell.row + cell.rows:
            if cell.rows > 1:
                found.append(cell._replace(rows=cell.rows - 1))
        else:
            found.append(cell._replace(row=cell.row - (cell.row > row)))
    return found


def _is_one(upper: PageCell, lower: PageCell, among_numbers: bool) -> bool:
    """Whether a cell that spans rows goes on below the break: it says the same, no more, or what did not fit.

    ``among_numbers``: the last row above holds numbers, so that what spans it is the name of a group, no heading.
    """
    if lower.rows == 1:
        return upper.rows > 1 and among_numbers and not lower.text
    if is_value(lower.text) or is_value(upper.text) or any_number(fold(lower.text))[0]:
        return False
    return not lower.text or lower.text == upper.text or not upper.text or upper.full


def _shift(one: tuple[float, ...], two: tuple[float, ...]) -> float:
    """How far the second table has to be moved to lie below the first: margins of left and right pages differ."""
    agree = abs(one[0] - two[0]) <= _NEAR or abs(one[-1] - two[-1]) <= _NEAR
    return 0.0 if agree else one[0] - two[0]


def _shared_edges(one: tuple[float, ...], two: tuple[float, ...]) -> tuple[float, ...] | None:
    """The edges of both (the second moved), where the outer ones agree, or where one has all those of the other.

    A row with a cell too many, or an edge that is not drawn, makes one part of a table wider than the other.
    """
    only_two = [edge for edge in two if min(abs(edge - known) for known in one) > _NEAR]
    only_one = [edge for edge in one if min(abs(edge - known) for known in two) > _NEAR]
    if only_two and only_one:
        apart = abs(one[0] - two[0]) > _NEAR or abs(one[-1] - two[-1]) > _NEAR * 1.5
        if apart or len(only_one) + len(only_two) > max(len(one), len(two)) // 2:
            return None
    return tuple(sorted((*one, *only_two)))


def _moved(cell: PageCell, old: tuple[float, ...], xs: tuple[float, ...]) -> PageCell:
    """The cell with its columns counted by other edges."""
    start, end = old[cell.column], old[cell.column + cell.columns]
    first = min(range(len(xs)), key=lambda i: abs(xs[i] - start))
    last = min(range(len(xs)), key=lambda i: abs(xs[i] - end))
    return cell._replace(column=first, columns=max(last - first, 1))


def _repeated_rows(first: Sequence[PageCell], second: Sequence[PageCell]) -> int:
    """How many rows below the break say again what the table's first rows say: a header, without numbers."""
    one, two = _by_row(first), _by_row(second)
    count = 0
    while count < len(one) and count < len(two):
        if _signature(one.get(count, [])) != _signature(two.get(count, [])):
            break
        if not one.get(count) or any(is_value(cell.text) for cell in one[count]):
            break
        count += 1
    return count


def _by_row(cells: Sequence[PageCell]) -> dict[int, list[PageCell]]:
    rows: dict[int, list[PageCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return rows


def _signature(cells: Sequence[PageCell]) -> list[tuple[int, int, str]]:
    return [(cell.column, cell.columns, "".join(cell.text.split())) for cell in cells if cell.text]


def _pairs(first: Sequence[PageCell], rest: Sequence[PageCell], rows: int) -> list[Pair]:
    """Cells that touch the break from above and from below, with the same columns."""
    touching = {(cell.column, cell.columns): cell for cell in first if cell.row + cell.rows == rows}
    return [
        (touching[cell.column, cell.columns], cell)
        for cell in rest
        if cell.row == 0 and (cell.column, cell.columns) in touching
    ]


def _is_cut(pairs: Sequence[Pair], rest: Sequence[PageCell]) -> bool:
    """Whether the row below the break is the rest of the row above it.

    It is when text goes on that filled its line, or when what one part lacks the other has; and never when both
    hold a number in the same column. Cells that span rows say nothing about it.
    """
    top = [cell for cell in rest if cell.row == 0]
    if len(pairs) < len(top):
        return False
    single = [(upper, lower) for upper, lower in pairs if upper.rows == 1 and lower.rows == 1]
    both = [(upper, lower) for upper, lower in single if upper.text and lower.text]
    rare = 2 * sum(bool(cell.text) for cell in top) <= len(top) or not any(
        is_value(cell.text) for pair in pairs for cell in pair
    )
    if any(not _goes_on(upper, lower, rare) for upper, lower in both):
        return False
    upper_only = any(upper.text and not lower.text for upper, lower in single)
    lower_only = any(lower.text and not upper.text for upper, lower in single)
    return bool(both) or (upper_only and lower_only)


def _goes_on(upper: PageCell, lower: PageCell, rare: bool) -> bool:
    """Whether the text of a cell goes on in the one below the break.

    ``rare``: at most half of the cells of that row have text, or none of both rows holds a number. A number does
    only when it fills its line and hardly another cell of the row below says anything.
    """
    if is_value(upper.text) or is_value(lower.text):
        return rare and upper.full and len(upper.text) > 1 and lower.text.isdigit()
    by_hand = any_number(fold(upper.text))[0] > 0 and any_number(fold(lower.text))[0] == 0
    stumps = len(upper.text) + len(lower.text) <= _STUMPS
    return upper.full or ((by_hand or stumps) and rare)
