"""Excel 2003 XML → lines: places, merged cells, what cells show, limits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govlint.model.errors import ReadError
from govlint.model.source import Place
from govlint.readers import read
from govlint.readers.spreadsheetml import read_spreadsheetml

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def book(*sheets: str, encoding: str = "UTF-8", name: str = "年报") -> bytes:
    written = "".join(
        sheet if sheet.startswith("<Worksheet") else f'<Worksheet ss:Name="{name}"><Table>{sheet}</Table></Worksheet>'
        for sheet in sheets
    )
    head = f'<?xml version="1.0" encoding="{encoding}"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n'
    return f'{head}<Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}">{written}</Workbook>'.encode(encoding)


def cell(text: str, kind: str = "String", attributes: str = "") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def row(*cells: str, attributes: str = "") -> str:
    return f"<Row {attributes}>{''.join(cells)}</Row>"


def shown(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in read_spreadsheetml(data).lines]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (cell("3.0", "Number"), "3"),
        (cell("-2.5", "Number"), "-2.5"),
        (cell("1E3", "Number"), "1000"),
        (cell("many", "Number"), "many"),
        (cell("1", "Boolean"), "TRUE"),
        (cell("2024-01-20T00:00:00.000", "DateTime"), "2024-01-20"),
        (cell("#REF!", "Error"), "#REF!"),
        (cell(" 001 "), "001"),
        (cell("甲&#10;乙"), "甲\n乙"),
        (cell('<Font xmlns="http://www.w3.org/TR/REC-html40">甲<B>乙</B></Font>'), "甲乙"),
        ("<Cell><Comment><Data>no</Data></Comment></Cell>", ""),
        ("<Cell/>", ""),
    ],
)
def test_what_cells_show(written, wanted):
    assert shown(book(row(cell("规章"), written, cell("0", "Number"))))[0][1] == wanted


def test_places_and_merged_cells():
    data = book(
        row(cell("年度报告", attributes='ss:MergeAcross="2"'))
        + row(cell("组", attributes='ss:MergeDown="1"'), cell("甲"), cell("1", "Number"), attributes='ss:Index="3"')
        + row(cell("乙", attributes='ss:Index="2"'), cell("2", "Number"))
    )
    rendering = read_spreadsheetml(data)
    assert shown(data) == [["年度报告"], ["组", "甲", "1"], ["乙", "2"]]
    group, _, _ = rendering.lines[1].cells
    assert (group.grid.row_span, group.grid.column) == (2, 0)
    assert [cell.grid.column for cell in rendering.lines[2].cells] == [1, 2]
    assert rendering.places[-1][1] == Place(sheet="年报", address="C4")


def test_cells_without_index_step_over_merged_ones():
    data = book(row(cell("组", attributes='ss:MergeDown="1"'), cell("甲"), cell("1")) + row(cell("乙"), cell("2")))
    assert [cell.grid.column for cell in read_spreadsheetml(data).lines[1].cells] == [1, 2]


def test_hidden_sheets_are_left_out():
    options = (
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible>'
        "</WorksheetOptions></Worksheet>"
    )
    hidden = f'<Worksheet ss:Name="b"><Table>{row(cell("乙"))}</Table>{options}'
    assert shown(book(row(cell("甲")), hidden)) == [["甲"]]
    assert shown(book(hidden)) == [["乙"]]


def test_a_sheet_without_a_table_or_a_name():
    assert shown(book("<Worksheet/>", row(cell("甲")))) == [["甲"]]


@pytest.mark.parametrize("encoding", ["gb2312", "GBK", "big5", "utf-8"])
def test_encodings(encoding):
    text = "年度報告" if encoding == "big5" else "规章"
    data = b" \r\n" + book(row(cell(text), cell("1")), encoding=encoding, name="甲")
    assert shown(data) == [[text, "1"]]


def test_utf_8_that_says_it_is_not():
    data = book(row(cell("规章"), cell("1"))).replace(b"UTF-8", b"gb2312")
    assert shown(data) == [["规章", "1"]]


# ---------------------------------------------------------------- limits


@pytest.mark.parametrize(
    "written",
    [
        row(cell("甲")) + row(cell("乙"), attributes='ss:Index="1048577"'),
        row(cell("甲", attributes='ss:Index="16385"')),
        row(cell("甲", attributes='ss:Index="99999999999999999999"')),
        row(cell("甲")) + row(cell("乙", attributes='ss:Index="16384"'), attributes='ss:Index="1048576"'),
        row(cell("甲", attributes='ss:MergeAcross="999999999"')),
        row(cell("甲", attributes='ss:MergeAcross="16000" ss:MergeDown="99"')) * 200,
        row("<Cell/>", attributes='ss:Index="1048576"') + row("<Cell/>"),
        row(cell("组", attributes='ss:MergeAcross="16000" ss:MergeDown="9999"')) + row("<Cell/>") * 200,
    ],
)
def test_absurd_places(written):
    with pytest.raises(ReadError) as error:
        read_spreadsheetml(book(written))
    assert error.value.reason == "too_many_cells"


def test_merged_cells_far_beyond_the_sheet_are_cut():
    data = book(row(cell("甲", attributes='ss:MergeAcross="9000" ss:MergeDown="9000"')) + row(cell("乙", "String")) * 0)
    assert shown(data) == [["甲"]]


@pytest.mark.parametrize("number", ["-1", "x", "", "1.5", "²"])
def test_wrong_numbers_are_none(number):
    assert shown(book(row(cell("甲"), cell("1", attributes=f'ss:Index="{number}"')))) == [["甲", "1"]]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (book(row(cell("甲")))[:-20], "damaged"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Workbook/>', "doctype"),
        (b'<?xml version="1.0" encoding="gb2312"?>', "damaged"),
        (book(row(cell("甲&nbsp;"))), "damaged"),
    ],
)
def test_damaged_files(data, reason):
    with pytest.raises(ReadError) as error:
        read_spreadsheetml(data)
    assert error.value.reason == reason


SAMPLE = book(
    row(cell("组", attributes='ss:MergeDown="1"'), cell("甲"), cell("1", "Number"), attributes='ss:Index="3"')
    + row(cell("乙", attributes='ss:Index="2"'), cell("2024-01-20T00:00:00.000", "DateTime"))
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(150, len(SAMPLE) - 1), st.sampled_from(b'0123456789" <>&a\xe4')), max_size=4))
def test_damaged_bytes_are_read_or_refused(changes):
    data = bytearray(SAMPLE)
    for at, new in changes:
        data[at] = new
    try:
        read_spreadsheetml(bytes(data))
    except ReadError as error:
        assert error.reason in ("damaged", "too_many_cells")


def test_through_read():
    document = read(SAMPLE, "a.xls")
    assert document.source.kind == "spreadsheetml"
    cell = document.lines[0].cells[2]
    assert (cell.text, document.source.place(cell.span().start)) == ("1", Place(sheet="年报", address="C3"))
    with pytest.raises(ReadError) as error:
        read(book(row()), "a.xls")
    assert error.value.reason == "empty"
