"""What a regular expression cannot match without: texts of which every match holds at least one.

To look for a few short texts costs next to nothing, to compile a pattern of Chinese words does. The reading of patterns
is cautious: whatever it does not know for sure (flags, references, large classes) it takes for a text of any kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

MOST = 64
"""So many texts are looked for at most."""
_LARGEST_RANGE = 12
_COUNTED = 3
"""Repetitions beyond so many are taken for any number."""
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_HEX = {"x": 2, "u": 4, "U": 8}
_NO_WIDTH = "bBAZ"

Texts = tuple[str, ...]


class _Part(NamedTuple):
    """A part of a pattern.

    ``exact`` are all texts that it matches, if these are few, ``starts`` and ``ends`` texts with one of which every
    match starts or ends (perhaps the empty one), ``needs`` texts of which every match holds one.
    """

    exact: Texts | None = None
    needs: Texts | None = None
    starts: Texts | None = None
    ends: Texts | None = None


_ANYTHING = _Part()
_EMPTY: Texts = ("",)


class _UnknownError(Exception):
    """The pattern has something that this module does not read."""


def needed(pattern: str) -> Texts:
    """Texts of which every match of the pattern holds at least one; none where no such texts are known."""
    try:
        reader = _Reader(pattern)
        part = reader.alternatives()
        if reader.at != len(pattern):
            return ()
    except (_UnknownError, IndexError, ValueError):
        return ()
    texts = _held(part) or ()
    return tuple(text for text in texts if not any(other in text for other in texts if other != text))


def _few(texts: Texts, needs: Texts | None = None) -> _Part:
    """A part that matches these texts only."""
    return _Part(texts, needs, texts, texts)


def _held(part: _Part) -> Texts | None:
    return _better(part.needs, _useful(part.exact) if part.exact is not None else None)


def _useful(texts: Texts) -> Texts | None:
    return texts if all(texts) else None


def _joined(one: Texts, other: Texts) -> Texts | None:
    """Each text of one followed by each of the other, if these are not too many."""
    found = tuple(dict.fromkeys(a + b for a in one for b in other))
    return found if len(found) <= MOST else None


def _better(one: Texts | None, other: Texts | None) -> Texts | None:
    """The texts that are rarer: the longer ones, then the fewer."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda texts: (min(map(_weight, texts)), -len(texts)))


def _weight(text: str) -> int:
    """How much a text tells; a digit tells little, because reports are full of numbers."""
    return sum(1 if char.isdecimal() else 2 for char in text)


class _Reader:
    """Reads a pattern from left to right; ``at`` is the index of what comes next."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def alternatives(self) -> _Part:
        """Everything up to the bracket that closes it, or the end."""
        parts = [self._sequence()]
        while self._take("|"):
            parts.append(self._sequence())
        if len(parts) == 1:
            return parts[0]
        return _Part(
            _united(part.exact for part in parts),
            _united(map(_held, parts)),
            _united(part.starts for part in parts),
            _united(part.ends for part in parts),
        )

    def _sequence(self) -> _Part:
        """Atoms one after another, up to a bar, a closing bracket or the end."""
        whole: Texts | None = _EMPTY
        starts: Texts | None = None  # Until it is known, nothing has come yet but few texts.
        run: Texts = _EMPTY  # What has come last.
        best: Texts | None = None
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            atom = self._repeated(self._atom())
            longer = _joined(run, atom.starts or _EMPTY)
            best = _better(best, _useful(longer or run))
            best = _better(best, atom.needs)
            if starts is None and (longer is None or atom.exact is None):
                starts = longer or run
            run = longer if longer is not None and atom.exact is not None else atom.ends or _EMPTY
            whole = _joined(whole, atom.exact) if whole is not None and atom.exact is not None else None
        return _Part(whole, _better(best, _useful(run)), run if starts is None else starts, run)

    def _atom(self) -> _Part:
        char = self.pattern[self.at]
        self.at += 1
        if char == "(":
            return self._group()
        if char == "[":
            return self._set()
        if char == "\\":
            return self._escape()
        if char == ".":
            return _ANYTHING
        if char in "^$":
            return _few(_EMPTY)
        if char in "*+?":
            raise _UnknownError
        return _few((char,))

    def _repeated(self, atom: _Part) -> _Part:
        """The atom as often as the sign behind it says."""
        low, high = self._times()
        if (low, high) == (1, 1):
            return atom
        if low == 0:
            few = high == 1 and atom.exact is not None and len(atom.exact) < MOST
            return _few(("", *(atom.exact or ()))) if few else _ANYTHING
        if atom.exact is None:
            return atom._replace(exact=None)
        several = atom.exact
        for _ in range(1, min(low, _COUNTED)):
            longer = _joined(several, atom.exact)
            if longer is None:
                return _Part(None, atom.needs, several, several)
            several = longer
        return _Part(several if low == high and low <= _COUNTED else None, atom.needs, several, several)

    def _times(self) -> tuple[int, int | None]:
        """How often at least and at most (None: any number)."""
        known: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
        char = self.pattern[self.at] if self.at < len(self.pattern) else ""
        if char in known and char:
            self.at += 1
            self._take("?") or self._take("+")
            return known[char]
        if char == "{":
            end = self.pattern.index("}", self.at)
            first, comma, last = self.pattern[self.at + 1 : end].partition(",")
            if not (first + last).isdecimal() or not (first + last).isascii():
                raise _UnknownError  # A brace that stands for itself.
            self.at = end + 1
            self._take("?") or self._take("+")
            high = int(last) if last else None if comma else int(first)
            return (int(first or 0), high) if high != 0 else (0, None)
        return 1, 1

    def _group(self) -> _Part:
        if not self._take("?"):
            return self._closed(self.alternatives())
        if self._take("P<"):
            self.at = self.pattern.index(">", self.at) + 1
            return self._closed(self.alternatives())
        if self._take(":") or self._take(">"):
            return self._closed(self.alternatives())
        if self._take("=") or self._take("<="):
            return _few(_EMPTY, _held(self._closed(self.alternatives())))
        if self._take("!") or self._take("<!"):
            self._closed(self.alternatives())
            return _few(_EMPTY)
        raise _UnknownError

    def _closed(self, part: _Part) -> _Part:
        if not self._take(")"):
            raise _UnknownError
        return part

    def _escape(self) -> _Part:
        char = self.pattern[self.at]
        self.at += 1
        if char in _NO_WIDTH:
            return _few(_EMPTY)
        text = self._escaped(char)
        return _ANYTHING if text is None else _few((text,))

    def _escaped(self, char: str) -> str | None:
        """The character that an escape stands for; None for one of many, or for a reference by number."""
        if char in _HEX:
            self.at += _HEX[char]
            return chr(int(self.pattern[self.at - _HEX[char] : self.at], 16))
        if char in _ESCAPED:
            return _ESCAPED[char]
        if char == "N":
            raise _UnknownError
        if char in "0123456789":
            while self.pattern[self.at : self.at + 1] in tuple("0123456789"):
                self.at += 1
            return None
        return None if char.isascii() and char.isalpha() else char

    def _set(self) -> _Part:
        """A class of characters: all of them if they are few."""
        chars: list[str] | None = [] if not self._take("^") else None
        first = True
        while first or self.pattern[self.at] != "]":
            first = False
            begin = self._member()
            end = begin
            if self.pattern[self.at] == "-" and self.pattern[self.at + 1] != "]":
                self.at += 1
                end = self._member()
            if begin is None or end is None or ord(end) - ord(begin) >= _LARGEST_RANGE:
                chars = None
            elif chars is not None:
                chars += map(chr, range(ord(begin), ord(end) + 1))
        self.at += 1
        return _ANYTHING if not chars or len(chars) > MOST else _few(tuple(dict.fromkeys(chars)))

    def _member(self) -> str | None:
        char = self.pattern[self.at]
        self.at += 1
        if char != "\\":
            return char
        self.at += 1
        char = self.pattern[self.at - 1]
        return "\b" if char == "b" else self._escaped(char)

    def _take(self, text: str) -> bool:
        if self.pattern.startswith(text, self.at):
            self.at += len(text)
            return True
        return False


def _united(parts: Iterable[Texts | None]) -> Texts | None:
    """All texts of all parts, if every part has some and these are not too many."""
    found: dict[str, None] = {}
    for texts in parts:
        if texts is None:
            return None
        found.update(dict.fromkeys(texts))
    return tuple(found) if len(found) <= MOST else None
