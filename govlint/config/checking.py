"""What is wrong in one configuration file: its shape, then what a schema cannot tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from govlint.config.schema import config_schema
from govlint.mistakes import Fault, schema_faults
from govlint.version import __version__
from govlint.yamlfile import Key

_VERSION = re.compile(r"\d+(\.\d+)*")


def faults_of(data: Any) -> Iterator[Fault]:
    """All that is wrong in the data of a file; where it asks for another version of govlint, nothing but that."""
    if data is None:
        return
    newer = list(_version(data.get("required-version"))) if isinstance(data, dict) else []
    yield from newer or list(schema_faults(data, config_schema())) or _meaning(data)


def _version(asked: Any) -> Iterator[Fault]:
    if not isinstance(asked, str):
        return
    key: Key = ("required-version",)
    if not _VERSION.fullmatch(asked):
        yield Fault(key, "no_version", {"found": asked})
    elif _numbers(asked) > _numbers(__version__):
        yield Fault(key, "too_old", {"asked": asked, "version": __version__})


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version, without zeros at the end: 0.2 and 0.2.0 are the same."""
    found = _VERSION.match(version)
    numbers = [int(number) for number in found[0].split(".")] if found else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _meaning(data: Mapping[str, Any]) -> Iterator[Fault]:
    for key, glob in _globs(data):
        yield from glob_faults(key, glob)
    for key, path in _paths(data):
        if "\\" in path:
            yield Fault(key, "backslash")
        elif path.startswith("//"):
            yield Fault(key, "network_path")
    waivers = data.get("waivers")
    if waivers and (waivers.startswith("/") or ":" in waivers or ".." in waivers.split("/")):
        yield Fault(("waivers",), "outside")
    if data.get("link") == "off" and "rollup" in data:
        yield Fault(("rollup",), "rollup_unlinked")


def glob_faults(key: Key, glob: str) -> Iterator[Fault]:
    """What is wrong in a pattern for files: it would silently mean nothing."""
    if "\\" in glob:
        yield Fault(key, "backslash")
    elif glob.startswith("!"):
        yield Fault(key, "exclamation")


def _globs(data: Mapping[str, Any]) -> Iterator[tuple[Key, str]]:
    for number, glob in enumerate(data.get("exclude", ())):
        yield ("exclude", number), glob
    for glob in data.get("per-file-ignores", ()):
        yield ("per-file-ignores", glob, "@key"), glob
    for number, entry in enumerate(data.get("files", ())):
        yield ("files", number, "path"), entry["path"]


def _paths(data: Mapping[str, Any]) -> Iterator[tuple[Key, str]]:
    for number, path in enumerate(data.get("extend", ())):
        yield ("extend", number), path
    for name in ("rollup", "waivers"):
        if name in data:
            yield (name,), data[name]
