"""Where data that people write do not fit a schema, in their words, with a suggestion for misspelt names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from govlint.yamlfile import Key


def schema_mistakes(data: Any, schema: Mapping[str, Any]) -> Iterator[tuple[Key, str]]:
    """Where data do not fit a schema, in the words of somebody who wrote them."""
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(dict(schema)).iter_errors(data):
        yield from explain(error)


def explain(error: Any) -> Iterator[tuple[Key, str]]:
    """A schema error in the words of somebody who wrote the file."""
    key: Key = tuple(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.schema, Mapping):
        known = error.schema.get("properties", {})
        for name in error.instance:
            if name not in known:
                yield (*key, name, "@key"), f"unknown key {name!r}{suggest(name, known)}"
    elif error.validator == "enum":
        yield (
            key,
            f"{error.instance!r} is not one of {', '.join(map(str, error.validator_value))}"
            + suggest(str(error.instance), [str(value) for value in error.validator_value]),
        )
    elif error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        yield key, f"lacks {', '.join(map(repr, missing))}"
    else:
        yield key, error.message


def suggest(name: str, known: Collection[str]) -> str:
    """“; did you mean …?” when a known name is close, else nothing."""
    close = get_close_matches(name, list(known), 1, 0.6)
    return f"; did you mean {close[0]!r}?" if close else ""
