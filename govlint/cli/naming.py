"""The name of the agency that a new report is for."""

from __future__ import annotations

import unicodedata

import click

from govlint.cli.last_year import LastYear
from govlint.writers.language import Language

_LONGEST = 50
"""A title with a longer name in it is not known for one."""
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Control characters, marks of direction, halves of characters, ends of lines."""


def agency_name(asked: str | None, last: LastYear | None, language: Language) -> str:
    """The name as asked for, else as last year's report has it.

    Raises click.UsageError when there is none, or none that can stand in a title.
    """
    found = asked if asked is not None else (last.agency if last else None)
    if found is None:
        raise _wrong(language, "no_agency_there" if last else "no_agency", {"path": last.path if last else None})
    name = found.strip()
    if not name:
        raise _wrong(language, "blank_agency", {})
    if any(_is_invisible(char) for char in name):
        raise _wrong(language, "hidden_characters", {})
    name = " ".join(name.split())
    if len(name) > _LONGEST:
        raise _wrong(language, "long_agency", {"count": len(name), "limit": _LONGEST})
    return name


def _is_invisible(char: str) -> bool:
    """Whether a character shows nothing, or is none that a file may hold."""
    code = ord(char)
    return unicodedata.category(char) in _INVISIBLE or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _wrong(language: Language, key: str, params: dict[str, object]) -> click.UsageError:
    return click.UsageError(language.say("new", key, params))
