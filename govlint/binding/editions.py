"""Edition files → Edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from govlint.model.edition import BlockForm, ColumnForm, Edition, RowForm, SectionForm, TableForm

Data = Mapping[str, Any]


def make_edition(data: Data) -> Edition:
    """The edition that the data of one file describes."""
    years = data["years"]
    return Edition(
        id=data["id"],
        first=years["first"],
        last=years.get("last"),
        sections=tuple(_section(section) for section in data["sections"]),
        tables=tuple(_table(table) for table in data["tables"]),
        basis=tuple(data.get("basis", ())),
    )


def _section(data: Data) -> SectionForm:
    return SectionForm(
        number=data["number"],
        id=data["id"],
        heading=data["heading"],
        title=data["title"],
        aliases=tuple(data.get("aliases", ())),
        table=data.get("table"),
        signs=tuple(data.get("signs", ())),
    )


def _table(data: Data) -> TableForm:
    blocks = data.get("blocks") or [data]
    return TableForm(
        id=data["id"],
        label=data["label"],
        section=data["section"],
        printed=data["printed"],
        blocks=tuple(_block(block) for block in blocks),
        opening=data.get("opening"),
        note=data.get("note"),
    )


def _block(data: Data) -> BlockForm:
    columns = tuple(
        ColumnForm(
            id=column["id"],
            label=column["label"],
            value=column.get("value", "count"),
            signed=column.get("signed", False),
            unit_allowed=column.get("unit_allowed", False),
            accepted=tuple(column.get("accepted", ())),
        )
        for column in data["columns"]
    )
    corner = [data["corner"]] if "corner" in data else []
    return BlockForm(
        id=data["id"],
        caption=data.get("caption"),
        headers=tuple(data.get("headers") or [*corner, *(column.label for column in columns)]),
        rows=tuple(_rows(data["rows"], data["id"], columns, ())),
    )


def _rows(
    entries: Sequence[Data], block: str, columns: tuple[ColumnForm, ...], groups: tuple[str, ...]
) -> Iterator[RowForm]:
    for entry in entries:
        if "group" in entry:
            yield from _rows(entry["rows"], block, columns, (*groups, entry["group"]))
            continue
        yield RowForm(
            id=entry["id"],
            label=entry["label"],
            block=block,
            columns=columns,
            groups=groups,
            aliases=tuple(entry.get("aliases", ())),
            accepted=tuple(entry.get("accepted", ())),
        )
