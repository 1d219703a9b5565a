"""A clean report as a tree of parts that an example can edit, made from an edition and the clean data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from govlint.model.edition import BlockForm, Edition, RowForm, TableForm


@dataclass(eq=False)
class Part:
    """A piece of the report with a name that edits use; ``text`` for words, ``parts`` for what it is made of.

    ``kind`` tells the printer how: ``paragraph``, ``heading``, ``table``, ``block``, ``line``, ``cell``, ``group``.
    """

    name: str
    kind: str
    text: str = ""
    parts: list[Part] = field(default_factory=list)
    style: str = ""

    def walk(self) -> Iterator[Part]:
        """This part and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def find(self, name: str) -> tuple[Part, int] | None:
        """The part that holds the part of this name, and its place there."""
        for holder in self.walk():
            for number, part in enumerate(holder.parts):
                if part.name == name:
                    return holder, number
        return None


def clean_report(
    data: Mapping[str, Any], edition: Edition, forms: Mapping[str, TableForm], year: int, agency: str
) -> Part:
    """The tree of a clean report; ``forms`` may put a table on another edition's form."""
    fill = {"year": year, "next": year + 1, "last": year - 1, "agency": agency}

    def paragraphs(name: str, texts: list[str]) -> Part:
        return Part(name, "group", parts=[Part("", "paragraph", text.format(**fill)) for text in texts])

    report = Part("document", "group")
    report.parts.append(Part("title", "heading", data["title"].format(**fill)))
    report.parts.append(paragraphs("preamble", data["preamble"]))
    for section in edition.sections:
        part = Part(f"section.{section.number}", "group")
        part.parts.append(Part(f"heading.{section.number}", "heading", section.heading))
        part.parts.append(paragraphs(f"@section.{section.number}", data["sections"].get(str(section.number), [])))
        if section.table:
            form = forms.get(section.table) or edition.table_by_id[section.table]
            home = next(e for e in (edition.id, "2019", "2021") if section.table not in forms or e != edition.id)
            part.parts.append(_table(form, _values(data, home)))
        report.parts.append(part)
    report.parts.append(paragraphs("signature", data["signature"]))
    return report


def _values(data: Mapping[str, Any], edition: str) -> Mapping[str, Any]:
    return {**data["values"]["all"], **data["values"].get(edition, {})}


def _table(form: TableForm, values: Mapping[str, Any]) -> Part:
    table = Part(form.id, "table")
    for block in form.blocks:
        name = f"{form.id}.{block.id}"
        part = Part(name, "block")
        if form.printed == "wide":
            part.parts += _wide(form, block, name, values)
        else:
            part.parts += _header(form, block, name)
            groups: tuple[str, ...] = ()
            for row in block.rows:
                part.parts.append(_row(form, row, groups, values))
                groups = row.groups
        table.parts.append(part)
    return table


def _header(form: TableForm, block: BlockForm, name: str) -> Iterator[Part]:
    columns = {column.label: f"{name}.{column.id}" for column in block.rows[0].columns}
    cells = [Part(columns.get(text, ""), "label", text) for text in block.headers]
    if block.caption:
        yield Part("", "line", parts=[Part(f"{name}.caption", "label", block.caption)])
        yield Part("", "line", parts=cells)
        return
    note = [Part("", "label", form.note)] if form.note else []
    opening = [Part(f"{name}.caption", "label", form.opening)] if form.opening else []
    yield Part("", "line", parts=[*note, *opening])
    yield Part("", "line", parts=cells)


def _row(form: TableForm, row: RowForm, before: tuple[str, ...], values: Mapping[str, Any]) -> Part:
    name = f"{form.id}.{row.id}"
    fresh = [group for level, group in enumerate(row.groups) if before[level : level + 1] != (group,)]
    cells = [Part("", "label", group) for group in fresh]
    cells.append(Part(f"{name}.label", "label", row.label))
    cells += _cells(form, row, values)
    return Part(name, "line", parts=cells, style="row")


def _cells(form: TableForm, row: RowForm, values: Mapping[str, Any]) -> list[Part]:
    addresses = [f"{form.id}.{row.id}.{column.id}" for column in row.columns]
    return [Part(address, "cell", str(values.get(address, 0))) for address in addresses]


def _wide(form: TableForm, block: BlockForm, name: str, values: Mapping[str, Any]) -> Iterator[Part]:
    columns = block.rows[0].columns
    top = [text for text in block.headers if text not in {row.label for row in form.rows[1:]}]
    yield Part("", "line", parts=[Part("", "label", text) for text in top])
    first = [Part(f"{name}.{column.id}", "label", column.label) for column in columns]
    yield Part("", "line", parts=[*first, *(Part("", "label", row.label) for row in form.rows[1:])])
    rest = [Part("", "label", column.label) for _ in form.rows[1:] for column in columns]
    yield Part("", "line", parts=rest)
    values_ = [cell for row in form.rows for cell in _cells(form, row, values)]
    yield Part(f"{form.id}.values", "line", parts=values_, style="row")
