"""What the keys of rules, kinds of checks, options and names in messages mean, from ``rules/guide.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from govlint.linter import Linter
from govlint.model.edition import Words
from govlint.model.rule import CheckKind

NAME = "guide.yaml"
_NONE: Words = {}


class Guide:
    """The meaning of everything that a rule file may say; no words where the guide says nothing."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def key(self, path: str) -> Words:
        """A key of a rule file, as ``applies.years``."""
        return self._data["keys"].get(path, _NONE)  # type: ignore[no-any-return]

    def edit(self, name: str) -> Words:
        """A kind of edit of an example."""
        return self._data["edits"].get(name, _NONE)  # type: ignore[no-any-return]

    def kind(self, name: str) -> Words:
        """What a kind of check does."""
        return self._of(name).get("what", _NONE)  # type: ignore[no-any-return]

    def option(self, kind: str, path: str) -> Words:
        """An option of a kind of check, as ``aspects.name``."""
        return self._of(kind).get("options", {}).get(path) or self._data["options"].get(path, _NONE)  # type: ignore[no-any-return]

    def param(self, kind: str, name: str) -> Words:
        """A name that the messages of a kind may use."""
        return self._of(kind).get("params", {}).get(name) or self._data["params"].get(name, _NONE)  # type: ignore[no-any-return]

    def example(self, kind: str) -> Mapping[str, Any] | None:
        """A rule of this kind made up for the guide: everything but its id, kind and basis."""
        return self._of(kind).get("example")

    def _of(self, kind: str) -> Mapping[str, Any]:
        return self._data["kinds"].get(kind, {})  # type: ignore[no-any-return]


def load_guide(linter: Linter) -> Guide:
    """The guide that comes with govlint."""
    return Guide(linter.data(NAME))


def options_of(kind: CheckKind) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every option of a kind by its path, with its schema; those of lists and mappings behind a point."""
    yield from _properties("", kind.options)


def _properties(before: str, schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, inner in schema.get("properties", {}).items():
        yield before + name, inner
        yield from _properties(f"{before}{name}.", inner.get("items", inner))


def lacking(guide: Guide, kinds: Mapping[str, CheckKind]) -> list[str]:
    """What the guide does not explain of these kinds, in words of the data: ``balance.options.left``."""
    missing = [name for name in kinds if not guide.kind(name)]
    for name, kind in kinds.items():
        missing += [f"{name}.options.{path}" for path, _ in options_of(kind) if not guide.option(name, path)]
        missing += [f"{name}.params.{param}" for param in sorted(kind.params) if not guide.param(name, param)]
    return missing
