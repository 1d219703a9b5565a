"""The JSON Schemas of what ``check``, ``parse`` and ``survey`` print; versioned by ``$id``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": ["string", "null"]}
_PLACE = {name: {"type": "integer", "minimum": 1} for name in ("line", "column", "end_line", "end_column")}
_CELL = {
    "anyOf": [
        {"type": "null"},
        {
            "type": "object",
            "required": ["table", "row", "column"],
            "additionalProperties": False,
            "properties": {name: {"type": "string"} for name in ("table", "row", "column")},
        },
    ]
}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": dict(properties),
    }


_RELATED = _object({"message": {"type": "string"}, "path": {"type": "string"}, **_PLACE, "cell": _CELL})
_BASIS = {
    "type": "object",
    "required": ["document"],
    "additionalProperties": False,
    "properties": {"document": {"type": "string"}, "clause": {"type": "string"}},
}
DIAGNOSTIC = _object(
    {
        "rule": {"type": "string"},
        "name": {"type": "string"},
        "severity": {"enum": ["error", "warning", "info"]},
        "message": {"type": "string"},
        "path": {"type": "string"},
        **_PLACE,
        "where": _TEXT,
        "cell": _CELL,
        "expected": _TEXT,
        "found": _TEXT,
        "related": {"type": "array", "items": _RELATED},
        "basis": {"type": "array", "items": _BASIS},
        "help": {"type": "string"},
        "fix": _TEXT,
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
    }
)
_WAIVER_PLACE = {
    "kind": {"enum": ["file", "baseline", "inline"]},
    "path": {"type": "string"},
    "line": {"type": "integer", "minimum": 1},
}
_WAIVER = _object({**_WAIVER_PLACE, "reason": {"type": "string"}, "author": _TEXT, "expires": _TEXT})
_WAIVED = _object({**DIAGNOSTIC["properties"], "waiver": _WAIVER})
_STALE = _object(
    {
        "rule": {"type": "string"},
        **_WAIVER_PLACE,
        "report": {"type": "string"},
        "why": {"enum": ["unused", "changed", "expired", "unknown_rule", "no_reason"]},
    }
)
_LEDGER = _object(
    {
        "rule": {"type": "string"},
        "outcome": {"enum": ["passed", "failed", "waived", "not_assessable", "not_applicable"]},
        "reason": _TEXT,
    }
)
_FILE = _object(
    {
        "path": {"type": "string"},
        "outcome": {"enum": ["passed", "failed", "not_assessable", "unreadable"]},
        "error": _TEXT,
        "ledger": {"type": "array", "items": _LEDGER},
    }
)
_OPTIONAL_PLACE = {name: {"type": ["integer", "null"], "minimum": 1} for name in _PLACE}
_PARSED_CELL = _object(
    {
        "id": {"type": "string"},
        "label": {"type": "string"},
        "text": _TEXT,
        "value": {"type": ["number", "null"]},
        **_OPTIONAL_PLACE,
    }
)
_ROW = _object(
    {"id": {"type": "string"}, "label": {"type": "string"}, "cells": {"type": "array", "items": _PARSED_CELL}}
)
_TABLE = _object(
    {
        "id": {"type": "string"},
        "label": {"type": "string"},
        "layout": _TEXT,
        "line": {"type": ["integer", "null"], "minimum": 1},
        "rows": {"type": "array", "items": _ROW},
    }
)
_SECTION = _object(
    {
        "number": {"type": "integer", "minimum": 1},
        "heading": {"type": "string"},
        "found": _TEXT,
        "line": {"type": ["integer", "null"], "minimum": 1},
    }
)
PARSED = _object(
    {
        "path": {"type": "string"},
        "title": _TEXT,
        "agency": _TEXT,
        "unit_type": {"enum": ["department", "office", "government", "township", None]},
        "year": {"type": ["integer", "null"]},
        "edition": _TEXT,
        "period": _TEXT,
        "dates": _object({"published": _TEXT, "signed": _TEXT}),
        "sections": {"type": "array", "items": _SECTION},
        "tables": {"type": "array", "items": _TABLE},
    }
)
_COUNT = {"type": ["integer", "null"], "minimum": 0}
_SURVEYED = _object(
    {
        "unit": {"type": "string"},
        "listed_unit": _TEXT,
        "in_list": {"type": ["boolean", "null"]},
        "unit_type": {"enum": ["department", "office", "government", "township", None]},
        "year": {"type": ["integer", "null"]},
        "edition": _TEXT,
        "path": _TEXT,
        "outcome": {"enum": ["read", "unreadable", "missing"]},
        "reason": _TEXT,
        **dict.fromkeys(("errors", "warnings", "infos"), _COUNT),
        "rules": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
        "figures": {"type": "object", "additionalProperties": {"type": ["number", "null"]}},
        "published": _TEXT,
    }
)
_SURVEY = {
    "schema_version": {"const": 1},
    "govlint_version": {"type": "string"},
    "rules": {
        "type": "array",
        "items": _object(
            {
                "id": {"type": "string"},
                "severity": {"enum": ["error", "warning", "info"]},
                "title": {"type": "string"},
                **{name: {"type": "integer", "minimum": 0} for name in ("reports", "findings")},
            }
        ),
    },
    "figures": {"type": "array", "items": _object({name: {"type": "string"} for name in ("id", "label")})},
    "rows": {"type": "array", "items": _SURVEYED},
}
SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "check": {"$schema": _DRAFT, "$id": "govlint:check:1", "type": "array", "items": DIAGNOSTIC},
    "check-full": {
        "$schema": _DRAFT,
        "$id": "govlint:check-full:2",
        **_object(
            {
                "schema_version": {"const": 2},
                "govlint_version": {"type": "string"},
                "rules": {
                    "type": "array",
                    "items": _object({name: {"type": "string"} for name in ("id", "hash", "source")}),
                },
                "files": {"type": "array", "items": _FILE},
                "diagnostics": {"type": "array", "items": DIAGNOSTIC},
                "waived": {"type": "array", "items": _WAIVED},
                "stale_waivers": {"type": "array", "items": _STALE},
            }
        ),
    },
    "check-jsonl": {"$schema": _DRAFT, "$id": "govlint:check-jsonl:1", **DIAGNOSTIC},
    "parse": {
        "$schema": _DRAFT,
        "$id": "govlint:parse:1",
        "anyOf": [PARSED, {"type": "array", "items": PARSED}],
    },
    "survey": {"$schema": _DRAFT, "$id": "govlint:survey:1", **_object(_SURVEY)},
}
