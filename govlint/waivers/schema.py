"""The JSON Schema of files of waivers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WORDS = {"type": "string", "minLength": 1}
SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "govlint:waivers:1",
    "type": "object",
    "additionalProperties": False,
    "required": ["waivers"],
    "properties": {
        "waivers": {
            "type": ["array", "null"],
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["rule", "path", "subject", "reason"],
                "properties": {
                    "rule": _WORDS,
                    "path": _WORDS,
                    "subject": _WORDS,
                    "found": {"type": ["string", "number"]},
                    "seen": {"type": ["string", "integer"], "pattern": "^[0-9a-f]{12}$"},
                    "times": {"type": "integer", "minimum": 1},
                    "reason": _WORDS,
                    "author": _WORDS,
                    "expires": {"type": "string", "format": "date"},
                    "message": {"type": "string"},
                },
            },
        }
    },
}
"""``seen`` is the digest of what was seen; ``found`` and ``message`` are for people, ``found`` is compared."""
