"""What a mistyped word or path was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path, PurePath

from govlint.writers.language import Language

_PATTERN = frozenset("*?")
_ENTRIES = 5000
"""So many names of a folder are looked at."""


def did_you_mean(name: str, known: Iterable[str], language: Language) -> str:
    """A suggestion to put after a sentence, when a known name is close; else nothing."""
    near = closest(name, known)
    return language.say("cli", "did_you_mean", {"name": near}) if near else ""


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like one, letter case aside."""
    by_fold: dict[str, str] = {}
    for each in known:
        by_fold.setdefault(each.casefold(), each)
    found = get_close_matches(name.casefold(), by_fold, 1, 0.6)
    return by_fold[found[0]] if found else None


def path_meant(path: str, language: Language) -> str:
    """A suggestion for a path that is not there, when something of a like name is; else nothing."""
    near = near_path(path)
    return language.say("cli", "did_you_mean", {"name": near}) if near else ""


def near_path(path: str) -> str | None:
    """A path that exists and differs in one name from a path that does not: that of the first part missing."""
    if not _PATTERN.isdisjoint(path):
        return None
    try:
        parts = Path(path).parts
        for number, part in enumerate(parts):
            if not Path(*parts[: number + 1]).exists():
                return _mended(parts, number, part)
    except (OSError, ValueError):
        return None
    return None


def _mended(parts: tuple[str, ...], number: int, part: str) -> str | None:
    folder = Path(*parts[:number])
    names = [entry.name for entry, _ in zip(folder.iterdir(), range(_ENTRIES), strict=False)]
    same_stem = sorted(name for name in names if PurePath(name).stem.casefold() == PurePath(part).stem.casefold())
    near = same_stem[0] if same_stem else closest(part, sorted(names))
    if near is None:
        return None
    meant = folder / near / Path(*parts[number + 1 :])
    return str(meant) if meant.exists() else None
