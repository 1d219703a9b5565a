"""A table of the form as a grid of cells, merged as the official form merges them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from govlint.blank.draft import FormTable
from govlint.blank.typesetting import Layout
from govlint.model.edition import BlockForm, ColumnForm, RowForm
from govlint.model.report import CellAddress

Kind = Literal["note", "caption", "head", "group", "label", "value"]
"""What a cell is: the note in the corner, a caption over a block, a head of columns, of a group, of a row, a number."""


class GridCell(NamedTuple):
    """A cell where it begins: ``column`` from 0, and how many rows and columns it covers."""

    kind: Kind
    text: str
    column: int
    columns: int = 1
    rows: int = 1


class Grid(NamedTuple):
    """The cells by row, each in the row where it begins; the widths of columns in millimetres.

    ``heads`` is how many rows at the top are repeated on each page.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    widths: tuple[float, ...]
    heads: int = 0


def lay_out(table: FormTable, layout: Layout) -> Grid:
    """The grid of a table."""
    if table.form.printed == "wide":
        return _side_by_side(table, layout)
    if any(block.caption for block in table.form.blocks):
        return _in_blocks(table, layout)
    return _in_groups(table, layout)


def _in_blocks(table: FormTable, layout: Layout) -> Grid:
    """Blocks one below the other, each under its caption; the last column of a block takes what others have more."""
    most = max(len(block.rows[0].columns) for block in table.form.blocks)
    rows: list[tuple[GridCell, ...]] = []
    for block in table.form.blocks:
        rows.append((GridCell("caption", block.caption or "", 0, most + 1),))
        rows.append(_stretched([GridCell("head", text, at) for at, text in enumerate(block.headers)], most + 1))
        for row in block.rows:
            label = GridCell("label", row.label, 0)
            rows.append(_stretched([label, *_values(table, row, 1)], most + 1))
    return Grid(tuple(rows), (*layout.labels, *[layout.values] * most))


def _stretched(cells: Sequence[GridCell], width: int) -> tuple[GridCell, ...]:
    """The cells of a row, the last one as wide as there is room."""
    last = cells[-1]
    return (*cells[:-1], last._replace(columns=width - last.column))


def _in_groups(table: FormTable, layout: Layout) -> Grid:
    """Groups of rows to the left of their rows, the note in the corner, columns under common heads."""
    (block,) = table.form.blocks
    deep = len(layout.labels)
    columns = block.rows[0].columns
    upper, lower = _two_heads([(column.id, column.label, 1) for column in columns], layout.over, deep)
    top = (
        GridCell("note", table.form.note or "", 0, deep, 3),
        GridCell("head", table.form.opening or "", deep, len(columns)),
    )
    rows = [top, tuple(upper), tuple(lower), *_grouped_rows(table, block, deep)]
    return Grid(tuple(rows), (*layout.labels, *[layout.values] * len(columns)), heads=3)


def _grouped_rows(table: FormTable, block: BlockForm, deep: int) -> Iterator[tuple[GridCell, ...]]:
    before: tuple[str, ...] = ()
    for at, row in enumerate(block.rows):
        cells = []
        for level, group in enumerate(row.groups):
            path = row.groups[: level + 1]
            if before[: level + 1] != path:
                covered = _covered(block.rows[at:], path)
                cells.append(GridCell("group", group, level, 1, covered))
        level = len(row.groups)
        cells.append(GridCell("label", row.label, level, deep - level))
        yield (*cells, *_values(table, row, deep))
        before = row.groups


def _covered(rows: Sequence[RowForm], path: tuple[str, ...]) -> int:
    """How many rows from the first on lie in a group."""
    return next((at for at, row in enumerate(rows) if row.groups[: len(path)] != path), len(rows))


def _side_by_side(table: FormTable, layout: Layout) -> Grid:
    """All rows of the form in one line, each under its own head, some of these under a common one."""
    (block,) = table.form.blocks
    columns = block.rows[0].columns
    size = len(columns)
    grouped = {row for rows in layout.over.values() for row in rows}
    upper, middle = _two_heads([(row.id, row.label, size) for row in block.rows], layout.over, 0)
    upper = [cell._replace(rows=1) for cell in upper]
    last: list[GridCell] = []
    values: list[GridCell] = []
    for at, row in enumerate(block.rows):
        low = row.id in grouped
        (last if low else middle).extend(_heads(columns, at * size, 1 if low else 2))
        values += _values(table, row, at * size)
    middle.sort(key=lambda cell: cell.column)
    return Grid((tuple(upper), tuple(middle), tuple(last), tuple(values)), (layout.values,) * size * len(block.rows), 3)


def _heads(columns: Sequence[ColumnForm], first: int, rows: int) -> list[GridCell]:
    return [GridCell("head", column.label, first + at, 1, rows) for at, column in enumerate(columns)]


def _two_heads(
    items: Sequence[tuple[str, str, int]], over: Mapping[str, Sequence[str]], first: int
) -> tuple[list[GridCell], list[GridCell]]:
    """Two rows of heads over items (id, label, width): below a common head, or over both rows where there is none."""
    common = {item: label for label, grouped in over.items() for item in grouped}
    upper: list[GridCell] = []
    lower: list[GridCell] = []
    column = first
    for item, label, width in items:
        group = common.get(item)
        if group is None:
            upper.append(GridCell("head", label, column, width, 2))
        else:
            lower.append(GridCell("head", label, column, width))
            if over[group][0] == item:
                upper.append(GridCell("head", group, column, 0))
            upper[-1] = upper[-1]._replace(columns=upper[-1].columns + width)
        column += width
    return upper, lower


def _values(table: FormTable, row: RowForm, first: int) -> list[GridCell]:
    addresses = [CellAddress(table.form.id, row.id, column.id) for column in row.columns]
    return [GridCell("value", table.value(address), first + at) for at, address in enumerate(addresses)]
