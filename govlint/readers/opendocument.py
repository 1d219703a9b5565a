"""OpenDocument sheets (ODS): the text that cells show, with merged cells and repetitions."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from govlint.model.errors import ReadError
from govlint.readers.limits import MAX_POSITIONS
from govlint.readers.packages import Package, parse_xml
from govlint.readers.rendering import Canvas, Rendering
from govlint.readers.sheet_rows import Range, put_sheet

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ABSURD = 16
"""No count has so many digits."""
_UNSEEN = frozenset((f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TABLE}tracked-changes"))


def read_ods(data: bytes) -> Rendering:
    """The sheets of a workbook (a package, or one flat XML file), one after another; hidden ones are left out.

    calamine reads ODS too, but knows neither its merged cells nor the text that its numbers show.
    Raises ReadError: ``damaged`` or ``too_many_cells``.
    """
    root = Package(data).xml("content.xml") if data.startswith(b"PK") else parse_xml(data)
    if root is None:
        raise ReadError("", "damaged")
    hidden = _hidden_styles(root)
    canvas = Canvas()
    number = 0
    for table in root.iter(f"{_TABLE}table"):
        if table.get(f"{_TABLE}style-name") in hidden:
            continue
        merged: list[Range] = []
        rows = _texts(table, merged)
        number = put_sheet(canvas, table.get(f"{_TABLE}name", ""), rows, merged, number, (0, 0))
    return canvas.done()


def _hidden_styles(root: Element) -> set[str | None]:
    return {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}table-properties")
        if properties.get(f"{_TABLE}display") == "false"
    }


def _texts(table: Element, merged: list[Range]) -> list[list[str]]:
    """The rows of a table as text, without the blank cells and rows at their ends; notes its merged ranges."""
    rows: list[list[str]] = []
    blank = cells = 0
    for element in _row_elements(table):
        again = _count(element, "number-rows-repeated")
        row = _row(element, len(rows) + blank, merged)
        if not any(row):
            blank += again
            continue
        cells += blank + again * len(row)
        if cells > MAX_POSITIONS:
            raise ReadError("", "too_many_cells", {"limit": MAX_POSITIONS})
        rows += ([] for _ in range(blank))
        blank = 0
        rows += (row for _ in range(again))
    width = max(map(len, rows), default=0)
    if width * len(rows) > MAX_POSITIONS:
        raise ReadError("", "too_many_cells", {"limit": MAX_POSITIONS})
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _row_elements(table: Element) -> Iterator[Element]:
    """The rows, also of row groups and headers, but not of tables inside cells."""
    stack = [iter(table)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == f"{_TABLE}table-row":
            yield element
        elif element.tag.startswith(f"{_TABLE}table-") and "row" in element.tag:
            stack.append(iter(element))


def _row(element: Element, number: int, merged: list[Range]) -> list[str]:
    texts: list[str] = []
    blank = 0
    for cell in element:
        covered = cell.tag == f"{_TABLE}covered-table-cell"
        if not covered and cell.tag != f"{_TABLE}table-cell":
            continue
        again = _count(cell, "number-columns-repeated")
        text = "" if covered else _shown(cell)
        across, down = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if across > 1 or down > 1:
            at = len(texts) + blank
            merged.append((number, at, number + down - 1, at + across - 1))
        if not text:
            blank += again
            continue
        if len(texts) + blank + again > MAX_POSITIONS:
            raise ReadError("", "too_many_cells", {"limit": MAX_POSITIONS})
        texts += [""] * blank + [text] * again
        blank = 0
    return texts


def _count(element: Element, name: str) -> int:
    written = element.get(_TABLE + name, "1")
    if not (written.isascii() and written.isdigit()):
        return 1
    return min(max(int(written), 1), 1 << 40) if len(written) < _ABSURD else 1 << 40


def _shown(cell: Element) -> str:
    """The paragraphs of a cell; a formula whose result was never saved shows as the formula."""
    paragraphs = ["".join(_words(child)) for child in cell if child.tag == f"{_TEXT}p"]
    text = "\n".join(paragraphs)
    formula = cell.get(f"{_TABLE}formula", "")
    if formula and not text and cell.get(f"{_OFFICE}value-type") is None:
        return "=" + formula.partition("=")[2]
    return text


def _words(paragraph: Element) -> Iterator[str]:
    yield paragraph.text or ""
    for child in paragraph:
        if child.tag == f"{_TEXT}s":
            written = child.get(f"{_TEXT}c", "1")
            counted = written.isascii() and written.isdigit() and len(written) < _ABSURD
            yield " " * min(int(written), 1000) if counted else " "
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield " "
        elif child.tag not in _UNSEEN:
            yield "".join(child.itertext())
        yield child.tail or ""
