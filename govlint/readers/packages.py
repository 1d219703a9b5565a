"""Zip packages (Word, Excel, OpenDocument): their parts, within limits that are checked before anything is read."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from io import BytesIO
from posixpath import dirname, join, normpath
from xml.etree import ElementTree as ET

from govlint.model.errors import ReadError

MAX_PARTS = 4096
MAX_PART = 64 * 1024 * 1024
MAX_TOTAL = 256 * 1024 * 1024
MAX_RATIO = 200
"""Bytes unpacked per byte packed, of parts above one megabyte; text packs to a tenth, a bomb to a thousandth."""
MAX_MARKS = 1_500_000
"""Tags and attributes of one XML part; a tree of more would take half a gigabyte."""

BROKEN = (
    zipfile.error,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
)
"""What zipfile raises over damaged packages: it lets through what its unpackers, and reading from nowhere, raise."""

_ENTRY = b"PK\x01\x02"
"""Opens each entry of a zip directory; counted before a library makes an object of each."""
_DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))


class Package:
    """An opened zip file whose directory keeps the limits."""

    def __init__(self, data: bytes) -> None:
        """Raises ReadError: ``damaged``, ``encrypted``, or the limit that the package breaks."""
        if data.count(_ENTRY) > MAX_PARTS:
            raise ReadError("", "too_many_parts", {"limit": MAX_PARTS})
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            entries = self._zip.infolist()
        except BROKEN as error:
            raise ReadError("", "damaged") from error
        _keep_limits(entries)
        self._parts = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in entries}

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._parts)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None where it is absent. Raises ReadError ``damaged`` or ``package_bomb``."""
        entry = self._parts.get(name)
        if entry is None:
            return None
        try:
            with self._zip.open(entry) as part:
                data = part.read(MAX_PART + 1)
        except BROKEN as error:
            raise ReadError("", "damaged") from error
        if len(data) > MAX_PART:
            raise ReadError("", "package_bomb", {"limit": MAX_PART >> 20})
        return data

    def xml(self, name: str) -> ET.Element | None:
        """The root of an XML part; None where it is absent. Raises ReadError for what is no safe XML."""
        data = self.read(name)
        return None if data is None else parse_xml(data)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: id → (last word of the type, name of the part); external ones are left out."""
        root = self.xml(join(dirname(name), "_rels", name.rsplit("/", 1)[-1] + ".rels"))
        found = {}
        for relation in root if root is not None else ():
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(name), target))
            found[relation.get("Id", "")] = (relation.get("Type", "").rsplit("/", 1)[-1], path)
        return found


def parse_xml(data: bytes) -> ET.Element:
    """The root of an XML text. Refuses document types (which may define entities) and absurd numbers of tags."""
    keep_xml_limits(data)
    try:
        return ET.fromstring(data)
    except (ET.ParseError, ValueError, LookupError, RecursionError) as error:
        raise ReadError("", "damaged") from error


def keep_xml_limits(data: bytes) -> None:
    """Raise ReadError ``doctype`` or ``too_many_tags`` for an XML text that is not to be parsed."""
    refuse_doctype(data)
    if data.count(b"<") + data.count(b"=") > MAX_MARKS:  # Also in UTF-16; blanks may stand round the sign.
        raise ReadError("", "too_many_tags", {"limit": MAX_MARKS})


def refuse_doctype(data: bytes) -> None:
    """Raise ReadError ``doctype`` where an XML text declares a document type, in whatever encoding."""
    if any(mark in data for mark in _DOCTYPES):
        raise ReadError("", "doctype")


def _keep_limits(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_PARTS:
        raise ReadError("", "too_many_parts", {"limit": MAX_PARTS})
    if any(entry.flag_bits & 1 for entry in entries):
        raise ReadError("", "encrypted")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise ReadError("", "package_bomb", {"limit": MAX_TOTAL >> 20})
    for entry in entries:
        if entry.file_size > MAX_PART:
            raise ReadError("", "package_bomb", {"limit": MAX_PART >> 20})
        if entry.file_size > 1 << 20 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise ReadError("", "package_bomb", {"limit": MAX_PART >> 20})
