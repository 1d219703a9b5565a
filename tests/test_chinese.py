"""Chinese writing: folding, numerals, numbers in cells, dates, sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govlint.chinese import (
    any_number,
    cell_value,
    contained,
    find_date,
    fold,
    fold_mapped,
    is_page_number,
    is_value,
    numeral,
    ordinal,
    sentences,
    strip_slice,
    top_number,
)
from govlint.model.report import Value

WRITING = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            "（）()【】〔〕、，,.。．：；“”\"'—–-－─ \u3000\u00a0\t\n１２３ＡＢa㈠①½Ⅷ㎡ﬁ…\u200b\ufeff*#_年月日一二"
        ),
    ),
    max_size=40,
)

# ---------------------------------------------------------------- folding


@given(WRITING)
@example("（一）Ⅷ㎡ﬁ½…")
def test_folding_keeps_a_map_into_the_text(text):
    folded, indices = fold_mapped(text)
    assert folded == fold(text)
    assert len(indices) == len(folded)
    assert indices == sorted(indices)
    assert all(0 <= index < len(text) for index in indices)
    for char, index in zip(folded, indices, strict=True):
        assert char in fold(text[index])


@given(WRITING)
@example("ﷺⅧ㈠Å")
def test_folding_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(WRITING, WRITING)
def test_folding_goes_character_by_character(first, second):
    assert fold(first + second) == fold(first) + fold(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("（一）予以公开", "(一) 予以公开"),
        ("一、总体情况", "一．总 体\u3000情\u00a0况"),
        ("3.危及“三安全一稳定”", '３、危及"三安全一稳定"'),
        ("本年增/减", "本年增／减"),
        ("**行政许可**", "#行政许可_"),
        ("〔2021〕30号", "[2021]30号"),
        ("收费：万元", "收费:万元"),
        ("N/A", "ｎ／ａ"),
        ("―", "-"),
        ("甲\u200b乙\ufeff", "甲乙"),
    ],
)
def test_what_labels_vary_in_folds_alike(one, other):
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("维持", "维特"), ("一、", "二、"), ("12", "1.2"), ("已", "己"), ("0", "O")]
)
def test_other_words_fold_otherwise(one, other):
    assert fold(one) != fold(other)


def test_the_map_of_characters_that_become_several():
    assert fold_mapped("甲 ㈠、") == ("甲(一),", [0, 2, 2, 2, 3])
    assert fold_mapped("") == ("", [])


# ---------------------------------------------------------------- numerals


@given(st.integers(1, 99))
def test_ordinals_there_and_back(number):
    assert numeral(ordinal(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("〇", 0), ("零", 0), ("十", 10), ("十一", 11), ("二十", 20), ("三十二", 32), ("一百零五", 105),
        ("一百一十", 110),
        ("两千", 2000),
        ("二〇二四", 2024), ("二○二四", 2024), ("二零二四", 2024), ("一万二千", 12_000), ("三亿", 300_000_000),
        ("十万", 100_000), ("贰拾叁", 23), ("一千零一", 1001), ("九十九", 99),
    ],
)  # fmt: skip
def test_numerals(text, number):
    assert numeral(text) == number


@pytest.mark.parametrize("text", ["", "第一", "1", "一1", "甲", "二十.", "十 一"])
def test_what_is_no_numeral(text):
    assert numeral(text) is None


def test_ordinals():
    assert [ordinal(n) for n in (1, 9, 10, 11, 20, 21, 99)] == ["一", "九", "十", "十一", "二十", "二十一", "九十九"]


@pytest.mark.parametrize(
    ("text", "top", "every"),
    [
        ("一、总体情况", (1, 2), (1, 2)),
        ("六．其他", (6, 2), (6, 2)),
        ("十二、附则", (12, 3), (12, 3)),
        ("第五部分 问题", (5, 4), (5, 4)),
        ("（一）予以公开", (0, 0), (1, 3)),
        ("(12)其他", (0, 0), (12, 4)),
        ("3.其他", (0, 0), (3, 2)),
        ("3）其他", (0, 0), (3, 2)),
        ("3.5万元", (0, 0), (0, 0)),
        ("总体情况", (0, 0), (0, 0)),
        ("一是公开", (0, 0), (0, 0)),
        ("2023年", (0, 0), (0, 0)),
    ],
)
def test_numbers_before_headings(text, top, every):
    assert top_number(fold(text)) == top
    assert any_number(fold(text)) == every


# ---------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("text", "number", "quirks", "unit"),
    [
        ("0", "0", (), None),
        ("12", "12", (), None),
        (" 12\u3000", "12", (), None),
        ("+3", "3", (), None),
        ("-3", "-3", (), None),
        ("−3", "-3", ("full_width",), None),
        ("－3", "-3", ("full_width",), None),
        ("＋3", "3", ("full_width",), None),
        ("1.0", "1.0", (), None),
        ("0.04", "0.04", (), None),
        ("１２", "12", ("full_width",), None),
        ("１．５", "1.5", ("full_width",), None),
        ("1,234", "1234", ("separator",), None),
        ("12,345,678", "12345678", ("separator",), None),
        ("1，234", "1234", ("full_width", "separator"), None),
        ("1,234.56", "1234.56", ("separator",), None),
        ("1 2", "12", ("space",), None),
        ("1 234", "1234", ("space",), None),
        ("1\u00a02", "12", ("space",), None),
        ("12件", "12", ("unit",), "件"),
        ("12 件", "12", ("unit",), "件"),
        ("251000元", "251000", ("unit",), "元"),
        ("25.1万元", "25.1", ("unit",), "万元"),
        ("１２件", "12", ("full_width", "unit"), "件"),
        ("1,234元", "1234", ("separator", "unit"), "元"),
    ],
)
def test_numbers(text, number, quirks, unit):
    value = cell_value(text)
    assert value == Value("number", Decimal(number), quirks, unit)
    assert str(value.number) == number
    assert is_value(text)


def test_a_written_fraction_stays_one():
    assert str(cell_value("1.0").number) == "1.0"
    assert str(cell_value("1").number) == "1"


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u00a0\t\n", "\u200b", "\ufeff"])
def test_blanks(text):
    assert cell_value(text) == Value("blank")
    assert not is_value(text)


@pytest.mark.parametrize("text", ["/", "／", "\\", "-", "－", "—", "——", "――", "─", "无", "（无）", "暂无", "N/A", "×"])
def test_marks(text):
    assert cell_value(text) == Value("mark")
    assert is_value(text)


@pytest.mark.parametrize(
    "text",
    [
        "O", "o", "Ｏ", "l2", "00", "007", "0000000", "01", "1\n2", "4\n8", "12,34", "1,2345", ",123", "1.",
        ".5", "1.2.3",
        "12（含转办）", "约12", "12余件", "二", "5%", "①", "½", "--3", "1-2", "2023年", "1e3",
        "见附件", "１２３４５６７８９０１２３４５６７８９",
        "?", "。",
    ],
)  # fmt: skip
def test_what_is_no_number(text):
    assert cell_value(text).kind == "odd"
    assert cell_value(text).number is None
    assert not is_value(text)


@given(st.integers(-(10**12), 10**12))
def test_integers_as_people_write_them(number):
    wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
    for text in (str(number), f"{number:,}", str(number).translate(wide), f"{number}件", f" {number}\u3000"):
        assert cell_value(text).number == number


@given(st.text("0123456789.,，+-−件元 \u3000\n/O", max_size=12))
def test_only_numbers_have_a_number(text):
    value = cell_value(text)
    assert (value.number is not None) == (value.kind == "number")
    assert (value.kind == "blank") == (not text.strip())
    if value.number is not None:
        digits = "".join(char for char in text if char.isdigit())
        assert "".join(char for char in str(value.number) if char.isdigit()) == digits
        assert "\n" not in text.strip()


# ---------------------------------------------------------------- page numbers


@pytest.mark.parametrize(
    "text",
    [
        "— 1 —",
        "- 12 -",
        "－３－",
        "—1—",
        "―― 7 ――",
        "第3页",
        "第 3 页 共 9 页",
        "第3页/共9页",
        "Page 2 of 9",
        " - 1 - ",
    ],
)
def test_page_numbers(text):
    assert is_page_number(text)


@pytest.mark.parametrize(
    "text", ["", "3", "-3", "3-", "—", "— —", "1-2", "- 1 - 2 -", "第三页", "第3条", "- 12345 -", "共9件", "— 3.5 —"]
)
def test_what_is_no_page_number(text):
    assert not is_page_number(text)


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("text", "wanted", "printed"),
    [
        ("2024年1月15日", date(2024, 1, 15), "2024年1月15日"),
        ("于 2024 年 01 月 05 日印发", date(2024, 1, 5), "2024 年 01 月 05 日"),
        ("发布：2024-1-15 09:30", date(2024, 1, 15), "2024-1-15"),
        ("2024/01/15", date(2024, 1, 15), "2024/01/15"),
        ("2024.1.15。", date(2024, 1, 15), "2024.1.15"),
        ("二〇二二年一月十五日", date(2022, 1, 15), "二〇二二年一月十五日"),
        ("二○一九年十二月三十一日", date(2019, 12, 31), "二○一九年十二月三十一日"),
        ("二零二〇年二月二十九日", date(2020, 2, 29), "二零二〇年二月二十九日"),
        ("二〇二三年一月十日", date(2023, 1, 10), "二〇二三年一月十日"),
        ("二〇二四年一月二十日", date(2024, 1, 20), "二〇二四年一月二十日"),
        ("二〇二五年三月三十日", date(2025, 3, 30), "二〇二五年三月三十日"),
        ("二Ｏ二一年一月五日", date(2021, 1, 5), "二Ｏ二一年一月五日"),
        ("2024年2月30日，实为2024年3月1日", date(2024, 3, 1), "2024年3月1日"),
    ],
)
def test_dates(text, wanted, printed):
    found = find_date(text)
    assert found is not None
    assert found[0] == wanted
    assert text[found[1] : found[2]] == printed


@pytest.mark.parametrize(
    "text",
    ["", "2024年", "2024年1月", "2023年2月29日", "2024年13月1日", "2024年4月31日", "2024年0月0日", "1月15日",
     "1024-1-15", "2024-1-155", "三月三日"],
)  # fmt: skip
def test_what_is_no_date(text):
    assert find_date(text) is None


def test_the_first_date_from_a_place_on():
    text = "2024年1月15日、2024年2月1日"
    found = find_date(text, 5)
    assert found is not None
    assert found[0] == date(2024, 2, 1)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_of_the_calendar(day):
    for text in (f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day:%Y.%m.%d}"):
        assert find_date(f"，{text}。") == (day, 1, 1 + len(text))


@given(st.dates(date(2019, 1, 1), date(2049, 12, 31)))
def test_every_day_in_chinese_numerals(day):
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    text = f"{year}年{ordinal(day.month)}月{ordinal(day.day)}日"
    assert find_date(text) == (day, 0, len(text))


# ---------------------------------------------------------------- sentences and slices


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("甲。乙！丙？丁", ["甲。", "乙！", "丙？", "丁"]),
        ("甲；乙;丙", ["甲；", "乙;", "丙"]),
        ("他说：“甲。”乙。", ["他说：“甲。”", "乙。"]),
        ("（甲。）乙", ["（甲。）", "乙"]),
        ("甲\n乙\n\n", ["甲\n", "乙\n"]),
        ("收到3.5万元，乙", ["收到3.5万元，乙"]),
        ("", []),
        ("  ", []),
    ],
)
def test_sentences(text, wanted):
    assert [text[start:end] for start, end in sentences(text)] == wanted


@given(st.text("甲乙。！；”） \n", max_size=30))
def test_sentences_cover_all_words(text):
    slices = sentences(text)
    assert "".join(text[start:end] for start, end in slices).replace(" ", "").replace("\n", "") == text.replace(
        " ", ""
    ).replace("\n", "")
    assert all(before[1] <= after[0] for before, after in pairwise(slices))


@given(st.text("甲 \u3000\u00a0\t\n\u200b乙", max_size=12), st.data())
def test_strip_slice(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = strip_slice(text, start, end)
    assert start <= first <= last <= end
    assert text[first:last] == text[start:end].strip("\ufeff\u200b \u3000\u00a0\t\n")


@pytest.mark.parametrize(
    ("expected", "found", "share"),
    [("结果维持", "维持结果", 1.0), ("结果维持", "结果", 0.5), ("甲甲", "甲", 0.5), ("", "甲", 1.0), ("甲", "", 0.0)],
)
def test_contained(expected, found, share):
    assert contained(expected, found) == share
