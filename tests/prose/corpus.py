"""Loads items and fills them with figures.

A corpus is a YAML list; its keys:

    id, kind   a short unique name; statement or trap (its numbers are none of the tables', all rules keep silent)
    unit       which type of unit writes so: department, office, government, township, any
    heading    the sub-heading printed before the text, on the same line with ``inline: true``
    section    1 (the default), 3, 4, 5 or 6
    text       words with slots: ``{received}``, ``{x1+x2}``, ``{pct(granted, disposed)}``; a style may follow a colon:
               ``zh`` (十二), ``full`` (１２), ``sep`` (1,200), ``blank`` (blanks round it)
    needs      conditions on the figures under which the words are natural
    checks     slot → the rule that must notice it when this number alone is wrong
    denies     figure → the rule that must notice when it is not 0, which the words deny
    wrong      the rule that must object to the words themselves, whatever the figures

Two rules with a bar between them (``GL604|GL605``): either will do. The names of figures are in ``figures``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from .expressions import Number, names_in, parse, value_of
from .figures import NAMES, YEARS
from .numerals import STYLES, written

UNITS = ("department", "office", "government", "township", "any")
RULES = frozenset(f"GL60{number}" for number in range(1, 9))
_KEYS = {"id", "kind", "unit", "heading", "inline", "section", "text", "needs", "checks", "denies", "wrong"}
_SLOT = re.compile(r"\{([^{}:]+)(?::(\w+))?\}")


class Slot(NamedTuple):
    """A place for a number: its expression, as written and parsed, and how the number is printed."""

    name: str
    tree: ast.expr
    style: str


@dataclass(frozen=True)
class Item:
    """A statement or a trap; ``parts`` are its words and slots in order."""

    id: str
    kind: str
    unit: str
    section: int
    heading: str
    inline: bool
    parts: tuple[str | Slot, ...]
    needs: tuple[tuple[str, ast.expr], ...]
    checks: Mapping[str, str]
    denies: Mapping[str, str]
    wrong: str

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(part for part in self.parts if isinstance(part, Slot))

    @property
    def words(self) -> str:
        """The text without its numbers."""
        return self.heading + "".join(part for part in self.parts if isinstance(part, str))


class Filled(NamedTuple):
    """An item with its numbers: the text, and the slice of every slot."""

    text: str
    slices: tuple[tuple[int, int], ...]


def load(path: Path) -> tuple[Item, ...]:
    """The items of a file. Raises ValueError that names the item and what is wrong with it."""
    items = tuple(_item(entry) for entry in YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    seen: set[str] = set()
    for item in items:
        _want(item.id not in seen, item.id, "the id is used twice")
        seen.add(item.id)
    return items


def fill(item: Item, figures: Mapping[str, int], instead: Mapping[int, Number] | None = None) -> Filled:
    """The item with these figures; ``instead`` puts other values into slots, by their number."""
    text, slices, number = "", [], 0
    for part in item.parts:
        if isinstance(part, str):
            text += part
            continue
        value = (instead or {}).get(number, value_of(part.tree, figures))
        number += 1
        blank = " " if part.style == "blank" else ""
        start = len(text) + len(blank)
        text += blank + written(value, part.style) + blank
        slices.append((start, len(text) - len(blank)))
    return Filled(text, tuple(slices))


def _item(entry: Mapping[str, Any]) -> Item:
    name = str(entry.get("id"))
    _want(not entry.keys() - _KEYS, name, f"unknown keys {sorted(entry.keys() - _KEYS)}")
    text = str(entry["text"]).strip()
    _want(not set(text) & set("&<>"), name, "marks that HTML would escape")
    parts = tuple(_parts(text, name))
    item = Item(
        id=name,
        kind=entry["kind"],
        unit=entry.get("unit", "any"),
        section=entry.get("section", 1),
        heading=entry.get("heading", ""),
        inline=entry.get("inline", False),
        parts=parts,
        needs=tuple((need, _parsed(need, name)) for need in map(str, entry.get("needs", ()))),
        checks=entry.get("checks", {}),
        denies=entry.get("denies", {}),
        wrong=entry.get("wrong", ""),
    )
    _want(item.kind in ("statement", "trap"), name, f"kind {item.kind}")
    _want(item.unit in UNITS, name, f"unit {item.unit}")
    _want(item.section in (1, 3, 4, 5, 6), name, f"section {item.section}")
    slots = {slot.name for slot in item.slots}
    _want(item.checks.keys() <= slots, name, f"checks of no slot {sorted(item.checks.keys() - slots)}")
    _want(not item.checks.keys() & set(YEARS), name, "years are not checked")
    _want(item.denies.keys() <= NAMES, name, f"denies {sorted(item.denies)}")
    wanted = [item.wrong or "GL608", *item.checks.values(), *item.denies.values()]
    _want({rule for rules in wanted for rule in rules.split("|")} <= RULES, name, "rules are GL601 … GL608")
    _want(item.kind == "statement" or not (item.checks or item.denies or item.wrong), name, "a trap has no checks")
    return item


def _parts(text: str, item: str) -> Iterator[str | Slot]:
    at = 0
    for match in _SLOT.finditer(text):
        if match.start() > at:
            yield text[at : match.start()]
        style = match[2] or ""
        _want(style in STYLES, item, f"style {style}")
        yield Slot(match[1].strip(), _parsed(match[1], item), style)
        at = match.end()
    if text[at:]:
        yield text[at:]


def _parsed(text: str, item: str) -> ast.expr:
    try:
        tree = parse(text)
    except SyntaxError:
        raise ValueError(f"{item}: cannot be read: {text}") from None
    _want(names_in(tree) <= NAMES, item, f"unknown names {sorted(names_in(tree) - NAMES)}")
    return tree


def _want(condition: bool, item: str, words: str) -> None:
    if not condition:
        raise ValueError(f"{item}: {words}")
