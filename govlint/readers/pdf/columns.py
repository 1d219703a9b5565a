"""Tables without ruling lines: numbers that stand below each other are a column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from govlint.chinese import is_page_number, is_value
from govlint.readers.pdf.page import PageText
from govlint.readers.pdf.textlines import Chunk, TextLine, join

_ROWS = 3
"""Fewer lines with numbers in columns are no table."""
_BETWEEN = 3
"""So many lines without numbers (captions, wrapped labels) may stand between two rows."""
_CLOSE = 0.95
"""Lines nearer than a character's height belong to one row: a wrapped label with its numbers half way down."""


class AlignedRow(NamedTuple):
    """A row: the words before the numbers, then one text per column, blank where nothing stands."""

    labels: tuple[str, ...]
    values: tuple[str, ...]
    page: int


def find_rows(texts: Sequence[PageText]) -> dict[int, tuple[AlignedRow, int]]:
    """For lines of text outside lattices: number of a line → the row that begins there and its number of lines.

    Only stretches of several rows with numbers are tables; other lines stay as they are.
    """
    rows = _grouped(texts)
    found: dict[int, tuple[AlignedRow, int]] = {}
    for stretch in _stretches(rows):
        columns = _columns([row for row in stretch if _values(row[2])])
        if len(columns) < 2:
            continue
        for start, count, line, page in stretch:
            aligned = _aligned(line, columns, page)
            if aligned is not None:
                found[start] = (aligned, count)
    return found


_Row = tuple[int, int, TextLine, int]
"""Number of the first line, count of lines, their chunks as one line, page."""


def _grouped(texts: Sequence[PageText]) -> list[_Row]:
    rows: list[_Row] = []
    base = 0.0
    for number, text in enumerate(texts):
        if is_page_number(text.line.text):
            continue
        if rows:
            start, count, line, page = rows[-1]
            near = text.page == page and text.line.base - base < _CLOSE * min(line.size, text.line.size)
            if near and count < 3 and number == start + count and (_values(line) == 0 or _values(text.line) == 0):
                rows[-1] = (start, count + 1, _merged(line, text.line), page)
                base = text.line.base
                continue
        rows.append((number, 1, text.line, text.page))
        base = text.line.base
    return rows


def _merged(one: TextLine, two: TextLine) -> TextLine:
    """Two lines as one: chunks above each other are one text, others stand side by side."""
    chunks = list(one.chunks)
    for chunk in two.chunks:
        above = next(
            (i for i, known in enumerate(chunks) if chunk.left < known.right and known.left < chunk.right), None
        )
        if above is None:
            chunks.append(chunk)
        else:
            known = chunks[above]
            left, right = min(known.left, chunk.left), max(known.right, chunk.right)
            chunks[above] = Chunk(join(known.text, chunk.text), left, right)
    chunks.sort(key=lambda chunk: chunk.left)
    return TextLine(tuple(chunks), chunks[0].left, chunks[-1].right, one.base, one.size)


def _values(line: TextLine) -> int:
    """How many numbers end the line, each apart from the others."""
    count = 0
    while count < len(line.chunks) and is_value(line.chunks[-1 - count].text):
        count += 1
    return count


def _stretches(rows: Sequence[_Row]) -> list[list[_Row]]:
    found: list[list[_Row]] = []
    stretch: list[_Row] = []
    idle = 0
    for row in rows:
        if _values(row[2]) and len(row[2].chunks) > 1:
            stretch.append(row)
            idle = 0
        elif stretch:
            idle += 1
            stretch.append(row)
            if idle > _BETWEEN:
                found.append(stretch)
                stretch = []
    found.append(stretch)
    return [rows for rows in found if sum(bool(_values(row[2])) for row in rows) >= _ROWS]


def _columns(rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """Left and right of each column: numbers that overlap from above, in rows that have the most of them."""
    most = max(_values(line) for _, _, line, _ in rows)
    columns: list[tuple[float, float]] = []
    chunks = sorted(
        (chunk.left, chunk.right)
        for _, _, line, _ in rows
        if _values(line) == most
        for chunk in line.chunks[len(line.chunks) - most :]
    )
    for left, right in chunks:
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns if len(columns) == most else []


def _aligned(line: TextLine, columns: Sequence[tuple[float, float]], page: int) -> AlignedRow | None:
    """The line by columns; None where it has no numbers, or one that stands in no column."""
    count = _values(line)
    if not count or count == len(line.chunks):
        return None
    edges = [(one[1] + two[0]) / 2 for one, two in pairwise(columns)]
    values = [""] * len(columns)
    for chunk in line.chunks[len(line.chunks) - count :]:
        column = bisect_right(edges, (chunk.left + chunk.right) / 2)
        if (
            values[column]
            or chunk.right < columns[column][0] - line.size
            or chunk.left > columns[column][1] + line.size
        ):
            return None
        values[column] = chunk.text
    if count == 1 and len(columns) > 1:  # One number under several columns: its cell may be as wide as all of them.
        values = [value for value in values if value]
    labels = tuple(chunk.text for chunk in line.chunks[: len(line.chunks) - count])
    return AlignedRow(labels, tuple(values), page)
