"""Entries put into a file of waivers or taken out of it; every other line stays as it is, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from govlint.model.errors import RuleError
from govlint.waivers.making import Entry
from govlint.yamlfile import YamlFile, parse_yaml

_DASH = re.compile(r"( *)-[ \t]+")
_DASH_ALONE = re.compile(r"( *)-[ \t]*(?:#.*)?")
_NO_ENTRIES = re.compile(r"(waivers[ \t]*:)[ \t]*(?:\[[ \t]*\]|~|null)?[ \t]*(#.*)?")
_BARE = frozenset(("rule", "times", "expires"))
"""Keys whose values mean the same without quotes."""
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class NotEditableError(Exception):
    """The file is written in a way that is left alone."""


def added(text: str, file: YamlFile, entries: Sequence[Entry]) -> str:
    """The text of a file of waivers with more entries at its end. Raises NotEditableError."""
    entries = [{key: _storable(value) for key, value in entry.items()} for entry in entries]
    newline = "\r\n" if "\r\n" in text else "\n"
    old = _entries(file)
    indent = _dash(_lines(text), file, 0)[1] if old else 2
    if not old:
        text = _opened(text, file, newline)
    if text and not text.endswith("\n"):
        text += newline
    lines = [line for entry in entries for line in entry_lines(entry, indent)]
    return _checked(text + "".join(line + newline for line in lines), [*old, *entries])


def removed(text: str, file: YamlFile, numbers: Collection[int]) -> str:
    """The text without some of its entries, given by their numbers from 0. Raises NotEditableError.

    Comments above an entry stay: they may be about more than that entry.
    """
    lines = _lines(text)
    gone: set[int] = set()
    for number in numbers:
        start, indent = _dash(lines, file, number)
        end = start + 1
        while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
            end += 1
        while not lines[end - 1].strip():
            end -= 1
        gone.update(range(start, end))
    kept = [entry for number, entry in enumerate(_entries(file)) if number not in numbers]
    return _checked("".join(line for number, line in enumerate(lines) if number not in gone), kept)


def entry_lines(entry: Entry, indent: int = 2) -> list[str]:
    """An entry as YAML, line by line."""
    said = [f"{key}: {value if key in _BARE else quoted(str(value))}" for key, value in entry.items()]
    return [" " * indent + ("- " if not number else "  ") + words for number, words in enumerate(said)]


def quoted(text: str) -> str:
    """A text as YAML in double quotes, on one line, with escapes for all that is not plainly seen."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    code = ord(char)
    if char in '"\\':
        return "\\" + char
    hidden = 0x200B <= code <= 0x200F or 0x2028 <= code <= 0x202E or 0x2060 <= code <= 0x206F
    if code < 0x20 or 0x7F <= code <= 0xA0 or hidden or 0xFDD0 <= code <= 0xFDEF or code in (0xFEFF, 0xFFFE, 0xFFFF):
        return f"\\u{code:04x}"
    return char


def _storable(value: object) -> object:
    """A value that a file can hold: a lone half of a character becomes a question mark."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _entries(file: YamlFile) -> list[Entry]:
    return list((file.data or {}).get("waivers") or ())


def _lines(text: str) -> list[str]:
    return _LINE.findall(text)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _dash(lines: Sequence[str], file: YamlFile, number: int) -> tuple[int, int]:
    """The line, from 0, in which the dash of an entry stands, and the blanks before the dash."""
    line, column = file.marks[("waivers", number)]
    before = lines[line - 1][: column - 1]
    dash = _DASH.fullmatch(before)
    if dash:
        return line - 1, len(dash[1])
    dash = _DASH_ALONE.fullmatch(lines[line - 2].rstrip("\r\n")) if line > 1 and not before.strip() else None
    if dash:
        return line - 2, len(dash[1])
    raise NotEditableError


def _opened(text: str, file: YamlFile, newline: str) -> str:
    """The text of a file without entries, ready to take some."""
    if file.data is None:
        return text + (newline if text and not text.endswith("\n") else "") + "waivers:" + newline
    lines = _lines(text)
    at = file.marks[("waivers", "@key")][0] - 1
    line = lines[at].rstrip("\r\n")
    empty = _NO_ENTRIES.fullmatch(line)
    if empty is None:
        raise NotEditableError
    lines[at] = empty[1] + (f" {empty[2]}" if empty[2] else "") + lines[at][len(line) :]
    return "".join(lines)


def _checked(text: str, due: Sequence[Entry]) -> str:
    """The text, if it holds just the entries that are due."""
    try:
        found = _entries(parse_yaml(text, ""))
    except RuleError:
        raise NotEditableError from None
    if found != list(due):
        raise NotEditableError
    return text
