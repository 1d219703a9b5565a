"""A hostile file: its name, the function that makes its bytes, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

Make = Callable[[], bytes]


@dataclass(frozen=True)
class Hostile:
    """``reasons``: why it may be refused; ``kind``: what it is read as where that is allowed."""

    name: str
    suffix: str
    make: Make
    reasons: frozenset[str]
    kind: str = ""
    extra: str = ""
    """A module without which nothing of this kind is read."""

    @property
    def file(self) -> str:
        return self.name + self.suffix

    @property
    def is_readable_here(self) -> bool:
        """Whether what reads this kind of file is installed."""
        return not self.extra or find_spec(self.extra) is not None


CASES: dict[str, Hostile] = {}


def refused(suffix: str, *reasons: str, kind: str = "", extra: str = "") -> Callable[[Make], Make]:
    """Registers the maker of a file that is refused for one of ``reasons``, or else read as ``kind``."""

    def register(make: Make) -> Make:
        assert make.__name__ not in CASES
        CASES[make.__name__] = Hostile(make.__name__, suffix, make, frozenset(reasons), kind, extra)
        return make

    return register


def readable(suffix: str, kind: str, extra: str = "") -> Callable[[Make], Make]:
    """Registers the maker of a file that is odd, but is read as what it is."""
    return refused(suffix, kind=kind, extra=extra)
