"""Any text is read without error, the same way each time, and in time that grows with its length and no faster."""

from __future__ import annotations

import sys
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_prose_claims import linter, report

from govlint.model.claim import Claims
from govlint.model.report import Report
from govlint.prose.tokens import tokenize
from govlint.readers import read

HEAD = "云溪县水务局2023年政府信息公开工作年度报告\n一、总体情况\n（二）依申请公开。"
LEXICON = linter().prose.lexicon
WORDS = sorted(word.text for word in LEXICON.words)
NARROW = str.maketrans("０１２３４５６７８９％", "0123456789%")
WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")

pieces = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from([*"，、；：。（）()[]〔〕0123456789%.", "件", "条", "12件", "3.5%", "2022年", "12月", "\n", " "]),
    st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=3),
)
texts = st.lists(pieces, min_size=1, max_size=80).map("".join)


def bound(text: str) -> Report:
    return linter().binder.bind(read((HEAD + text).encode(), "report.txt"))


def read_claims(text: str) -> tuple[Report, Claims]:
    found = bound(text)
    return found, linter().prose.read(found)


def told(claims: Claims) -> list[object]:
    """What claims say without where."""
    return [
        *((one.family, one.table, one.sums, one.value, one.denied) for one in claims.cells),
        *((one.whole.value, [part.value for part in one.parts], one.relation) for one in claims.sums),
        *((one.percent.value, one.digits, one.pairs) for one in claims.shares),
    ]


@settings(max_examples=300, deadline=None)
@given(texts)
def test_tokens_cover_the_text_in_order(text):
    tokens = tokenize(text, LEXICON, 2023)
    assert "".join(token.text for token in tokens) == text
    assert all(one.end == other.start for one, other in pairwise(tokens))


@settings(max_examples=200, deadline=None)
@given(texts)
def test_any_text_is_read_and_places_lie_in_the_source(text):
    found, claims = read_claims(text)
    quantities = [
        *(claim.place for claim in claims.cells),
        *(part.place for claim in claims.sums for part in (claim.whole, *claim.parts)),
        *(part.place for claim in claims.shares for part in (claim.percent, *claim.operands)),
    ]
    assert all(0 <= place.span.start < place.span.end <= len(found.source.text) for place in quantities)
    assert claims == linter().prose.read(found)


@settings(max_examples=100, deadline=None)
@given(texts)
def test_line_ends_and_widths_change_nothing(text):
    first = told(read_claims(text.translate(NARROW))[1])
    assert told(read_claims(text.translate(WIDE))[1]) == first
    assert told(read_claims(text.translate(NARROW).replace("\n", "\r\n"))[1]) == first


# ---------------------------------------------------------------- growth

UNITS = [
    *("1", "111,", "（", "（（（（1件", "1件（", "、", "，", "；", "其中", "其中1件，", "分别", "自然人、", "申请"),
    *("共1件）", "收到申请1件", "申请，", "未收到申请", "市政府", "各镇", "一", "政府信息公开", "依的", "水", "2023年"),
    *("收到申请1件，占5%，", "比上年增加1件，上年2件，", "1件（其中1件、1件）", "占1%、", "行政复议、行政诉讼"),
    *("其他1件、", "1月至", "1."),
]  # fmt: skip


def steps(text: str) -> int:
    """How many lines of code run in govlint.prose to read a text."""
    report_ = bound(text)
    count = 0

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        if "prose" not in frame.f_code.co_filename:
            return None
        count += 1
        return line

    before = sys.gettrace()
    sys.settrace(call)
    try:
        linter().prose.read(report_)
    finally:
        sys.settrace(before)
    return count


def run_on(unit: str, tokens: int) -> str:
    """A sentence of nothing but a unit, of about so many tokens, with numbers at its end that look back."""
    each = max(1, len(tokenize(unit * 20, LEXICON, 2023)) / 20)
    return unit * int(tokens / each) + "共1件，分别为1件、1件。"


@pytest.mark.parametrize("unit", UNITS)
def test_steps_grow_with_the_length(unit):
    """Of sentences without end, and of sentences as long as one may be."""
    short, long = steps(unit * (2000 // len(unit))), steps(unit * (4000 // len(unit)))
    assert long <= 2.5 * short + 2000
    text = run_on(unit, 900)
    assert steps(text) <= 250 * len(text)


@pytest.mark.parametrize("unit", ["1", "收到申请1件（"])
def test_two_hundred_thousand_characters(unit):
    found, claims = read_claims(unit * (200_000 // len(unit)))
    assert len(claims.cells) <= 200_000 / len(unit)
    assert len(found.source.text) > 190_000


@pytest.mark.parametrize("unit", ["1", "1件", "收到申请1件，占5%。", "比上年增加1件，上升1%个百分点。"])
def test_rules_on_numbers_take_long_text(unit):
    built = report("（二）依申请公开", unit * (40_000 // len(unit)))
    assert len(built.source.text) > 39_000
