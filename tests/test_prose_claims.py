"""What single sentences claim of cells, sums and shares, and what they must not claim."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govlint.examples.running import build
from govlint.linter import Linter, load_linter
from govlint.model.report import Report

SECTION = "@section.1"


@cache
def linter() -> Linter:
    return load_linter()


def report(*paragraphs: str, agency: str = "云溪县水务局", layout: str = "tabs") -> Report:
    """The clean report on 2023 with these paragraphs as its section one."""
    edit = {"text": {SECTION: "\n".join(paragraphs)}, "agency": agency, "layout": layout}
    built = build(edit, linter().data("examples/clean.yaml"), linter())
    result = linter().check_bytes(built.data, built.path)
    assert result.report is not None
    return result.report


def claims(sentence: str, agency: str = "云溪县水务局", heading: str = "（二）依申请公开") -> dict[str, str]:
    """What a sentence under a sub-heading claims: the number as printed → the first sum of cells."""
    found = report(heading, sentence, agency=agency).claims.cells
    assert all(claim.place.text for claim in found)
    return {claim.place.text: "+".join(".".join(cell) for cell in claim.sums[0]) for claim in found}


RECEIVED, TOTAL = "received.total", "total.total"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("收到申请12件。", {"12件": RECEIVED}),
        ("2023年，我局共收到政府信息公开申请１２件。", {"１２件": RECEIVED}),
        ("全年受理依申请公开十二宗。", {"十二宗": RECEIVED}),
        ("收到 12 份申请。", {"12 份": RECEIVED}),
        ("共受理（6）件政府信息公开申请。", {"（6）件": RECEIVED}),
        ("收到申请1,234件。", {"1,234件": RECEIVED}),
        ("收到申请，共12件。", {"12件": RECEIVED}),
        ("收到申请12件，办结11件。", {"12件": RECEIVED, "11件": TOTAL}),
        ("收到申请9件（自然人5件，商业企业4件），答复8件。",
         {"9件": RECEIVED, "5件": "received.natural_person", "4件": "received.business", "8件": TOTAL}),
        ("办结6件，其中予以公开3件、不予公开2件、无法提供1件。",
         {"6件": TOTAL, "3件": "granted.total", "2件": "refused_*.total", "1件": "unavailable_*.total"}),
        ("予以公开或部分公开5件。", {"5件": "granted.total+partly_granted.total"}),
        ("属于四类过程性信息不予公开2件。", {"2件": "refused_process.total"}),
        ("自然人、商业企业分别为5件和3件。", {"5件": "received.natural_person", "3件": "received.business"}),
        ("上年结转3件，结转下年度继续办理2件。", {"3件": "carried_in.total", "2件": "carried_out.total"}),
        ("2022年结转3件，结转2024年2件。", {"3件": "carried_in.total", "2件": "carried_out.total"}),
        ("因政府信息公开被申请行政复议2件，其中维持1件。", {"2件": "review.total", "1件": "review.upheld"}),
        ("行政诉讼4件，复议后起诉1件。", {"4件": "direct.total+after_review.total", "1件": "after_review.total"}),
        ("行政复议、行政诉讼各0件。", {"0件": "direct.total+after_review.total"}),
        ("未收到政府信息公开申请。", {"未收到政府信息公开申请": RECEIVED}),
        ("全年依申请公开为零。", {"依申请公开为零": RECEIVED}),
    ],
)  # fmt: skip
def test_claims(sentence, expected):
    found = claims(sentence)
    assert {words.strip("全年"): sums for words, sums in found.items()} == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "通过网站收到申请12件。",
        "上半年收到申请12件。",
        "2022年收到申请12件。",
        "全县收到申请12件。",
        "收到申请12余件。",
        "收到申请近百件。",
        "收到申请人12人，提交材料12份。",
        "公开信息12条。",
        "受理群众来信12件，答复11件。",
        "比上年增加12件。",
        "每件申请、任何一件申请都有专人负责。",
        "办理一件申请平均需要九天。",
        "受理行政复议案件12件。",
        "未收到对申请答复的投诉。",
        "未发生被纠正的行政复议案件。",
        "根据第三十六条第12项办理。",
        "其中12件由申请人撤回。",
    ],
)
def test_what_claims_nothing(sentence):
    assert claims(sentence) == {}


@pytest.mark.parametrize(
    ("agency", "whole", "office"),
    [("云溪县水务局", False, False), ("云溪县人民政府", True, False), ("云溪县人民政府办公室", False, True)],
)
def test_whose_numbers_count_depends_on_who_reports(agency, whole, office):
    assert bool(claims("全县共收到申请95件。", agency)) is whole
    assert bool(claims("县政府办公室收到申请17件。", agency)) is office
    assert claims(f"{agency}收到申请12件。", agency) == {"12件": RECEIVED}


def test_another_year_ends_with_its_sentence():
    assert claims("2022年收到申请20件，办结20件。2023年收到申请12件。") == {"12件": RECEIVED}


def test_a_paragraph_on_something_else_claims_nothing_without_naming_requests():
    assert claims("全年受理12件，办结11件。", heading="（一）主动公开") == {}
    assert claims("收到政府信息公开申请12件。", heading="（一）主动公开") == {"12件": RECEIVED}


def test_a_sentence_broken_by_a_hard_line_end_is_one():
    found = report(
        "（二）依申请公开", "本年度我局严格按照规定办理，全年共收到公众提交的政府信息公开", "申请12件，均已答复。"
    ).claims.cells
    assert [claim.place.text for claim in found] == ["12件"]


@pytest.mark.parametrize(
    ("sentence", "whole", "parts", "relation"),
    [
        ("办理建议7件、提案12件，共20件。", "20件", ["7件", "12件"], "equal"),
        ("主办11件（建议2件、提案8件）。", "11件", ["2件", "8件"], "equal"),
        ("公开信息100条，其中网站80条、微信30条。", "100条", ["80条", "30条"], "at_most"),
        ("发布信息100条：动态60条，公告30条，其他20条。", "100条", ["60条", "30条", "20条"], "equal"),
    ],
)
def test_sums(sentence, whole, parts, relation):
    (claim,) = report("（一）主动公开", sentence).claims.sums
    assert (claim.whole.place.text, [part.place.text for part in claim.parts], claim.relation) == (
        whole,
        parts,
        relation,
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "办理建议7件、提案12件，共19件。",
        "公开信息100条，其中网站80条。",
        "公开信息100条，其中网站60条、微信40条，召开发布会30场。",
        "收到建议5件，办结4件，共发布信息9条。",
        "公开信息约100条，其中网站80条、微信30条。",
    ],
)
def test_sums_that_hold_or_are_none(sentence):
    assert report("（一）主动公开", sentence).claims.sums == ()


def test_shares_name_every_pair_that_may_be_meant():
    (claim,) = report("（一）主动公开", "公开信息200条，其中网站150条，占75%。").claims.shares
    assert claim.pairs == ((150, 200),) and claim.digits == 0
    (claim,) = report("（二）依申请公开", "收到申请4件，比上年减少3件，下降42.86%。").claims.shares
    assert (3, 7) in claim.pairs and claim.digits == 2


def test_places_are_those_of_the_source():
    for layout in ("tabs", "html"):
        found = report("（二）依申请公开", "收到 “政府信息公开申请” 12 件 & 办结<11件。", layout=layout)
        for claim in found.claims.cells:
            span = claim.place.span
            assert found.source.text[span.start : span.end] == claim.place.text.replace("  ", " ")


VOCABULARY = """收到 申请 其中 自然人 不予公开 行政复议 未 上年结转 分别 共 占 比上年 增加 全县 2022年 12件 3.5%
个百分点
十二 件 （ ） ， 、 。 ： 水 １ 〇 %"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\u3000", "\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60).map("".join))
def test_no_text_breaks_the_reader(text):
    found = report("（二）依申请公开", text or "无")
    size = len(found.source.text)
    for claim in found.claims.cells:
        assert 0 <= claim.place.span.start < claim.place.span.end <= size
    for whole in found.claims.sums:
        assert len(whole.parts) >= 2
