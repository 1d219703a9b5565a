"""Data as YAML that a person would write: mappings in blocks, what is short on one line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

WIDTH = 118
_PLAIN = re.compile(r"[^\W_][^#:?,\[\]{}\"'\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*")
"""Words that need no quotes, inside brackets too: letters and digits first, nothing that YAML has a use for."""
_OTHER_TYPE = re.compile(r"[0-9.].*|null|true|false|yes|no|on|off|y|n", re.I)
"""What a reader of YAML may take for a number, a truth or nothing."""


def yaml_text(data: Mapping[str, Any]) -> str:
    """A mapping as YAML that reads back as the same data."""
    return "".join(line + "\n" for line in _mapping(data, 0))


def _mapping(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    for key, value in data.items():
        start = f"{' ' * indent}{_scalar(key)}:"
        if not isinstance(value, Mapping | list | tuple) or not value or _fits(start, value, flat=not _words(value)):
            yield f"{start} {_flow(value)}"
        elif isinstance(value, Mapping):
            yield start
            yield from _mapping(value, indent + 2)
        else:
            yield start
            yield from _items(value, indent + 2)


def _items(items: Sequence[Any], indent: int) -> Iterator[str]:
    for item in items:
        start = f"{' ' * indent}-"
        if not isinstance(item, Mapping) or not item or (len(item) > 1 and _fits(start, item)):
            yield f"{start} {_flow(item)}"
            continue
        first, *rest = _mapping(item, indent + 2)
        yield f"{start} {first.lstrip()}"
        yield from rest


def _words(value: Any) -> bool:
    """Whether a mapping holds the same words in several languages, which stand one below the other."""
    return isinstance(value, Mapping) and set(value) == {"zh", "en"}


def _fits(start: str, value: Any, *, flat: bool = True) -> bool:
    return flat and len(start) + 1 + len(_flow(value)) <= WIDTH


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and value == value.strip() and not _OTHER_TYPE.fullmatch(value):
        return value
    if "\\" in value and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=False)
