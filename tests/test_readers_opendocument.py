"""ODS → lines: repetitions, spans, what cells show, hidden sheets; limits."""

from __future__ import annotations

import pytest
from test_readers_containers import zipped
from test_readers_sheets import geometry, places, shown

from govlint.model.document import Document
from govlint.model.errors import ReadError
from govlint.model.source import Place
from govlint.readers import opendocument, read

URN = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(f'xmlns:{name}="{URN}:{name}:1.0"' for name in ("office", "table", "text", "style"))
TYPE = "application/vnd.oasis.opendocument.spreadsheet"


ROWS = ("<table:table-row", "<table:table-header")


def ods(body: str, styles: str = "") -> Document:
    """A workbook of these tables."""
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return read(zipped({"mimetype": TYPE, "content.xml": content}), "a.ods")


def sheet(*rows: str, name: str = "表", attributes: str = "") -> str:
    inside = "".join(row if row.startswith(ROWS) else f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}" {attributes}>{inside}</table:table>'


def cell(text: str = "", attributes: str = "", again: int = 1) -> str:
    repeated = f'table:number-columns-repeated="{again}"' if again > 1 else ""
    paragraph = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {attributes} {repeated}>{paragraph}</table:table-cell>"


def spanned(across: int, down: int) -> str:
    return f'table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"'


COVERED = "<table:covered-table-cell/>"


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("<text:p>1,200</text:p>", "1,200"),
        ("<text:p>甲</text:p><text:p>乙</text:p>", "甲\n乙"),
        ("<text:p>甲<text:span>乙<text:span>丙</text:span></text:span>丁</text:p>", "甲乙丙丁"),
        ("<text:p>甲<text:s text:c='3'/>乙<text:s/>丙<text:tab/>丁</text:p>", "甲   乙 丙 丁"),
        ("<text:p>甲<text:s text:c='x'/>乙</text:p>", "甲 乙"),
        ("<text:p>甲<text:line-break/>乙</text:p>", "甲 乙"),
        ("<text:p>甲<text:a>链</text:a></text:p>", "甲链"),
        ("<office:annotation><text:p>批注</text:p></office:annotation><text:p>甲</text:p>", "甲"),
        ("<text:p>甲<text:note><text:p>注</text:p></text:note>乙</text:p>", "甲乙"),
        ("<text:p>甲<office:annotation><text:p>批注</text:p></office:annotation>乙</text:p>", "甲乙"),
        ("<text:p/>", ""),
    ],
)
def test_what_a_cell_shows(written, wanted):
    document = ods(sheet(cell("标") + f"<table:table-cell>{written}</table:table-cell>" + cell("尾")))
    assert shown(document) == [["标", wanted, "尾"]]


@pytest.mark.parametrize(
    ("attributes", "text", "wanted"),
    [
        ('table:formula="of:=SUM([.C1:.D1])" office:value-type="float" office:value="3"', "3", "3"),
        ('table:formula="of:=SUM([.C1:.D1])"', "", "=SUM([.C1:.D1])"),
        ('table:formula="oooc:=A1=B1"', "", "=A1=B1"),
        ('table:formula="of:=&quot;&quot;" office:value-type="string"', "", ""),
        ('table:formula="of:=1/0" office:value-type="string"', "#DIV/0!", "#DIV/0!"),
        ('office:value-type="float" office:value="3"', "3", "3"),
    ],
)
def test_formulas(attributes, text, wanted):
    assert shown(ods(sheet(cell("标") + cell(text, attributes) + cell("尾")))) == [["标", wanted, "尾"]]


def test_repetitions():
    document = ods(
        sheet(
            cell(again=2) + cell("0", again=3) + cell(again=16000),
            f'<table:table-row table:number-rows-repeated="2">{cell("规章") + cell() + cell("1")}</table:table-row>',
            f'<table:table-row table:number-rows-repeated="1000000">{cell(again=16384)}</table:table-row>',
        )
    )
    assert shown(document) == [["", "", "0", "0", "0"], ["规章", "", "1", "", ""], ["规章", "", "1", "", ""]]
    assert places(document)["1"] == Place(sheet="表", address="C3")


def test_many_blank_rows_in_the_middle():
    blank = f'<table:table-row table:number-rows-repeated="90000">{cell()}</table:table-row>'
    document = ods(sheet(cell("甲"), blank, cell("乙")))
    assert shown(document) == ["甲", "乙"]
    assert places(document)["乙"].address == "A90002"


@pytest.mark.parametrize(
    "rows",
    [
        [cell("1", again=1 << 30)],
        [cell(again=1 << 40) + cell("1")],
        [f'<table:table-row table:number-rows-repeated="99999999">{cell("1") + cell("2")}</table:table-row>'],
        [cell("1", again=3000), f'<table:table-row table:number-rows-repeated="1000">{cell("1")}</table:table-row>'],
        [f'<table:table-row table:number-rows-repeated="99999999">{cell()}</table:table-row>', cell("1")],
    ],
)
def test_absurd_repetitions(rows):
    with pytest.raises(ReadError) as error:
        ods(sheet(*rows))
    assert error.value.reason == "too_many_cells"


def test_limit_of_cells(monkeypatch):
    monkeypatch.setattr(opendocument, "MAX_POSITIONS", 6)
    rows = f'<table:table-row table:number-rows-repeated="%d">{cell("1") + cell("2")}</table:table-row>'
    assert len(ods(sheet(rows % 3)).lines) == 3
    with pytest.raises(ReadError):
        ods(sheet(rows % 4))


def test_spans():
    document = ods(
        sheet(
            cell("一、本年新收", spanned(2, 1)) + COVERED + cell("5"),
            cell("结果", spanned(1, 2)) + cell("公开") + cell("1"),
            COVERED + cell("不予") + cell("2"),
        )
    )
    assert geometry(document) == [
        [("一、本年新收", 0, 0, 1, 2), ("5", 0, 2, 1, 1)],
        [("结果", 1, 0, 2, 1), ("公开", 1, 1, 1, 1), ("1", 1, 2, 1, 1)],
        [("不予", 2, 1, 1, 1), ("2", 2, 2, 1, 1)],
    ]


def test_groups_of_rows_and_tables_in_cells():
    inner = sheet(cell("内"), name="里")
    rows = f"<table:table-row>{cell('头')}{cell('1')}</table:table-row>"
    grouped = (
        f"<table:table-header-rows>{rows}</table:table-header-rows><table:table-row-group><table:table-rows>{rows}"
        f"</table:table-rows></table:table-row-group>"
    )
    document = ods(sheet(grouped, f"<table:table-cell>{inner}<text:p>外</text:p></table:table-cell>{cell('2')}"))
    assert shown(document)[:3] == [["头", "1"], ["头", "1"], ["外", "2"]]


def test_hidden_sheets_and_names():
    styles = (
        '<style:style style:name="s1"><style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="s2"><style:table-properties table:display="true"/></style:style>'
    )
    document = ods(
        sheet(cell("不见"), attributes='table:style-name="s1"')
        + sheet(cell("甲"), name="表 &quot;三&apos;", attributes='table:style-name="s2"')
        + sheet(cell("乙"), name="二"),
        styles,
    )
    assert shown(document) == ["甲", "乙"]
    assert places(document)["甲"].sheet == "表 \"三'"


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"mimetype": TYPE}, "damaged"),
        ({"mimetype": TYPE, "content.xml": "<a"}, "damaged"),
        ({"mimetype": TYPE, "content.xml": "<!DOCTYPE a><a/>"}, "doctype"),
        ({"mimetype": TYPE, "content.xml": "<a/>"}, "empty"),
    ],
)
def test_what_cannot_be_read(parts, reason):
    with pytest.raises(ReadError) as error:
        read(zipped(parts), "a.ods")
    assert error.value.reason == reason
