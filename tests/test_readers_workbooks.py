"""Workbooks of several sheets: which are read, and under what names; empty ones; XLS."""

from __future__ import annotations

import datetime
import io
import struct

import openpyxl
import pytest
import xlwt
from test_readers_sheets import filled, geometry, places, saved, shown

from govlint.model.errors import ReadError
from govlint.model.source import Place
from govlint.readers import read


def workbook(**sheets: str) -> bytes:
    """A workbook of sheets with one cell; names → how they are shown."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, state in sheets.items():
        sheet = book.create_sheet(name)
        sheet["A1"] = name
        sheet.sheet_state = state
    return saved(book)


def test_sheets_in_their_order_and_hidden_ones_left_out():
    data = workbook(甲="visible", 乙="hidden", 丙="veryHidden", 丁="visible")
    document = read(data, "a.xlsx")
    assert shown(document) == ["甲", "丁"]
    assert [place.sheet for place in places(document).values()] == ["甲", "丁"]


def test_tables_of_several_sheets_are_numbered():
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("二")):
        sheet.append(["规章", 1])
    document = read(saved(book), "a.xlsx")
    assert [line.cells[0].grid.table for line in document.lines] == [0, 1]


def test_names_of_sheets():
    book = openpyxl.Workbook()
    for number, name in enumerate(["'表' 三!", '"引"号', "a b", "&<>"]):
        sheet = book.create_sheet(name)
        sheet["A1"] = number
        sheet["B1"] = f"={number}"
    document = read(saved(book), "a.xlsx")
    assert shown(document) == [[f"{i}", f"={i}"] for i in range(4)]
    assert places(document)["3"] == Place(sheet="&<>", address="A1")


@pytest.mark.parametrize("cells", [{}, {"B7": " "}, {"A1": ""}])
def test_empty_workbooks(cells):
    with pytest.raises(ReadError) as error:
        filled(cells)
    assert error.value.reason == "empty"


def test_chart_sheets_and_comments_are_left_out():
    book = openpyxl.Workbook()
    book.active["A1"] = "甲"
    book.active["A1"].comment = openpyxl.comments.Comment("批注", "某人")
    book.create_chartsheet("图")
    assert shown(read(saved(book), "a.xlsx")) == ["甲"]


# ---------------------------------------------------------------- XLS


def test_xls():
    book = xlwt.Workbook()
    sheet = book.add_sheet("表 三")
    sheet.write_merge(2, 2, 1, 3, "一、本年新收")
    sheet.write(2, 4, 3.0)
    sheet.write(2, 5, 0.1 + 0.2)
    sheet.write(3, 1, "许可")
    sheet.write(3, 4, True)
    sheet.write(3, 5, datetime.date(2024, 1, 20), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    hidden = book.add_sheet("藏")
    hidden.write(0, 0, "不见")
    hidden.visibility = 1
    buffer = io.BytesIO()
    book.save(buffer)
    document = read(buffer.getvalue(), "a.et")
    assert geometry(document) == [
        [("一、本年新收", 0, 1, 1, 3), ("3", 0, 4, 1, 1), ("0.3", 0, 5, 1, 1)],
        [("许可", 1, 1, 1, 1), ("", 1, 2, 1, 1), ("", 1, 3, 1, 1), ("TRUE", 1, 4, 1, 1), ("2024-01-20", 1, 5, 1, 1)],
    ]
    assert places(document)["3"] == Place(sheet="表 三", address="E3")
    assert document.source.kind == "xls"


def test_an_xls_that_claims_all_rows_and_columns():
    """A few kilobytes for which calamine makes room for billions of cells."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "甲")
    sheet.write(65535, 255, "乙")
    buffer = io.BytesIO()
    book.save(buffer)
    last = struct.pack("<HHHH", 0xFD, 10, 65535, 255)
    data = buffer.getvalue()
    assert data.count(last) == 1
    with pytest.raises(ReadError) as error:
        read(data.replace(last, struct.pack("<HHHH", 0xFD, 10, 65535, 65535)), "a.xls")
    assert error.value.reason in ("too_many_cells", "too_heavy", "damaged")
