"""A run → one output format. Name → "module:function"; loaded when used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

WRITERS: Mapping[str, str] = {
    "concise": "govlint.writers.concise:write",
    "pretty": "govlint.writers.pretty:write",
    "json": "govlint.writers.json_array:write",
    "json-full": "govlint.writers.json_full:write",
    "jsonl": "govlint.writers.jsonl:write",
    "csv": "govlint.writers.diagnostics_csv:write",
    "sarif": "govlint.writers.sarif:write",
    "github": "govlint.writers.github:write",
    "gitlab": "govlint.writers.gitlab:write",
    "junit": "govlint.writers.junit:write",
    "checkstyle": "govlint.writers.checkstyle:write",
    "rdjson": "govlint.writers.rdjson:write",
    "markdown": "govlint.writers.markdown:write",
    "html": "govlint.writers.page.writing:write",
}

PARSE_WRITERS: Mapping[str, str] = {
    "json": "govlint.writers.parsed:write_json",
    "csv": "govlint.writers.parsed_csv:write",
}


def load(reference: str) -> Callable[..., str]:
    """The function that a registry names."""
    module, _, function = reference.partition(":")
    loaded: Callable[..., str] = getattr(import_module(module), function)
    return loaded
