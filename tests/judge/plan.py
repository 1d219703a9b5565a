"""The plan of a printed report: an editable tree of sections, paragraphs and tables, without layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from .form import NUMERALS, SECTION_OF_TABLE, FormTable
from .model import Report
from .words import Words


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; kind says what it states: text, sub, period, requests, remedies, fee, problems."""

    words: Words
    kind: str = "text"


@dataclass(frozen=True)
class Row:
    """A row of numbers with its label and the groups it stands under."""

    id: str
    groups: tuple[Words, ...]
    label: Words
    cells: tuple[Words, ...]


@dataclass(frozen=True)
class Block:
    """Rows below one header."""

    id: str
    caption: Words
    headers: tuple[Words, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """A table of the official form, as this report prints it."""

    id: str
    heads: tuple[Words, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class OwnTable:
    """A small table of the agency's own, no part of the form."""

    rows: tuple[tuple[str, ...], ...]


Item = Paragraph | Table | OwnTable


@dataclass(frozen=True)
class Section:
    """A numbered section: heading and what stands below."""

    number: int
    heading: Words
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Plan:
    """The whole printed report. `charset` is what an HTML page declares.

    `encoding` is one that the file must have and nobody declares; `broken`: what U+FFFD stands for is broken bytes.
    """

    report: Report
    title: tuple[Words, ...]
    metadata: tuple[tuple[str, Words], ...]
    preamble: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    signature: tuple[Words, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    page_lines: bool = False
    charset: str | None = None
    encoding: str = ""
    broken: bool = False


def plan_table(form: FormTable, printed: Callable[[tuple[str, str, str]], str]) -> Table:
    """The table of a form with its numbers."""
    blocks = tuple(
        Block(
            block.id,
            Words(block.caption),
            tuple(map(Words, block.headers)),
            tuple(
                Row(
                    row.id,
                    tuple(map(Words, row.groups)),
                    Words(row.label),
                    tuple(
                        Words(printed((form.id, row.id, column)), (("cell", form.id, row.id, column),))
                        for column in block.columns
                    ),
                )
                for row in block.rows
            ),
        )
        for block in form.blocks
    )
    return Table(form.id, tuple(map(Words, form.heads)), blocks)


def heading_words(number: int, text: str) -> Words:
    """The heading of a section, numbered."""
    return Words(f"{NUMERALS[number - 1]}、{text}", (("heading", str(number)),))


def table_item(report: Report, number: int) -> tuple[Table, ...]:
    """The official table of a section, if it has one."""
    return tuple(
        plan_table(report.form.table(name), report.printed)
        for name, section in SECTION_OF_TABLE.items()
        if section == number
    )


def map_tables(plan: Plan, edit: Callable[[Table], Table | None]) -> Plan:
    """The plan with every official table edited; None drops it."""
    return map_items(plan, lambda item: edit(item) if isinstance(item, Table) else item)


def map_items(plan: Plan, edit: Callable[[Item], Item | None]) -> Plan:
    """The plan with every item of its sections edited; None drops it."""

    def edited(section: Section) -> Section:
        changed = (edit(item) for item in section.items)
        return replace(section, items=tuple(item for item in changed if item is not None))

    return replace(plan, sections=tuple(map(edited, plan.sections)))


def map_rows(table: Table, edit: Callable[[Row], tuple[Row, ...]]) -> Table:
    """The table with every row replaced by some rows."""
    return replace(
        table,
        blocks=tuple(
            replace(block, rows=tuple(new for row in block.rows for new in edit(row))) for block in table.blocks
        ),
    )


def tables(plan: Plan) -> tuple[Table, ...]:
    """The official tables in printed order."""
    return tuple(item for section in plan.sections for item in section.items if isinstance(item, Table))
