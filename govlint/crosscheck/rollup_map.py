"""The map of a roll-up: a YAML file that tells which units' numbers make up which government's.

One entry, or a list of them: ``government`` and ``units`` by the name of the agency or the path of the report. Paths
are those of the inputs, or lie beside the map.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from govlint.model.document import Document
from govlint.model.errors import ConfigError, Mistake, RuleError, Sentence
from govlint.model.source import Location, Source, Span
from govlint.yamlfile import Key, YamlFile, parse_yaml

_KEYS = ("government", "units")
_NO_NAME = Sentence("should be the name of an agency, or the path of its report")
LARGEST = 4_000_000
"""So many bytes may a map have."""


class Listed(NamedTuple):
    """A name or path as the map gives it, and where."""

    name: str
    place: Location


class Entry(NamedTuple):
    """One government and its units."""

    government: Listed
    units: tuple[Listed, ...]


class RollupMap(NamedTuple):
    """What a map says, and the map itself as a document, so that places in it can be shown.

    ``partial`` when not all that it names need be among the inputs.
    """

    entries: tuple[Entry, ...]
    document: Document
    partial: bool = False

    @property
    def folder(self) -> Path:
        return Path(self.document.source.path).parent


def load_map(path: str, *, partial: bool = False) -> RollupMap:
    """The map in a file. Raises ConfigError with the line of every mistake, or when the file cannot be opened."""
    try:
        with Path(path).open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        wrong = Sentence("the map cannot be opened: {error}", error=error.strerror or error)
        raise ConfigError([Mistake(path, 1, 1, wrong)]) from None
    if len(data) > LARGEST:
        wrong = Sentence("larger than {limit} bytes; this is no map", limit=LARGEST)
        raise ConfigError([Mistake(path, 1, 1, wrong)])
    return parse_map(data.decode("utf-8-sig", "replace"), path)._replace(partial=partial)


def parse_map(text: str, path: str) -> RollupMap:
    """The map that a text tells. Raises ConfigError with the line of every mistake."""
    try:
        yaml = parse_yaml(text, path)
    except RuleError as error:
        raise ConfigError(error.mistakes) from None
    mistakes = [yaml.mistake(key, message) for key, message in _mistakes(yaml.data)]
    if mistakes:
        raise ConfigError(mistakes)
    source = Source(path, path, text, "yaml")
    entries, start = (yaml.data, True) if isinstance(yaml.data, list) else ([yaml.data], False)
    return RollupMap(
        tuple(_entry(yaml, source, entry, (number,) if start else ()) for number, entry in enumerate(entries)),
        Document(source, ()),
    )


def _mistakes(data: Any) -> Iterator[tuple[Key, str]]:
    entries = data if isinstance(data, list) else [data]
    if not entries:
        yield (), Sentence("no entry: give 'government' and 'units'")
    for number, entry in enumerate(entries):
        key: Key = (number,) if isinstance(data, list) else ()
        if not isinstance(entry, dict):
            yield key, Sentence("should have 'government' and 'units'")
            continue
        for name in entry:
            if name not in _KEYS:
                wrong = Sentence("unknown key {name!r} (there are: {known})", name=name, known=", ".join(_KEYS))
                yield (*key, name, "@key"), wrong
        for name in _KEYS:
            if name not in entry:
                yield key, Sentence("lacks {names}", names=repr(name))
        if "government" in entry and not _is_name(entry["government"]):
            yield (*key, "government"), _NO_NAME
        if "units" in entry:
            yield from _units(entry["units"], (*key, "units"))


def _units(units: Any, key: Key) -> Iterator[tuple[Key, str]]:
    if not isinstance(units, list) or not units:
        yield key, Sentence("should be a list of names of agencies, or of paths of their reports")
        return
    seen: set[str] = set()
    for number, unit in enumerate(units):
        if not _is_name(unit):
            yield (*key, number), _NO_NAME
        elif unit in seen:
            yield (*key, number), Sentence("{name!r} is listed twice", name=unit)
        else:
            seen.add(unit)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _entry(yaml: YamlFile, source: Source, entry: dict[str, Any], key: Key) -> Entry:
    def listed(name: str, at: Key) -> Listed:
        return Listed(name, Location(source.id, _span(source, yaml.marks[at], name)))

    units = (listed(unit, (*key, "units", number)) for number, unit in enumerate(entry["units"]))
    return Entry(listed(entry["government"], (*key, "government")), tuple(units))


def _span(source: Source, mark: tuple[int, int], name: str) -> Span:
    """The place of a name without its quotes, else of the rest of its line."""
    line = source.line_span(mark[0])
    start = line.start + mark[1] - 1
    for at in (start, start + 1):
        if source.text.startswith(name, at):
            return Span(at, at + len(name))
    return Span(start, line.end)
