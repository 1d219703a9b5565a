"""What an XLSX package tells and calamine does not: how far sheets reach, formulas without a value, errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from govlint.model.errors import ReadError
from govlint.readers.limits import MAX_POSITIONS
from govlint.readers.packages import Package, parse_xml, refuse_doctype

_ADDRESS = re.compile(r"([A-Za-z]{1,4})0*([1-9][0-9]{0,7})")
_ROW_HEADER, _CELL_RECORDS = 0, range(1, 12)
"""Records of a binary sheet: the header of a row, and cells."""


def check_extents(package: Package) -> None:
    """Refuse sheets whose first and last cells span more cells than any report has, before they are laid out.

    calamine makes room for all of them, and where there is none the process ends. Every part counts that may be a
    sheet, wherever it stands in the package. Raises ReadError: ``too_many_cells``, ``doctype``, or ``damaged`` for
    bad addresses and for parts that are not what the directory of the package says.
    """
    spanned = 0
    for name in package.names():
        data = package.read(name) or b""
        if b"sheetData" in data:
            spanned += _span(_places(parse_xml(data)), MAX_POSITIONS - spanned)
        elif name.lower().endswith(".bin"):
            spanned += _span(_binary_places(data), MAX_POSITIONS - spanned)
        elif name.lower().endswith(".xml"):
            refuse_doctype(data)


def _span(places: Iterable[tuple[int, int]], left_over: int) -> int:
    """How many cells lie in the rectangle round all places. Raises ReadError when they are too many."""
    top = left = 1 << 40
    bottom = right = -1
    spanned = 0
    for row, column in places:
        top, bottom = min(top, row), max(bottom, row)
        left, right = min(left, column), max(right, column)
        spanned = (bottom - top + 1) * (right - left + 1)
        if spanned > left_over:
            raise ReadError("", "too_many_cells", {"limit": MAX_POSITIONS})
    return spanned


def _places(root: ET.Element) -> Iterator[tuple[int, int]]:
    """0-based row and column of each cell that holds something."""
    return ((row, column) for row, column, cell in _cells(root) if len(cell))


def _cells(root: ET.Element) -> Iterator[tuple[int, int, ET.Element]]:
    """Every cell with its 0-based row and column; those without an address follow each other."""
    row = column = -1
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        written = element.get("r")
        if name == "row":
            row, column = _row_number(written) if written else row + 1, -1
        elif name == "c":
            if written:
                row, column = _address(written)
            else:
                column += 1
            yield row, column, element


def _row_number(written: str) -> int:
    if not (written.isascii() and written.isdigit()) or len(written) > 20:
        raise ReadError("", "damaged")
    return int(written) - 1


def _address(written: str) -> tuple[int, int]:
    match = _ADDRESS.fullmatch(written)
    if match is None:
        raise ReadError("", "damaged")
    return int(match[2]) - 1, column_number(match[1])


def _binary_places(data: bytes) -> Iterator[tuple[int, int]]:
    """The same of a binary sheet: records of a type and a size, each in bytes of seven bits, then content."""
    at = row = 0
    while at + 2 <= len(data):
        kind, at = _varying(data, at, 2)
        size, at = _varying(data, at, 4)
        number = int.from_bytes(data[at : at + 4], "little")
        if kind == _ROW_HEADER:
            row = number
        elif kind in _CELL_RECORDS and size >= 4:
            yield row, number
        at += size


def _varying(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number whose bytes say whether another follows, and the place behind it."""
    number = 0
    for shift, byte in enumerate(data[at : at + most]):
        number |= (byte & 0x7F) << 7 * shift
        at += 1
        if byte < 0x80:
            break
    return number, at


def unvalued_cells(package: Package) -> dict[str, dict[tuple[int, int], str]]:
    """Sheet name → (row, column), 0-based → text of cells that have no value to show.

    A formula whose result was never saved shows as the formula, an error as its code (``#DIV/0!``).
    """
    found: dict[str, dict[tuple[int, int], str]] = {}
    for sheet, part in _sheets(package):
        data = package.read(part) or b""
        if b"<f" in data or b":f" in data or b'"e"' in data:
            found[sheet] = dict(_unvalued(data))
    return found


def column_number(letters: str) -> int:
    """0-based number of a column: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """The letters of a 0-based column."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheets(package: Package) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet."""
    book = package.xml("xl/workbook.xml")
    if book is None:
        return
    parts = package.related("xl/workbook.xml")
    for element in book.iter():
        if element.tag.endswith("}sheet"):
            relation = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            if relation in parts:
                yield element.get("name", ""), parts[relation][1]


def _unvalued(data: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for row, column, cell in _cells(parse_xml(data)):
        formula = value = None
        for child in cell:
            if child.tag.endswith("}f"):
                formula = child.text or ""
            elif child.tag.endswith("}v"):
                value = child.text
        if cell.get("t") == "e" and value:
            yield (row, column), value
        elif formula is not None and not value and cell.get("t") != "str":
            yield (row, column), "=" + formula
