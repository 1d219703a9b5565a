"""A document laid on the official form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from govlint.model.claim import NO_CLAIMS, Claims
from govlint.model.document import ASIDE, Document, Phrase, Slice
from govlint.model.edition import ColumnForm, Edition, RowForm, SectionForm, TableForm
from govlint.model.source import Location, Source, Span


class CellAddress(NamedTuple):
    """The stable name of a cell of the form, whatever the file looks like."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"


ValueKind = Literal["number", "blank", "mark", "formula", "odd"]


class Value(NamedTuple):
    """What a printed cell says.

    ``number`` is None unless ``kind`` is ``number``. ``quirks`` names what is unusual in its writing
    (``full_width``, ``separator``, ``space``, ``unit``), ``unit`` the unit written in the cell.
    """

    kind: ValueKind
    number: Decimal | None = None
    quirks: tuple[str, ...] = ()
    unit: str | None = None


How = Literal["exact", "alias", "unnumbered", "cut", "inside", "close", "place", "unlabelled"]
"""How the printed label named its row."""


class TableCell(NamedTuple):
    """A cell of the form; ``printed`` and ``value`` are None where nothing could be bound to it."""

    address: CellAddress
    form: ColumnForm
    printed: Slice | None = None
    value: Value | None = None

    @property
    def number(self) -> Decimal | None:
        return self.value.number if self.value else None

    @property
    def span(self) -> Span | None:
        return self.printed.span if self.printed else None

    @property
    def text(self) -> str | None:
        return self.printed.text if self.printed else None


class TableRow(NamedTuple):
    """A row of the form as printed; ``label`` is None when none was found for it."""

    form: RowForm
    cells: tuple[TableCell, ...]
    how: How | None = None
    label: Phrase | None = None

    @property
    def bound(self) -> bool:
        return any(cell.printed for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """One of the tables of the form, always with every row and cell of its layout.

    ``layout`` is the id of the edition whose rows and headers fit best. ``found`` tells whether enough rows
    were recognised; ``extent`` reaches from its first words to its last cell; ``lines`` are the document lines it
    takes.
    """

    form: TableForm
    layout: str
    rows: tuple[TableRow, ...]
    found: bool
    extent: Phrase | None = None
    lines: frozenset[int] = field(default=frozenset(), repr=False)

    @cached_property
    def row_by_id(self) -> Mapping[str, TableRow]:
        return {row.form.id: row for row in self.rows}

    @cached_property
    def cell_by_address(self) -> Mapping[CellAddress, TableCell]:
        return {cell.address: cell for row in self.rows for cell in row.cells}

    @cached_property
    def cells_by_row(self) -> Mapping[str, Mapping[str, TableCell]]:
        """Row id → column id → cell."""
        return {row.form.id: {cell.form.id: cell for cell in row.cells} for row in self.rows}

    @cached_property
    def cells_by_column(self) -> Mapping[str, Mapping[str, TableCell]]:
        """Column id → row id → cell."""
        columns: dict[str, dict[str, TableCell]] = {}
        for row in self.rows:
            for cell in row.cells:
                columns.setdefault(cell.form.id, {})[row.form.id] = cell
        return columns

    @property
    def cells(self) -> Iterator[TableCell]:
        return (cell for row in self.rows for cell in row.cells)


class Section(NamedTuple):
    """One of the parts of the form.

    ``heading`` is None when it was not found; ``number`` is the number printed before the heading, 0 when
    none. ``how`` is ``exact``, ``alias``, ``close``, ``number`` (other words under its number), ``glued`` (text
    follows on the same line), ``inline`` or ``inline_close`` (inside a line). ``lines`` are the document lines of
    its body, tables included; ``body`` is its running text, tables left out.
    """

    form: SectionForm
    heading: Phrase | None = None
    number: int = 0
    how: str | None = None
    heading_line: int | None = None
    lines: range = range(0)
    body: tuple[Slice, ...] = ()

    @property
    def span(self) -> Span | None:
        return self.heading.span if self.heading else None


GapKind = Literal[
    "missing", "extra", "short", "ambiguous", "unlabelled", "renamed", "order", "duplicated", "unknown",
    "other_form", "unread", "cut", "misnumbered", "restarted", "empty", "replaced", "cut_off",
]  # fmt: skip
GapScope = Literal["section", "table", "block", "group", "row", "column", "note", "document"]


class Wording(NamedTuple):
    """Words of the form as printed, and as the form has them."""

    printed: Phrase
    expected: str


class Gap(NamedTuple):
    """What binding expected and did not find, or found and did not expect.

    ``place`` is where it stands, or the nearest place for absent things. ``expected`` and ``printed`` are
    words, ``wanted`` and ``found`` numbers of values. ``how`` tells how the printed label matched. ``related``
    are further places with the key of what each is. ``wordings`` are the words that the form has otherwise, where they
    themselves tell which they are and not only their place.
    """

    kind: GapKind
    scope: GapScope
    place: Span
    table: str | None = None
    block: str | None = None
    row: str | None = None
    column: str | None = None
    section: int | None = None
    expected: str | None = None
    printed: str | None = None
    found: int | None = None
    wanted: int | None = None
    how: str | None = None
    related: tuple[tuple[str, Span, str], ...] = ()
    wordings: tuple[Wording, ...] = ()

    @property
    def subject(self) -> str:
        """A stable address: what of the form is concerned, or the words that the form does not know."""
        parts = [self.table, self.block, self.row, self.column]
        address = ".".join(part for part in parts if part)
        if self.section is not None and not address:
            address = f"section.{self.section}"
        known = f"{address}:{self.expected}" if self.scope == "group" else address or self.scope
        return f"{known}:{self.printed}" if self.kind in ("unknown", "extra") and self.printed else known


class Fact(NamedTuple):
    """Something the report says of itself, with its place."""

    value: str
    span: Span
    role: str = ""


class Facts(NamedTuple):
    """Title, agency, year and dates. Dates are ISO strings; a period is ``start/end``."""

    title: Fact | None = None
    agency: Fact | None = None
    unit_type: str | None = None
    year: Fact | None = None
    period: Fact | None = None
    published: Fact | None = None
    signed: Fact | None = None


@dataclass(frozen=True)
class Report:
    """A document bound to the form: ``due`` is the edition that its year demands (None: not known).

    ``recognised`` is False when nothing shows that the text is such a report at all. ``claims`` are what the running
    text says in numbers.
    """

    document: Document
    due: Edition | None
    editions: tuple[Edition, ...]
    facts: Facts
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    gaps: tuple[Gap, ...]
    recognised: bool = True
    claims: Claims = NO_CLAIMS

    @property
    def source(self) -> Source:
        return self.document.source

    @property
    def year(self) -> int | None:
        return int(self.facts.year.value) if self.facts.year else None

    @cached_property
    def table_by_id(self) -> Mapping[str, Table]:
        return {table.form.id: table for table in self.tables}

    @cached_property
    def section_by_number(self) -> Mapping[int, Section]:
        return {section.form.number: section for section in self.sections}

    @cached_property
    def table_lines(self) -> frozenset[int]:
        """Document lines that belong to a table of the form."""
        return frozenset().union(*(table.lines for table in self.tables))

    def cell(self, address: CellAddress) -> TableCell | None:
        table = self.table_by_id.get(address.table)
        return table.cell_by_address.get(address) if table else None

    def locate(self, span: Span) -> Location:
        return Location(self.source.id, span)

    @cached_property
    def preamble(self) -> tuple[Slice, ...]:
        """What stands before section one; nothing without its heading, because nobody knows then where it ends."""
        first = self.section_by_number[1].span
        return tuple(piece for piece in self.prose if piece.span.end <= first.start) if first else ()

    @cached_property
    def prose(self) -> tuple[Slice, ...]:
        """All text outside the tables of the form and the page's own title, cell by cell."""
        return tuple(
            Slice(cell, 0, len(cell.text))
            for number, line in enumerate(self.document.lines)
            if number not in self.table_lines and line.role not in ASIDE
            for cell in line.cells
            if cell.text
        )
