"""Files of waivers: ``.govlint-waivers.yaml`` and baselines, which look the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from govlint.datafiles import DataFile, load_file
from govlint.mistakes import Fault, schema_faults
from govlint.model.errors import ConfigError, Mistake, RuleError
from govlint.model.waiver import Waiver, WaiverKind
from govlint.waivers.key import plain, writable
from govlint.waivers.paths import folder_of
from govlint.waivers.schema import SCHEMA
from govlint.writers.language import Language
from govlint.yamlfile import YamlFile

MAX_BYTES = 32 * 1024 * 1024
_PLACED = 2
"""Keys down to an entry: where its parts stand matters only while they are validated."""
_NO_WAY = re.compile(r"\A(?:/|[A-Za-z]:/)|[\\\x00-\x1f]")
"""Paths that are absolute, or written as on Windows only, or no paths at all."""


class WaiverFile(NamedTuple):
    """A file of waivers: its path as people are told it, the folder that its paths start from, and what it accepts.

    ``yaml`` has its entries, in the order of ``waivers``, and where each of them stands.
    """

    path: str
    folder: str
    waivers: tuple[Waiver, ...]
    yaml: YamlFile


def read_waivers(path: str, kind: WaiverKind, language: Language) -> WaiverFile:
    """The waivers in a file. Raises ConfigError, in the language, with the line and column of every mistake."""
    return parse_waivers(read_bytes(path, language), path, kind, language)


def read_bytes(path: str, language: Language) -> bytes:
    """The content of a file of waivers, as far as shows it too large. Raises ConfigError when it cannot be opened."""
    try:
        with Path(path).open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        reason = language.say("read_error", "missing")
    except IsADirectoryError:
        reason = language.say("read_error", "folder")
    except (OSError, ValueError) as error:
        reason = language.say("read_error", "unopened", {"error": getattr(error, "strerror", None) or error})
    raise ConfigError([Mistake(path, 1, 1, reason)])


def parse_waivers(content: bytes, path: str, kind: WaiverKind, language: Language) -> WaiverFile:
    """The waivers that the content of a file tells. Raises ConfigError like ``read_waivers``."""
    _check_text(content, path, language)
    try:
        file = load_file(Path(path), content, "waivers", lambda file: _validate(file, language), _PLACED)
    except RuleError as error:
        raise ConfigError([_worded(mistake, language) for mistake in error.mistakes]) from None
    entries = (file.data or {}).get("waivers") or ()
    lines = (file.yaml.marks[("waivers", number)][0] for number in range(len(entries)))
    waivers = tuple(_waiver(entry, kind, path, line) for entry, line in zip(entries, lines, strict=True))
    return WaiverFile(path, folder_of(path), waivers, file.yaml)


def _worded(mistake: Mistake, language: Language) -> Mistake:
    return mistake._replace(message=language.say("mistake", "yaml", {"message": mistake.message}))


def _check_text(content: bytes, path: str, language: Language) -> None:
    if len(content) > MAX_BYTES:
        params = {"size": len(content) >> 20, "limit": MAX_BYTES >> 20}
        raise ConfigError([Mistake(path, 1, 1, language.say("read_error", "too_large", params))])
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError([Mistake(path, line, 1, language.say("mistake", "no_utf_8"))]) from None


def _validate(file: DataFile, language: Language) -> None:
    """Raises ConfigError for all that is wrong in the file."""
    if file.data is None:
        return
    faults = list(schema_faults(file.data, SCHEMA)) or list(_faults(file.data["waivers"] or []))
    if faults:
        mistakes = {file.yaml.mistake(fault.key, language.fault(fault)) for fault in faults}
        raise ConfigError(sorted(mistakes, key=lambda mistake: (mistake.line, mistake.column)))


def _faults(entries: list[Mapping[str, Any]]) -> Iterator[Fault]:
    """What the schema cannot tell: blank words, dates that do not exist, paths that lead nowhere."""
    for number, entry in enumerate(entries):
        for name in ("rule", "path", "subject", "reason"):
            if not plain(entry[name]):
                yield Fault(("waivers", number, name), "empty")
        if "expires" in entry and not is_date(entry["expires"]):
            yield Fault(("waivers", number, "expires"), "no_date", {"found": entry["expires"]})
        path = entry["path"]
        if _NO_WAY.search(path) or ".." in _inner(path):
            yield Fault(("waivers", number, "path"), "no_relative_path", {"found": path})


def _inner(path: str) -> list[str]:
    """The parts of a path behind those that lead up from the folder of the file."""
    parts = path.split("/")
    while parts and parts[0] == "..":
        parts = parts[1:]
    return parts


def is_date(text: str) -> bool:
    """Whether this is a day as 2026-12-31."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _waiver(entry: Mapping[str, Any], kind: WaiverKind, path: str, line: int) -> Waiver:
    return Waiver(
        kind,
        path,
        line,
        entry["rule"],
        writable(entry["path"]),
        " ".join(entry["reason"].split()),
        plain(entry["subject"]),
        str(entry["seen"]) if "seen" in entry else None,
        str(entry["found"]) if "found" in entry else None,
        entry.get("times", 1),
        entry.get("author"),
        entry.get("expires"),
    )
