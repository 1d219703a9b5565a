"""The JSON Schemas of the files that tell the form: editions and facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govlint.rulebook.schema import WORDS

Schema = Mapping[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_REGEX: Schema = {"type": "string", "minLength": 1, "format": "regex"}
_REGEXES: Schema = {"type": "array", "minItems": 1, "items": _REGEX}
_TEXTS: Schema = {"type": "array", "minItems": 1, "items": _TEXT}
_YEAR: Schema = {"type": "integer", "minimum": 2000, "maximum": 2100}
_ID: Schema = {
    "type": "string",
    "pattern": "^[a-z][a-z0-9_]*$",
    "description": "A stable name that rules use; never shown to readers of a report.",
}


def _mapping(required: Schema, optional: Schema | None = None) -> dict[str, Any]:
    """A mapping with these keys and no others."""
    return {
        "type": "object",
        "required": list(required),
        "additionalProperties": False,
        "properties": {**required, **(optional or {})},
    }


_SECTION = _mapping(
    {"number": {"type": "integer", "minimum": 1, "maximum": 9}, "id": _ID, "heading": _TEXT, "title": _TEXT},
    {"aliases": _TEXTS, "table": _ID, "signs": _REGEXES},
)
_COLUMN = _mapping(
    {"id": _ID, "label": _TEXT},
    {
        "value": {"enum": ["count", "amount"]},
        "signed": {"type": "boolean"},
        "unit_allowed": {"type": "boolean"},
        "accepted": _TEXTS,
    },
)
_COLUMNS: Schema = {"type": "array", "minItems": 1, "items": _COLUMN}
_ROWS: Schema = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/row"}}
_ROW: Schema = {
    "type": "object",
    "if": {"type": "object", "required": ["group"]},
    "then": _mapping({"group": _TEXT, "rows": _ROWS}),
    "else": _mapping({"id": _ID, "label": _TEXT}, {"aliases": _TEXTS, "accepted": _TEXTS}),
}
_BLOCK = _mapping(
    {"id": _ID, "columns": _COLUMNS, "rows": _ROWS}, {"caption": _TEXT, "corner": _TEXT, "headers": _TEXTS}
)
_TABLE_HEAD: Schema = {
    "id": _ID,
    "label": WORDS,
    "section": {"type": "integer", "minimum": 1},
    "printed": {"enum": ["rows", "wide"]},
}
_TABLE_WORDS: Schema = {"opening": _TEXT, "note": _TEXT}
_TABLE: Schema = {
    "type": "object",
    "if": {"type": "object", "required": ["blocks"]},
    "then": _mapping({**_TABLE_HEAD, "blocks": {"type": "array", "minItems": 1, "items": _BLOCK}}, _TABLE_WORDS),
    "else": _mapping(
        {**_TABLE_HEAD, "columns": _COLUMNS, "rows": _ROWS},
        {**_TABLE_WORDS, "caption": _TEXT, "corner": _TEXT, "headers": _TEXTS},
    ),
}

EDITION: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "govlint edition",
    "description": "The form of the annual reports of some years: its sections, tables, rows and columns.",
    **_mapping(
        {
            "id": {"type": "string", "pattern": "^[0-9]{4}[a-z0-9-]*$"},
            "years": _mapping({"first": _YEAR}, {"last": _YEAR}),
            "sections": {"type": "array", "minItems": 1, "items": _SECTION},
            "tables": {"type": "array", "minItems": 1, "items": _TABLE},
        },
        {"basis": {"type": "array", "items": _mapping({"document": _TEXT}, {"clause": _TEXT})}},
    ),
    "$defs": {"row": _ROW},
}
"""The schema of a file in ``rules/editions``."""

FACTS: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "govlint facts",
    "description": "Patterns that find what a report says of itself: title, agency, year, period, dates.",
    **_mapping(
        {
            "title": _mapping(
                {
                    "must": _REGEXES,
                    "never": _REGEX,
                    "prefer": _REGEX,
                    "longest": {"type": "integer", "minimum": 10, "maximum": 200},
                    "year": _REGEX,
                    "rest": _REGEX,
                }
            ),
            "preamble": _REGEX,
            "elsewhere": _REGEX,
            "agency": _mapping({"after": _TEXTS, "looks_like": _REGEX}),
            "unit_types": {
                "type": "array",
                "minItems": 1,
                "items": _mapping(
                    {"type": {"enum": ["department", "office", "government", "township"]}, "pattern": _REGEX}
                ),
            },
            "period": _REGEX,
            "period_near": _REGEX,
            "period_said": _REGEXES,
            "dates": _mapping({"published": _REGEX, "signed": _REGEX}),
        }
    ),
}
"""The schema of ``rules/facts.yaml``."""
