"""Workbooks that claim more cells than there is memory."""

from __future__ import annotations

import struct
from itertools import count

from hostile.case import refused
from hostile.ole import ole, workbook_stream, xls
from hostile.openxml import OFFICE, ods, relations, text_cell, workbook_parts, xlsx, zipped
from hostile.zips import ROW

EDGES = f'<row r="1">{text_cell("A1")}</row><row r="1048576">{text_cell("XFD1048576")}</row>'


@refused(".xlsx", "too_many_cells")
def cells_in_opposite_corners() -> bytes:
    return xlsx(f"<sheetData>{EDGES}</sheetData>")


@refused(".xlsx", "too_many_cells")
def many_sheets_just_below_the_limit() -> bytes:
    sheet = f'<sheetData><row r="1">{text_cell("A1")}</row><row r="1900000">{text_cell("A1900000")}</row></sheetData>'
    return xlsx(*[sheet] * 250)


@refused(".xlsx", "too_many_cells", "too_many_tags")
def cells_without_references() -> bytes:
    """Where no cell names its place, each follows the one before."""
    row = "<row>" + "<c><v>1</v></c>" * 1000 + "</row>"
    return xlsx(f"<sheetData>{row * 1500}</sheetData>")


@refused(".xlsx", "too_many_cells", "damaged", kind="xlsx")
def rows_name_their_place_and_cells_do_not() -> bytes:
    row = '<row r="{}"><c><v>1</v></c></row>'
    far = '<row r="1048576">' + "<c/>" * 16_383 + "<c><v>1</v></c></row>"
    return xlsx(f"<sheetData>{row.format(1)}{far}</sheetData>")


@refused(".xlsx", "too_many_cells", "too_many_tags")
def full_sheet() -> bytes:
    return xlsx("<sheetData>" + f"<row>{'<c><v>1.5</v></c>' * 500}</row>" * 610 + "</sheetData>")


@refused(".xlsx", "too_many_cells", "damaged", kind="xlsx")
def merged_all_over() -> bytes:
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 20_000
    rows = "".join(f'<row r="{i}">{text_cell(f"A{i}")}{text_cell(f"Z{i}")}</row>' for i in range(1, 800))
    return xlsx(f'<sheetData>{rows}</sheetData><mergeCells count="1">{merges}</mergeCells>')


@refused(".xlsx", "damaged", kind="xlsx")
def merges_of_nonsense() -> bytes:
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in ("", "A", "A1", "B2:A1", "ZZZZZZZ1:A9", "A1:A99999999999"))
    return xlsx(f"{ROW}<mergeCells>{merges}</mergeCells>")


@refused(".xlsx", "damaged", kind="xlsx")
def strings_out_of_range() -> bytes:
    cells = "".join(f'<c r="{"ABCD"[i]}1" t="s"><v>{v}</v></c>' for i, v in enumerate((-1, 9, "x", 10**30)))
    return xlsx(f'<sheetData><row r="1">{cells}</row></sheetData>')


@refused(".xlsx", "damaged", "too_deep", kind="xlsx")
def sheet_nested_60_000_deep() -> bytes:
    return xlsx(ROW + "<a>" * 60_000 + "</a>" * 60_000)


@refused(".xlsx", "damaged")
def workbook_without_sheets() -> bytes:
    return zipped({name: part for name, part in workbook_parts(ROW).items() if "worksheets" not in name})


def _binary(kind: int, content: bytes) -> bytes:
    """A record of a binary workbook (XLSB)."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(content)]) + content


@refused(".xlsx", "too_many_cells", "unsupported", "damaged")
def binary_cells_in_opposite_corners() -> bytes:
    name, relation = "s".encode("utf-16-le"), "r0".encode("utf-16-le")
    listed = struct.pack("<III", 0, 1, 2) + relation + struct.pack("<I", 1) + name
    book = _binary(0x83, b"") + _binary(0x8F, b"") + _binary(0x9C, listed) + _binary(0x90, b"") + _binary(0x84, b"")
    cells = b"".join(
        _binary(0, struct.pack("<II", row, 0) + bytes(9)) + _binary(5, struct.pack("<IId", column, 0, 1.0))
        for row, column in ((0, 0), (1_048_575, 16_383))
    )
    size = struct.pack("<4I", 0, 0, 0, 0)
    sheet = (
        _binary(0x81, b"") + _binary(0x94, size) + _binary(0x91, b"") + cells + _binary(0x92, b"") + _binary(0x82, b"")
    )
    rels = relations({}).replace(
        "</", f'<Relationship Id="r0" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.bin"/></', 1
    )
    return zipped(
        {
            "_rels/.rels": relations({"officeDocument": "xl/workbook.bin"}),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": rels,
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


# ---------------------------------------------------------------- OpenDocument


def _table(rows: str) -> str:
    return f'<table:table table:name="a">{rows}</table:table>'


_CELL = "<table:table-cell{}><text:p>1</text:p></table:table-cell>"


@refused(".ods", "too_many_cells")
def repeated_rows_and_columns() -> bytes:
    cell = _CELL.format(' table:number-columns-repeated="100000"')
    return ods(_table(f'<table:table-row table:number-rows-repeated="100000">{cell}</table:table-row>'))


@refused(".ods", "too_many_cells")
def repeated_row_far_to_the_right() -> bytes:
    blank = '<table:table-cell table:number-columns-repeated="{}"/>'
    cell = blank.format("9" * 4000) + _CELL.format("")
    return ods(_table(f"<table:table-row>{cell}</table:table-row>"))


@refused(".ods", "too_many_cells")
def many_tables_of_repeated_cells() -> bytes:
    cell = _CELL.format(' table:number-columns-repeated="500"')
    return ods(_table(f'<table:table-row table:number-rows-repeated="300">{cell}</table:table-row>') * 100)


@refused(".ods", "too_many_cells", kind="ods")
def merged_over_the_whole_table() -> bytes:
    cell = _CELL.format(' table:number-columns-spanned="16384" table:number-rows-spanned="1048576"')
    return ods(_table(f"<table:table-row>{cell * 10}</table:table-row>" * 1000))


@refused(".ods", "too_deep", "damaged", kind="ods")
def tables_in_cells() -> bytes:
    opened = '<table:table table:name="a"><table:table-row><table:table-cell><text:p>1</text:p>'
    return ods(opened * 3000 + "</table:table-cell></table:table-row></table:table>" * 3000)


@refused(".ods", "damaged", kind="ods")
def words_in_words() -> bytes:
    words = "<text:span>" * 100_000 + "a" + "</text:span>" * 100_000
    return ods(
        _table(f"<table:table-row><table:table-cell><text:p>{words}</text:p></table:table-cell></table:table-row>")
    )


# ---------------------------------------------------------------- Excel 97


@refused(".xls", "too_many_cells", "too_heavy")
def old_cells_in_opposite_corners() -> bytes:
    return xls([(0, 0), (65_535, 255)])


@refused(".xls", "too_many_cells", "too_heavy")
def old_sheets_with_far_cells() -> bytes:
    return xls(*[[(0, 0), (65_535, 255)]] * 100)


@refused(".xls", "damaged", "empty")
def old_workbook_cut_in_half() -> bytes:
    data = xls([(row, column) for row in range(400) for column in range(9)])
    return data[: len(data) // 2]


@refused(".xls", "damaged", "unsupported")
def old_workbook_cut_in_its_header() -> bytes:
    return xls([(0, 0)])[:700]


@refused(".xls", "damaged", "empty", kind="xls")
def old_workbook_cut_in_a_record() -> bytes:
    return ole({"Workbook": workbook_stream([(0, 0), (1, 1)])[:-20]})


@refused(".xls", "encrypted", "damaged")
def old_workbook_with_a_password() -> bytes:
    stream = workbook_stream([(0, 0)])
    return ole({"Workbook": stream[:20] + struct.pack("<HHH", 0x2F, 6, 0) + b"\1\0\1\0\1\0" + stream[20:]})


@refused(".xls", "damaged", "empty", kind="xls")
def old_workbook_of_random_records() -> bytes:
    numbers = count(0x9E3779B9, 0x9E3779B9)
    noise = b"".join(
        struct.pack("<HH", next(numbers) % 0x900, 8) + struct.pack("<Q", next(numbers) % 2**64) for _ in range(5000)
    )
    return ole({"Workbook": workbook_stream([(0, 0)]) + noise})


@refused(".xls", "damaged", "too_heavy", kind="xls")
def old_workbook_whose_sectors_run_in_a_circle() -> bytes:
    data = bytearray(xls([(0, 0)]))
    data[512 + 5 * 4 : 512 + 6 * 4] = struct.pack("<I", 2)
    return bytes(data)
