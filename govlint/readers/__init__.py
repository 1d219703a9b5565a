"""Bytes → Document. One module per file type, chosen by content first and by suffix second."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from govlint.model.document import Document, Line, Remark
from govlint.model.errors import ReadError
from govlint.model.source import Encoding, Source, Span
from govlint.readers.decoding import damaged_places, decode, noise
from govlint.readers.limits import check_size

READERS: Mapping[str, str] = {
    "text": "govlint.readers.text:read_text",
    "markdown": "govlint.readers.markdown:read_markdown",
    "html": "govlint.readers.html:read_html",
    "csv": "govlint.readers.delimited:read_csv",
    "tsv": "govlint.readers.delimited:read_tsv",
}
"""Kind of text file → the function that makes lines of its text; loaded when used."""

FILE_READERS: Mapping[str, str] = {
    "docx": "govlint.readers.docx:read_docx",
    "wordml": "govlint.readers.docx:read_wordml",
    "flat_opc": "govlint.readers.docx:read_flat_opc",
    "doc": "govlint.readers.doc:read_doc",
    "rtf": "govlint.readers.rtf:read_rtf",
    "mhtml": "govlint.readers.mhtml:read_mhtml",
    "xlsx": "govlint.readers.sheets:read_sheets",
    "xls": "govlint.readers.sheets:read_sheets",
    "ods": "govlint.readers.opendocument:read_ods",
    "spreadsheetml": "govlint.readers.spreadsheetml:read_spreadsheetml",
    "pdf": "govlint.readers.pdf:read_pdf",
}
"""Kind of any other file → the function that makes a Rendering of its bytes; loaded when used."""

LIBRARIES: Mapping[str, str] = {"pdf": "pypdfium2.raw", "xlsx": "python_calamine", "xls": "python_calamine"}
"""Kind → the library that reads it and may end the process, or take all memory, over a hostile file."""

SUFFIXES: Mapping[str, str] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".shtml": "html", ".xhtml": "html",
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv",
}  # fmt: skip
"""Text files, whose kind their name tells."""

FILE_SUFFIXES = tuple(".docx .docm .doc .wps .wpt .rtf .xlsx .xlsm .xls .et .ods .fods .pdf .mht .mhtml".split())
"""Other files that are read; their kind is told by their content alone."""

MAX_BYTES = 64 * 1024 * 1024
MAX_NOISE = 0.05
"""More control characters and undecodable bytes than this share of the text: it is no text."""

_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|tr|td|meta)\b", re.I)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|body)\b|<table\b.*?<t[rdh]\b", re.I | re.S)
_PLAIN = frozenset(("text", "csv", "tsv"))


def read(data: bytes, path: str) -> Document:
    """The lines of a file. ``path`` is only named, never opened.

    Raises ReadError when it cannot be read: empty, too large, binary, encrypted, damaged, over a limit, of a type
    that is not supported, or of one whose extra is not installed.
    """
    if len(data) > MAX_BYTES:
        raise ReadError(path, "too_large", {"size": len(data) >> 20, "limit": MAX_BYTES >> 20})
    try:
        kind = _detect(data)
        document = _read_text(data, path) if kind is None else _read_file(data, path, kind)
        cells = [cell for line in document.lines for cell in line.cells]
        check_size(len(document.lines), len(cells), sum(len(cell.text) for cell in cells))
        return document
    except ReadError as error:
        raise ReadError(path, error.reason, error.params) from error


def lines_of(source: Source) -> list[Line]:
    """The lines of a file that is text itself (``READERS``) once more, from its text."""
    lines: list[Line] = _load(READERS[source.kind])(source.text)
    return lines


def _detect(data: bytes) -> str | None:
    """What the first bytes say; the modules that look further load only for files that are no plain text."""
    from govlint.readers.containers import detect

    return detect(data)


def _read_text(data: bytes, path: str) -> Document:
    suffix = Path(path).suffix.lower()
    markup = SUFFIXES.get(suffix) == "html" or _MARKUP.search(data, 0, 4096) is not None
    text, encoding = decode(data, markup=markup)
    if not text.strip():
        raise ReadError(path, "empty")
    if encoding.damaged and noise(text) > MAX_NOISE:
        raise ReadError(path, "binary")
    kind = SUFFIXES.get(suffix, "text")
    if kind in _PLAIN and _PAGE.search(text[:65536]):
        kind = "html"
    lines: list[Line] = _load(READERS[kind])(text)
    return Document(Source(path, path, text, kind, encoding), tuple(lines), tuple(_remarks(encoding)))


def _read_file(data: bytes, path: str, kind: str) -> Document:
    if kind not in FILE_READERS:
        raise ReadError(path, kind if kind in ("picture", "archive") else "unsupported", {"kind": kind})
    from govlint.readers.containers import LEADING
    from govlint.readers.isolation import isolated

    reader = _load(FILE_READERS[kind])
    content, library = data.lstrip(LEADING), LIBRARIES.get(kind)
    rendering = isolated(reader, content, library) if library else reader(content)
    if not rendering.text.strip():
        raise ReadError(path, "empty")
    source = Source(path, path, rendering.text, kind, None, rendering.places)
    damaged = _damage(damaged_places(rendering.text))
    return Document(source, rendering.lines, (*rendering.remarks, *damaged))


def _load(reference: str) -> Any:
    module, _, function = reference.partition(":")
    return getattr(import_module(module), function)


def _remarks(encoding: Encoding) -> list[Remark]:
    remarks = []
    if encoding.origin == "guessed":
        remarks.append(Remark("encoding_guessed", Span(0, 0), {"encoding": encoding.name}))
    return remarks + _damage(encoding.damaged)


def _damage(places: tuple[Span, ...]) -> list[Remark]:
    return [Remark("damaged", places[0], {"count": len(places)})] if places else []
