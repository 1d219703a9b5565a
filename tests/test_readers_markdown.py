"""Markdown → lines as it is shown: markup gone, every character at its place."""

from __future__ import annotations

import html

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govlint.model.document import Cell
from govlint.model.source import Span
from govlint.readers import read
from govlint.readers.markdown import read_markdown


def shown(text: str) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in read_markdown(text)]


def misplaced(cell: Cell, source: str) -> list[tuple[str, str]]:
    wrong = []
    for i, char in enumerate(cell.text):
        there = source[slice(*cell.span(i, i + 1))]
        if not char.isspace() and char not in (there, html.unescape(there)):
            wrong.append((char, there))
    return wrong


# ---------------------------------------------------------------- lines


@pytest.mark.parametrize(
    ("text", "role", "wanted"),
    [
        ("# 青石县报告", "heading", "青石县报告"),
        ("###### 小题", "heading", "小题"),
        ("##一、总体情况", "heading", "一、总体情况"),
        ("## 二、主动公开 ##", "heading", "二、主动公开"),
        ("  ## 缩进", "heading", "缩进"),
        ("####### 七个", "body", "####### 七个"),
        ("> 引文", "body", "引文"),
        (">> 引文", "body", "引文"),
        ("- 条目", "body", "条目"),
        ("* 条目", "body", "条目"),
        ("1\\. 属于国家秘密", "body", "1. 属于国家秘密"),
        ("1. 属于国家秘密", "body", "1. 属于国家秘密"),
        ("- 3", "body", "- 3"),
        ("-3", "body", "-3"),
        ("#", "body", "#"),
    ],
)
def test_prefixes(text, role, wanted):
    (line,) = read_markdown(text)
    assert (line.role, line.cells[0].text) == (role, wanted)
    start = line.cells[0].span().start
    assert text[start] == wanted[0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("**一、总体情况**", "一、总体情况"),
        ("*斜*与***粗斜***与__粗__", "斜与粗斜与粗"),
        ("`代码`", "代码"),
        ("甲\\*乙\\_丙\\|丁", "甲*乙_丙|丁"),
        ("甲\\乙", "甲\\乙"),
        ("见[附件一](http://a.example/x)与[](y)", "见附件一与"),
        ("图![图片](a.png)后", "图后"),
        ("甲&amp;乙&lt;&#19993;&ldquo;&nbsp;丁", "甲&乙<丙“\u00a0丁"),
        ("甲&bogusname;乙&", "甲&bogusname;乙&"),
        ("<b>甲</b><span style='x'>乙</span><sup>1</sup>", "甲乙1"),
        ("甲<br>乙<br/>丙", "甲\n乙\n丙"),
        ("1 < 2", "1 < 2"),
    ],
)
def test_inline(text, wanted):
    (line,) = read_markdown(text)
    (cell,) = line.cells
    assert cell.text == wanted
    assert misplaced(cell, text) == []


@pytest.mark.parametrize("text", ["共____件", "2 * 3", "甲 ** 乙"])
def test_what_is_no_emphasis_is_shown(text):
    """Marks between blanks, and underscores inside words, open no emphasis."""
    assert shown(text) == [[text]]


def test_a_lone_asterisk_is_a_mark_and_no_blank():
    assert shown("| 规章 | * | 0 |") == [["规章", "*", "0"]]


# ---------------------------------------------------------------- tables


def test_a_table():
    text = "| 信息内容 | 本年 |\n| :--- | ---: |\n| 规章 |  |\n| 行政许可 | 24 |\n"
    assert shown(text) == [["信息内容", "本年"], ["规章", ""], ["行政许可", "24"]]
    assert {line.kind for line in read_markdown(text)} == {"grid"}


@pytest.mark.parametrize("rule", ["|-|-|", "| - | - |", "|:-:|:-|", "-|-", "|---|---|"])
def test_the_second_row_draws_the_rule(rule):
    assert shown(f"| 甲 | 乙 |\n{rule}\n| 1 | 2 |") == [["甲", "乙"], ["1", "2"]]


def test_single_dashes_elsewhere_are_cells():
    assert shown("| 甲 | 乙 |\n|---|---|\n| - | - |\n| 1 | - |") == [["甲", "乙"], ["-", "-"], ["1", "-"]]


def test_a_second_table_has_its_own_second_row():
    text = "| 甲 | 乙 |\n|-|-|\n| 1 | 2 |\n\n| 丙 | 丁 |\n|-|-|\n| 3 | 4 |"
    assert shown(text) == [["甲", "乙"], ["1", "2"], ["丙", "丁"], ["3", "4"]]


def test_markup_in_cells():
    text = "| **规章** | 1<br>2 | `3` | &nbsp; | \\| |"
    (line,) = read_markdown(text)
    assert [cell.text for cell in line.cells] == ["规章", "1\n2", "3", "", "|"]
    assert [text[slice(*cell.span())] for cell in line.cells] == ["规章", "1<br>2", "3", "&nbsp;", "|"]


def test_blank_cells_have_an_empty_place():
    text = "| 规章 || 0 |"
    (line,) = read_markdown(text)
    assert line.cells[1].span() == Span(6, 6)


def test_embedded_html_tables():
    text = (
        "# 题\n\n前**文**\n\n<table>\n<tr><td rowspan=\"2\">甲</td><td>1&nbsp;</td></tr>\n<tr><td>2</td></tr>\n"
        "</table>\n\n后 | 文，其余各项见后面所列的全部说明\n<TABLE><TR><TD>乙</TD></TR></TABLE>尾"
    )  # fmt: skip
    lines = read_markdown(text)
    assert shown(text) == [
        ["题"],
        ["前文"],
        ["甲", "1"],
        ["2"],
        ["后", "文，其余各项见后面所列的全部说明"],
        ["乙"],
        ["尾"],
    ]
    assert lines[3].cells[0].grid is not None
    assert lines[3].cells[0].grid.column == 1
    for line in lines:
        for cell in line.cells:
            assert misplaced(cell, text) == []


def test_markdown_between_two_small_html_tables():
    text = "<table><tr><td>规章</td><td>1</td></tr></table>\n## **三**\n<table><tr><td>甲</td></tr></table>"
    lines = read_markdown(text)
    assert [(line.role, [cell.text for cell in line.cells]) for line in lines] == [
        ("body", ["规章", "1"]),
        ("heading", ["三"]),
        ("body", ["甲"]),
    ]


def test_an_embedded_table_that_is_never_closed():
    assert shown("前\n<table><tr><td>甲<td>乙\n<tr><td>丙<td>丁") == [["前"], ["甲", "乙"], ["丙", "丁"]]


def test_tables_in_embedded_tables():
    text = "<table><tr><td>外<table><tr><td>内<td>1</table></td></tr></table>\n后"
    assert shown(text) == [["外"], ["内", "1"], ["后"]]


def test_crlf():
    text = "# 题\r\n\r\n| 甲 | 乙 |\r\n|-|-|\r\n| 1 | 2 |\r\n## 尾 ##\r\n"
    assert shown(text) == [["题"], ["甲", "乙"], ["1", "2"], ["尾"]]
    document = read(text.encode(), "a.md")
    last = document.lines[-1].cells[0]
    assert document.source.position(last.span().start) == (6, 4)
    assert document.source.position(last.span().end) == (6, 5)


def test_page_numbers_and_rules_are_dropped():
    assert shown("甲\n\n— 3 —\n\n乙") == [["甲"], ["乙"]]


# ---------------------------------------------------------------- positions

PIECES = [
    "#", "##", "**", "*", "__", "`", "\\|", "\\*", "\\", "|", "\n", "\r\n", " ", "  ", "&nbsp;", "&lt;", "&", "<br>",
    "[#](x)", "[", "![#](y)", "<b>", "</b>", "<table><tr><td>#</td></tr></table>", "# ", "> ", "- ", "1", "-", "\t",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
@example(["| ", "**", "#", "<br>", "#", "**", " |", "\\|", "#"])
def test_every_character_stands_where_it_says(pieces):
    characters = iter(range(0x4E00, 0x9FFF))
    text = "".join(
        "".join(chr(next(characters)) if char == "#" and piece != "# " else char for char in piece) for piece in pieces
    )
    for line in read_markdown(text):
        for cell in line.cells:
            assert misplaced(cell, text) == []
            for i, char in enumerate(cell.text):
                if "\u4e00" <= char <= "\u9fff":
                    assert cell.span(i, i + 1).start == text.index(char)
