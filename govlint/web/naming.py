"""Names of files from strangers: what is shown of them, never where anything is written."""

from __future__ import annotations

import re

from govlint.writers.places import escape_controls

MAX_NAME = 120
"""Characters of a name that are shown."""
_SEPARATORS = re.compile(r"[/\\]")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}$")
_CUT = "…"
_QUOTED = {"%22": '"', "%0d": "\r", "%0a": "\n"}
"""What browsers write for the characters that end a name in a multipart body."""


def sent_name(raw: bytes) -> str:
    """A name as it stands in a multipart body, in characters."""
    for encoding in ("utf-8", "gb18030"):
        try:
            name = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        name = raw.decode("latin-1")
    return re.sub(r"%(?:22|0[AaDd])", lambda found: _QUOTED[found[0].lower()], name)


def shown_name(name: str) -> str:
    """The last part of a name, made harmless and not too long; empty if there is nothing in it."""
    last = _SEPARATORS.split(name)[-1].strip()
    if not last.strip("."):
        return ""
    last = escape_controls(last)
    suffix = suffix_of(last)
    if len(last) <= MAX_NAME:
        return last
    return last[: MAX_NAME - len(suffix) - len(_CUT)] + _CUT + suffix


def suffix_of(name: str) -> str:
    """The suffix with its dot, or nothing; only letters and digits."""
    found = _SUFFIX.search(name)
    return found[0] if found else ""


def apart(name: str, taken: dict[str, int]) -> str:
    """The name, with a number if it is taken; names that differ in case alone are the same.

    ``taken`` has the names that there are, folded, each with how often it was wanted; it is brought up to date.
    """
    suffix = suffix_of(name)
    stem = name.removesuffix(suffix)
    wanted, fresh = name.casefold(), name
    while fresh.casefold() in taken:
        taken[wanted] += 1
        mark = f" ({taken[wanted]})"
        fresh = stem[: MAX_NAME - len(suffix) - len(mark)] + mark + suffix
    taken[fresh.casefold()] = 1
    return fresh


def stored_name(number: int, shown: str) -> str:
    """What a file is called in its folder: its number, and its suffix, by which text files are told apart."""
    return f"{number:04d}{suffix_of(shown).lower()}"
