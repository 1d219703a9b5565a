"""Workbooks → lines: what cells show, merged cells, tables and prose, sheets that are seen."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Sequence

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from test_readers_sheets_packages import sheet_data

from govlint.model.document import Document
from govlint.model.source import Place
from govlint.readers import read

Shown = list[str | list[str]]


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def workbook_of(fill: Callable[[Worksheet], object]) -> bytes:
    """The workbook of one sheet, filled."""
    book = openpyxl.Workbook()
    book.active.title = "表"
    fill(book.active)
    return saved(book)


def xlsx(fill: Callable[[Worksheet], object]) -> Document:
    return read(workbook_of(fill), "a.xlsx")


def filled(cells: dict[str, object], merged: Sequence[str] = ()) -> Document:
    def fill(sheet: Worksheet) -> None:
        for address, value in cells.items():
            sheet[address] = value
        for part in merged:
            sheet.merge_cells(part)

    return xlsx(fill)


def shown(document: Document) -> Shown:
    """Paragraphs as text, rows of a table as the list of their cells."""
    return [
        [cell.text for cell in line.cells] if line.kind == "grid" else " ".join(cell.text for cell in line.cells)
        for line in document.lines
    ]


def geometry(document: Document) -> list[list[tuple[object, ...]]]:
    return [
        [(cell.text, *cell.grid[1:]) for cell in line.cells if cell.grid]
        for line in document.lines
        if line.kind == "grid"
    ]


def places(document: Document) -> dict[str, Place]:
    found = {}
    for line in document.lines:
        for cell in line.cells:
            start, end = cell.span()
            assert document.source.text[start:end] == cell.text.replace("\n", " ")
            found[cell.text] = document.source.place(start)
    return found


def addresses(document: Document) -> dict[str, str | None]:
    return {text: place.address for text, place in places(document).items() if text}


# ---------------------------------------------------------------- what cells show

VALUES = [
    (3.0, "3"),
    (0, "0"),
    (-0.0, "0"),
    (0.1 + 0.2, "0.3"),
    (1.005, "1.005"),
    (12.50, "12.5"),
    (-7, "-7"),
    (123456789012, "123456789012"),
    (999999999999999, "999999999999999"),
    (1e20, "1e+20"),
    (1e-7, "1e-07"),
    (True, "TRUE"),
    (False, "FALSE"),
    (datetime.datetime(2024, 1, 20), "2024-01-20"),
    (datetime.date(2024, 1, 20), "2024-01-20"),
    (datetime.datetime(2024, 1, 20, 8, 30), "2024-01-20 08:30:00"),
    ("007", "007"),
    ("1,200", "1,200"),
    ("１２", "１２"),
    (" 甲 ", "甲"),
    ("甲\n乙", "甲\n乙"),
    ("_x000D_甲", "甲"),
    ("甲&乙<丙>", "甲&乙<丙>"),
    ("#DIV/0!", "#DIV/0!"),
    ("=1+1", "=1+1"),
]


@pytest.mark.parametrize(("value", "wanted"), VALUES)
def test_values(value, wanted):
    document = filled({"A1": "标", "B1": value})
    assert shown(document) == [["标", wanted]]


def test_rich_text_is_joined():
    rich = CellRichText("行政", TextBlock(InlineFont(b=True), "许可"), "数")
    assert shown(filled({"A1": rich, "B1": 1})) == [["行政许可数", "1"]]


def test_times_and_percentages_do_not_fail():
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"], sheet["C1"] = datetime.time(8, 30), 0.25, datetime.timedelta(hours=30)
        sheet["B1"].number_format = "0%"

    assert len(shown(xlsx(fill))[0]) == 3


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ('<c r="B1"><f>SUM(C1:D1)</f><v>12</v></c>', "12"),
        ('<c r="B1"><f>SUM(C1:D1)</f></c>', "=SUM(C1:D1)"),
        ('<c r="B1"><f>SUM(C1:D1)</f><v></v></c>', "=SUM(C1:D1)"),
        ('<c r="B1"><f>SUM(C1:D1)</f><v>0</v></c>', "0"),
        ('<c r="B1" t="str"><f>A1</f><v>甲</v></c>', "甲"),
        ('<c r="B1" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="B1"><f t="shared" ref="B1:B3" si="0">C1+D1</f></c>', "=C1+D1"),
        ('<c r="B1"><f t="shared" si="0"/></c>', "="),
        ('<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="B1" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="B1" t="inlineStr"><is><t>内</t></is></c>', "内"),
        ('<c r="B1" t="inlineStr"><is><r><t>内</t></r><r><t>联</t></r></is></c>', "内联"),
        ('<c r="B1" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="B1" t="b"><f>A1=1</f><v>0</v></c>', "FALSE"),
        ('<c r="B1" t="n"><v>1E3</v></c>', "1000"),
        ('<c r="B1"/>', ""),
    ],
)
def test_cells_as_written(cell, wanted):
    text = f'<row r="1"><c r="A1"><v>7</v></c>{cell}<c r="C1"><v>9</v></c></row>'
    assert shown(read(sheet_data(text), "a.xlsx")) == [["7", wanted, "9"]]


def test_a_formula_at_the_edge_of_a_sheet():
    """Cells without a value do not count for calamine; those that lie outside what it gives must not be lost."""
    rows = '<row r="1"><c r="A1"><v>7</v></c><c r="B1"><f>A1</f></c></row><row r="2"><c r="A2"><f>A1</f></c></row>'
    assert shown(read(sheet_data(rows), "a.xlsx")) == [["7", "=A1"], ["=A1", ""]]


def test_cells_without_an_address_follow_each_other():
    """The address is optional; that one cell lacks it says nothing against the file."""
    rows = "<row><c><v>7</v></c><c><f>A1</f></c></row><row><c><f>A1+1</f></c><c><v>9</v></c></row>"
    assert shown(read(sheet_data(rows), "a.xlsx")) == [["7", "=A1"], ["=A1+1", "9"]]


# ---------------------------------------------------------------- merged cells


def test_a_label_over_three_columns():
    document = filled({"A1": "一、本年新收", "D1": 5, "E1": 6}, ["A1:C1"])
    assert geometry(document) == [[("一、本年新收", 0, 0, 1, 3), ("5", 0, 3, 1, 1), ("6", 0, 4, 1, 1)]]
    assert addresses(document) == {"一、本年新收": "A1", "5": "D1", "6": "E1"}


def test_a_group_over_rows_and_a_header():
    document = filled(
        {"A1": "项目", "C1": "申请人", "C2": "自然人", "D2": "总计", "A3": "结果", "B3": "予以公开", "C3": 1, "D3": 2}
        | {"B4": "不予公开", "C4": 3, "D4": 4},
        ["A1:B2", "C1:D1", "A3:A4"],
    )
    assert geometry(document) == [
        [("项目", 0, 0, 2, 2), ("申请人", 0, 2, 1, 2)],
        [("自然人", 1, 2, 1, 1), ("总计", 1, 3, 1, 1)],
        [("结果", 2, 0, 2, 1), ("予以公开", 2, 1, 1, 1), ("1", 2, 2, 1, 1), ("2", 2, 3, 1, 1)],
        [("不予公开", 3, 1, 1, 1), ("3", 3, 2, 1, 1), ("4", 3, 3, 1, 1)],
    ]


def test_rows_that_merged_cells_cover_wholly():
    """All cells of a row are merged over two rows: the table goes on below."""
    document = filled({"A1": "规章", "B1": 1, "A3": "许可", "B3": 2}, ["A1:A2", "B1:B2"])
    assert geometry(document) == [
        [("规章", 0, 0, 2, 1), ("1", 0, 1, 2, 1)],
        [("许可", 2, 0, 1, 1), ("2", 2, 1, 1, 1)],
    ]


# ---------------------------------------------------------------- tables and prose


def test_padding_is_trimmed_and_addresses_are_right():
    cells = {"B3": "某报告", "B5": "规章", "C5": 1, "D5": 2, "B6": "许可", "D6": 4, "H20": " "}
    document = filled(cells)
    assert shown(document) == ["某报告", ["规章", "1", "2"], ["许可", "", "4"]]
    assert addresses(document) == {"某报告": "B3", "规章": "B5", "1": "C5", "2": "D5", "许可": "B6", "4": "D6"}
    assert places(document)[""] == Place(sheet="表", address="C6")


def test_columns_beyond_z():
    assert addresses(filled({"Z2": "甲", "AA2": 1, "AB2": 2})) == {"甲": "Z2", "1": "AA2", "2": "AB2"}


def test_blank_cells_inside_a_table_are_cells():
    document = filled({"A1": "项目", "B1": "一", "C1": "二", "A2": "规章", "A3": "许可", "C3": 2})
    assert shown(document) == [["项目", "一", "二"], ["规章", "", ""], ["许可", "", "2"]]


def test_a_row_of_blank_numbers_below_headings():
    document = filled({"A1": "维持", "B1": "纠正", "A3": "维持", "B3": 1})
    assert shown(document) == [["维持", "纠正"], ["", ""], ["维持", "1"]]


def test_prose():
    long = "本年度我局认真贯彻落实条例，" * 8
    document = filled(
        {"A1": "某报告", "A2": long, "A3": "二、主动公开", "A4": "规章", "B4": 1, "A5": "许可", "B5": 2, "A6": long}
        | {"A7": "三、依申请", "A9": "甲\n乙"},
        ["A1:F1", "A2:F2", "A6:F6"],
    )
    assert shown(document) == [
        "某报告",
        long,
        "二、主动公开",
        ["规章", "1"],
        ["许可", "2"],
        long,
        "三、依申请",
        "甲",
        "乙",
    ]
    assert addresses(document)["甲"] == addresses(document)["乙"] == "A9"


def test_a_heading_merged_over_the_table_parts_it():
    document = filled({"A1": "规章", "B1": 1, "A2": "三、收到和处理", "A3": "新收", "B3": 2}, ["A2:B2"])
    assert shown(document) == [["规章", "1"], "三、收到和处理", ["新收", "2"]]
    assert [cell.grid.table for line in document.lines for cell in line.cells if cell.grid] == [0, 0, 1, 1]
