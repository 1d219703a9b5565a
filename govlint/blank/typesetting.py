"""How blank reports are typeset: page, fonts, sizes, tables, as ``rules/blank/typeset.yaml`` tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Font(NamedTuple):
    """A font: its name, what may stand in for it, and its family as Word and as web pages name these."""

    name: str
    instead: tuple[str, ...]
    family: str
    generic: str


class Layout(NamedTuple):
    """How a table is laid out: widths of columns and least height of rows in millimetres, size of letters in points.

    ``over`` are heads that stand over several columns, with the ids of these.
    """

    labels: tuple[float, ...]
    values: float
    row: float
    size: float
    over: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Typesetting:
    """All of it. ``page`` is in millimetres, ``sizes`` and ``lines`` (their distance) in points."""

    page: Mapping[str, float]
    fonts: Mapping[str, Font]
    sizes: Mapping[str, float]
    lines: Mapping[str, float]
    highlight: str
    names: Mapping[str, str]
    tables: Mapping[str, Layout]


def make_typesetting(data: Mapping[str, Any]) -> Typesetting:
    """The typesetting that the data describe."""
    return Typesetting(
        page=data["page"],
        fonts={use: Font(**{**font, "instead": tuple(font["instead"])}) for use, font in data["fonts"].items()},
        sizes=data["sizes"],
        lines=data["lines"],
        highlight=data["highlight"],
        names=data["names"],
        tables={
            table: Layout(
                tuple(entry["labels"]),
                entry["values"],
                entry["row"],
                entry.get("size", data["sizes"]["table"]),
                {head: tuple(ids) for head, ids in entry.get("over", {}).items()},
            )
            for table, entry in data["tables"].items()
        },
    )
