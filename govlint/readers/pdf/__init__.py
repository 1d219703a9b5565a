"""PDF: text by its places, tables by their ruling lines or, where there are none, by columns of numbers.

PDFium is not thread-safe: one process reads one file at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import ModuleType
from typing import Any

from govlint.model.document import GridPlace
from govlint.model.errors import ReadError
from govlint.model.source import Place
from govlint.readers.extras import load_extra
from govlint.readers.pdf.columns import find_rows
from govlint.readers.pdf.furniture import find_furniture, is_worth_showing, without_numbers
from govlint.readers.pdf.glyphs import read_glyphs
from govlint.readers.pdf.lattice import find_lattices
from govlint.readers.pdf.page import Block, PageCell, PageText, make_blocks
from govlint.readers.pdf.paragraphs import Margins, find_margins, make_paragraphs
from govlint.readers.pdf.rulings import MAX_OBJECTS, find_rulings, read_drawing
from govlint.readers.pdf.safety import refuse_bombs
from govlint.readers.pdf.stitching import Table, stitch
from govlint.readers.rendering import Canvas, Rendering, RowCell

MAX_PAGES = 500
MAX_GLYPHS = 2_000_000
"""Characters of one file."""
_PICTURED = 0.08
"""A page without text on which pictures cover more than this is a scan, or has its text as a picture."""
_DRAWN = 200
"""A page without text on which more shapes are drawn has its text as drawings."""


def read_pdf(data: bytes) -> Rendering:
    """The text and tables of a PDF.

    Raises ReadError: ``missing_extra`` (pypdfium2), ``encrypted``, ``damaged``, ``no_text`` with the pages that are
    scans, ``too_many_pages``, ``too_complex``, ``package_bomb``.
    """
    pdfium = load_extra("pypdfium2", "pdf")
    raw = load_extra("pypdfium2.raw", "pdf")
    refuse_bombs(data)
    document = _open(data, pdfium, raw)
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise ReadError("", "too_many_pages", {"count": count, "limit": MAX_PAGES})
        return _rendering(_read_pages(document, raw, count))
    finally:
        document.close()


def _open(data: bytes, pdfium: ModuleType, raw: ModuleType) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise ReadError("", "encrypted" if locked or "password" in str(error).lower() else "damaged") from error


def _read_pages(document: Any, raw: ModuleType, count: int) -> list[list[Block]]:
    pages: list[list[Block]] = []
    scans: list[int] = []
    objects = glyphs = 0
    for number in range(count):
        page = _load(document, number)
        textpage = page.get_textpage()
        written = textpage.count_chars()
        glyphs += written
        if glyphs > MAX_GLYPHS:
            raise ReadError("", "too_complex", {"limit": MAX_GLYPHS})
        drawing = read_drawing(page, raw, MAX_OBJECTS - objects)
        objects += drawing.objects
        width, height = _size(page)
        blocks: list[Block] = []
        for upright in read_glyphs(textpage, raw, width, height) if written else ():
            lattices = find_lattices(find_rulings(drawing, upright.turn))
            tall = max(upright.turn(x, y)[1] for x in (0, width) for y in (0, height))
            blocks += make_blocks(upright, lattices, number + 1, tall)
        if not blocks and (drawing.pictured > _PICTURED or len(drawing.shapes) > _DRAWN):
            scans.append(number + 1)
        pages.append(blocks)
        textpage.close()
        page.close()
    if scans:
        raise ReadError("", "no_text", {"pages": _ranges(scans)})
    return pages


def _load(document: Any, number: int) -> Any:
    """A page. Raises ReadError ``damaged`` where the file names one that it does not hold."""
    try:
        return document[number]
    except Exception as error:  # PdfiumError, by another name in each version of the library.
        raise ReadError("", "damaged") from error


def _size(page: Any) -> tuple[float, float]:
    """Width and height as the page is written: before it is turned for display."""
    width, height = page.get_size()
    return (height, width) if page.get_rotation() % 180 else (width, height)


def _ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 as 1-3, 7."""
    parts = []
    for _, run in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        pages = [page for _, page in run]
        parts.append(f"{pages[0]}-{pages[-1]}" if len(pages) > 1 else str(pages[0]))
    return ", ".join(parts)


def _rendering(pages: list[list[Block]]) -> Rendering:
    furniture = find_furniture(pages)
    canvas = Canvas()
    _put_furniture(canvas, furniture)
    kept = [[block for block in blocks if block not in furniture] for blocks in pages]
    margins = find_margins(block for blocks in kept for block in blocks if isinstance(block, PageText))
    number = 0
    for is_text, blocks in groupby(stitch(kept), key=lambda block: isinstance(block, PageText)):
        if is_text:
            texts = [block for block in blocks if isinstance(block, PageText)]
            number = _put_texts(canvas, texts, margins, number)
            continue
        for table in blocks:
            if isinstance(table, Table):
                _put_table(canvas, table, number)
                number += 1
    return canvas.done()


def _put_furniture(canvas: Canvas, furniture: Iterable[PageText]) -> None:
    shown: set[str] = set()
    for text in sorted(furniture, key=lambda text: (text.page, text.top)):
        words = text.line.text
        if is_worth_showing(words) and without_numbers(words) not in shown:
            shown.add(without_numbers(words))
            canvas.paragraph(words, Place(page=text.page), "header" if text.top < text.height / 2 else "footer")


def _put_texts(canvas: Canvas, texts: list[PageText], margins: Mapping[float, Margins], number: int) -> int:
    """Paragraphs and aligned rows, in order; returns the number of the next table.

    Aligned rows with text between them are tables of their own, because nothing shows that they are one.
    """
    aligned = find_rows(texts)
    at = row = 0
    prose: list[PageText] = []
    depth = max((found.labels for found, _ in aligned.values() if found.labels < len(found.texts)), default=0)
    while at < len(texts):
        if at not in aligned:
            prose.append(texts[at])
            at += 1
            continue
        found, lines = aligned[at]
        if prose:
            number, row = number + bool(row), 0
        _put_paragraphs(canvas, prose, margins)
        prose = []
        canvas.remark("columns_by_position", {"page": found.page})
        right = depth - found.labels  # Numbers stand in the same columns, however many names are before them.
        cells = [(column + right * (column >= found.labels), text) for column, text in enumerate(found.texts)]
        canvas.row([_aligned_cell(text, number, row, column, found.page) for column, text in cells])
        row += 1
        at += lines
    _put_paragraphs(canvas, prose, margins)
    return number + bool(row)


def _aligned_cell(text: str, number: int, row: int, column: int, page: int) -> RowCell:
    place = Place(page=page, table=number + 1, row=row + 1, cell=column + 1)
    return RowCell(text, GridPlace(number, row, column), place)


def _put_paragraphs(canvas: Canvas, texts: Sequence[PageText], margins: Mapping[float, Margins]) -> None:
    for words, pages in make_paragraphs(texts, margins):
        canvas.paragraph(words, Place(page=pages[0][1]), later=[(at, Place(page=page)) for at, page in pages[1:]])


def _put_table(canvas: Canvas, table: Table, number: int) -> None:
    for cells in _rows(table):
        canvas.row([_row_cell(cell, number) for cell in cells])


def _rows(table: Table) -> Iterator[list[PageCell]]:
    """The cells of each row that begin in it; rows without any are left out."""
    for _, cells in groupby(sorted(table.cells), key=lambda cell: cell.row):
        yield list(cells)


def _row_cell(cell: PageCell, number: int) -> RowCell:
    place = Place(page=cell.page, table=number + 1, row=cell.row + 1, cell=cell.column + 1, box=cell.box)
    return RowCell(cell.text, GridPlace(number, cell.row, cell.column, cell.rows, cell.columns), place)
