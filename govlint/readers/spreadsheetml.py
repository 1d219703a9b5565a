"""Excel 2003 XML, which portals export as .xls: its visible worksheets as matrices, then like any other workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree import ElementTree as ET

from govlint.model.errors import ReadError
from govlint.readers.decoding import decode
from govlint.readers.limits import MAX_POSITIONS
from govlint.readers.packages import parse_xml
from govlint.readers.rendering import Canvas, Rendering
from govlint.readers.sheet_rows import Range, put_sheet
from govlint.readers.sheets import MAX_SHEETS, shown

MAX_ROWS, MAX_COLUMNS = 1 << 20, 1 << 14
"""What a sheet of Excel can hold."""

_SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_VISIBLE = "{urn:schemas-microsoft-com:office:excel}WorksheetOptions/{urn:schemas-microsoft-com:office:excel}Visible"
_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"'](gb|cp936|x-gbk|big5)[^>]{0,100}\?>", re.I)


def read_spreadsheetml(data: bytes) -> Rendering:
    """The visible worksheets, one after another.

    Raises ReadError: ``damaged`` or ``doctype`` for what is no safe XML, ``too_many_cells`` or another limit.
    """
    root = parse_xml(_in_utf8(data.lstrip(b" \t\r\n")))
    sheets = root.findall(f"{_SHEET}Worksheet")
    canvas = Canvas()
    table = 0
    for number, sheet in enumerate(([sheet for sheet in sheets if _is_visible(sheet)] or sheets)[:MAX_SHEETS]):
        name = sheet.get(f"{_SHEET}Name") or str(number + 1)
        matrix = _read(sheet)
        table = put_sheet(canvas, name, *matrix.rectangle(), table, (matrix.top, matrix.left))
    return canvas.done()


def _in_utf8(data: bytes) -> bytes:
    """The same XML in UTF-8 if it declares an encoding of Chinese, which the parser does not know."""
    declaration = _DECLARATION.match(data)
    if declaration is None:
        return data
    data = data[declaration.end() :]
    text, encoding = decode(data)
    if encoding.name == "gb18030" and declaration[1].lower() == b"big5":
        text = data.decode("cp950", "replace")
    return text.encode("utf-8", "replace")


def _is_visible(sheet: ET.Element) -> bool:
    return sheet.findtext(_VISIBLE, "SheetVisible").strip() == "SheetVisible"


@dataclass(eq=False, slots=True)
class _Matrix:
    """The texts of a sheet by place, and its merged ranges, which may be absurd."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)

    @property
    def top(self) -> int:
        return min((row for row, _ in self.texts), default=0)

    @property
    def left(self) -> int:
        return min((column for _, column in self.texts), default=0)

    def rectangle(self) -> tuple[list[list[str]], list[Range]]:
        """All rows from the first to the last with text, equally long; and the merged ranges."""
        if not self.texts:
            return [], []
        top, left = self.top, self.left
        height = 1 + max(row for row, _ in self.texts) - top
        width = 1 + max(column for _, column in self.texts) - left
        if height * width > MAX_POSITIONS:
            raise _too_many()
        rows = [[""] * width for _ in range(height)]
        for (row, column), text in self.texts.items():
            rows[row - top][column - left] = text
        return rows, self.merged


def _read(sheet: ET.Element) -> _Matrix:
    """Rows and cells at the places they name, else one after the other, beside what merged cells cover."""
    matrix = _Matrix()
    covered: dict[int, int] = {}
    painted = 0  # Columns that merged cells cover or cells step over.
    row = -1
    for element in sheet.iterfind(f"{_SHEET}Table/{_SHEET}Row"):
        row = _number(element, "Index", row + 2, MAX_ROWS) - 1
        column = -1
        for cell in element.iterfind(f"{_SHEET}Cell"):
            column += 1
            if cell.get(f"{_SHEET}Index") is None:
                while covered.get(column, -1) >= row:
                    column += 1
                    painted += 1
            column = _number(cell, "Index", column + 1, MAX_COLUMNS) - 1
            if row >= MAX_ROWS or column >= MAX_COLUMNS or painted > MAX_POSITIONS:
                raise _too_many()
            text = _text(cell)
            if text:
                matrix.texts[row, column] = text
            across = _number(cell, "MergeAcross", 0, MAX_COLUMNS)
            down = _number(cell, "MergeDown", 0, MAX_ROWS)
            if across or down:
                matrix.merged.append((row, column, row + down, column + across))
            if down:
                painted += across + 1
                covered.update(dict.fromkeys(range(column, column + across + 1), row + down))
            column += across
    return matrix


def _text(cell: ET.Element) -> str:
    """What a cell shows; rich text without its marks."""
    data = cell.find(f"{_SHEET}Data")
    if data is None:
        return ""
    text = "".join(data.itertext()).strip()
    kind = data.get(f"{_SHEET}Type")
    try:
        if kind == "Number":
            return shown(float(text))
        if kind == "DateTime":
            return shown(datetime.fromisoformat(text))
    except ValueError:
        return text
    return {"1": "TRUE", "0": "FALSE"}.get(text, text) if kind == "Boolean" else text


def _number(element: ET.Element, name: str, default: int, limit: int) -> int:
    """A count in an attribute, the default where it is absent or wrong. Raises ReadError beyond the limit."""
    written = element.get(_SHEET + name, "").strip()
    if not (written.isascii() and written.isdigit()):
        return default
    if len(written) > 9 or int(written) > limit:
        raise _too_many()
    return max(int(written), 1) if name == "Index" else int(written)


def _too_many() -> ReadError:
    return ReadError("", "too_many_cells", {"limit": MAX_POSITIONS})
