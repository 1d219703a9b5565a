"""Delimited text (CSV, TSV) → lines: rows of several cells make tables, a row of one cell is a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from govlint.chinese import any_number, find_date, fold, is_value, strip_slice, top_number
from govlint.model.document import Cell, Fixed, GridPlace, Line, Piece, Pieces, Verbatim
from govlint.readers.delimited_records import (
    Field,
    Record,
    declared_separator,
    likely_separator,
    read_records,
)
from govlint.readers.layout import MakeCell, lay_out, verbatim_cell
from govlint.readers.limits import check_lines
from govlint.readers.text import read_text

LABEL = 40
"""A row's label has at most so many characters; longer text alone in its row is a paragraph."""
_PIECE = 4
"""Pieces between the commas of a sentence have on average at least so many characters; numbers have fewer."""
_SENTENCE = re.compile("[\u3002\uff01\uff1f\uff1b]")
_FORMULA = re.compile(r'="([^"]*)"')
_QUOTED_FORMULA = re.compile(r'=""([^"]*)""')
_APOSTROPHE = re.compile(r"'[-+0-9.][^']*")
_ESCAPE = re.compile(r'""|\r\n?')
_ONE_LINE = str.maketrans("\t\v\f|\u2502\uff5c", "   \u00a6\u00a6\u00a6")


def read_csv(text: str) -> list[Line]:
    """The lines of a file of separated values, whose separator is declared or told by the numbers beside it.

    Raises ReadError (``too_many_cells``, ``too_many_lines``).
    """
    check_lines(text)
    separator, at = declared_separator(text)
    separator = separator or likely_separator(text)
    return _Sheet(text, separator).lines(at) if separator else read_text(text)


def read_tsv(text: str) -> list[Line]:
    """The lines of a file of values separated by tabs; by something else where it has none."""
    check_lines(text)
    at = declared_separator(text)[1]
    return _Sheet(text, "\t").lines(at) if "\t" in text[at:] else read_csv(text)


@dataclass(eq=False, slots=True)
class _Table:
    """The rows of the table in work."""

    rows: list[Record] = field(default_factory=list)
    broken: bool = False
    """Whether an empty line, which is no row of blank cells, follows the last row. A table goes on behind it with rows
    of the same width only."""


class _Sheet:
    def __init__(self, text: str, separator: str) -> None:
        self.text = text
        self.separator = separator
        self.tables = 0
        self.table = _Table()

    def lines(self, at: int) -> list[Line]:
        """All lines in reading order."""
        lines: list[Line] = []
        before: Record | None = None
        record: Record | None = None
        for after in chain(read_records(self.text, self.separator, at), (None,)):
            if record is not None:
                lines += self._take(record, before, after)
            before, record = record, after
        return [*lines, *self._end_table()]

    def _take(self, record: Record, before: Record | None, after: Record | None) -> Iterator[Line]:
        """The lines that are complete with this record: those of the table above it, and its own paragraphs."""
        if self._is_row(record, before, after):
            if self.table.broken and self._width(self.table.rows[-1]) != self._width(record):
                yield from self._end_table()
            self.table.rows.append(record)
            self.table.broken = False
        elif record.filled or record.padded:
            yield from self._end_table()
            yield from self._paragraphs(record)
        else:
            self.table.broken = bool(self.table.rows)

    # ------------------------------------------------------------ what a record is

    def _is_row(self, record: Record, before: Record | None, after: Record | None) -> bool:
        if len(record.filled) > 1:
            return not self._is_sentence(record, before, after)
        above = self.table.rows[-1] if self.table.rows and not self.table.broken else None
        if not record.filled:  # Numbers left blank below a row of headings; any other blank record is no row.
            return above is not None and record.padded and len(above.filled) > 1 and not self._has_values(above)
        written = self._written(record, record.filled[0])
        if len(written) > LABEL:
            return False
        if record.filled[0] > 0:
            return above is not None or (after is not None and len(after.filled) > 1)
        if above is None or not record.padded:
            return False
        if after is not None and self._has_values(after):
            return True
        heading = top_number(fold(written))[0] or _SENTENCE.search(written) or find_date(written)
        return self._has_values(above) and not heading

    def _is_sentence(self, record: Record, before: Record | None, after: Record | None) -> bool:
        """Whether the commas of an unquoted record are those of prose: no number or blank stands between them."""
        if record.quoted or self.separator == "\t" or len(record.filled) < len(record.fields):
            return False
        parts = [self._written(record, column) for column in record.filled]
        if any(is_value(part) for part in parts) or sum(map(len, parts)) < _PIECE * len(parts):
            return False
        if _SENTENCE.search(self.text, record.start, record.end):
            return True
        width = self._width(record)
        fits = any(other is not None and self._width(other) == width for other in (before, after))
        numbers = [any_number(fold(part[:LABEL]))[0] for part in parts]
        return bool(numbers[0]) and not any(numbers[1:]) and not fits

    def _width(self, record: Record) -> int:
        return len(record.fields) + self.text.count(self.separator, record.tail, record.end)

    def _has_values(self, record: Record) -> bool:
        return any(is_value(self._written(record, column)) for column in record.filled)

    def _written(self, record: Record, column: int) -> str:
        start, end, _ = record.fields[column]
        return self.text[start:end].strip()

    # ------------------------------------------------------------ lines

    def _end_table(self) -> Iterator[Line]:
        rows = self.table.rows
        if not rows:
            return
        width = max(len(record.fields) for record in rows)
        for number, record in enumerate(rows):
            cells = [self._cell(written, number, column) for column, written in enumerate(record.fields)]
            if record.padded:
                cells += self._blanks(record, number, width)
            yield Line("grid", tuple(cells))
        self.tables += 1
        self.table = _Table()

    def _cell(self, written: Field, row: int, column: int) -> Cell:
        text, parts = shown(self.text, written)
        place = GridPlace(self.tables, row, column)
        if not text:
            return Cell("", Fixed(written.start, written.start), place)
        return Cell(text, parts if isinstance(parts, Pieces) else Verbatim(parts), place)

    def _blanks(self, record: Record, row: int, width: int) -> Iterator[Cell]:
        """The blank cells at the end of a row, each behind its separator, as far as the table is used."""
        at = record.tail
        if not record.fields:
            yield Cell("", Fixed(at, at), GridPlace(self.tables, row, 0))
        for column in range(max(len(record.fields), 1), width):
            at = self.text.find(self.separator, at, record.end) + 1
            if not at:
                return
            yield Cell("", Fixed(at, at), GridPlace(self.tables, row, column))

    def _paragraphs(self, record: Record) -> Iterator[Line]:
        """A sentence as it stands with its commas; the one cell of any other record, line by line."""
        if not record.filled:
            return
        if len(record.filled) > 1 or not (record.padded or record.quoted or record.filled[0]):
            start, end = record.start, record.fields[-1].end
            whole = self.text[start:end]
            alone = len(record.filled) == 1
            line = lay_out(whole if alone else whole.translate(_ONE_LINE), verbatim_cell(whole, start))
            if line is not None:
                yield line
            return
        start, end, quoted = record.fields[record.filled[0]]
        while start <= end:
            stop = self.text.find("\n", start, end) % (end + 1)
            text, parts = shown(self.text, Field(start, stop, quoted))
            line = lay_out(text.translate(_ONE_LINE), _maker(text, parts)) if text else None
            if line is not None:
                yield line
            start = stop + 1


def shown(text: str, written: Field) -> tuple[str, Pieces | int]:
    """What a field shows, without blanks at its edges, and its places, or its place where it stands as it is.

    Doubled quotes are one; ``="001"`` and ``'001`` show 001.
    """
    start, end = strip_slice(text, written.start, written.end)
    formula = (_QUOTED_FORMULA if written.quoted else _FORMULA).fullmatch(text, start, end)
    if formula:
        start, end = strip_slice(text, *formula.span(1))
    elif _APOSTROPHE.fullmatch(text, start, end):
        start += 1
    escapes = list(_ESCAPE.finditer(text, start, end)) if written.quoted else ()
    if not escapes:
        return text[start:end], start
    parts: list[Piece] = []
    made: list[str] = []
    length = 0

    def put(piece: str, first: int, last: int) -> None:
        nonlocal length
        if piece:
            parts.append(Piece(length, len(piece), first, last))
            made.append(piece)
            length += len(piece)

    for escape in escapes:
        put(text[start : escape.start()], start, escape.start())
        put('"' if escape[0] == '""' else "\n", escape.start(), escape.end())
        start = escape.end()
    put(text[start:end], start, end)
    return "".join(made), Pieces(tuple(parts))


def _maker(text: str, parts: Pieces | int) -> MakeCell:
    """Makes cells of slices of ``text``, which ``shown`` gave."""
    if not isinstance(parts, Pieces):
        return verbatim_cell(text, parts)
    starts = [piece.at for piece in parts.parts]

    def make(start: int, end: int) -> Cell:
        first, last = strip_slice(text, start, end)
        inside: Sequence[Piece] = parts.parts[bisect_right(starts, first) - 1 : bisect_left(starts, last)]
        return Cell(text[first:last], Pieces(tuple(piece._replace(at=piece.at - first) for piece in inside)))

    return make
