"""MHTML, the web archive of browsers, Word and Excel, and saved mails: their pages, one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govlint.model.document import Cell, Line, Remark
from govlint.model.errors import ReadError
from govlint.model.source import Span
from govlint.readers.decoding import decode
from govlint.readers.html import read_html
from govlint.readers.limits import check_tags
from govlint.readers.mail_parts import Part, read_parts
from govlint.readers.rendering import Rendering
from govlint.readers.text import read_text

_FRAMES = re.compile(r"<frameset\b", re.I)
_TABLE = re.compile(r"<table\b", re.I)
_FURNITURE = re.compile(r"(?:\A|[/\\])(?:tabstrip|header)\.html?\Z", re.I)
"""What Excel and Word save beside a page: the links to the sheets, the running heads."""
_VERIFIABLE = {
    "gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030",
    "big5": "cp950", "big5-hkscs": "big5hkscs", "utf-8": "utf-8", "utf8": "utf-8",
}  # fmt: skip
"""Charsets that say something about bytes which are no UTF-8; in single-byte ones every byte is valid."""


class _Page(NamedTuple):
    """A decoded page, and the name of its encoding if that is a guess."""

    text: str
    guessed: str


def read_mhtml(data: bytes) -> Rendering:
    """The pages of a message without frames and other furniture; the plain text of one that has no page.

    Raises ReadError: ``damaged`` where there is neither, or the limit that the message breaks.
    """
    parts = read_parts(data)
    pages = _pages([part for part in parts if part.type != "text/plain"])
    if any(page.text.strip() for page in pages):
        text = _joined(pages)
        check_tags(text)
        return Rendering(text, tuple(_lines(pages)), (), _remarks(pages))
    pages = [_page(part) for part in parts if part.type == "text/plain"] or pages
    if not pages:
        raise ReadError("", "damaged")
    text = _joined(pages)
    return Rendering(text, tuple(read_text(text)), (), _remarks(pages))


def _pages(parts: Sequence[Part]) -> list[_Page]:
    """All pages but furniture and pages of nothing but frames; if there is no other, those too."""
    pages = [(part.location, _page(part)) for part in parts]
    kept = [
        page
        for location, page in pages
        if not _FURNITURE.search(location) and (not _FRAMES.search(page.text) or _TABLE.search(page.text))
    ]
    return kept or [page for _, page in pages]


def _page(part: Part) -> _Page:
    """The text of a part; its charset counts where the bytes do not tell it, and only if it decodes them all."""
    text, encoding = decode(part.body, markup=part.type != "text/plain")
    codec = _VERIFIABLE.get(part.charset.lower())
    if encoding.origin != "guessed" or codec == encoding.name:
        return _Page(text, "")
    if codec is None or encoding.name == "utf-8":
        return _Page(text, encoding.name)
    try:
        return _Page(part.body.decode(codec), "")
    except UnicodeDecodeError:
        return _Page(text, encoding.name)


def _lines(pages: Sequence[_Page]) -> Iterator[Line]:
    """The lines of all pages, whose tables are numbered through."""
    at = tables = 0
    for page in pages:
        last = -1
        for line in read_html(page.text, at):
            cells = tuple(_moved(cell, tables) for cell in line.cells)
            last = max((cell.grid.table for cell in cells if cell.grid), default=last)
            yield line._replace(cells=cells)
        tables = max(tables, last + 1)
        at += len(page.text) + 1


def _moved(cell: Cell, tables: int) -> Cell:
    grid = cell.grid
    return cell._replace(grid=grid._replace(table=grid.table + tables)) if grid and tables else cell


def _joined(pages: Sequence[_Page]) -> str:
    return "\n".join(page.text for page in pages)


def _remarks(pages: Sequence[_Page]) -> tuple[Remark, ...]:
    guess = next((page.guessed for page in pages if page.guessed), "")
    return (Remark("encoding_guessed", Span(0, 0), {"encoding": guess}),) if guess else ()
