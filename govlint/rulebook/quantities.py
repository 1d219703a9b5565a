"""The schema of ``rules/quantities.yaml``, its mistakes at their lines, and the words that rule packs add to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from govlint.datafiles import DataFile
from govlint.mistakes import schema_mistakes, suggest
from govlint.model.edition import Edition
from govlint.model.errors import RuleError, Sentence
from govlint.rulebook.form_schemas import Schema
from govlint.rulebook.validation import FormNames, unknown
from govlint.yamlfile import Key, YamlFile

WORD_KINDS = (
    "fill", "gap", "besides", "topic", "unrelated", "self", "town", "whole", "office", "parts", "others",
    "this", "last", "next", "since", "part",
    "rest", "aside", "none", "negation", "to", "all", "also", "each", "respectively", "among", "total", "and",
    "compare", "up", "down", "share",
)  # fmt: skip
"""The kinds of words that reading knows; docs/quantities.md tells what each is for."""

_TEXT: Schema = {"type": "string", "minLength": 1}
_REGEX: Schema = {"type": "string", "minLength": 1, "format": "regex"}
_TEXTS: Schema = {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}
_SUMS: Schema = {"type": "array", "items": _TEXTS}
_HEAD: Schema = {
    "type": "object",
    "required": ["id", "kind", "family", "words"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
        "kind": {"enum": ["verb", "object", "noun"]},
        "family": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
        "table": _TEXT,
        "rows": _SUMS,
        "columns": _SUMS,
        "words": _TEXT,
        "pattern": _REGEX,
        "must": _TEXT,
        "never_with": _TEXT,
        "after": _TEXT,
        "otherwise": {"enum": ["gap", "fill"]},
        "topical": {"type": "boolean"},
        "own_time": {"type": "boolean"},
    },
    "dependentRequired": {"pattern": ["must"], "after": ["otherwise"]},
}
_WORDS: Schema = {
    "type": "object",
    "additionalProperties": False,
    "properties": {kind: {"type": "string", "minLength": 1} for kind in WORD_KINDS},
}
_HEADS: Schema = {"type": "array", "items": _HEAD}
_MORE: Schema = {
    "type": "object",
    "required": ["id", "words"],
    "additionalProperties": False,
    "properties": {"id": _TEXT, "words": _TEXT},
}

_LISTS = (
    "count_units", "other_units", "about", "odd", "equals", "within", "points", "not_numbers", "never_before",
    "loose_units",
)  # fmt: skip
QUANTITIES: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "govlint quantities",
    "description": "The words of running text that give numbers, and the cells that they speak of.",
    "type": "object",
    "required": ["count_units", "other_units", "topics", "dates", "words", "heads"],
    "additionalProperties": False,
    "properties": {
        **dict.fromkeys(_LISTS, _TEXTS),
        "one": _TEXT,
        "some": _REGEX,
        "scales": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 10}},
        "topics": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["sections", "under"],
                "additionalProperties": False,
                "properties": {"sections": {"type": "array", "items": {"type": "integer"}}, "under": _TEXTS},
            },
        },
        "dates": {"type": "object", "additionalProperties": _REGEX},
        "ordinals": _REGEX,
        "words": _WORDS,
        "heads": _HEADS,
    },
}  # fmt: skip
"""The schema of ``rules/quantities.yaml``."""

ADDED: Schema = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "properties": {
        "words": _WORDS,
        "heads": {
            "type": "array",
            "items": {
                "if": {"type": "object", "required": ["family"]},
                "then": _HEAD,
                "else": _MORE,
            },
        },
    },
}
"""What a rule pack may say in a file of this name: more words of a kind or head, and heads of its own."""


def validate_quantities(file: DataFile, editions: Sequence[Edition]) -> None:
    """Raises RuleError with every mistake of the bundled file."""
    mistakes = [file.yaml.mistake(key, message) for key, message in schema_mistakes(file.data, QUANTITIES)]
    if not mistakes:
        mistakes = [file.yaml.mistake(key, message) for key, message in _meaning(file.data, file.data, editions)]
    if mistakes:
        raise RuleError(mistakes)


def extended(base: DataFile, file: DataFile, editions: Sequence[Edition]) -> DataFile:
    """The bundled file with the words of a pack. Raises RuleError with every mistake of the pack's file."""
    mistakes = [file.yaml.mistake(key, message) for key, message in schema_mistakes(file.data, ADDED)]
    if not mistakes:
        mistakes = [file.yaml.mistake(key, message) for key, message in _meaning(file.data, base.data, editions)]
    if mistakes:
        raise RuleError(mistakes)
    data = dict(base.data)
    added = file.data.get("words", {})
    known = base.data["words"]
    data["words"] = {k: " ".join(filter(None, (known.get(k), added.get(k)))) for k in {**known, **added}}
    more = {entry["id"]: entry for entry in file.data.get("heads", ())}
    heads = [
        {**head, "words": f"{head['words']} {more[head['id']]['words']}"} if head["id"] in more else head
        for head in base.data["heads"]
    ]
    taken = {head["id"] for head in heads}
    data["heads"] = [*heads, *(entry for name, entry in more.items() if name not in taken)]
    return DataFile(base.name, base.path, f"{base.hash}{file.hash}", YamlFile(base.path, data))


def _meaning(
    data: Mapping[str, Any], base: Mapping[str, Any], editions: Sequence[Edition]
) -> Iterator[tuple[Key, str]]:
    """What a schema cannot tell: heads that are not known, cells that no form has, patterns that do not compile."""
    names = FormNames(editions)
    known = {head["id"] for head in base["heads"]}
    for number, head in enumerate(data.get("heads", ())):
        key: Key = ("heads", number)
        if "family" not in head:
            if head["id"] not in known:
                hint = suggest(head["id"], known)
                yield (*key, "id"), Sentence("no head {name!r} to add words to{hint}", name=head["id"], hint=hint)
            continue
        table = head.get("table", "requests")
        if table not in names.tables:
            yield (*key, "table"), unknown("table", table, names.tables)
            continue
        for what, ids in (("rows", names.rows[table]), ("columns", names.columns[table])):
            for at, reading in enumerate(head.get(what, ())):
                for place, name in enumerate(reading):
                    if not any(fnmatchcase(one, name) for one in ids):
                        yield (*key, what, at, place), unknown(what[:-1], name, ids)
        if "pattern" in head:
            try:
                re.compile(head["pattern"])
            except re.error as error:
                yield (*key, "pattern"), Sentence("broken pattern: {error}", error=error)
