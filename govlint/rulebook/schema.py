"""The JSON Schema of rule files; the options of each kind of check complete it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govlint.model.rule import CheckKind

WORDS: Mapping[str, Any] = {
    "type": "object",
    "required": ["zh", "en"],
    "additionalProperties": False,
    "properties": {"zh": {"type": "string", "minLength": 1}, "en": {"type": "string", "minLength": 1}},
}

_REPORT: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "cell": {"type": "object", "additionalProperties": {"type": "string"}},
        "label": {"type": "object", "additionalProperties": {"type": "string"}},
        "heading": {"type": "object", "additionalProperties": {"type": "string"}},
        "text": {"type": "object", "additionalProperties": {"type": "string"}},
        "remove": {"type": "array", "items": {"type": "string"}},
        "duplicate": {"type": "array", "items": {"type": "string"}},
        "swap": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
        "join": {"type": "array", "items": {"type": "string"}},
        "apart": {"type": "array", "items": {"type": "string"}},
        "layout": {"enum": ["tabs", "cells", "pipes", "html"]},
        "form": {"type": "object", "additionalProperties": {"type": "string"}},
        "year": {"type": "integer"},
        "agency": {"type": "string"},
        "whole": {"type": "string"},
        "bytes": {"type": "object"},
        "remark": {"type": "string"},
        "zero": {"type": "boolean"},
        "at": {"type": "string"},
    },
}
"""Edits of the clean report."""

EDIT: Mapping[str, Any] = {
    **_REPORT,
    "properties": {
        **_REPORT["properties"],
        "with": {
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": {
                "last_year": _REPORT,
                "peers": {"type": "array", "minItems": 1, "items": _REPORT},
                "units": {"type": "array", "minItems": 1, "items": _REPORT},
                "listed": {"type": "array", "minItems": 1, "items": {"type": "string"}},
            },
        },
    },
}
"""Edits of the clean report, and the reports beside it."""


OVERRIDE: Mapping[str, Any] = {
    "type": "object",
    "required": ["id"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "severity": {"enum": ["error", "warning", "info"]},
        "default": {"type": "boolean"},
        "options": {"type": "object"},
    },
}
"""A file of a rule pack that changes a rule by its id."""


def rule_schema(kinds: Mapping[str, CheckKind]) -> dict[str, Any]:
    """The schema of one rule file, with the options of every kind."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "govlint rule",
        "type": "object",
        "required": ["id", "name", "severity", "check", "title", "message", "why", "basis", "examples"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string", "pattern": "^[A-Z]{2,6}[0-9]{3,4}$"},
            "name": {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},
            "severity": {"enum": ["error", "warning", "info"]},
            "check": {"enum": sorted(kinds)},
            "scope": {"enum": ["report", "series", "peers", "rollup"]},
            "default": {"type": "boolean"},
            "applies": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "years": {"type": "string", "pattern": r"^((19|20)\d\d)?\.\.((19|20)\d\d)?$|^(19|20)\d\d$"},
                    "unit_types": {
                        "type": "array",
                        "items": {"enum": ["department", "office", "government", "township"]},
                    },
                },
            },
            "options": {"type": "object"},
            "title": WORDS,
            "message": WORDS,
            "why": WORDS,
            "fix": WORDS,
            "autofix": {"enum": ["safe", "unsafe"]},
            "basis": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["document"],
                    "additionalProperties": False,
                    "properties": {"document": {"type": "string"}, "clause": {"type": "string"}},
                },
            },
            "examples": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "minProperties": 1,
                    "maxProperties": 1,
                    "additionalProperties": False,
                    "properties": {"bad": EDIT, "good": EDIT},
                },
            },
        },
        "allOf": [
            {
                "if": {"required": ["check"], "properties": {"check": {"const": name}}},
                "then": {
                    "properties": {"options": dict(kind.options)},
                    **({"required": ["options"]} if kind.options.get("required") else {}),
                },
            }
            for name, kind in sorted(kinds.items())
        ],
    }
