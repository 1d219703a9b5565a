"""What holds for all requests of a server: its words, its limits, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from govlint.writers.language import Language

MEGABYTE = 1 << 20


_FORM = 64 << 10
_HEAD = 1 << 10
"""Bytes of a form, and of the lines above each of its files, beside the files themselves."""


class Limits(NamedTuple):
    """How many bytes the files of a request may have together, how many there may be, and how many files a client may
    send in a minute (0: any number).
    """

    size: int
    files: int
    rate: int

    @property
    def whole(self) -> int:
        """How many bytes a form with such files may have."""
        return self.size + _FORM + _HEAD * self.files

    @property
    def megabytes(self) -> int | float:
        """The size as people write it."""
        size = self.size / MEGABYTE
        return int(size) if size.is_integer() else size


class Site(NamedTuple):
    """A server as requests see it.

    ``languages`` by code, ``lang`` the code of the one that holds unless asked otherwise. ``root`` is the path below
    which a proxy shows the server, as ``/govlint``, or empty. ``hosts`` are the names by which it may be called, in
    lower case, ``*`` for any; ``own_hosts`` those of them that people gave it, whose pages may send files too, since
    a proxy may call it by another name than they do. ``addressed`` says that it may be called by any number of an
    address. ``private`` is the folder below which the files of requests lie.
    """

    languages: Mapping[str, Language]
    lang: str
    limits: Limits
    private: str
    root: str = ""
    hosts: frozenset[str] = frozenset()
    own_hosts: frozenset[str] = frozenset()
    addressed: bool = False
