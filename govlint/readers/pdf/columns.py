"""Tables without ruling lines: numbers that stand below each other are a column, lines close together a row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from govlint.chinese import is_page_number, is_value
from govlint.readers.pdf.page import PageText
from govlint.readers.pdf.textlines import Chunk, TextLine, join

_ROWS, _NUMBERS = 3, 8
"""Fewer lines with numbers in columns are no table, unless they hold so many numbers."""
_BETWEEN = 6
"""So many lines without numbers (captions, headings, wrapped labels) may stand between two rows."""
_OVERLAP = 0.95
"""Lines nearer than a character's height belong to one row: a wrapped label with its numbers half way down."""
_CLOSE = 0.75
"""Lines nearer than this share of the usual distance of rows belong to one row: its text is wrapped."""
_NEARBY = 5
"""So many rows before and after tell the columns of a row that has fewer numbers than they."""
_HEADING, _HEADING_LINES = 2, 12
"""Rows without numbers that part two tables, and lines that the headings of columns take at most."""
_MOST_LINES = 6
_SAME_EDGE = 1.5
"""Words that begin no further apart than this, in points, begin at the same edge."""
_APART = 1.2
"""A character that begins so many characters' widths behind the one before it stands off from it."""


class AlignedRow(NamedTuple):
    """A row: its texts from the left, blank where a column has none; ``labels`` of them stand before the numbers."""

    texts: tuple[str, ...]
    labels: int
    page: int


class _Row(NamedTuple):
    """Number of its first line, how many lines it takes, their chunks as one line, page, and count of numbers."""

    start: int
    lines: int
    line: TextLine
    page: int
    values: int


def find_rows(texts: Sequence[PageText]) -> dict[int, tuple[AlignedRow, int]]:
    """For lines of text outside lattices: number of a line → the row that begins there and its number of lines.

    Only stretches of several rows with numbers are tables; other lines stay as they are.
    """
    found: dict[int, tuple[AlignedRow, int]] = {}
    stretches = _stretches(texts)
    steps = [step for first, last in stretches for step in _steps(texts[first : last + 1])]
    close = _CLOSE * median(steps) if steps else 0.0
    for first, last in stretches:
        rows = _rows(texts, first, last, close)
        for at, row in enumerate(rows):
            if row.values and len(row.line.chunks) > row.values:
                found[row.start] = (_aligned(row, _around(rows, at)), row.lines)
            elif row.lines > 1 and len(row.line.chunks) > 1:  # A heading of columns, wrapped.
                texts_of = tuple(chunk.text for chunk in row.line.chunks)
                found[row.start] = (AlignedRow(texts_of, len(texts_of), row.page), row.lines)
    return found


def _around(rows: Sequence[_Row], at: int) -> list[_Row]:
    """The rows with numbers nearest to a row, on either side as far as no heading of several rows comes between."""
    found = [rows[at]]
    for step in (-1, 1):
        idle, number = 0, at + step
        while 0 <= number < len(rows) and idle < _HEADING and abs(number - at) <= _NEARBY:
            idle = 0 if rows[number].values else idle + 1
            found += [rows[number]] * bool(rows[number].values)
            number += step
    return found


def _values(line: TextLine) -> int:
    """How many numbers end the line, each apart from the others."""
    count = 0
    while count < len(line.chunks) and is_value(line.chunks[-1 - count].text):
        count += 1
    return count


def _is_row(line: TextLine) -> bool:
    return len(line.chunks) > 1 and _values(line) > 0


def _stretches(texts: Sequence[PageText]) -> list[tuple[int, int]]:
    """First and last line of each table, with the headings right above its first numbers."""
    found: list[tuple[int, int]] = []
    rows = [number for number, text in enumerate(texts) if _is_row(text.line)]
    start = 0
    for at, number in enumerate(rows):
        if at + 1 < len(rows) and rows[at + 1] - number <= _BETWEEN + 1:
            continue
        numbers = sum(_values(texts[row].line) for row in rows[start : at + 1])
        if at + 1 - start >= _ROWS or numbers >= _NUMBERS:
            first = rows[start]
            while first > 0 and rows[start] - first < _HEADING_LINES and len(texts[first - 1].line.chunks) > 1:
                first -= 1
            after = number + 1 < len(texts) and texts[number + 1].page == texts[number].page
            found.append((first, number + after))
        start = at + 1
    return found


def _steps(texts: Sequence[PageText]) -> list[float]:
    """How far apart rows stand that follow each other directly."""
    return [
        two.line.base - one.line.base
        for one, two in pairwise(texts)
        if one.page == two.page and _is_row(one.line) and _is_row(two.line)
    ]


def _rows(texts: Sequence[PageText], first: int, last: int, close: float) -> list[_Row]:
    """The lines of a stretch as rows: those that overlap or stand closer than ``close`` are one."""
    lines = [(number, texts[number]) for number in range(first, last + 1)]
    lines = [(number, text) for number, text in lines if not is_page_number(text.line.text)]
    edges = _label_edges([text.line for _, text in lines])
    lines = [(number, text._replace(line=_split(text.line, edges))) for number, text in lines]
    rows: list[_Row] = []
    base = 0.0
    for number, text in lines:
        line = text.line
        if rows and rows[-1].page == text.page and rows[-1].start + rows[-1].lines == number:
            row = rows[-1]
            near = max(close, _OVERLAP * min(row.line.size, line.size))
            if line.base - base < near and row.lines < _MOST_LINES and _goes_with(row, line):
                merged = _merged(row.line, line)
                rows[-1] = _Row(row.start, row.lines + 1, merged, row.page, _values(merged))
                base = line.base
                continue
        rows.append(_Row(number, 1, line, text.page, _values(line)))
        base = line.base
    return rows


def _goes_with(row: _Row, line: TextLine) -> bool:
    """Whether a line close below a row may be part of it: numbers for its words, or words that go on below others."""
    if _values(line):
        return not row.values
    over = [
        [known for known in row.line.chunks if chunk.left < known.right and known.left < chunk.right]
        for chunk in line.chunks
    ]
    return bool(row.values) or all(len(known) == 1 for known in over)


def _label_edges(lines: Sequence[TextLine]) -> list[float]:
    """Where columns of words begin: at least two lines have words that start there."""
    lefts = sorted(chunk.left for line in lines for chunk in line.chunks if not is_value(chunk.text))
    groups: list[list[float]] = []
    for left in lefts:
        if groups and left - groups[-1][0] <= _SAME_EDGE:
            groups[-1].append(left)
        else:
            groups.append([left])
    return [group[0] for group in groups if len(group) > 1]


def _split(line: TextLine, edges: Sequence[float]) -> TextLine:
    """The line with words of two columns apart that stand too close to look so: a character begins at an edge."""
    chunks: list[Chunk] = []
    for chunk in line.chunks:
        cuts = [0]
        for edge in edges:
            if chunk.left + line.size < edge < chunk.right:
                cut = next((i for i, left in enumerate(chunk.lefts) if abs(left - edge) <= _SAME_EDGE), 0)
                if cut and _stands_off(chunk, cut, line.size):
                    cuts.append(cut)
        for start, end in pairwise([*cuts, len(chunk.text)]):
            right = chunk.right if end == len(chunk.text) else chunk.lefts[end]
            chunks.append(Chunk(chunk.text[start:end], chunk.lefts[start], right, chunk.lefts[start:end]))
    return line._replace(chunks=tuple(chunks))


def _stands_off(chunk: Chunk, at: int, size: float) -> bool:
    """Whether there is more room before a character than a full character takes."""
    return chunk.lefts[at] - chunk.lefts[at - 1] > _APART * size


def _merged(one: TextLine, two: TextLine) -> TextLine:
    """Two lines as one: chunks above each other are one text, others stand side by side."""
    chunks = list(one.chunks)
    for chunk in two.chunks:
        over = (i for i, known in enumerate(chunks) if chunk.left < known.right and known.left < chunk.right)
        above = next(over, None)
        if above is None:
            chunks.append(chunk)
        else:
            known = chunks[above]
            left, right = min(known.left, chunk.left), max(known.right, chunk.right)
            chunks[above] = Chunk(join(known.text, chunk.text), left, right)  # Its characters are not needed again.
    chunks.sort(key=lambda chunk: chunk.left)
    return TextLine(tuple(chunks), chunks[0].left, chunks[-1].right, one.base, one.size)


def _columns(rows: Sequence[_Row], most: int) -> list[tuple[float, float]]:
    """Left and right of each column: numbers that overlap from above, in the rows that have so many of them."""
    columns: list[tuple[float, float]] = []
    chunks = sorted(
        (chunk.left, chunk.right)
        for row in rows
        if row.values == most
        for chunk in row.line.chunks[len(row.line.chunks) - most :]
    )
    for left, right in chunks:
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns if len(columns) == most else []


def _aligned(row: _Row, around: Sequence[_Row]) -> AlignedRow:
    """The row with blanks in the columns that rows around it have and it lacks, if all its numbers stand in some."""
    chunks = row.line.chunks
    labels = [chunk.text for chunk in chunks[: len(chunks) - row.values]]
    numbers = chunks[len(chunks) - row.values :]
    plain = AlignedRow(tuple(chunk.text for chunk in chunks), len(labels), row.page)
    most = max(other.values for other in around)
    columns = _columns(around, most) if 1 < row.values < most else []
    if not columns:
        return plain
    edges = [(one[1] + two[0]) / 2 for one, two in pairwise(columns)]
    values = [""] * len(columns)
    for chunk in numbers:
        column = bisect_right(edges, (chunk.left + chunk.right) / 2)
        left, right = columns[column]
        if values[column] or chunk.right < left - row.line.size or chunk.left > right + row.line.size:
            return plain
        values[column] = chunk.text
    return AlignedRow((*labels, *values), len(labels), row.page)
