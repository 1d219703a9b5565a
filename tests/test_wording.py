"""Rules on the wording of the text and the title: what they find, where exactly, and what they leave alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from govlint.examples.running import build
from govlint.linter import load_linter, select
from govlint.model.diagnostic import Diagnostic, Result

LINTER = load_linter()
CLEAN = LINTER.data("examples/clean.yaml")
SECTION_1 = "定期清理过时信息"


def check(rule: str, edit: Mapping[str, Any]) -> Result:
    built = build(edit, CLEAN, LINTER)
    return LINTER.with_rules(select(LINTER.rules, (rule,), ())).check_bytes(built.data, built.path)


def found(rule: str, edit: Mapping[str, Any]) -> list[Diagnostic]:
    return list(check(rule, edit).diagnostics)


def marked(rule: str, edit: Mapping[str, Any]) -> list[str]:
    """The source text at each finding of a rule."""
    result = check(rule, edit)
    return [result.source.text[slice(*one.finding.location.span)] for one in result.diagnostics]


def in_section_1(words: str) -> dict[str, Any]:
    return {"text": {SECTION_1: words}}


# ---------------------------------------------------------------- doubled marks


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("更新栏目。。定期清理", "。。"),
        ("更新栏目，，定期清理", "，，"),
        ("更新栏目、、定期清理", "、、"),
        ("更新栏目；；定期清理", "；；"),
        ("更新栏目：：定期清理", "：："),
        ("更新栏目，。定期清理", "，。"),
        ("更新栏目。，定期清理", "。，"),
        ("更新栏目、，定期清理", "、，"),
        ("更新栏目；。定期清理", "；。"),
        ("更新栏目：，定期清理", "：，"),
        ("更新栏目。。。。定期清理", "。。。。"),
        ("发布信息12条，。定期清理", "，。"),
        ("办结率100%。，定期清理", "。，"),
        ("落实“三审三校”，，定期清理", "，，"),
        ("更新栏目！。定期清理", "！。"),
        ("更新栏目,,定期清理", ",,"),
        ("更新栏目,，定期清理", ",，"),
        ("更新栏目。.定期清理", "。."),
        ("更新栏目;,定期清理", ";,"),
    ],
)
@pytest.mark.parametrize("layout", ["tabs", "html"])
def test_doubled_marks(words, mark, layout):
    assert marked("GL903", {"layout": layout, **in_section_1(words)}) == [mark]


@pytest.mark.parametrize(
    "words",
    [
        "更新栏目……定期清理",
        "更新栏目……。定期清理",
        "更新栏目——定期清理",
        "怎么办？！定期清理",
        "解读《指南》、《目录》，定期清理",
        "他说：“好。”，定期清理",
        "“一网通办”。定期清理",
        "网址http://xxgk.example.cn/a,,b;;c::d，定期清理",
        "共1,200,300条，比例为1：2，时间12:30，定期清理",
        "参数std::string，文件a..b，定期清理",
        "更新栏目。 定期清理",
        "问号“？”、叹号“！”，定期清理",
        "更新栏目...定期清理",
    ],
)
def test_marks_that_may_stand_together(words):
    assert marked("GL903", in_section_1(words)) == []


def test_labels_without_a_value_are_no_doubled_marks():
    edit = {"text": {"@preamble": "索引号：\n文号：，\n主题词：；\n现公布2023年政府信息公开工作年度报告。"}}
    assert marked("GL903", edit) == []


def test_the_message_names_the_words_around():
    (one,) = found("GL903", in_section_1("更新栏目。，定期清理"))
    assert one.finding.params["printed"] == "。，"
    assert "更新栏目。，定期清理" in one.finding.params["words"]


# ---------------------------------------------------------------- paragraphs without an end

OPEN = "全年发布信息12条。各科室逐项自查，发现问题立即改正，群众反映良好"


def tails(edit: Mapping[str, Any]) -> list[str]:
    """The ends of all open paragraphs: the finding, then its further places."""
    result = check("GL905", edit)
    assert len(result.diagnostics) <= 1
    return [
        result.source.text[slice(*span)]
        for one in result.diagnostics
        for span in (one.finding.location.span, *(related.location.span for related in one.finding.related))
    ]


@pytest.mark.parametrize("layout", ["tabs", "cells", "pipes", "html"])
def test_the_last_paragraph_of_a_section_is_open(layout):
    assert tails({"layout": layout, "text": {"@section.5": f"（一）问题。人手不足。\n{OPEN}"}}) == [OPEN[-10:]]


@pytest.mark.parametrize(
    "after",
    ["（二）改进情况。增加人员。", "二是加强培训。", "2.加强培训。", "（2）加强培训。", "第二，加强培训。", "改进情况"],
)
def test_open_before_a_new_beginning(after):
    assert tails({"text": {"@section.5": f"{OPEN}\n{after}\n增加人员。"}}) == [OPEN[-10:]]


@pytest.mark.parametrize(
    "after", ["的同时，增加人员，加强培训。", "2023年增加人员3名，加强培训。", "1.5万余人参加了培训。"]
)
def test_a_sentence_that_goes_on_in_the_next_paragraph(after):
    assert tails({"text": {"@section.5": f"{OPEN}\n{after}"}}) == []


def test_an_indented_paragraph_begins_anew():
    long = f"{OPEN}，{OPEN}"
    assert tails({"text": {"@section.5": f"{long}\n　　增加人员，加强培训，逐步解决。"}}) == [long[-10:]]
    assert tails({"text": {"@section.5": f"{OPEN}\n　　增加人员，加强培训，逐步解决。"}}) == []


def test_all_places_are_one_finding():
    edit = {"text": {"@section.1": f"（一）主动公开。{OPEN}\n（二）依申请公开。{OPEN}甲", "@section.6": f"{OPEN}乙"}}
    assert tails(edit) == [OPEN[-10:], f"{OPEN[-9:]}甲", f"{OPEN[-9:]}乙"]
    (one,) = found("GL905", edit)
    assert one.finding.params["count"] == 3


def test_many_places_are_counted_though_not_all_named():
    lines = "\n".join(f"（一）{OPEN}" for _ in range(60))
    (one,) = found("GL905", {"text": {"@section.5": lines}})
    assert one.finding.params["count"] == 60
    assert 0 < len(one.finding.related) < 60


@pytest.mark.parametrize(
    "words",
    [
        f"{OPEN}。",
        f"{OPEN}！",
        f"{OPEN}：",
        f"{OPEN}）",
        f"{OPEN}”",
        f"{OPEN}……",
        "（一）拓宽公开渠道，丰富公开形式，加强公开力度，保障群众的知情权、参与权和监督权",
        "拓宽公开渠道，丰富公开形式",
        "全年发布信息12条。详见http://www.example.gov.cn/xxgk",
        "全年发布信息12条。联系电话：0000-1234567",
        "全年发布信息12条。地址：云溪县滨河路1号水务局办公室",
        "全年发布信息12条。各栏目发布数量如下",
        "表1：全年发布信息数量，包括动态、公告、政策文件和办事指南，共四类，单位为条",
    ],
)
def test_ends_that_are_no_open_paragraphs(words):
    assert tails({"text": {"@section.5": f"{words}\n（二）改进情况。增加人员。"}}) == []


def test_the_preamble_counts_from_the_title_on():
    assert tails({"text": {"@preamble": f"现公布2023年政府信息公开工作年度报告。\n{OPEN}"}}) == [OPEN[-10:]]
    assert tails({"text": {"云溪县水务局2023年": f"{OPEN}\n云溪县水务局2023年"}}) == []


# ---------------------------------------------------------------- half-width marks


def test_half_width_marks_are_one_finding():
    edit = {
        "text": {
            "登记、审核、答复、归档各环节有专人负责，": "登记、审核、答复、归档各环节有专人负责,",
            SECTION_1: "清理信息;更新栏目",
        }
    }
    edit["text"]["@section.6"] = "未收取费用；没有投诉；没有举报；也没有其他需要报告的事项。"
    (one,) = found("GL906", edit)
    assert one.finding.params["count"] == 2
    assert one.finding.found == ","
    assert len(one.finding.related) == 1


def test_a_file_with_nothing_but_half_width_marks_is_of_its_own_kind():
    words = "公布规划,工程进展,收费标准,便于群众查询,全部按期答复."
    assert found("GL906", {"text": {"@preamble": words, "@section.1": words, "@section.5": words}}) == []


@pytest.mark.parametrize("words", ["共1,200人次", "12:30发布", "a,b", "使用Word,Excel文件", "比例1:2"])
def test_half_width_marks_between_other_characters(words):
    assert found("GL906", in_section_1(f"{SECTION_1}，{words}")) == []


# ---------------------------------------------------------------- passages twice

PASSAGE = "组织各科室对照目录逐项自查，对栏目空白、内容陈旧、链接失效等情形列出清单，明确责任人和时限，逐项销号。"


def test_a_passage_twice():
    edit = {
        "text": {
            SECTION_1: PASSAGE,
            "@section.5": f"人手不足。\n（三）政府信息管理。完善公文公开属性认定和保密审查，{PASSAGE}。",
        }
    }
    (one,) = found("GL907", edit)
    (related,) = one.finding.related
    text = check("GL907", edit).source.text
    assert text[slice(*one.finding.location.span)] == text[slice(*related.location.span)]
    assert related.location.span < one.finding.location.span


def test_a_passage_broken_over_lines():
    broken = f"{PASSAGE[:30]}\n{PASSAGE[30:]}"
    assert marked(
        "GL907", {"text": {"@section.1": f"公布预算。\n{broken}", "@section.5": f"问题不少。\n{broken}"}}
    ) == [broken]


def test_what_is_short_or_differs_is_no_passage_twice():
    assert found("GL907", {"text": {"@section.1": f"{PASSAGE}甲", "@section.5": f"{PASSAGE}乙"}}) == []
    assert found("GL907", {"text": {"@section.5": "无。\n无。\n无。\n无。", "@section.6": "无。\n无。"}}) == []


def test_a_section_twice_is_not_said_again():
    assert found("GL907", {"duplicate": ["section.1"]}) == []
    assert [one.rule.id for one in found("GL104", {"duplicate": ["section.1"]})] == ["GL104"]


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("words", "twice"),
    [
        ("发布群众关心的的信息", "的的"),
        ("进一步进一步加强管理", "进一步进一步"),
        ("按照按照要求清理", "按照按照"),
        ("落实政府信息公开政府信息公开制度", "政府信息公开政府信息公开"),
        ("主动公开 主动公开信息", "主动公开 主动公开"),
    ],
)
def test_doubled_words(words, twice):
    assert marked("GL908", in_section_1(words)) == [twice]


@pytest.mark.parametrize(
    "words",
    [
        "达到目的的要求",
        "的的确确有效",
        "有的的士公司",
        "一件一件办理",
        "信息信息化",
        "试试看看",
        "认认真真清理",
        "常常",
    ],
)
def test_words_that_may_stand_twice(words):
    assert marked("GL908", in_section_1(words)) == []


@pytest.mark.parametrize("words", ["截止2023年12月31日", "截止12月底", "截止目前", "截止去年底", "截止今年年底"])
def test_until(words):
    assert marked("GL909", in_section_1(f"{words}发布信息12条")) == ["截止"]


@pytest.mark.parametrize(
    "words", ["截至2023年12月31日", "12月31日截止", "截止日期为12月31日", "截止时间2023年12月", "截止到12月31日"]
)
def test_until_rightly(words):
    assert marked("GL909", in_section_1(f"{words}发布信息12条")) == []


@pytest.mark.parametrize(
    "name",
    [
        "政务公开条例",
        "信息公开条例",
        "政府信息公开法",
        "政务信息公开条例",
        "政府信息公开工作条例",
        "政府信息公开管理办法",
    ],
)
def test_the_regulations_misnamed(name):
    edit = {"text": {"《中华人民共和国政府信息公开条例》": f"《中华人民共和国{name}》"}}
    assert marked("GL910", edit) == [f"《中华人民共和国{name}》"]


@pytest.mark.parametrize(
    "name",
    [
        "《中华人民共和国政府信息公开条例》",
        "《中华人民共和国政府信息公开条例（修订）》",
        "《政府信息公开条例》",
        "《中华人民共和国政府信息公开工作年度报告格式》",
        "《中华人民共和国保守国家秘密法》",
        "《云溪县政务公开办法》",
    ],
)
def test_other_names_of_documents(name):
    assert marked("GL910", {"text": {"《中华人民共和国政府信息公开条例》": name}}) == []


# ---------------------------------------------------------------- the title


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("云溪县水务局2023年政府信息公开工作报告", "GL114"),
        ("云溪县水务局2023年度政府信息公开工作情况报告", "GL114"),
        ("2023年云溪县水务局政府信息公开工作报告", "GL114"),
        ("云溪县水务局2023年政府信息公开年度报告", "GL115"),
        ("云溪县水务局2023年信息公开工作年度报告", "GL115"),
        ("云溪县水务局2023年政府信息公开年报", "GL115"),
        ("云溪县水务局2023年政府信息公开工作年度报告", None),
        ("云溪县水务局2023年度政府信息公开工作年度报告", None),
        ("云溪县水务局2023年政府信息公开工作年度报告（汇总）", None),
        ("2023年政府信息公开工作年度报告", None),
        ("云溪县水务局政府信息公开工作2023年度报告", None),
        ("云溪县水务局关于2023年政府信息公开工作的年度报告", None),
    ],
)
@pytest.mark.parametrize("layout", ["tabs", "html"])
def test_titles(title, rule, layout):
    edit = {"layout": layout, "text": {"@title": title}}
    for each in ("GL114", "GL115"):
        assert marked(each, edit) == ([title] if each == rule else [])


def test_a_title_on_two_lines_is_judged_as_one():
    assert found("GL115", {"text": {"@title": "云溪县水务局\n2023年政府信息公开工作年度报告"}}) == []
    assert found("GL115", {"text": {"@title": "云溪县水务局2023年\n政府信息公开工作年度报告"}}) == []
    assert found("GL114", {"text": {"@title": "云溪县水务局2023年\n政府信息公开工作报告"}})


def test_without_a_title_nothing_is_judged():
    (outcome,) = check("GL115", {"remove": ["title", "preamble"]}).outcomes
    assert (outcome.outcome, outcome.reason) == ("not_assessable", "no_title")


# ---------------------------------------------------------------- all of them

RULES = ("GL114", "GL115", "GL903", "GL905", "GL906", "GL907", "GL908", "GL909", "GL910")


@pytest.mark.parametrize(
    "text", ["，" * 50_000, "进一步" * 20_000, "甲，" * 30_000, "《中华人民共和国" * 5_000, "（一）" * 20_000]
)
def test_long_runs_come_to_an_end(text):
    """Text as no person writes it is judged in time in proportion to its length, and never with an exception."""
    linter = LINTER.with_rules(select(LINTER.rules, RULES, ()))
    built = build({"text": {"@section.5": text}}, CLEAN, LINTER)
    result = linter.check_bytes(built.data, built.path)
    assert result.read_error is None
    assert {outcome.rule for outcome in result.outcomes} == set(RULES)


def test_both_languages_have_a_sentence_for_every_finding():
    from govlint.writers.language import Language

    edit = {
        "text": {
            "@title": "云溪县水务局2023年政府信息公开年报",
            "@section.5": f"{OPEN},，甲的的，截止目前\n{PASSAGE}\n{PASSAGE}",
        }
    }
    for name in ("zh", "en"):
        language = Language(name, LINTER.data(f"locale/{name}.yaml"))
        for rule in RULES:
            for one in found(rule, edit):
                assert "{" not in language.message(one)
