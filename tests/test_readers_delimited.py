"""CSV and TSV → lines: quoting, separators, prose beside tables, blank cells, positions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govlint.model.document import GridPlace, Line
from govlint.model.errors import ReadError
from govlint.model.source import Span
from govlint.readers import delimited_records, read
from govlint.readers.delimited import read_csv, read_tsv


def shown(text: str) -> list[tuple[str, list[str]]]:
    return [(line.kind, [cell.text for cell in line.cells]) for line in read_csv(text)]


def cells(text: str) -> list[str]:
    return [cell.text for line in read_csv(text) for cell in line.cells]


def grids(lines: list[Line]) -> list[GridPlace | None]:
    return [cell.grid for line in lines for cell in line.cells]


# ---------------------------------------------------------------- fields


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("规章,1,0", ["规章", "1", "0"], id="plain"),
        pytest.param('规章,"1,234",0', ["规章", "1,234", "0"], id="quoted-comma"),
        pytest.param('"规章 ""甲""",1', ['规章 "甲"', "1"], id="doubled-quotes"),
        pytest.param('"规\r\n章",1\r\n', ["规\n章", "1"], id="quoted-line-end"),
        pytest.param("规章 ,\u3000 1,0\u00a0", ["规章", "1", "0"], id="blanks-at-the-edges"),
        pytest.param('规章, "1,234" ,0', ["规章", "1,234", "0"], id="blanks-round-quotes"),
        pytest.param('规章,="001",1', ["规章", "001", "1"], id="excel-text"),
        pytest.param('规章,"=""001""",1', ["规章", "001", "1"], id="excel-text-quoted"),
        pytest.param("规章,'001,1", ["规章", "001", "1"], id="apostrophe"),
        pytest.param("规章,'十四五',1", ["规章", "'十四五'", "1"], id="apostrophes-that-quote"),
        pytest.param('"公开"的,1', ['"公开"的', "1"], id="quotes-of-the-text"),
        pytest.param('"公开,1\n规章,2', ['"公开', "1", "规章", "2"], id="quote-never-closed"),
        pytest.param("规章;1;0", ["规章", "1", "0"], id="semicolons"),
        pytest.param("规章\t1\t0", ["规章", "1", "0"], id="tabs"),
        pytest.param("规章，1，0", ["规章", "1", "0"], id="full-width"),
        pytest.param("规章;1,234;0\n甲,乙;2;1", ["规章", "1,234", "0", "甲,乙", "2", "1"], id="semicolons-and-commas"),
        pytest.param("sep=;\n规章;甲,乙", ["规章", "甲,乙"], id="declared"),
        pytest.param('"sep=,"\r\n规章,1', ["规章", "1"], id="declared-quoted"),
        pytest.param("规章,,0,\n行政,1,2,3", ["规章", "", "0", "", "行政", "1", "2", "3"], id="blanks-kept"),
        pytest.param("规章,1,,,,\n行政,,,,,", ["规章", "1", "行政", ""], id="padding-trimmed"),
        pytest.param("规章,1\n行政,1,2", ["规章", "1", "行政", "1", "2"], id="ragged"),
        pytest.param(",规章,0", ["", "规章", "0"], id="leading-blank"),
        pytest.param(',"","",规章,0', ["", "", "", "规章", "0"], id="quoted-blanks"),
    ],
)
def test_cells(text, wanted):
    assert cells(text) == wanted


@pytest.mark.parametrize("text", ["", "\r\n\r\n", ",,,,\n,,,\n", '"",""\n', " , \n", "sep=,\n"])
def test_blank_records_are_none(text):
    assert read_csv(text) == []


def test_without_any_separator_it_is_plain_text():
    assert shown("青石县林草局\n\n| 规章 | 1 |") == [("plain", ["青石县林草局"]), ("grid", ["规章", "1"])]


def test_tsv_has_tabs_unless_it_has_none():
    assert [cell.text for cell in read_tsv("规章\t1,234\t0")[0].cells] == ["规章", "1,234", "0"]
    assert [cell.text for cell in read_tsv("规章,1,0")[0].cells] == ["规章", "1", "0"]


# ---------------------------------------------------------------- rows and paragraphs


def test_padded_prose_is_plain():
    text = "一、总体情况,,,,\n2024年，我局公开信息5条。,,,,\n规章,1,2,3,4\n"
    text += "三、收到和处理情况,,,,\n,,申请人,,\n,,甲,乙,丙\n"
    assert shown(text) == [
        ("plain", ["一、总体情况"]),
        ("plain", ["2024年，我局公开信息5条。"]),
        ("grid", ["规章", "1", "2", "3", "4"]),
        ("plain", ["三、收到和处理情况"]),
        ("grid", ["", "", "申请人", "", ""]),
        ("grid", ["", "", "甲", "乙", "丙"]),
    ]


def test_blank_rows_of_a_table_keep_their_blanks():
    text = "名称,件数,废止\n规章,,\n行政许可,1,2\n一、本年新收申请,,\n其他,3,4\n处罚,,\n，,,\n"
    rows = [[cell.text for cell in line.cells] for line in read_csv(text)]
    assert rows[1] == ["规章", "", ""]
    assert rows[3] == ["一、本年新收申请", "", ""]
    assert rows[5] == ["处罚", "", ""]


def test_a_row_of_nothing_but_blanks_below_headings_is_one():
    assert shown("维持,纠正,总计\n,,\n,,\n")[1:] == [("grid", ["", "", ""])]
    assert shown("维持,1,2\n,,\n") == [("grid", ["维持", "1", "2"])]


@pytest.mark.parametrize(
    "prose",
    [
        "2024年,我局认真贯彻落实条例,全年主动公开信息1条。",
        "四、因政府信息公开工作被申请行政复议,提起行政诉讼情况",
    ],
)
def test_commas_of_prose_part_no_cells(prose):
    assert shown(f"标题\n{prose}\n名称,件数,废止\n规章,1,2\n")[1] == ("plain", [prose])
    assert shown(f'标题\n"{prose}",,\n名称,件数\n规章,1\n')[1] == ("plain", [prose])


def test_headings_of_columns_are_no_prose():
    assert shown("信息内容,本年制发件数,现行有效件数\n规章,1,2")[0][0] == "grid"
    assert shown("三、本年度办理结果,（一）予以公开,1")[0][0] == "grid"


def test_a_quoted_paragraph_of_several_lines():
    assert shown('"一、总体情况\n2024年,公开。\n\n— 3 —",\n规章,1') == [
        ("plain", ["一、总体情况"]),
        ("plain", ["2024年,公开。"]),
        ("grid", ["规章", "1"]),
    ]


def test_tables_are_counted_and_rows_within_them():
    lines = read_csv("规章,1\n行政,2\n\n许可,3\n二、标题\n甲,乙\n")
    assert grids(lines) == [
        GridPlace(0, 0, 0), GridPlace(0, 0, 1), GridPlace(0, 1, 0), GridPlace(0, 1, 1),
        GridPlace(0, 2, 0), GridPlace(0, 2, 1), None, GridPlace(1, 0, 0), GridPlace(1, 0, 1),
    ]  # fmt: skip


def test_an_empty_line_parts_tables_of_unlike_width():
    assert [cell.grid.table for line in read_csv("规章,1\n\n行政,2\n\n甲,乙,3") for cell in line.cells] == [0] * 4 + [
        1
    ] * 3
    assert [cell.grid.table for line in read_csv("规章,1\n,\n行政,2") for cell in line.cells] == [0, 0, 1, 1]


def test_a_title_in_the_middle_of_a_sheet_is_plain():
    assert shown(",,,年度报告,,,\n一、总体情况,,,,,,")[0] == ("plain", ["年度报告"])


# ---------------------------------------------------------------- places


def test_places_through_quotes_and_line_ends():
    text = '规章,"甲""乙\r\n丙",="01",\r\n行政,1,2,3'
    first = read_csv(text)[0].cells
    assert first[1].text == '甲"乙\n丙'
    assert [text[slice(*first[1].span(i, i + 1))] for i in range(5)] == ["甲", '""', "乙", "\r\n", "丙"]
    assert text[slice(*first[2].span())] == "01"
    at = text.index("\r\n行政")
    assert first[3].span() == Span(at, at)


@settings(max_examples=150, deadline=None)
@given(st.text("甲乙12,;\t\"\n\r'= 。", max_size=60))
def test_every_character_stands_where_it_says(text):
    for reader in (read_csv, read_tsv):
        for line in reader(text):
            for cell in line.cells:
                start, end = cell.span()
                assert 0 <= start <= end <= len(text)
                for i, char in enumerate(cell.text):
                    if not char.isspace():
                        assert text[slice(*cell.span(i, i + 1))] in (char, char * 2)


def test_through_read():
    data = '年度报告,,\r\n规章,"1,234",0\r\n'.encode("gb18030")
    document = read(data, "a.csv")
    assert document.source.kind == "csv"
    assert [cell.text for cell in document.lines[1].cells] == ["规章", "1,234", "0"]
    assert read("规章\t1\n".encode("utf-16"), "a.tsv").lines[0].cells[1].text == "1"


@pytest.mark.parametrize("unit", ['"', ",", '",', '"a,', '""x,', ",\n", '"\n', '"" ', "a,1\n"])
def test_long_files_take_no_longer_than_they_are(unit):
    try:
        read_csv(unit * 20_000)
    except ReadError as error:
        assert error.reason == "too_many_cells"


def test_absurdly_many_cells(monkeypatch):
    monkeypatch.setattr(delimited_records, "MAX_CELLS", 100)
    with pytest.raises(ReadError) as error:
        read_csv("a" + "," * 200 + "b")
    assert error.value.reason == "too_many_cells"
    assert len(read_csv("a,b" + "," * 200)) == 1
