"""Bytes → Document. One module per file type, chosen by content first and by suffix second."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from govlint.model.document import Document, Line, Remark
from govlint.model.errors import ReadError
from govlint.model.source import Encoding, Source, Span
from govlint.readers.containers import refuse_binary
from govlint.readers.decoding import decode, noise

READERS: Mapping[str, str] = {
    "text": "govlint.readers.text:read_text",
    "markdown": "govlint.readers.markdown:read_markdown",
    "html": "govlint.readers.html:read_html",
}
"""Kind of file → the function that makes lines of its text; loaded when used."""

SUFFIXES: Mapping[str, str] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".shtml": "html", ".xhtml": "html",
}  # fmt: skip

MAX_BYTES = 64 * 1024 * 1024
MAX_NOISE = 0.05
"""More control characters and undecodable bytes than this share of the text: it is no text."""

_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|tr|td|meta)\b", re.I)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|body)\b|<table\b.*?<t[rdh]\b", re.I | re.S)


def read(data: bytes, path: str) -> Document:
    """The lines of a file. ``path`` is only named, never opened.

    Raises ReadError when it cannot be read: empty, too large, binary, encrypted, or of a type not supported.
    """
    if len(data) > MAX_BYTES:
        raise ReadError(path, "too_large", {"size": len(data) >> 20, "limit": MAX_BYTES >> 20})
    refuse_binary(data, path)
    suffix = Path(path).suffix.lower()
    markup = SUFFIXES.get(suffix) == "html" or _MARKUP.search(data, 0, 4096) is not None
    text, encoding = decode(data, markup=markup)
    if not text.strip():
        raise ReadError(path, "empty")
    if noise(text) > MAX_NOISE:
        raise ReadError(path, "binary")
    kind = _kind(text, suffix)
    source = Source(path, path, text, kind, encoding)
    module, _, function = READERS[kind].partition(":")
    try:
        lines: list[Line] = getattr(import_module(module), function)(text)
    except ReadError as error:
        raise ReadError(path, error.reason, error.params) from error
    return Document(source, tuple(lines), tuple(_remarks(encoding)))


def _kind(text: str, suffix: str) -> str:
    """The kind by content where content is plain about it, else by suffix; text for unknown suffixes."""
    known = SUFFIXES.get(suffix, "text")
    if known == "text" and _PAGE.search(text[:65536]):
        return "html"
    return known


def _remarks(encoding: Encoding) -> list[Remark]:
    remarks = []
    if encoding.origin == "guessed":
        remarks.append(Remark("encoding_guessed", Span(0, 0), {"encoding": encoding.name}))
    if encoding.damaged:
        remarks.append(Remark("damaged", encoding.damaged[0], {"count": len(encoding.damaged)}))
    return remarks
