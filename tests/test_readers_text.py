"""Plain text → lines: kinds, blank cells, what is dropped, positions."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govlint.model.document import Document, Line
from govlint.model.source import Source, Span
from govlint.readers import read
from govlint.readers.text import read_text


def shown(text: str) -> list[tuple[str, list[str]]]:
    return [(line.kind, [cell.text for cell in line.cells]) for line in read_text(text)]


def only(text: str) -> Line:
    (line,) = read_text(text)
    return line


def cells(text: str) -> list[str]:
    return [cell.text for cell in only(text).cells]


# ---------------------------------------------------------------- kinds and cells


def test_kinds():
    assert shown("青石县林草局\n\n规章\t1\t2\n行政许可   24\n| 甲 | 乙 |\n全年 公开") == [
        ("plain", ["青石县林草局"]),
        ("grid", ["规章", "1", "2"]),
        ("gaps", ["行政许可", "24"]),
        ("grid", ["甲", "乙"]),
        ("plain", ["全年 公开"]),
    ]
    assert {line.role for line in read_text("一\n二\t三")} == {"body"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("规章\t\t0\t", ["规章", "", "0", ""], id="tabs-inner-and-trailing"),
        pytest.param("规章\t0\t\t\t", ["规章", "0", "", "", ""], id="tabs-trailing"),
        pytest.param("\t规章\t0", ["", "规章", "0"], id="tabs-leading"),
        pytest.param("\t\t\t\t", ["", "", "", "", ""], id="tabs-row-of-blanks"),
        pytest.param("| 规章 |  | 0 |", ["规章", "", "0"], id="pipes-framed"),
        pytest.param("|规章|0||", ["规章", "0", ""], id="pipes-framed-trailing-blank"),
        pytest.param("规章 | 0 |  | 1", ["规章", "0", "", "1"], id="pipes-unframed"),
        pytest.param("规章｜0│1", ["规章", "0", "1"], id="pipes-of-other-sorts"),
        pytest.param("  | 规章 | 0 |  ", ["规章", "0"], id="pipes-indented"),
        pytest.param("规章 \u3000\t 0\u00a0", ["规章", "0"], id="blanks-at-the-edges"),
        pytest.param("规章　　　0  \u00a0 1", ["规章", "0", "1"], id="wide-gaps"),
        pytest.param("规章 0 1", ["规章 0 1"], id="single-blanks"),
        pytest.param("| 甲\\|乙 | 0 |", ["甲\\|乙", "0"], id="escaped-pipe"),
    ],
)
def test_cells(text, wanted):
    assert cells(text) == wanted


@pytest.mark.parametrize("text", ["", "\n\n", "   \n\u3000\u3000\n", "\t\n", "\t\t\t\n", "\r\n\r\n"])
def test_blank_lines_are_none(text):
    assert read_text(text) == []


# ---------------------------------------------------------------- what is dropped


@pytest.mark.parametrize(
    "text", ["— 1 —", "- 12 -", "－３－", "— 1—", "  —  7  —  ", "第3页", "第 3 页 共 9 页", "Page 2 of 9", "―2―"]
)
def test_page_numbers_are_dropped(text):
    assert read_text(f"前\n{text}\n后")[1].cells[0].text == "后"


@pytest.mark.parametrize("text", ["12", "-3", "- 3", "—", "——", "1-2", "第3页所列", "/", "-", "0"])
def test_what_only_resembles_page_numbers_stays(text):
    assert cells(text) == [text]


@pytest.mark.parametrize(
    "text", ["|---|:---:|", "| --- | --- |", "+---+|---+", "---\t---\t---", "├──┼──┤│", "|———|———|", "|===|===|"]
)
def test_rule_rows_are_dropped(text):
    assert read_text(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("| - | - | - |", ["-", "-", "-"]),
        ("-\t-\t-", ["-", "-", "-"]),
        ("| —— | —— |", ["——", "——"]),
        ("| --- | 3 |", ["---", "3"]),
        ("规章\t---", ["规章", "---"]),
    ],
)
def test_rows_of_marks_stay(text, wanted):
    assert cells(text) == wanted


# ---------------------------------------------------------------- lines and positions


def test_crlf():
    text = "规章\t1\t\r\n\r\n行政许可\t24\r\n"
    first, second = read_text(text)
    assert [cell.text for cell in first.cells] == ["规章", "1", ""]
    assert second.cells[1].span() == Span(14, 16)
    assert text[14:16] == "24"


@pytest.mark.parametrize("char", ["\f", "\x85", "\u2028", "\u2029", "\v", "\r"])
def test_only_line_feeds_end_lines(char):
    assert len(read_text(f"甲{char}乙\n丙")) == 2
    source = Source("a", "a", f"甲{char}乙\n丙", "text")
    assert source.position(4) == (2, 1)


def test_the_last_line_needs_no_end():
    assert shown("甲\n乙") == shown("甲\n乙\n")


def test_literal_nbsp_is_blank_and_offsets_stay():
    text = "行政许可&nbsp;&nbsp;24\n规章&NBSP;\t3"
    first, second = read_text(text)
    assert [cell.text for cell in first.cells] == ["行政许可", "24"]
    assert text[slice(*first.cells[1].span())] == "24"
    assert [cell.text for cell in second.cells] == ["规章", "3"]
    assert text[slice(*second.cells[1].span())] == "3"


def test_other_entities_stay_as_they_are():
    assert cells("甲&amp;乙") == ["甲&amp;乙"]


def test_a_blank_cell_has_an_empty_place_between_its_separators():
    text = "规章\t\t0\t\n行政许可\t  \t1"
    first, second = read_text(text)
    assert first.cells[1].span() == Span(3, 3)
    assert first.cells[3].span() == Span(6, 6)
    start, end = second.cells[1].span()
    assert start == end
    assert text.index("\t", 7) < start <= text.rindex("\t")


def test_trailing_blanks_of_lines_are_in_no_span():
    (line,) = read_text("   规章  \u3000")
    assert line.cells[0].span() == Span(3, 5)


ALPHABET = "甲乙丙12 \t|\n\r\u3000\u00a0&nbsp;-—#\\、（\f"


@settings(max_examples=200, deadline=None)
@given(st.text(ALPHABET, max_size=60))
@example("甲\r\n|乙||\r\n")
def test_every_character_stands_where_it_says(text):
    previous = 0
    for line in read_text(text):
        for cell in line.cells:
            start, end = cell.span()
            assert previous <= start <= end <= len(text)
            previous = end
            assert text[start:end] == cell.text or "&nbsp;" in text[start:end]
            for i, char in enumerate(cell.text):
                if not char.isspace():
                    assert text[slice(*cell.span(i, i + 1))] == char


@settings(max_examples=100, deadline=None)
@given(st.text(ALPHABET.replace("\r", "").replace("\f", ""), max_size=60))
def test_crlf_changes_no_cell_and_no_column(text):
    def places(document: Document) -> list[tuple[str, tuple[int, int]]]:
        position = document.source.position
        return [(cell.text, tuple(position(cell.span().start))) for line in document.lines for cell in line.cells]

    if text.strip() and "|" not in text[:1]:
        plain, crlf = (read(version.encode(), "a.txt") for version in ("甲" + text, "甲" + text.replace("\n", "\r\n")))
        assert places(plain) == places(crlf)
