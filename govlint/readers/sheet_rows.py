"""The cells of one sheet → paragraphs and table rows: merged cells once, padding trimmed, blanks kept inside tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govlint.chinese import is_value
from govlint.model.document import GridPlace
from govlint.model.errors import ReadError
from govlint.model.source import Place
from govlint.readers.limits import MAX_POSITIONS
from govlint.readers.rendering import Canvas, RowCell
from govlint.readers.workbook_parts import column_letters

LABEL = 40
"""A row's label has at most so many characters; a longer text alone in its row is a paragraph."""

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged range, 0-based, inclusive."""


class _Cell(NamedTuple):
    text: str
    column: int
    rows: int = 1
    columns: int = 1


class _Row(NamedTuple):
    """The cells of a sheet's row without those that merged cells cover; ``filled`` are those with text.

    ``hung``: a merged cell with text reaches into it from a row above.
    """

    number: int
    cells: tuple[_Cell, ...]
    filled: tuple[_Cell, ...]
    hung: bool


def put_sheet(
    canvas: Canvas,
    name: str,
    rows: Sequence[Sequence[str]],
    merged: Sequence[Range],
    table: int,
    start: tuple[int, int],
) -> int:
    """Put down a sheet and return the number of the next table.

    ``rows`` are texts from the absolute 0-based row and column ``start`` on; ``merged`` ranges are absolute.
    Rows that follow each other and hold several cells are a table; a row with one cell is a paragraph, but inside
    a table, or right below one, it is a row whose other cells are blank, unless it is merged over all of them.
    """
    block: list[_Row] = []
    for row in _rows(rows, merged, start):
        if _belongs(row, block):
            block.append(row)
            continue
        table += _put_table(canvas, name, block, table)
        block = []
        if len(row.filled) > 1:
            block.append(row)
        elif row.filled:
            cell = row.filled[0]
            canvas.paragraph(cell.text, _place(name, row.number, cell.column))
    return table + _put_table(canvas, name, block, table)


def _belongs(row: _Row, block: Sequence[_Row]) -> bool:
    """Whether a row goes on with the table above it."""
    if not block or row.number != block[-1].number + 1:
        return False
    if len(row.filled) > 1:
        return True
    if row.filled:
        alone = row.filled[0]
        across = alone.columns > 1 and alone.column + alone.columns >= _end(block)
        return len(alone.text) <= LABEL and not across
    if row.hung:
        return True
    above = block[-1].filled  # Numbers left blank below a row of headings; any other blank row ends the table.
    return len(above) > 1 and not any(is_value(cell.text) for cell in above)


def _put_table(canvas: Canvas, name: str, block: list[_Row], table: int) -> int:
    """Put down the rows of a table, down to the last that more than one cell fills; single ones below are prose."""
    if not block:
        return 0
    last = max((i for i, row in enumerate(block) if len(row.filled) > 1), default=-1) + 1
    if last < len(block) and not block[last].filled:  # Numbers left blank below the last headings.
        last += 1
    while last < len(block) and _may_be_blank_row(block[last]):
        last += 1
    begin, end = min(row.filled[0].column for row in block if row.filled), _end(block)
    top = block[0].number
    for row in block[:last]:
        cells = [cell for cell in row.cells if begin <= cell.column < end]
        if not cells:  # Merged cells cover all of it.
            continue
        canvas.row(
            [
                RowCell(
                    cell.text,
                    GridPlace(table, row.number - top, cell.column, cell.rows, cell.columns),
                    _place(name, row.number, cell.column),
                )
                for cell in cells
            ]
        )
    for row in block[last:]:
        for cell in row.filled:
            canvas.paragraph(cell.text, _place(name, row.number, cell.column))
    return 1


def _end(block: Sequence[_Row]) -> int:
    """The column behind the last one that has text, or that a cell with text covers."""
    return max((cell.column + cell.columns for row in block for cell in row.filled), default=0)


def _may_be_blank_row(row: _Row) -> bool:
    """Whether a row below a table may be one of its own whose numbers are blank: one short cell, not merged wide."""
    return len(row.filled) == 1 and len(row.filled[0].text) <= LABEL and len(row.cells) > 1


def _place(sheet: str, row: int, column: int) -> Place:
    return Place(sheet=sheet, address=f"{column_letters(column)}{row + 1}")


def _rows(rows: Sequence[Sequence[str]], merged: Sequence[Range], start: tuple[int, int]) -> Iterator[_Row]:
    top, left = start
    width = max(map(len, rows), default=0)
    anchors, covered = _merges(merged, (top, left, top + len(rows) - 1, left + width - 1))
    for at, texts in enumerate(rows):
        number = top + at
        cells = []
        hung = False
        for across, text in enumerate(texts):
            place = (number, left + across)
            anchor = covered.get(place)
            if anchor is None:
                cells.append(_Cell(text.strip(), left + across, *anchors.get(place, (1, 1))))
            elif top <= anchor[0] < number and anchor[1] >= left and rows[anchor[0] - top][anchor[1] - left].strip():
                hung = True
        yield _Row(number, tuple(cells), tuple(cell for cell in cells if cell.text), hung)


def _merges(
    merged: Sequence[Range], used: Range
) -> tuple[dict[tuple[int, int], tuple[int, int]], dict[tuple[int, int], tuple[int, int]]]:
    """Extents of the merged cells by their first place; that place for those that they cover besides, in ``used``."""
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    painted = 0
    for first_row, first, last_row, last in merged:
        bottom, right = min(last_row, used[2]), min(last, used[3])
        if bottom < first_row or right < first:
            continue
        anchors[first_row, first] = (bottom - first_row + 1, right - first + 1)
        painted += (bottom - first_row + 1) * (right - first + 1)
        if painted > MAX_POSITIONS:
            raise ReadError("", "too_many_cells", {"limit": MAX_POSITIONS})
        covered |= {
            (row, column): (first_row, first)
            for row in range(first_row, bottom + 1)
            for column in range(first, right + 1)
            if (row, column) != (first_row, first)
        }
    return anchors, covered
