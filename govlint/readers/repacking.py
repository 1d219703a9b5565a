"""A zip package with some parts exchanged; all others as they were."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Mapping
from io import BytesIO

from govlint.model.errors import ReadError
from govlint.readers.packages import BROKEN, Package

_SIGNATURES = "_xmlsignatures/"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of parts that are added: a zip file knows none before, and a clock would make each run another file."""
_ZIP64 = b"\x01\x00"


def is_signed(package: Package) -> bool:
    """Whether a document has signatures, which any change of it breaks."""
    return any(name.lower().startswith(_SIGNATURES) for name in package.names())


def repack(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with ``parts`` (name → bytes) in place of those of the same names; new ones come last.

    Every other entry keeps its name, order, date, attributes, method of compression, extra field and content.
    The same input gives the same bytes. Raises ReadError for a package that is damaged or over a limit.
    """
    Package(data)
    written = BytesIO()
    try:
        with (
            warnings.catch_warnings(),
            zipfile.ZipFile(BytesIO(data)) as old,
            zipfile.ZipFile(written, "w") as new,
        ):
            warnings.simplefilter("ignore", UserWarning)  # Names that stand twice were there before.
            new.comment = old.comment
            read = {_name(entry): entry for entry in old.infolist()}
            for entry in old.infolist():
                name = _name(entry)
                content = parts[name] if name in parts and read[name] is entry else old.read(entry)
                _put(new, entry, content)
            for name in parts:
                if name not in read:
                    added = zipfile.ZipInfo(name, _EARLIEST)
                    added.compress_type, added.create_system = zipfile.ZIP_DEFLATED, 0
                    _put(new, added, parts[name])
    except BROKEN as error:
        raise ReadError("", "damaged") from error
    return written.getvalue()


def _put(package: zipfile.ZipFile, like: zipfile.ZipInfo, content: bytes) -> None:
    """One entry, its directory entry like that of another."""
    entry = zipfile.ZipInfo(like.filename, like.date_time)
    entry.compress_type = like.compress_type
    entry.comment = like.comment
    entry.extra = _without_sizes(like.extra)
    entry.create_system = like.create_system
    entry.create_version = like.create_version
    entry.internal_attr = like.internal_attr
    entry.external_attr = like.external_attr
    package.writestr(entry, content)
    entry.external_attr = like.external_attr  # Writing sets a mode where there was none.


def _without_sizes(extra: bytes) -> bytes:
    """An extra field without the sizes of large files, which are written anew where they are needed."""
    kept = b""
    while len(extra) >= 4:
        end = 4 + int.from_bytes(extra[2:4], "little")
        if extra[:2] != _ZIP64:
            kept += extra[:end]
        extra = extra[end:]
    return kept + extra


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry as ``Package`` knows it."""
    return entry.filename.replace("\\", "/").lstrip("/")
