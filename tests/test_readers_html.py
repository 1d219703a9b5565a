"""HTML → lines as a browser shows the page, each character at its place in the source."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from judge.case import LAYOUTS, make_case

from govlint.model.document import Cell, Line
from govlint.model.errors import ReadError
from govlint.readers import read
from govlint.readers.html import read_html

HAN = re.compile("[\u4e00-\u9fff]")


def shown(markup: str) -> list[str | list[str]]:
    """Paragraphs as text, rows of a grid as the list of their cells."""
    return [
        [cell.text for cell in line.cells] if line.kind == "grid" else " ".join(cell.text for cell in line.cells)
        for line in read_html(markup)
    ]


def roles(markup: str) -> list[tuple[str, str]]:
    return [(line.role, " ".join(cell.text for cell in line.cells)) for line in read_html(markup)]


def misplaced(cell: Cell, source: str) -> list[tuple[str, str]]:
    """Characters of a cell whose place shows neither them nor an entity or escape for them."""
    start, end = cell.span()
    if source[start:end] == cell.text:
        return []
    wrong = []
    for i, char in enumerate(cell.text):
        if char.isspace():
            continue
        there = source[slice(*cell.span(i, i + 1))]
        if there != char and html.unescape(there) != char and html.unescape(f"{there};") != char:
            wrong.append((char, there))
    return wrong


def check_places(lines: list[Line] | tuple[Line, ...], source: str) -> None:
    for line in lines:
        for cell in line.cells:
            assert misplaced(cell, source) == []


# ---------------------------------------------------------------- torture

TORTURE = {
    "unclosed td and tr": (
        "<table><tr><td>甲<td rowspan=2>乙<tr><td>丙</table>",
        [["甲", "乙"], ["丙"]],
    ),
    "unclosed p": (
        "<table><tr><td><p>甲<td><p>乙<p>丙</tr><tr><td>丁</td><td>戊</td></tr></table><p>后<p>末",
        [["甲", "乙\n丙"], ["丁", "戊"], "后", "末"],
    ),
    "nested unclosed": (
        "<table><tr><td>外一<table><tr><td>内一<td>内二</table><td>外二</table>",
        ["外一", ["内一", "内二"], "外二"],
    ),
    "foster-parented text": (
        "<table>走失<tr>又走失<td>甲</td></tr></table>后",
        ["走失又走失", ["甲"], "后"],
    ),
    "foster-parented element": (
        "<table><tr><td>甲</td></tr><p>段<table><tr><td>乙</td></tr></table>",
        ["段", ["甲"], ["乙"]],
    ),
    "td outside a table": ("<div><td>孤</td></div>", ["孤"]),
    "less-than in text": (
        "<table><tr><td>1 < 2</td><td>5<6</td><td>甲 <<乙</td></tr></table>",
        [["1 < 2", "5<6", "甲 <<乙"]],
    ),
    "mso conditional comments": (
        "<!--[if gte mso 9]><xml><w:x><td>假</td></w:x></xml><![endif]--><table><tr>"
        "<td><![if !supportLists]>1.<![endif]>甲<o:p></o:p></td><td><o:p>&nbsp;</o:p></td></tr></table>",
        [["1.甲", ""]],
    ),
    "entities without semicolon": (
        "<table><tr><td>甲&nbsp乙&#19993&ldquo;丁&amp戊&copy</td></tr></table>",
        [["甲\u00a0乙丙“丁&戊©"]],
    ),
    "greater-than in attributes": (
        "<table><tr><td title='a>b' colspan=2 alt=\"</td>\">甲</td></tr></table>",
        [["甲"]],
    ),
    "upper case": (
        "<TABLE><TR><TD ROWSPAN='2' rowspan=9>甲</TD><Th>乙</tH></TR></TABLE>",
        [["甲", "乙"]],
    ),
    "script, style, textarea, title": (
        "<title><td>题</td></title><script>var s='<td>假</td>'</script><style>td{content:'假'}</style>"
        "<table><tr><td>甲</td></tr></table><textarea><td>框</td></textarea><noscript>假</noscript>",
        ["<td>题</td>", ["甲"], "<td>框</td>"],
    ),
    "unclosed quote": (
        '<table><tr><td title="x>甲</td><td title="y">乙</td></tr></table>',
        [["乙"]],
    ),
    "unclosed quote to the end": ('前<table><tr><td style="x>甲</td></tr></table>', ["前"]),
    "thead and tfoot": (
        "<table><thead><tr><th>头</thead><tbody><tr><td>甲</tbody><tfoot><tr><td>尾</table>",
        [["头"], ["甲"], ["尾"]],
    ),
    "bold across cells": (
        "<table><tr><td><b>甲</td><td>乙</b></td></tr></table>",
        [["甲", "乙"]],
    ),
    "stray end tags": (
        "</td></tr><table></p><tr></div><td>甲</span></td></tr></table></table></body>后</html>",
        [["甲"], "后"],
    ),
    "cdata": ("<table><tr><td><![CDATA[甲]]>乙</td></tr></table>", [["乙"]]),
    "odd comments": (
        "<table><!-- 假 --!><tr><td>甲</td></tr></table><!--><table><tr><td>乙</td></tr></table><!假><?假?>丙",
        [["甲"], ["乙"], "丙"],
    ),
    "caption and colgroup": (
        "<table><caption>表题</caption><colgroup><col><col></colgroup><tr><td>甲<td>乙</table>",
        ["表题", ["甲", "乙"]],
    ),
    "select and options": (
        "<select><option>二〇一九<option>二〇二〇</select><p>甲",
        ["甲"],
    ),
    "form feed and tabs are blanks": ("<p>甲\f\t\n乙</p>", ["甲 乙"]),
    "line breaks": ("<p>甲<br>乙<br/>丙<BR CLEAR=all>丁</p>", ["甲", "乙", "丙", "丁"]),
    "line breaks in a cell": ("<table><tr><td>甲<br>乙</td><td>1</td></tr></table>", [["甲\n乙", "1"]]),
    "preformatted": ("<pre>\n甲\n  乙\n\n丙</pre>", ["甲", "乙", "丙"]),
    "pipes in running text": ("<p>首页 | 概况 | 公开</p>", ["首页 | 概况 | 公开"]),
    "block inside inline": ("<span>甲<div>乙</div>丙</span>", ["甲", "乙", "丙"]),
    "list items": ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
    "page number": ("<p>甲</p><p>— 3 —</p><p>乙</p>", ["甲", "乙"]),
}


@pytest.mark.parametrize("name", TORTURE)
def test_torture(name):
    markup, wanted = TORTURE[name]
    assert shown(markup) == wanted
    check_places(read_html(markup), markup)


def test_nul_and_control_characters():
    markup = "<table><tr><td>甲\x00\x0b乙\x01丙</td></tr></table>"
    (line,) = read_html(markup)
    assert "".join(HAN.findall(line.cells[0].text)) == "甲乙丙"
    for i, char in enumerate(line.cells[0].text):
        if HAN.match(char):
            assert markup[slice(*line.cells[0].span(i, i + 1))] == char


@pytest.mark.parametrize(
    "markup",
    [
        "<b>零<p>零</b>零</p>零",
        "<p><b>零<p>零</b>零<p>零",
        "<a href=x>零<a href=y>零</a>零<p>零",
        "<i>零<b>零</i>零</b>零",
        "<b><table><tr><td>零<td>零</b>零</table>零",
        "<div><p>零<div>零</p>零</div>零",
        "<table>零<tr><td>零</td></tr></table>零",
        "<table><tr><td>零</td></tr>零</table>零",
        "<table><tr><td>零</td>零<td>零</td></tr></table>",
        "<table><b>零<tr><td>零</td></tr>零</table>零",
    ],
)
def test_equal_texts_are_told_apart(markup):
    """Formatting that crosses blocks is cloned and text is moved; each character still has a place of its own."""
    places = [
        cell.span(i, i + 1)
        for line in read_html(markup)
        for cell in line.cells
        for i, char in enumerate(cell.text)
        if char == "零"
    ]
    assert sorted(place.start for place in places) == [match.start() for match in re.finditer("零", markup)]
    cells = re.compile(r"<td>零")
    in_cells = {match.end() - 1 for match in cells.finditer(markup)}
    grid = [cell for line in read_html(markup) if line.kind == "grid" for cell in line.cells]
    assert in_cells <= {cell.span(i, i + 1).start for cell in grid for i in range(len(cell.text))}


def test_hostile_nesting_is_read_in_one_pass():
    markup = "<div>" * 30_000 + "甲" + "<b><p>" * 300 + "乙"
    assert shown(markup)[0] == "甲"
    check_places(read_html(markup), markup)


# ---------------------------------------------------------------- the grid


def geometry(markup: str) -> list[list[tuple[str, int, int, int, int]]]:
    rows = []
    for line in read_html(markup):
        row = []
        for cell in line.cells:
            assert cell.grid is not None
            row.append((cell.text, cell.grid.row, cell.grid.column, cell.grid.row_span, cell.grid.column_span))
        rows.append(row)
    return rows


def test_spans():
    assert geometry(
        "<table><tr><td rowspan=3 colspan=2>甲<td colspan=2>乙<td rowspan=2>丙"
        "<tr><td>丁<td>戊"
        "<tr><td>己<td>庚<td>辛"
        "<tr><td>壬</table>"
    ) == [
        [("甲", 0, 0, 3, 2), ("乙", 0, 2, 1, 2), ("丙", 0, 4, 2, 1)],
        [("丁", 1, 2, 1, 1), ("戊", 1, 3, 1, 1)],
        [("己", 2, 2, 1, 1), ("庚", 2, 3, 1, 1), ("辛", 2, 4, 1, 1)],
        [("壬", 3, 0, 1, 1)],
    ]


def test_cells_fill_the_holes_between_spans():
    assert geometry("<table><tr><td>甲<td rowspan=2>乙<td>丙<td rowspan=2>丁<tr><td>戊<td>己<td>庚</table>")[1] == [
        ("戊", 1, 0, 1, 1), ("己", 1, 2, 1, 1), ("庚", 1, 4, 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["", "x", "-2", "1.5", "0", "１"])
def test_odd_column_spans_are_one(written):
    assert geometry(f"<table><tr><td colspan='{written}'>甲<td>乙</table>")[0][1][2] == 1


def test_huge_spans_are_cut():
    ((first, second),) = geometry("<table><tr><td rowspan=99999 colspan=99999>甲<td colspan=1000>乙</table>")
    assert first[4] == 1000
    assert second[2] == 1000


def test_rowspan_zero_reaches_to_the_end_of_its_group():
    """So browsers show it: zero means all further rows of the group."""
    rows = geometry("<table><tbody><tr><td rowspan=0>甲<td>乙<tr><td>丙<tr><td>丁<tbody><tr><td>戊</table>")
    assert [row[0][2] for row in rows[1:]] == [1, 1, 0]


def test_spans_do_not_leave_their_table():
    rows = geometry("<table><tr><td rowspan=5>甲</table><table><tr><td>乙</table>")
    assert rows[1] == [("乙", 0, 0, 1, 1)]


def test_tables_are_numbered():
    lines = read_html("<table><tr><td>甲<tr><td>乙</table><table><tr><td>丙</table>")
    assert [line.cells[0].grid.table for line in lines if line.cells[0].grid] == [0, 0, 1]


def test_an_absurd_grid_is_refused():
    markup = "<table>" + "<tr>" + "<td colspan=1000>甲" * 2100 + "</table>"
    with pytest.raises(ReadError) as error:
        read(markup.encode(), "a.html")
    assert (error.value.path, error.value.reason) == ("a.html", "too_many_cells")


# ---------------------------------------------------------------- layout tables, blank cells, roles


def test_layout_tables_are_flattened_to_the_innermost():
    markup = (
        "<table><tr><td>栏目</td><td><table><tr><td><p>某报告</p><p>一、总体情况</p>"
        "<table><tr><td>规章</td><td>1</td></tr></table><p>后文</p></td></tr></table></td></tr></table>"
    )
    assert shown(markup) == ["栏目", "某报告", "一、总体情况", ["规章", "1"], "后文"]
    assert read_html(markup)[3].cells[0].grid == (2, 0, 0, 1, 1)


def test_a_cell_of_running_text_is_layout():
    markup = f"<table><tr><td>{'字' * 201}</td><td>旁</td></tr></table>"
    assert [line.kind for line in read_html(markup)] == ["plain", "plain"]
    markup = f"<table><tr><td>{'字' * 200}</td><td>旁</td></tr></table>"
    assert [line.kind for line in read_html(markup)] == ["grid"]


def test_one_cell_of_several_paragraphs_is_layout():
    assert shown("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>") == ["甲", "乙"]


def test_blank_cells_are_cells():
    markup = "<table><tr><td>规章</td><td></td><td > </td><td><o:p></o:p></td><td>&nbsp;</td><td>0</td><td></td></tr>"
    (line,) = read_html(markup)
    assert [cell.text for cell in line.cells] == ["规章", "", "", "", "", "0", ""]
    behind = [match.end() for match in re.finditer(r"<td ?>", markup)]
    for number in (1, 2, 3, 6):
        start, end = line.cells[number].span()
        assert (start, end) == (behind[number], behind[number])
    assert markup[slice(*line.cells[4].span())] == "&nbsp;"


def test_rows_of_blank_cells_and_rows_without_cells():
    assert shown("<table><tr><td></td><td></td></tr><tr></tr><tr><td>甲</td></tr></table>") == [["", ""], ["甲"]]


def test_roles():
    assert roles(
        "<title>某报告</title><a href=x>首页</a><h2>一、<a href=y>总体</a>情况</h2><p>见<a href=z>附件</a></p>"
        "<ul><li><a href=u>往年报告</a></li></ul><h6>小题</h6><p><a name=k></a>正文</p>"
    ) == [
        ("title", "某报告"),
        ("link", "首页"),
        ("heading", "一、总体情况"),
        ("body", "见附件"),
        ("link", "往年报告"),
        ("heading", "小题"),
        ("body", "正文"),
    ]


def test_text_behind_a_heading_is_no_heading():
    assert roles("<h2>题</h2>文<h3>题<p>段</p></h3>文")[1] == ("body", "文")
    assert roles("<h3>题<p>段</p></h3>文")[-1] == ("body", "文")


def test_blanks_of_markup_are_one_blank():
    markup = "<p>  甲 \n\t 乙&nbsp;&nbsp;</p>"
    (line,) = read_html(markup)
    assert line.cells[0].text == "甲 乙"
    start, end = line.cells[0].span(1, 2)
    assert markup[start:end] == " \n\t "


def test_wide_blanks_part_cells():
    (line,) = read_html("<p>发布机构：青石县林草局&nbsp;&nbsp;&nbsp;发布日期：2024-01-20</p>")
    assert [cell.text for cell in line.cells] == ["发布机构：青石县林草局", "发布日期：2024-01-20"]
    assert line.kind == "gaps"


def test_a_fragment_knows_its_offset():
    source = "前言\r\n<table><tr><td>甲&amp;</td><td></td></tr></table>"
    at = source.index("<table")
    (line,) = read_html(source[at:], at)
    assert source[slice(*line.cells[0].span())] == "甲&amp;"
    assert line.cells[1].span().start == source.index("</td></tr>")


def test_crlf_keeps_every_place():
    markup = "<p>甲\r\n乙\r\n\r\n丙</p>\r\n<table>\r\n<tr><td>丁\r\n</td></tr></table>"
    check_places(read_html(markup), markup)
    document = read(markup.encode(), "a.html")
    position = document.source.position
    assert [tuple(position(cell.span().start)) for line in document.lines for cell in line.cells] == [(1, 4), (6, 9)]


def test_a_number_behind_nbsp_without_semicolon_has_its_own_place():
    markup = "<table><tr><td>规章</td><td>&nbsp12</td></tr></table>"
    (line,) = read_html(markup)
    assert line.cells[1].text == "12"
    assert markup[slice(*line.cells[1].span())] == "12"


@pytest.mark.parametrize("head", ["<style>p{}</style>", "<script>x</script>", "<title>题</title>", "<meta charset=x>"])
def test_text_right_behind_the_head_of_a_fragment_has_its_place(head):
    """The blanks before it stay in the head, the text opens the body."""
    markup = f"{head}\r\n甲<p>乙</p>\r\n<p>丙</p>"
    check_places(read_html(markup), markup)
    shown_at = {cell.text: cell.span().start for line in read_html(markup) for cell in line.cells}
    assert {char: shown_at[char] for char in "甲乙丙"} == {char: markup.index(char) for char in "甲乙丙"}


def test_astral_characters_count_once():
    markup = "<p>𠮷𠮷甲</p><p>乙</p>"
    check_places(read_html(markup), markup)
    assert read_html(markup)[1].cells[0].span().start == markup.index("乙")


# ---------------------------------------------------------------- properties

BLOCKS = ["<p>", "</p>", "<div>", "</div>", "<br>", "<h2>", "</h2>", "<ul><li>", "</ul>", "\r\n", " ", "  \n"]
INLINE = ["<span>", "</span>", "<b>", "</b>", "<i>", "</i>", "<a href=x>", "</a>", "<FONT color='>'>", "</font>"]
TABLES = ["<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th colspan=2>", "<td rowspan=2>", "<tbody>"]
WORDS = ["#", "##", "# #", "&nbsp;", "&nbsp#", "&lt;", "&amp;", "&#65;", "&ldquo;", "\u00a0", "|", "<", "&", "1"]
HIDDEN = ["<!-- x -->", "<!--[if mso]>x<![endif]-->", "<![if x]>", "<script>'</b>'</script>", "<o:p></o:p>"]


def fill(soup: list[str]) -> str:
    """Each ``#`` becomes a Han character that stands nowhere else."""
    characters = iter(range(0x4E00, 0x9FFF))
    return re.sub("#(?!65;)", lambda _: chr(next(characters)), "".join(soup))


def check_soup(markup: str) -> list[str]:
    """Every Han character is shown once, at its place; returns them in the order shown."""
    order = []
    for line in read_html(markup):
        for cell in line.cells:
            assert misplaced(cell, markup) == []
            for i, char in enumerate(cell.text):
                if HAN.match(char):
                    assert cell.span(i, i + 1).start == markup.index(char)
                    order.append(char)
    assert sorted(order) == sorted(HAN.findall(markup))
    return order


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*BLOCKS, *INLINE, *TABLES, *WORDS, *WORDS, *HIDDEN]), max_size=25))
@example(["<table>", "#", "<tr>", "<td>", "#", "<b>", "#", "<table>", "#", "</b>", "#", "</table>", "#"])
@example(["<b>", "#", "<p>", "#", "</b>", "#", "<!-- x -->", "#", "</p>", "&nbsp#"])
def test_every_character_of_any_soup_is_shown_at_its_place(soup):
    check_soup(fill(soup))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*BLOCKS, *INLINE, *WORDS, *WORDS, *HIDDEN]), max_size=25))
def test_text_outside_tables_keeps_its_order(soup):
    markup = fill(soup)
    assert check_soup(markup) == HAN.findall(markup)


TEXTS = st.lists(st.sampled_from(["#", "##", " ", "&nbsp;", "<br>", "&lt;", "\r\n", "<!-- x -->"]), max_size=4).map(
    "".join
)


def nest(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    parts = st.lists(inner, min_size=1, max_size=3)
    closed = st.sampled_from(["p", "div", "span", "b", "em", "center", "blockquote"])
    row = st.lists(inner, min_size=1, max_size=3).map(lambda cells: "<tr><td>" + "</td><td>".join(cells) + "</td></tr>")
    unclosed = st.lists(inner, min_size=1, max_size=3).map(lambda cells: "<tr><td>" + "<td>".join(cells))
    table = st.lists(row | unclosed, min_size=1, max_size=3).map(lambda rows: f"<table>\r\n{''.join(rows)}\r\n</table>")
    return (
        st.tuples(closed, parts).map(lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>")
        | parts.map(lambda texts: "<p>" + "<p>".join(texts))
        | table
    )


@settings(max_examples=150, deadline=None)
@given(st.recursive(TEXTS, nest, max_leaves=12))
def test_every_character_of_a_nested_page_is_shown_in_order_at_its_place(page):
    markup = fill([page])
    assert check_soup(markup) == HAN.findall(markup)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_character_of_made_reports_stands_where_it_says(layout):
    for seed in range(20):
        case = make_case(seed, layout, charset="right")
        document = read(case.data, f"a{case.suffix}")
        assert document.source.text == case.text
        check_places(document.lines, case.text)
