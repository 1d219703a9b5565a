"""What an XLSX package may claim, sheets at odd places, and a report whose totals are formulas without results."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from test_readers_containers import zipped

from govlint.model.errors import ReadError
from govlint.readers import limits, read, sheet_rows, workbook_parts
from govlint.readers.packages import Package
from govlint.readers.workbook_parts import column_letters, column_number

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"


def base() -> dict[str, bytes]:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}


BASE = base()


def sheet_data(
    rows: str, part: str = f"/{SHEET}", root: str = "<worksheet {}><sheetData>{}</sheetData></worksheet>"
) -> bytes:
    """A workbook of one sheet, its rows as they are written in the file; ``part`` is its target in the relations."""
    parts = {name: data for name, data in BASE.items() if name != SHEET}
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace(f"/{SHEET}".encode(), part.encode())
    parts[part[1:] if part.startswith("/") else f"xl/{part}"] = root.format(MAIN, rows).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'
LAST = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
WIDE = '<row r="1">' + "<c><v>1</v></c>" * 200 + "</row>"
"""Cells without an address stand one beside the other, so that their row tells how far they reach."""

ABSURD = {
    "far": (FIRST + LAST, f"/{SHEET}"),
    "blanks round the sign": (FIRST + LAST.replace('c r="', 'c r = "'), f"/{SHEET}"),
    "a bracket in an attribute": (FIRST + LAST.replace("<c ", "<c s='>' "), f"/{SHEET}"),
    "zeros before the number": (FIRST + LAST.replace("XFD1", "XFD00000001"), f"/{SHEET}"),
    "sheet in another folder": (FIRST + LAST, "other/s.xml"),
    "sheet at the root": (FIRST + LAST, "/s.txt"),
    "cells without addresses": (WIDE + '<row r="1048576"><c><v>1</v></c></row>', f"/{SHEET}"),
    "line breaks": (FIRST + LAST.replace("<c ", "<c\n"), f"/{SHEET}"),
}


@pytest.mark.parametrize("name", ABSURD)
def test_absurd_extents_are_refused_before_anything_is_laid_out(name):
    """calamine makes room for every cell between the first and the last, and ends the process when there is none."""
    with pytest.raises(ReadError) as error:
        read(sheet_data(*ABSURD[name]), "a.xlsx")
    assert error.value.reason in ("too_many_cells", "damaged")


def test_blank_cells_far_away_do_not_count():
    """Formats of whole rows and columns leave cells without content."""
    assert read(sheet_data(FIRST + LAST.replace("><v>1</v></c>", ' s="0"/>')), "a.xlsx").source.text == "1\n"


def record(kind: int, content: bytes) -> bytes:
    return bytes((kind, len(content))) + content


def test_extents_of_binary_sheets():
    def sheet(row: int, column: int) -> bytes:
        cells = record(2, bytes(12)) + record(0, row.to_bytes(4, "little") + bytes(8))
        long = b"\x81\x01\x80\x01" + bytes(128)  # A record whose type and size take two bytes each.
        return record(0, bytes(12)) + long + cells + record(5, column.to_bytes(4, "little") + bytes(12))

    def checked(data: bytes) -> None:
        workbook_parts.check_extents(Package(zipped({"xl/worksheets/sheet1.bin": data})))

    checked(sheet(1999, 999))
    for data in (sheet(2000, 999), sheet(1999, 1000), sheet(1 << 31, 1 << 31)):
        with pytest.raises(ReadError) as error:
            checked(data)
        assert error.value.reason == "too_many_cells"


def test_extents_count_from_the_first_cell():
    rows = '<row r="1048575"><c r="XFC1048575"><v>1</v></c><c r="XFD1048575"><v>2</v></c></row>' + LAST
    document = read(sheet_data(rows), "a.xlsx")
    assert [[cell.text for cell in line.cells] for line in document.lines] == [["1", "2"], ["", "1"]]
    assert document.source.place(0).address == "XFC1048575"


def test_limits_of_cells(monkeypatch):
    rows = "".join(f'<row r="{i}"><c r="A{i}"><v>1</v></c><c r="B{i}"><v>2</v></c></row>' for i in (1, 2, 3))
    for module in (workbook_parts, sheet_rows):
        monkeypatch.setattr(module, "MAX_POSITIONS", 6)
    monkeypatch.setattr(limits, "MAX_CELLS", 6)
    assert len(read(sheet_data(rows), "a.xlsx").lines) == 3
    monkeypatch.setattr(workbook_parts, "MAX_POSITIONS", 5)
    with pytest.raises(ReadError) as error:
        read(sheet_data(rows), "a.xlsx")
    assert error.value.reason == "too_many_cells"


def test_many_merged_ranges_are_refused(monkeypatch):
    monkeypatch.setattr(sheet_rows, "MAX_POSITIONS", 8)
    root = "<worksheet {}><sheetData>{}</sheetData><mergeCells><mergeCell ref='A1:C3'/></mergeCells></worksheet>"
    rows = FIRST + '<row r="3"><c r="C3"><v>1</v></c></row>'
    with pytest.raises(ReadError) as error:
        read(sheet_data(rows, root=root), "a.xlsx")
    assert error.value.reason == "too_many_cells"


def test_merged_cells_beyond_the_sheet_are_cut():
    root = (
        "<worksheet {}><sheetData>{}</sheetData>"
        "<mergeCells><mergeCell ref='B1:B900000'/><mergeCell ref='C3:XFD1048576'/></mergeCells></worksheet>"
    )
    rows = '<row r="1"><c r="A1"><v>7</v></c><c r="B1"><v>8</v></c></row>'
    rows += '<row r="2"><c r="A2"><v>9</v></c><c r="C2"><v>6</v></c></row>'
    lines = read(sheet_data(rows, root=root), "a.xlsx").lines
    assert [[(cell.text, *cell.grid[1:]) for cell in line.cells] for line in lines] == [
        [("7", 0, 0, 1, 1), ("8", 0, 1, 2, 1), ("", 0, 2, 1, 1)],
        [("9", 1, 0, 1, 1), ("6", 1, 2, 1, 1)],
    ]


@pytest.mark.parametrize("part", [f"/{SHEET}", "worksheets/odd name.xml", "/other/s.xml"])
def test_sheets_at_odd_places(part):
    rows = '<row r="1"><c r="A1"><v>7</v></c><c r="B1"><f>A1</f></c><c r="C1"><v>9</v></c></row>'
    assert read(sheet_data(rows, part), "a.xlsx").source.text == "7\t=A1\t9\n"


def test_prefixes_of_namespaces():
    root = "<x:worksheet xmlns:x={0[0]}>{1}</x:worksheet>".replace("{0[0]}", MAIN.partition("=")[2])
    rows = (
        '<x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c><x:c r="B1"><x:f>A1</x:f></x:c></x:row></x:sheetData>'
    )
    assert read(sheet_data(rows, root=root), "a.xlsx").source.text == "7\t=A1\n"


def test_a_byte_order_mark_before_a_package_lifts_no_limit():
    with pytest.raises(ReadError) as error:
        read(b"\xef\xbb\xbf" + sheet_data(FIRST + LAST), "a.xlsx")
    assert error.value.reason in ("too_many_cells", "damaged")


@pytest.mark.parametrize(
    "data", [sheet_data("<row"), sheet_data('<row r="x"><c r="?"><v>1</v></c></row>'), sheet_data(FIRST)[:-30]]
)
def test_damaged_workbooks(data):
    with pytest.raises(ReadError) as error:
        read(data, "a.xlsx")
    assert error.value.reason in ("damaged", "empty")


@pytest.mark.parametrize(
    ("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_letters_of_columns(number, letters):
    assert column_letters(number) == letters
    assert column_number(letters) == column_number(letters.lower()) == number
