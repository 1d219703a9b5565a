"""The printed parts of a report ↔ plain tuples, which pack much faster than the many small values they stand for.

Forms, which both sides have, are put down by their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from govlint.model.document import Cell, Fixed, GridPlace, Line, Origin, Phrase, Piece, Pieces, Slice, Verbatim
from govlint.model.edition import Edition, TableForm
from govlint.model.report import CellAddress, Section, Table, TableCell, TableRow, Value

Flat = Any
"""Nothing but None, bool, int, str, tuple, list."""


class Flattening:
    """Flattens what rests on the forms of these editions, and makes it again."""

    def __init__(self, editions: Sequence[Edition]) -> None:
        self._sections = [form for edition in editions for form in edition.sections]
        self._tables = [form for edition in editions for form in edition.tables]
        self._numbers = {
            id(form): number for forms in (self._sections, self._tables) for number, form in enumerate(forms)
        }

    def flat_sections(self, sections: Sequence[Section]) -> Flat:
        return [
            (
                self._numbers[id(each.form)],
                _flat_phrase(each.heading),
                each.number,
                each.how,
                each.heading_line,
                (each.lines.start, each.lines.stop),
                [_flat_slice(piece) for piece in each.body],
            )
            for each in sections
        ]

    def sections(self, flat: Flat) -> tuple[Section, ...]:
        return tuple(
            Section(
                self._sections[form], _phrase(heading), number, how, at, range(*lines), tuple(_slice(*p) for p in body)
            )
            for form, heading, number, how, at, lines, body in flat
        )

    def flat_tables(self, tables: Sequence[Table]) -> Flat:
        return [
            (
                self._numbers[id(each.form)],
                each.layout,
                each.found,
                _flat_phrase(each.extent),
                sorted(each.lines),
                [
                    (
                        row.form.id,
                        row.how,
                        _flat_phrase(row.label),
                        [
                            (*_flat_slice(cell.printed), *_flat_value(cell.value)) if cell.printed else None
                            for cell in row.cells
                        ],
                    )
                    for row in each.rows
                ],
            )
            for each in tables
        ]

    def tables(self, flat: Flat) -> tuple[Table, ...]:
        return tuple(
            Table(
                self._tables[form],
                layout,
                tuple(_row(self._tables[form], *row) for row in rows),
                found,
                _phrase(extent),
                frozenset(lines),
            )
            for form, layout, found, extent, lines, rows in flat
        )


def flat_lines(lines: Sequence[Line]) -> Flat:
    """The lines of a document, flattened."""
    return [
        (line.kind, line.role, [(c.text, _flat_origin(c.origin), _flat_grid(c.grid)) for c in line.cells])
        for line in lines
    ]


def lines(flat: Flat) -> tuple[Line, ...]:
    """The lines that were flattened."""
    return tuple(Line(kind, tuple(_cell(*cell) for cell in cells), role) for kind, role, cells in flat)


def _row(table: TableForm, name: str, how: Any, label: Flat, cells: Flat) -> TableRow:
    form = table.row_by_id[name]
    made = []
    for column, cell in zip(form.columns, cells, strict=True):
        address = CellAddress(table.id, name, column.id)
        made.append(
            TableCell(address, column, _slice(*cell[:5]), _value(*cell[5:])) if cell else TableCell(address, column)
        )
    return TableRow(form, tuple(made), how, _phrase(label))


def _flat_slice(piece: Slice) -> tuple[Flat, ...]:
    (text, origin, grid), start, end = piece
    return text, _flat_origin(origin), None if grid is None else tuple(grid), start, end


def _slice(text: str, origin: Flat, grid: Flat, start: int, end: int) -> Slice:
    return Slice(_cell(text, origin, grid), start, end)


def _cell(text: str, origin: Flat, grid: Flat) -> Cell:
    return Cell(text, _origin(origin), None if grid is None else GridPlace(*grid))


def _flat_grid(grid: GridPlace | None) -> Flat:
    return None if grid is None else tuple(grid)


def _flat_phrase(phrase: Phrase | None) -> Flat:
    return None if phrase is None else [_flat_slice(piece) for piece in phrase.slices]


def _phrase(flat: Flat) -> Phrase | None:
    return None if flat is None else Phrase(tuple(_slice(*piece) for piece in flat))


def _flat_origin(origin: Origin) -> Flat:
    """A number for text that stands somewhere as it is, two for a range, a list for pieces."""
    settled = origin.settled()
    if isinstance(settled, Verbatim):
        return settled.at
    return tuple(settled) if isinstance(settled, Fixed) else [tuple(part) for part in settled.parts]


def _origin(flat: Flat) -> Verbatim | Fixed | Pieces:
    if isinstance(flat, int):
        return Verbatim(flat)
    return Fixed(*flat) if isinstance(flat, tuple) else Pieces(tuple(Piece(*part) for part in flat))


def _flat_value(value: Value | None) -> tuple[Flat, ...]:
    """Kind, number, quirks and unit; nothing for no value."""
    if value is None:
        return ()
    return value.kind, None if value.number is None else str(value.number), value.quirks, value.unit


def _value(*flat: Any) -> Value | None:
    if not flat:
        return None
    kind, number, quirks, unit = flat
    return Value(kind, None if number is None else Decimal(number), quirks, unit)
