"""What the keys of a file of waivers mean, from ``rules/guide.yaml``: in its schema."""

from __future__ import annotations

import json
from typing import Any

from govlint.handbook.described import describe
from govlint.handbook.guide import NAME
from govlint.linter import Linter
from govlint.waivers.schema import SCHEMA

PUBLISHED = "waivers.schema.json"
"""The name of the copy in ``rules/``."""


def described_waivers_schema(linter: Linter) -> dict[str, Any]:
    """The schema of a file of waivers with the meaning of every key."""
    keys = linter.data(NAME)["waivers"]
    schema: dict[str, Any] = json.loads(json.dumps(SCHEMA))  # nothing shared: each place has its own words
    describe(schema, "", lambda path: keys.get(path, {}))
    return schema


def waivers_schema_text(linter: Linter) -> str:
    """That schema as the file that is published."""
    return json.dumps(described_waivers_schema(linter), ensure_ascii=False, indent=2) + "\n"
