"""A run → one output format. Name → "module:function"; loaded when used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from govlint.model.diagnostic import Run
from govlint.writers.language import Language

Writer = Callable[[Run, Language], str]

WRITERS: Mapping[str, str] = {
    "concise": "govlint.writers.concise:write",
    "pretty": "govlint.writers.pretty:write",
    "json": "govlint.writers.json_array:write",
    "json-full": "govlint.writers.json_full:write",
}

PARSE_WRITERS: Mapping[str, str] = {
    "json": "govlint.writers.parsed:write_json",
    "csv": "govlint.writers.parsed:write_csv",
}


def load(reference: str) -> Writer:
    """The function that a registry names."""
    module, _, function = reference.partition(":")
    loaded: Writer = getattr(import_module(module), function)
    return loaded
