"""Where data that people write do not fit a schema, in their words, with a suggestion for misspelt names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from govlint.model.errors import Sentence
from govlint.yamlfile import Key


class Fault(NamedTuple):
    """One thing wrong in data that somebody wrote, to be said in their language.

    ``reason`` is a key of the ``mistake`` sentences in ``rules/locale``, ``params`` fills its blanks. ``close`` is the
    name that was perhaps meant.
    """

    key: Key
    reason: str
    params: Mapping[str, object] = {}
    close: str | None = None


def schema_faults(data: Any, schema: Mapping[str, Any]) -> Iterator[Fault]:
    """Where data do not fit a schema; the words are left to ``Language.fault``."""
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(dict(schema)).iter_errors(data):
        yield from _faults(error)


def closest(name: str, known: Collection[str]) -> str | None:
    """The known name that was perhaps meant."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, list(known), 1, 0.6)), None)


def schema_mistakes(data: Any, schema: Mapping[str, Any]) -> Iterator[tuple[Key, str]]:
    """Where data do not fit a schema, in the words of somebody who wrote them."""
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(dict(schema)).iter_errors(data):
        yield from explain(error)


TYPES = frozenset(("string", "array", "object", "boolean", "integer", "number"))
LIMITS: Mapping[str, str] = {
    "pattern": "{found!r} does not match {limit!r}",
    "const": "should be {limit!r}",
    "minItems": "needs at least {limit} entries",
    "maxItems": "has more than {limit} entries",
    "minProperties": "needs at least {limit} entries",
    "maxProperties": "has more than {limit} entries",
    "minLength": "needs at least {limit} characters",
    "maxLength": "has more than {limit} characters",
    "minimum": "{found} is less than {limit}",
    "maximum": "{found} is more than {limit}",
    "exclusiveMinimum": "{found} is not more than {limit}",
    "uniqueItems": "says something twice",
    "not": "{found!r} may not stand here",
    "anyOf": "{found!r} fits none of what may stand here",
    "oneOf": "{found!r} fits none of what may stand here",
}
"""What is said of the words of a schema: ``limit`` is what the schema demands, ``found`` what stands there."""


_LEAST = frozenset(("minItems", "minProperties", "minLength"))


def explain(error: Any) -> Iterator[tuple[Key, str]]:
    """A schema error in the words of somebody who wrote the file."""
    key: Key = tuple(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.schema, Mapping):
        known = error.schema.get("properties", {})
        for name in error.instance:
            if name not in known:
                yield (*key, name, "@key"), Sentence("unknown key {name!r}{hint}", name=name, hint=suggest(name, known))
    elif error.validator == "enum":
        choices = [str(value) for value in error.validator_value]
        hint = suggest(str(error.instance), choices)
        wrong = "{found!r} is not one of {known}{hint}"
        yield key, Sentence(wrong, found=error.instance, known=", ".join(choices), hint=hint)
    elif error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        yield key, Sentence("lacks {names}", names=", ".join(map(repr, missing)))
    elif error.validator == "type" and error.validator_value in TYPES:
        kind = Sentence(repr(error.validator_value))
        yield key, Sentence("{found!r} is not of type {kind}", found=error.instance, kind=kind)
    elif error.validator in LIMITS:
        emptied = error.validator in _LEAST and not error.instance
        template = "{found!r} should be non-empty" if emptied else LIMITS[error.validator]
        yield key, Sentence(template, found=error.instance, limit=error.validator_value)
    else:
        yield key, error.message


def suggest(name: str, known: Collection[str]) -> str:
    """“; did you mean …?” when a known name is close, else nothing."""
    close = closest(name, known)
    return Sentence("; did you mean {name!r}?", name=close) if close else ""


def _faults(error: Any) -> Iterator[Fault]:
    key: Key = tuple(error.absolute_path)
    value = error.validator_value
    match error.validator:
        case "additionalProperties":
            known = error.schema.get("properties", {})
            for name in error.instance:
                if name not in known:
                    yield Fault((*key, name, "@key"), "unknown_key", {"name": name}, closest(name, known))
        case "enum":
            known = [str(one) for one in value]
            params = {"found": str(error.instance), "known": ", ".join(known)}
            yield Fault(key, "not_one_of", params, closest(str(error.instance), known))
        case "required":
            lacking = ", ".join(name for name in value if name not in error.instance)
            yield Fault(key, "lacks", {"names": lacking})
        case "type" if value in ("array", "object", "string", "boolean", "integer"):
            yield Fault(key, f"no_{value}")
        case "minProperties" if error.instance:
            others = ", ".join(name for name in error.schema.get("properties", {}) if name not in error.instance)
            yield Fault(key, "lacks_all", {"names": others})
        case "minLength" | "minItems" | "minProperties":
            yield Fault(key, "empty")
        case "minimum":
            yield Fault(key, "too_small", {"limit": value})
        case "pattern":
            yield Fault(key, "no_match", {"found": str(error.instance), "pattern": value})
        case _:
            yield Fault(key, "other", {"message": error.message})
