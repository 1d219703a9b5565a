"""The schema of rule files as editors want it: every key with its meaning in English and Chinese."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from govlint.checks import KINDS
from govlint.handbook.guide import Guide, load_guide
from govlint.linter import Linter
from govlint.model.edition import Words
from govlint.model.rule import CheckKind
from govlint.rulebook.schema import rule_schema

PUBLISHED = "rule.schema.json"
"""The name of the copy in ``rules/`` and in packs, which the first line of each rule file points to."""


def described_schema(kinds: Mapping[str, CheckKind], guide: Guide, tables: tuple[str, ...]) -> dict[str, Any]:
    """The schema of one rule file with descriptions; ``tables`` are the ids that options may name."""
    schema: dict[str, Any] = json.loads(
        json.dumps(rule_schema(kinds))
    )  # nothing in it shared, so that each place has its own words
    describe(schema, "", guide.key)
    edits = schema["properties"]["examples"]["items"]["properties"]
    for edit in edits.values():
        describe(edit, "", guide.edit)
    for entry in schema["allOf"]:
        kind = entry["if"]["properties"]["check"]["const"]
        options = entry["then"]["properties"]["options"]
        options["description"] = _both(guide.kind(kind))
        describe(options, "", lambda path, kind=kind: guide.option(kind, path))  # type: ignore[misc]
        _name_tables(options, tables)
    return schema


def bundled_schema(linter: Linter) -> dict[str, Any]:
    """The schema for the kinds of checks, the guide and the forms that come with govlint."""
    tables = dict.fromkeys(table.id for edition in linter.editions for table in edition.tables)
    return described_schema(KINDS, load_guide(linter), tuple(tables))


def schema_text(linter: Linter) -> str:
    """That schema as the file that is published."""
    return json.dumps(bundled_schema(linter), ensure_ascii=False, indent=2) + "\n"


def describe(schema: dict[str, Any], before: str, words: Callable[[str], Words]) -> None:
    """Put what the words say on every property of a schema, by the path of its key."""
    for name, inner in schema.get("properties", {}).items():
        found = words(before + name) or words(name)
        if found:
            inner["description"] = _both(found)
        describe(inner.get("items", inner), f"{before}{name}.", words)


def _both(words: Words) -> str:
    return "\n\n".join(words[language] for language in ("en", "zh") if language in words)


def _name_tables(schema: dict[str, Any], tables: tuple[str, ...]) -> None:
    """Let an option that is a table take the ids of tables only."""
    if schema.get("format") == "table":
        schema["enum"] = list(tables)
    for inner in (*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])):
        _name_tables(inner, tables)
