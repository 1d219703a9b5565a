"""The parts of a multipart body as the parser finds them: files go to the folder, a few short fields are kept."""

from __future__ import annotations

import re
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from python_multipart.multipart import parse_options_header

from govlint.web.jobs import Given
from govlint.web.naming import apart, sent_name, shown_name, stored_name
from govlint.web.problems import Problem
from govlint.web.site import Limits

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MAX_FIELDS = 20
"""Parts of a form that are no files."""
MAX_FIELD = 1024
"""Bytes of a field of the form, and of its name."""
MAX_HEAD = 8192
"""Bytes of the header lines of a part."""
_FILE, _PASTE = "file", "paste"
_KNOWN = ("lang", "show", "unsafe")
_MARKUP = re.compile(rb"\s*<(?:!doctype|!--|html|head|body|meta|table|div|span|p|h[1-6]|ul|ol|section|article)\b", re.I)
"""How pasted text begins that is a piece of a web page."""
_BOM = b"\xef\xbb\xbf"
_BEGINNING = 1000


class Parts:
    """Takes parts in; ``files`` and ``fields`` hold what came, ``whole`` says that the body came to its end.

    Closes what it has open at the end of ``with``. Its callbacks raise Problem.
    """

    def __init__(self, folder: str, limits: Limits, pasted: str) -> None:
        self.files: list[Given] = []
        self.fields: dict[str, str] = {}
        self.whole = False
        self._folder = Path(folder)
        self._limits = limits
        self._pasted = pasted
        self._names: dict[str, int] = {}
        self._parts = 0
        self._head = 0
        self._key, self._value = b"", b""
        self._disposition = b""
        self._field = ""
        self._name = ""
        self._size = 0
        self._short = bytearray()
        self._file: BinaryIO | None = None

    @property
    def callbacks(self) -> MultipartCallbacks:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_name,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headed,
            "on_part_data": self._data,
            "on_part_end": self._part_end,
            "on_end": self._end,
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > self._limits.files + MAX_FIELDS:
            raise Problem("too_many_files", {"limit": self._limits.files})
        self._head = self._size = 0
        self._disposition = b""
        self._short.clear()

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._count(end - start)
        self._key += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._count(end - start)
        self._value += data[start:end]

    def _count(self, size: int) -> None:
        self._head += size
        if self._head > MAX_HEAD:
            raise Problem("bad_multipart")

    def _header_end(self) -> None:
        if self._key.lower() == b"content-disposition":
            self._disposition = self._value
        self._key, self._value = b"", b""

    def _headed(self) -> None:
        """The headers of a part are there: where does it go?"""
        _, options = parse_options_header(self._disposition)
        field = options.get(b"name", b"")
        if not field or len(field) > MAX_FIELD:
            raise Problem("bad_multipart")
        self._field = field.decode("utf-8", "replace")
        self._name = shown_name(sent_name(options.get(b"filename", b"")))
        if self._field in (_FILE, _PASTE):
            number = len(self.files) + 1
            self._file = (self._folder / stored_name(number, self._name)).open("xb")

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._size += end - start
        if self._file:
            self._file.write(data[start:end])
        elif self._field in _KNOWN:
            if self._size > MAX_FIELD:
                raise Problem("bad_multipart")
            self._short += data[start:end]

    def _part_end(self) -> None:
        if self._file:
            path = Path(self._file.name)
            self._file.close()
            self._file = None
            self._keep(path)
        elif self._field in _KNOWN:
            self.fields[self._field] = self._short.decode("utf-8", "replace").strip()

    def _keep(self, path: Path) -> None:
        """A file is there; a part without name and content is what a form sends where nothing was chosen."""
        if self._field == _PASTE:
            self._name = self._name or self._pasted + _suffix_of_text(path)
            if _blank(path):
                self._size = 0
        elif not self._name and self._size:
            raise Problem("bad_name")
        if not self._name or (self._field == _PASTE and not self._size):
            path.unlink()
            return
        if len(self.files) >= self._limits.files:
            raise Problem("too_many_files", {"limit": self._limits.files})
        given = Given(stored_name(len(self.files) + 1, self._name), apart(self._name, self._names))
        if path.name != given.stored:
            path.rename(path.with_name(given.stored))
        self.files.append(given)

    def _end(self) -> None:
        self.whole = True


def _suffix_of_text(path: Path) -> str:
    """What pasted text is: a web page, if it begins as one."""
    with path.open("rb") as file:
        return ".html" if _MARKUP.match(file.read(_BEGINNING).removeprefix(_BOM)) else ".txt"


def _blank(path: Path) -> bool:
    """Whether the first thousand bytes and all others are white space."""
    with path.open("rb") as file:
        return not any(chunk.strip() for chunk in iter(lambda: file.read(1 << 16), b""))
