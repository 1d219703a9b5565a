"""RTF → lines: encodings, numbering, what is not shown, tables with merged and nested cells, limits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govlint.model.document import GridPlace
from govlint.model.errors import ReadError
from govlint.model.source import Place
from govlint.readers import read
from govlint.readers.rendering import Rendering
from govlint.readers.rtf import read_rtf

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f13\fnil\fcharset134{\*\falt SimSun}\'cb\'ce\'cc\'e5;}"
    r"{\f14\fnil\fcharset136 PMingLiU;}}{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}}"
)


def rtf(body: str, head: str = r"\ansi\ansicpg936\deff0\uc1") -> bytes:
    """A file of that body. Han characters are written as they stand, in GB18030."""
    return (r"{\rtf1" + head + FONTS + body + "}").encode("gb18030")


def escaped(text: str, encoding: str = "gb18030") -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def units(text: str, fallback: str = "?") -> str:
    data = text.encode("utf-16-le")
    codes = [int.from_bytes(data[i : i + 2], "little", signed=True) for i in range(0, len(data), 2)]
    return "".join(f"\\u{code}{fallback}" for code in codes)


def lines(body: str, head: str = r"\ansi\ansicpg936\deff0\uc1") -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in read_rtf(rtf(body, head)).lines]


def roles(rendering: Rendering) -> list[tuple[str, str]]:
    return [(line.role, line.cells[0].text) for line in rendering.lines]


# ---------------------------------------------------------------- characters


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        pytest.param(r"\f13 " + escaped("规章"), "规章", id="font-of-chinese"),
        pytest.param("规章", "规章", id="raw-bytes"),
        pytest.param(escaped("规章"), "规章", id="code-page"),
        pytest.param(escaped("规章").replace("\\", "\r\n\\"), "规章", id="broken-over-lines"),
        pytest.param("\\'b9\\'e6\\'d5{\\b \\'c2}", "规章", id="broken-over-groups"),
        pytest.param(r"\f14 " + escaped("規章", "big5") + r"\f13 " + escaped("规章"), "規章规章", id="two-fonts"),
        pytest.param(r"{\f14 " + escaped("規", "big5") + "}" + escaped("章"), "規章", id="font-ends-with-group"),
        pytest.param(units("规章"), "规章", id="unicode"),
        pytest.param(r"\uc2 " + units("规章", escaped("规")), "规章", id="unicode-two-bytes"),
        pytest.param(r"\uc0 " + units("规章", " "), "规章", id="unicode-no-fallback"),
        pytest.param(r"{\uc2 }" + units("规章"), "规章", id="fallback-ends-with-group"),
        pytest.param(r"\u35268 ?\u31456 ?", "规章", id="unicode-blank-behind"),
        pytest.param(r"{\u35268}?", "规?", id="fallback-ends-with-its-group"),
        pytest.param(r"\u8220\ldblquote\u35268?", "“规", id="fallback-is-a-word"),
        pytest.param(units("𠮷"), "𠮷", id="surrogates"),
        pytest.param(r"\u134071?", "𠮷", id="beyond-sixteen-bits"),
        pytest.param(r"\ldblquote a\rdblquote\emdash b\~c\_d\-e", "“a”—b\u00a0c-de", id="words-and-symbols"),
        pytest.param(r"\{\}\\", "{}\\", id="escapes"),
        pytest.param(r"a\'05b\u5?c", "abc", id="control-characters"),
        pytest.param(r"\f99 " + escaped("规"), "规", id="font-that-is-not-there"),
        pytest.param(r"a{\upr{b}{\*\ud{\u35268?}}}", "a规", id="unicode-alternative"),
    ],
)
def test_characters(body, wanted):
    assert lines(body) == [[wanted]]


@pytest.mark.parametrize("head", [r"\ansi\ansicpg1252", r"\ansi", ""])
def test_chinese_bytes_under_a_western_code_page(head):
    assert lines(escaped("规章共3件"), head) == [["规章共3件"]]
    assert lines(r"caf\'e9 \'93a\'94", head) == [["café “a”"]]


# ---------------------------------------------------------------- what is shown


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        pytest.param(r"a{\*\unknown b{c}}d", "ad", id="unknown-destination"),
        pytest.param(r"a{\*\shppict{\pict\bin5 }}}}}}}b", "ab", id="picture-with-bytes"),
        pytest.param(r"a{\v b}c{\deleted d}e\v f\v0 g", "aceg", id="hidden-and-deleted"),
        pytest.param(r"a{\field{\*\fldinst PAGE b}{\fldrslt c}}d", "acd", id="field"),
        pytest.param(r"a{\info{\title b}}c", "ac", id="info"),
        pytest.param(r"{\listtext\pard\plain\f13 " + escaped("一、") + r"\tab}" + "总体", "一、总体", id="numbering"),
        pytest.param(r"{\pntext\f0 1.\tab}a", "1.a", id="old-numbering"),
        pytest.param(r"a{\object{\*\objdata 0102}{\result b}}c", "abc", id="object"),
        pytest.param(r"a\plain{\v b\plain c}", "ac", id="plain-shows-again"),
    ],
)
def test_what_is_shown(body, wanted):
    assert lines(body) == [[wanted]]


def test_paragraphs_and_line_breaks():
    rendering = read_rtf(rtf("甲\\par\n\\par 乙\\line 丙\\\n丁\\sect 戊"))
    assert [line.cells[0].text for line in rendering.lines] == ["甲", "乙", "丙", "丁", "戊"]
    assert rendering.text == "甲\n乙\n丙\n丁\n戊\n"
    assert [place.paragraph for _, place in rendering.places] == [1, 3, 3, 4, 5]


def test_text_boxes_stand_before_their_paragraph_once():
    box = r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt 框\par}}{\shprslt{\*\do{\dptxbxtext 框\par}}}}"
    assert lines("甲" + box + r"乙\par") == [["框"], ["甲乙"]]


def test_running_heads_and_notes_have_roles():
    body = r"{\header 眉\par}{\footer 第\chpgn 页\par}甲{\footnote 注\par}乙\par\sect{\header 眉\par}丙"
    assert roles(read_rtf(rtf(body))) == [("header", "眉"), ("body", "甲乙"), ("body", "丙"), ("note", "注")]


# ---------------------------------------------------------------- tables


def row(cells: str, define: str, end: str = r"\row ") -> str:
    return r"\trowd\trleft-108" + define + r"\pard\intbl " + cells.replace("|", r"\cell ") + end


def test_cells_have_places_in_a_grid():
    body = (
        "前\\par "
        + row("规章|1||", r"\cellx1000\cellx2000\cellx3000")
        + row("行政|2|", r"\cellx1030\cellx3010")
        + r"\pard 后\par"
    )
    rendering = read_rtf(rtf(body))
    assert [[cell.text for cell in line.cells] for line in rendering.lines] == [
        ["前"], ["规章", "1", ""], ["行政", "2"], ["后"],
    ]  # fmt: skip
    assert [cell.grid for cell in rendering.lines[1].cells] == [GridPlace(0, 0, column) for column in range(3)]
    assert [cell.grid for cell in rendering.lines[2].cells] == [GridPlace(0, 1, 0), GridPlace(0, 1, 1, 1, 2)]
    assert [place for _, place in rendering.places][1:-1] == [
        Place(table=1, row=1, cell=1), Place(table=1, row=1, cell=2), Place(table=1, row=1, cell=3),
        Place(table=1, row=2, cell=1), Place(table=1, row=2, cell=2),
    ]  # fmt: skip
    assert rendering.places[-1][1].paragraph == 2


def test_merged_cells_come_once():
    three = r"\cellx1000\cellx2000\cellx3000"
    body = (
        row("组|甲|1|", r"\clvmgf" + three)
        + row("|乙|2|", r"\clvmrg" + three)
        + row("丙||3|", r"\clmgf\cellx1000\clmrg\cellx2000\cellx3000")
    )
    first, second, third = read_rtf(rtf(body)).lines
    assert [cell.text for cell in first.cells] == ["组", "甲", "1"]
    assert first.cells[0].grid == GridPlace(0, 0, 0, 2, 1)
    assert [(cell.text, cell.grid) for cell in second.cells] == [("乙", GridPlace(0, 1, 1)), ("2", GridPlace(0, 1, 2))]
    assert [(cell.text, cell.grid.column, cell.grid.column_span) for cell in third.cells] == [("丙", 0, 2), ("3", 2, 1)]


def test_slivers_are_no_columns():
    body = row("甲||1|", r"\cellx1000\cellx1020\cellx2000") + row("乙|2|", r"\cellx1010\cellx2000")
    assert [[cell.grid.column for cell in line.cells] for line in read_rtf(rtf(body)).lines] == [[0, 1], [0, 1]]


def test_rows_that_define_nothing_have_columns_by_number():
    body = r"\pard\intbl 甲\cell 1\cell\row\pard\intbl 乙\cell 2\cell\row"
    assert [[cell.grid.column for cell in line.cells] for line in read_rtf(rtf(body)).lines] == [[0, 1], [0, 1]]


def test_rows_may_be_defined_at_their_end_and_cells_forget_that_they_are_cells():
    body = r"\trowd\cellx1000\cellx2000\pard 甲\par 乙\cell\pard 1\cell\trowd\cellx1000\cellx2000\row\pard 后\par"
    assert lines(body) == [["甲\n乙", "1"], ["后"]]


def test_a_row_of_running_text_is_layout():
    body = row("甲" * 201 + "|乙|", r"\cellx1000\cellx2000") + row(r"一\par 二|", r"\cellx1000")
    rendering = read_rtf(rtf(body))
    assert [line.kind for line in rendering.lines] == ["plain"] * 4
    assert rendering.places[0][1] == Place(table=1, row=1, cell=1)


def test_nested_tables_flatten_the_row_that_holds_them():
    inner = (
        r"\pard\intbl\itap2 规章\nestcell{\nonesttables\par}1\nestcell{\nonesttables\par}"
        r"{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}{\nonesttables\par}"
    )
    body = r"\trowd\cellx1000\cellx2000\pard\intbl 前\par " + inner + r"\pard\intbl 后\cell 右\cell\row\pard 完\par"
    assert lines(body) == [["前"], ["规章", "1"], ["后"], ["右"], ["完"]]


def test_text_boxes_in_cells():
    body = row(r"甲{\shp{\*\shpinst{\shptxt 框\par}}}乙|1|", r"\cellx1000\cellx2000")
    assert lines(body) == [["框\n甲乙", "1"]]


# ---------------------------------------------------------------- hostile and damaged files


def test_a_file_that_is_cut_off_is_read_as_far_as_it_goes():
    whole = rtf("标题\\par " + row("规章|1|", r"\cellx1000\cellx2000") + row("行政|2|", r"\cellx1000\cellx2000"))
    cut = whole[: whole.rindex(b"\\row")]
    assert [[cell.text for cell in line.cells] for line in read_rtf(cut).lines][:2] == [["标题"], ["规章", "1"]]
    assert "行政" in read_rtf(cut).text
    for end in range(0, len(whole), 7):
        read_rtf(whole[:end])


def test_nothing_after_the_last_brace_is_read():
    assert [line.cells[0].text for line in read_rtf(rtf("甲") + b"\0\0 x}{y").lines] == ["甲"]


@pytest.mark.parametrize("opening", [b"{", b"{\\b", b"{\\*\\x{", b"{\\shptxt "])
def test_groups_too_deep(opening):
    with pytest.raises(ReadError) as error:
        read_rtf(b"{\\rtf1 " + opening * 10_001)
    assert (error.value.reason, error.value.params) == ("too_deep", {"limit": 10_000})


@pytest.mark.parametrize(
    "unit", ["\\'d6", "{}", "\\cell", "\\cell\\row", "\\par ", "\\cellx9 ", "\\itap99 a\\nestcell\\nestrow "]
)
def test_long_files_take_no_longer_than_they_are(unit):
    read_rtf(rtf(r"\intbl " + unit * 5_000))


def test_absurdly_many_cells():
    with pytest.raises(ReadError) as error:
        read_rtf(rtf("\\cell\n" * 200_001))
    assert error.value.reason == "too_many_cells"


SAMPLE = rtf(
    r"{\header 眉\par}{\listtext 一、\tab}总体\par "
    + row(r"规章{\shp{\*\shpinst{\shptxt 框}}}|1|", r"\clvmgf\cellx1000\clmgf\cellx2000")
    + r"{\footnote 注}{\field{\*\fldinst X}{\fldrslt \u35268?}}"
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.binary(max_size=4)), max_size=6))
def test_damaged_bytes_are_read_or_refused(changes):
    data = bytearray(SAMPLE)
    for at, new in changes:
        data[at : at + len(new)] = new
    try:
        rendering = read_rtf(bytes(data))
    except ReadError:
        return
    for line in rendering.lines:
        for cell in line.cells:
            assert rendering.text[slice(*cell.span())].split() == cell.text.split()


WORDS = (
    r"{ } \cell \row \trowd \cellx100 \cellx9 \par \intbl \pard \itap2 \nestcell {\*\nesttableprops \nestrow \clvmrg "
    r"\clmrg \u-3? \'d6 \uc3 {\shptxt {\header {\footnote {\*\x \v \bin3 甲"
).split(" ")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_order_of_words_is_read(words):
    read_rtf(rtf(" ".join(words)))


def test_through_read():
    document = read(rtf("标题\\par " + row("规章|1|", r"\cellx1000\cellx2000")), "a.doc")
    assert document.source.kind == "rtf"
    assert [cell.text for cell in document.lines[1].cells] == ["规章", "1"]
    assert document.source.place(document.lines[1].cells[1].span().start) == Place(table=1, row=1, cell=2)
    with pytest.raises(ReadError) as error:
        read(rtf(""), "a.rtf")
    assert error.value.reason == "empty"
