"""Lays a table out as the official form does: cells with row and column spans."""

from __future__ import annotations

from dataclasses import dataclass

from .plan import Block, OwnTable, Row, Table
from .words import Words


@dataclass(frozen=True)
class GridCell:
    """A cell at its place; role is caption, header, group, label or value."""

    words: Words
    role: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Grid:
    """Cells by printed row, each where it begins."""

    width: int
    rows: tuple[tuple[GridCell, ...], ...]
    id: str = ""


class _Sheet:
    def __init__(self) -> None:
        self.rows: list[list[GridCell]] = []

    def put(self, words: Words, role: str, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        while len(self.rows) <= row:
            self.rows.append([])
        self.rows[row].append(GridCell(words, role, row, column, rows, columns))

    def grid(self, width: int, name: str) -> Grid:
        return Grid(width, tuple(tuple(sorted(row, key=lambda cell: cell.column)) for row in self.rows), name)


def make_grid(table: Table | OwnTable) -> Grid:
    """The grid of any table of the plan."""
    if isinstance(table, OwnTable):
        return _own(table)
    return {"disclosure": _disclosure, "requests": _requests, "remedies": _remedies}[table.id](table)


def _own(table: OwnTable) -> Grid:
    sheet = _Sheet()
    for i, row in enumerate(table.rows):
        for j, text in enumerate(row):
            sheet.put(Words(text), ("value" if j else "label") if i else "header", i, j)
    return sheet.grid(max(map(len, table.rows)), "own")


def _disclosure(table: Table) -> Grid:
    sheet = _Sheet()
    for block in table.blocks:
        sheet.put(block.caption, "caption", len(sheet.rows), 0, columns=4)
        _spread(sheet, block.headers, "header")
        for row in block.rows:
            _spread(sheet, (row.label, *row.cells), "value")
    return sheet.grid(4, "disclosure")


def _spread(sheet: _Sheet, texts: tuple[Words, ...], role: str) -> None:
    """One row of up to four columns; the last cell takes what is left."""
    at = len(sheet.rows)
    for i, words in enumerate(texts):
        last = i == len(texts) - 1
        sheet.put(
            words,
            "label" if role == "value" and i == 0 else role,
            at,
            i,
            columns=max(1, 4 - i) if last else 1,
        )


def _requests(table: Table) -> Grid:
    sheet = _Sheet()
    note, applicants, organisations = table.heads
    sheet.put(note, "header", 0, 0, rows=3, columns=3)
    sheet.put(applicants, "header", 0, 3, columns=7)
    headers = table.blocks[0].headers
    last = len(headers) - 1
    sheet.put(headers[0], "header", 1, 3, rows=2)
    sheet.put(organisations, "header", 1, 4, columns=max(1, last - 1))
    sheet.put(headers[last], "header", 1, 3 + last, rows=2)
    for i, words in enumerate(headers[1:last]):
        sheet.put(words, "header", 2, 4 + i)
    for block in table.blocks:
        _rows(sheet, block.rows)
    return sheet.grid(10, "requests")


def _rows(sheet: _Sheet, rows: tuple[Row, ...]) -> None:
    """Rows with their group cells; a group cell spans the rows that follow each other in it."""
    at = len(sheet.rows)
    for i, row in enumerate(rows):
        for depth, group in enumerate(row.groups):
            if i == 0 or not _same_group(rows[i - 1], row, depth):
                span = next(
                    (k for k in range(1, len(rows) - i) if not _same_group(rows[i + k], row, depth)),
                    len(rows) - i,
                )
                sheet.put(group, "group", at + i, depth, rows=span)
        sheet.put(row.label, "label", at + i, len(row.groups), columns=3 - len(row.groups))
        for j, words in enumerate(row.cells):
            sheet.put(words, "value", at + i, 3 + j)


def _same_group(one: Row, other: Row, depth: int) -> bool:
    """Whether two rows stand under the same groups down to this depth."""
    return [words.text for words in one.groups[: depth + 1]] == [
        words.text for words in other.groups[: depth + 1]
    ] and len(one.groups) > depth


def _remedies(table: Table) -> Grid:
    sheet = _Sheet()
    blocks: tuple[Block, ...] = table.blocks
    sheet.put(blocks[0].caption, "header", 0, 0, columns=5)
    sheet.put(table.heads[0], "header", 0, 5, columns=10)
    for words, i in zip(blocks[0].headers, range(5), strict=False):
        sheet.put(words, "header", 1, i, rows=2)
    at = 0
    for number, block in enumerate(blocks):
        if number:
            sheet.put(block.caption, "header", 1, 5 * number, columns=5)
            for i, words in enumerate(block.headers):
                sheet.put(words, "header", 2, 5 * number + i)
        for row in block.rows:
            for words in row.cells:
                sheet.put(words, "value", 3, at)
                at += 1
    return sheet.grid(15, "remedies")
