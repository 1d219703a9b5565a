"""What the first bytes of a file say it is, when it is no text."""

from __future__ import annotations

from govlint.model.errors import ReadError

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
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
_PARTS: tuple[tuple[bytes, str], ...] = (
    (b"word/document.xml", "docx"),
    (b"xl/workbook.xml", "xlsx"),
    (b"content.xml", "opendocument"),
)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def refuse_binary(data: bytes, path: str) -> None:
    """Raise ReadError for files that are no text, with the reason by what they are; return for all others."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    kind = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if kind is None or (kind == "picture" and head.startswith(b"BM") and b"\0" not in head):
        return
    if (kind == "office" and _ENCRYPTED in data) or (kind == "pdf" and b"/Encrypt" in data):
        raise ReadError(path, "encrypted")
    if kind == "zip":
        kind = next((name for part, name in _PARTS if part in data), "archive")
    reason = {"picture": "picture", "archive": "archive"}.get(kind, "unsupported")
    raise ReadError(path, reason, {"kind": kind})
