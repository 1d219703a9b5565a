"""What kind of file the bytes are, whatever its name says."""

from __future__ import annotations

import re

from govlint.model.errors import ReadError

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"RIFF", "picture"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
)
_PARTS: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsx"),
    ("OFD.xml", "ofd"),
    ("ppt/presentation.xml", "slides"),
)
_FOLDERS: tuple[tuple[str, str], ...] = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "slides"))
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.presentation": "slides",
}
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "slides"),
)
"""Names in the directory of an OLE file, each beginning a 128-byte entry, in UTF-16."""
_MAIL = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)*?(?:MIME-Version|Content-Type):", re.I
)
LEADING = b"\xef\xbb\xbf \t\r\n"
"""A byte order mark and blanks, which may stand before what tells the kind."""
_MULTIPART = re.compile(rb"^Content-Type:\s*(?:multipart/|text/html)", re.I | re.M)
_XML = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<\0?(?:\?\0?x\0?m\0?l|w:wordDocument|pkg:package|(?:ss:)?Workbook)"
)
_NAMESPACES = (
    (b"urn:oasis:names:tc:opendocument:xmlns:office:1.0", "opendocument"),
    (b"http://schemas.microsoft.com/office/word/2003/wordml", "wordml"),
    (b"http://schemas.microsoft.com/office/2006/xmlPackage", "flat_opc"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "spreadsheetml"),
)


def detect(data: bytes) -> str | None:
    """The kind of a file that is more than plain text or HTML; None for those.

    Raises ReadError for containers that are damaged or encrypted or break a limit.
    """
    head = data[:1024].lstrip(LEADING)
    kind = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if kind == "picture" and head.startswith(b"BM") and b"\0" not in head:
        kind = None
    if kind == "zip":
        return _zip_kind(data)
    if kind == "ole":
        return _ole_kind(data)
    if kind is None:
        return "pdf" if b"%PDF-" in data[:1024] else _markup_kind(data)
    return kind


def _zip_kind(data: bytes) -> str:
    from govlint.readers.packages import Package

    names = set(Package(data).names())
    kind = next((kind for part, kind in _PARTS if part in names), None)
    if kind is None and "[Content_Types].xml" in names:  # The main part may have another name than usual.
        kind = next((kind for folder, kind in _FOLDERS if any(name.startswith(folder) for name in names)), None)
    if kind is None and "mimetype" in names:
        kind = next((kind for mimetype, kind in _MIMETYPES.items() if mimetype + b"PK" in data[:256]), None)
        kind = kind or next((kind for mimetype, kind in _MIMETYPES.items() if mimetype in data[:256]), None)
    return kind or "archive"


def _ole_kind(data: bytes) -> str:
    """By the first stream of the directory: those of embedded objects (a document in a workbook) come later."""
    found = sorted((at, kind) for name, kind in _STREAMS if (at := data.find(_entry(name))) >= 0)
    if any(kind == "encrypted" for _, kind in found):
        raise ReadError("", "encrypted")
    return found[0][1] if found else "ole"


def _entry(name: str) -> bytes:
    """How the directory of an OLE file names a stream: in UTF-16, filled up to 64 bytes."""
    return name.encode("utf-16-le").ljust(64, b"\0")


def _markup_kind(data: bytes) -> str | None:
    head = data[:8192]
    if _MAIL.match(head.lstrip(LEADING)) and _MULTIPART.search(head):
        return "mhtml"
    if _XML.match(head):
        head = head.replace(b"\0", b"")  # UTF-16 of ASCII.
        kind = next((kind for namespace, kind in _NAMESPACES if namespace in head), None)
        return ("ods" if b"opendocument.spreadsheet" in head else "odt") if kind == "opendocument" else kind
    return None
