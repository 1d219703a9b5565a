"""What an XLSX package tells and calamine does not: how far sheets reach, formulas without a value, errors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint.model.errors import ReadError
from govlint.readers.packages import Package, parse_xml
from govlint.readers.rendering import MAX_CELLS

_SHEET = re.compile(r"xl/worksheets/[^/]+\.(?:xml|bin)", re.I)
_REFERENCE = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Za-z]{1,4})([0-9]{1,8})["']""")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def check_extents(package: Package) -> None:
    """Refuse sheets whose first and last cells span more cells than any report has, before they are laid out.

    Raises ReadError ``too_many_cells``. Binary sheets (XLSB) cannot claim more than their size allows here.
    """
    for name in package.names():
        if not _SHEET.fullmatch(name):
            continue
        data = package.read(name) or b""
        columns: set[bytes] = set()
        first, last = 1 << 40, 0
        for match in _REFERENCE.finditer(data):
            columns.add(match[1])
            row = int(match[2])
            first, last = min(first, row), max(last, row)
        numbers = [column_number(column.decode()) for column in columns]
        if numbers and (last - first + 1) * (max(numbers) - min(numbers) + 1) > MAX_CELLS:
            raise ReadError("", "too_many_cells", {"limit": MAX_CELLS})
        if len(_ROW.findall(data)) > MAX_CELLS:
            raise ReadError("", "too_many_cells", {"limit": MAX_CELLS})


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
    for cell in parse_xml(data).iter():
        if not cell.tag.endswith("}c"):
            continue
        address = _ADDRESS.fullmatch(cell.get("r", ""))
        formula = value = None
        for child in cell:
            if child.tag.endswith("}f"):
                formula = child.text or ""
            elif child.tag.endswith("}v"):
                value = child.text
        if address is None:
            continue
        at = (int(address[2]) - 1, column_number(address[1]))
        if cell.get("t") == "e" and value:
            yield at, value
        elif formula is not None and not value and cell.get("t") != "str":
            yield at, "=" + formula
