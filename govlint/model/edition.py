"""The official form of one edition, as data tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

Words = Mapping[str, str]
"""The same words by language (``zh``, ``en``)."""

ValueType = Literal["count", "amount"]


class SectionForm(NamedTuple):
    """One of the numbered parts: its number, official heading, other wordings that pass without a word.

    ``table`` is the table it holds; ``signs`` are patterns that its text shows when the heading has other words.
    """

    number: int
    id: str
    heading: str
    title: str
    aliases: tuple[str, ...] = ()
    table: str | None = None
    signs: tuple[str, ...] = ()


class ColumnForm(NamedTuple):
    """A column of numbers: its official header text, other texts that pass, and which numbers it may hold."""

    id: str
    label: str
    value: ValueType = "count"
    signed: bool = False
    unit_allowed: bool = False
    accepted: tuple[str, ...] = ()


class RowForm(NamedTuple):
    """A row of numbers.

    ``label`` is the official one, ``accepted`` pass as well, ``aliases`` are recognised but not right. ``groups``
    are the labels of the groups that the row lies in, from the outermost.
    """

    id: str
    label: str
    block: str
    columns: tuple[ColumnForm, ...]
    groups: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()


class BlockForm(NamedTuple):
    """Rows that share a caption and a header (a sub-table); ``headers`` are all texts the header prints."""

    id: str
    caption: str | None
    headers: tuple[str, ...]
    rows: tuple[RowForm, ...]


@dataclass(frozen=True)
class TableForm:
    """A table of the form.

    ``printed`` is ``rows`` or ``wide`` (all rows side by side in one line). ``opening`` is the text that its
    header starts with, ``note`` the remark printed before it.
    """

    id: str
    label: Words
    section: int
    printed: Literal["rows", "wide"]
    blocks: tuple[BlockForm, ...]
    opening: str | None = None
    note: str | None = None

    @cached_property
    def rows(self) -> tuple[RowForm, ...]:
        return tuple(row for block in self.blocks for row in block.rows)

    @cached_property
    def row_by_id(self) -> Mapping[str, RowForm]:
        return {row.id: row for row in self.rows}

    @cached_property
    def block_by_id(self) -> Mapping[str, BlockForm]:
        return {block.id: block for block in self.blocks}


@dataclass(frozen=True)
class Edition:
    """The form for reports on the years ``first`` to ``last`` (None: until further notice)."""

    id: str
    first: int
    last: int | None
    sections: tuple[SectionForm, ...]
    tables: tuple[TableForm, ...]
    basis: tuple[Mapping[str, str], ...] = ()

    @cached_property
    def table_by_id(self) -> Mapping[str, TableForm]:
        return {table.id: table for table in self.tables}

    def covers(self, year: int) -> bool:
        return self.first <= year and (self.last is None or year <= self.last)
