"""The JSON Schema of a configuration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govlint.rulebook.form_schemas import FACTS
from govlint.writers import WRITERS

Schema = Mapping[str, Any]

PUBLISHED = "config.schema.json"
"""The name of the copy in ``rules/``."""

_TEXT: Schema = {"type": "string", "minLength": 1}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_SWITCH: Schema = {"type": "boolean"}
_UNIT_TYPES = FACTS["properties"]["unit_types"]["items"]["properties"]["type"]["enum"]


def config_schema() -> dict[str, Any]:
    """The schema of one configuration file. An empty file is one too."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "govlint configuration",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "required-version": {"type": "string", "minLength": 1},
            "extend": _TEXTS,
            "lang": {"enum": ["zh", "en"]},
            "output-format": {"enum": list(WRITERS)},
            "fail-on": {"enum": ["error", "warning", "info", "never"]},
            "strict": _SWITCH,
            "link": {"enum": ["auto", "off"]},
            "rollup": _TEXT,
            "select": {**_TEXTS, "minItems": 1},
            "extend-select": _TEXTS,
            "ignore": _TEXTS,
            "severity": {
                "type": "object",
                "additionalProperties": {"enum": ["error", "warning", "info", "off"]},
            },
            "options": {"type": "object", "additionalProperties": {"type": "object", "minProperties": 1}},
            "per-file-ignores": {"type": "object", "additionalProperties": {**_TEXTS, "minItems": 1}},
            "exclude": _TEXTS,
            "force-exclude": _SWITCH,
            "files": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["path"],
                    "minProperties": 2,
                    "additionalProperties": False,
                    "properties": {"path": _TEXT, "unit-type": {"enum": list(_UNIT_TYPES)}, "agency": _TEXT},
                },
            },
            "waivers": _TEXT,
            "inline-waivers": _SWITCH,
        },
    }
