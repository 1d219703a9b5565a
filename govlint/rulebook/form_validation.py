"""Mistakes in the files that tell the form, each at its line: editions and facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from govlint.datafiles import DataFile
from govlint.mistakes import schema_mistakes, suggest
from govlint.model.errors import Mistake, RuleError
from govlint.rulebook.form_schemas import EDITION, FACTS, Schema
from govlint.yamlfile import Key

Found = tuple[Key, str]
Data = Mapping[str, Any]

_GROUPS: Mapping[Key, frozenset[str]] = {
    ("title", "year"): frozenset({"year"}),
    ("preamble",): frozenset({"year"}),
    ("period",): frozenset({"y1", "m1", "d1", "y2", "m2", "d2"}),
    ("period_said",): frozenset({"y1"}),
}
"""The parts that patterns of the facts must name, because they are asked for."""


def validate_forms(editions: Sequence[DataFile], facts: DataFile) -> None:
    """Raises RuleError with every mistake found in edition files and in the file of facts."""
    mistakes = [
        file.yaml.mistake(key, message)
        for file, schema, meaning in [*((file, EDITION, _edition) for file in editions), (facts, FACTS, _facts)]
        for key, message in _wrong(file.data, schema, meaning)
    ]
    if not mistakes:
        mistakes += _years(editions)
    if mistakes:
        raise RuleError(sorted(set(mistakes), key=lambda mistake: (mistake.path, mistake.line, mistake.column)))


def _wrong(data: Any, schema: Schema, meaning: Callable[[Data], Iterator[Found]]) -> Iterator[Found]:
    """Mistakes of shape; without them those of patterns and meaning."""
    shape = list(schema_mistakes(data, schema))
    yield from shape or (*_patterns((), data, schema), *meaning(data))


def _patterns(key: Key, value: Any, schema: Schema) -> Iterator[Found]:
    """Patterns that do not compile, wherever the schema says that one stands."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _patterns((*key, name), inner, schema.get("properties", {}).get(name, {}))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _patterns((*key, number), inner, schema.get("items", {}))
    elif schema.get("format") == "regex":
        try:
            re.compile(value)
        except re.error as error:
            yield key, f"broken pattern: {error}"


def _edition(data: Data) -> Iterator[Found]:
    """What a schema cannot tell: ids used twice, references to nothing."""
    years = data["years"]
    if years.get("last", years["first"]) < years["first"]:
        yield ("years", "last"), f"{years['last']} is before the first year, {years['first']}"
    sections, tables = data["sections"], data["tables"]
    yield from _twice(((("sections", at, "id"), entry["id"]) for at, entry in enumerate(sections)), "section")
    yield from _twice(((("tables", at, "id"), entry["id"]) for at, entry in enumerate(tables)), "table")
    for at, (before, after) in enumerate(pairwise([0, *(section["number"] for section in sections)])):
        if after != before + 1:
            yield ("sections", at, "number"), f"sections are numbered one after the other; {before + 1} is next"
    known = [table["id"] for table in tables]
    for at, section in enumerate(sections):
        name = section.get("table")
        if name is not None and name not in known:
            yield ("sections", at, "table"), f"unknown table {name!r}{suggest(name, known)}"
    for at, table in enumerate(tables):
        if not any(s["number"] == table["section"] and s.get("table") == table["id"] for s in sections):
            yield ("tables", at, "section"), f"section {table['section']} does not name {table['id']!r} as its table"
        yield from _table(("tables", at), table)


def _table(key: Key, table: Data) -> Iterator[Found]:
    blocks = [((*key, "blocks", at), block) for at, block in enumerate(table["blocks"])] if "blocks" in table else []
    parts = blocks or [(key, table)]
    yield from _twice((((*place, "id"), block["id"]) for place, block in blocks), "block")
    yield from _twice((found for place, block in parts for found in _row_ids((*place, "rows"), block["rows"])), "row")
    for place, block in parts:
        columns = enumerate(block["columns"])
        yield from _twice((((*place, "columns", at, "id"), column["id"]) for at, column in columns), "column")


def _row_ids(key: Key, rows: Sequence[Data]) -> Iterator[tuple[Key, str]]:
    for at, row in enumerate(rows):
        if "group" in row:
            yield from _row_ids((*key, at, "rows"), row["rows"])
        else:
            yield (*key, at, "id"), row["id"]


def _twice(names: Iterator[tuple[Key, str]], what: str) -> Iterator[Found]:
    seen: set[str] = set()
    for key, name in names:
        if name in seen:
            yield key, f"{what} {name!r} is there already"
        seen.add(name)


def _facts(data: Data) -> Iterator[Found]:
    """Patterns that do not name the parts which are asked for."""
    for key, wanted in _GROUPS.items():
        value: Any = data
        for name in key:
            value = value[name]
        patterns = [((*key, at), one) for at, one in enumerate(value)] if isinstance(value, list) else [(key, value)]
        for place, pattern in patterns:
            try:
                lacking = sorted(wanted - set(re.compile(pattern).groupindex))
            except re.error:
                continue
            if lacking:
                yield place, f"the pattern does not name {', '.join(map(repr, lacking))} (write (?P<{lacking[0]}>…))"


def _years(editions: Sequence[DataFile]) -> Iterator[Mistake]:
    """Editions under the same id, or for the same year."""
    ordered = sorted(editions, key=lambda file: (file.data["years"]["first"], file.path))
    seen: dict[str, DataFile] = {}
    for file in ordered:
        other = seen.setdefault(file.data["id"], file)
        if other is not file:
            yield file.yaml.mistake(("id",), f"edition {file.data['id']!r} is also in {other.path}")
    for before, after in pairwise(ordered):
        last, first = before.data["years"].get("last"), after.data["years"]["first"]
        if last is None or last >= first:
            until = "with no last year" if last is None else f"until {last}"
            yield after.yaml.mistake(("years", "first"), f"{before.path} holds from before {first} {until}")
