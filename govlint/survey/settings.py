"""What ``rules/survey.yaml`` says: the key figures, the types of units, and how lists of units are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from govlint.chinese import fold
from govlint.model.edition import Words
from govlint.model.report import CellAddress, Report


class KeyFigure(NamedTuple):
    """A number that is told of every report: the sum of those of its cells that the report's form has."""

    id: str
    label: Words
    cells: tuple[CellAddress, ...]

    def of(self, report: Report) -> Decimal | None:
        """The figure; None when the form has none of its cells, or one that it has holds no number."""
        cells = [cell for cell in map(report.cell, self.cells) if cell]
        numbers = [cell.number for cell in cells if cell.number is not None]
        return sum(numbers, Decimal(0)) if numbers and len(numbers) == len(cells) else None


class Settings(NamedTuple):
    """The data of a survey. Words and headers are folded; ``types`` leads from a word to the id of a type."""

    figures: tuple[KeyFigure, ...]
    type_labels: Mapping[str, Words]
    types: Mapping[str, str]
    name_headers: frozenset[str]
    type_headers: frozenset[str]
    place: re.Pattern[str]
    placed: re.Pattern[str]
    follows: re.Pattern[str]


def make_settings(data: Mapping[str, Any]) -> Settings:
    """The settings that the data of ``rules/survey.yaml`` describe."""
    types, lists = data["unit_types"], data["list"]
    return Settings(
        tuple(KeyFigure(entry["id"], entry["label"], _addresses(entry["cells"])) for entry in data["figures"]),
        {entry["id"]: entry["label"] for entry in types},
        {fold(word): entry["id"] for entry in types for word in entry["words"]},
        frozenset(map(fold, lists["name_headers"])),
        frozenset(map(fold, lists["type_headers"])),
        re.compile(lists["place"]),
        re.compile(lists["placed"]),
        re.compile(lists["follows"]),
    )


def _addresses(names: Sequence[str]) -> tuple[CellAddress, ...]:
    return tuple(CellAddress(*name.split(".")) for name in names)
