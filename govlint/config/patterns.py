"""Globs: which files and folders a pattern means.

``*``, ``?`` and ``[…]`` stand for characters of one name, ``**`` for any number of folders. A pattern without a slash
means names at any depth; one with a slash goes from the folder of the file that says it; one that ends with a slash
means folders only. What lies in a folder that is meant is meant too.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from fnmatch import translate
from functools import cached_property, lru_cache
from pathlib import PurePath

_CASE = re.IGNORECASE if os.name == "nt" else re.NOFLAG
_ANY_FOLDERS = "**"
_UP = re.compile(translate(".."))
"""The only step that means the folder above: no star does."""


class Glob:
    """A pattern as it is written, with forward slashes, and the absolute folder that it goes from."""

    def __init__(self, text: str, base: str) -> None:
        self.text = text
        self.base = base

    def __repr__(self) -> str:
        return f"Glob({self.text!r}, {self.base!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Glob) and (self.text, self.base) == (other.text, other.base)

    def __hash__(self) -> int:
        return hash((self.text, self.base))

    def covers(self, path: str) -> bool:
        """Whether a file is meant, or a folder that it lies in."""
        return any(meant and (folder or not self._folders_only) for meant, folder in self._walk(path))

    def means(self, path: str, *, folder: bool) -> bool:
        """Whether just this file or folder is meant, wherever it lies."""
        last = False
        for meant, _ in self._walk(path):
            last = meant
        return last and (folder or not self._folders_only)

    @cached_property
    def _folders_only(self) -> bool:
        return self.text.endswith("/")

    @cached_property
    def _steps(self) -> tuple[re.Pattern[str] | None, ...]:
        """What each name on the way must be like; None for any number of folders."""
        text = unicodedata.normalize("NFC", self.text)
        names = [name for name in text.split("/") if name not in ("", ".")]
        if "/" not in text.rstrip("/"):
            names.insert(0, _ANY_FOLDERS)
        return tuple(_step(name) for name in names)

    def _walk(self, path: str) -> Iterator[tuple[bool, bool]]:
        """For each name on the way to a path: is what it stands for meant, and is it a folder on the way?"""
        names = names_below(self.base, os.path.abspath(path))  # noqa: PTH100 - links stay as they are
        at = self._reached(frozenset({0}))
        for number, name in enumerate(names, 1):
            at = self._reached(self._after(at, name))
            yield len(self._steps) in at, number < len(names)

    def _after(self, at: frozenset[int], name: str) -> frozenset[int]:
        """The steps reached with one more name."""
        last = len(self._steps) - 1
        reached: set[int] = set()
        for step in at:
            if step > last:
                continue
            like = self._steps[step]
            if like is None:
                reached |= {step, step + 1} if step == last else {step}
            elif (name == "..") == (like is _UP) and like.match(name):
                reached.add(step + 1)
        return frozenset(reached)

    def _reached(self, at: frozenset[int]) -> frozenset[int]:
        """With the steps after those that may stand for no folder at all; behind the last one something must come."""
        reached = set(at)
        for number, step in enumerate(self._steps[:-1]):
            if step is None and number in reached:
                reached.add(number + 1)
        return frozenset(reached)


def _step(name: str) -> re.Pattern[str] | None:
    if name == _ANY_FOLDERS:
        return None
    return _UP if name == ".." else re.compile(translate(name), _CASE)


@lru_cache(maxsize=1 << 14)
def names_below(base: str, path: str) -> tuple[str, ...]:
    """The names on the way from a folder to a path, both absolute; first ``..`` where it does not lie below."""
    names = _names(base, path)
    if names[:1] == ("..",):
        names = min(names, _names(os.path.realpath(base), os.path.realpath(path)), key=_outside)
    return tuple(unicodedata.normalize("NFC", name) for name in names)


def _names(base: str, path: str) -> tuple[str, ...]:
    try:
        return PurePath(os.path.relpath(path, base)).parts
    except ValueError:  # on another drive
        return PurePath(path).parts[1:]


def _outside(names: tuple[str, ...]) -> int:
    return names.count("..")
