"""Faults of the wording: marks, doubled words, wrong names, the title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from .damage import Damage
from .fault_parts import edit_section
from .plan import Paragraph, Plan
from .words import FAULT, Words

Make = Callable[[Plan, Random], Damage | None]


def _said(number: int, what: str, *forms: str) -> Make:
    """One more paragraph at the end of a section; {y} is the year, {n} some number."""

    def make(plan: Plan, rng: Random) -> Damage:
        text = rng.choice(forms).format(y=plan.report.year, n=rng.randint(11, 400))
        added = Paragraph(Words(text, (FAULT,)))
        return Damage(
            edit_section(plan, number, lambda section: (replace(section, items=(*section.items, added)),)), number, what
        )

    return make


def _titled(what: str, *forms: str) -> Make:
    """Another title; {a} is the agency, {y} the year."""

    def make(plan: Plan, rng: Random) -> Damage:
        text = rng.choice(forms).format(a=plan.report.agency, y=plan.report.year)
        return Damage(replace(plan, title=(Words(text, (("title",), FAULT)),)), None, what)

    return make


def _law(plan: Plan, rng: Random) -> Damage:
    name = rng.choice(("中华人民共和国政务公开条例", "中华人民共和国信息公开条例", "中华人民共和国政府信息公开法"))
    added = Paragraph(Words(f"本报告依照《{name}》的规定编制。", (FAULT,)))
    return Damage(replace(plan, preamble=(added, *plan.preamble)), 0, "条例名称写错")


def _repeated(plan: Plan, rng: Random) -> Damage:
    """The same paragraph in section one and section five."""
    text = "组织各科室对照目录逐项自查，对栏目空白、内容陈旧、链接失效等情形列出清单，明确责任人和完成时限，逐项销号。"
    first, second = Paragraph(Words(text)), Paragraph(Words(text, (FAULT,)))
    plan = edit_section(plan, 1, lambda section: (replace(section, items=(*section.items, first)),))
    return Damage(
        edit_section(plan, 5, lambda section: (replace(section, items=(*section.items, second)),)), 5, "一段话出现两次"
    )


MAKERS: dict[str, Make] = {
    "title_not_annual": _titled(
        "标题写成工作报告", "{a}{y}年政府信息公开工作报告", "{a}{y}年度政府信息公开工作情况报告"
    ),
    "title_reworded": _titled(
        "标题少字", "{a}{y}年政府信息公开年度报告", "{a}{y}年度信息公开工作年度报告", "{a}{y}年政府信息公开年报"
    ),
    "marks_doubled": _said(
        1,
        "标点重复",
        "全年发布动态{n}条，。内容及时更新。",
        "发布图文信息{n}条。。",
        "包括通知公告、、政策文件和办事指南。",
        "联系单位：：办公室，负责栏目维护。",
    ),
    "paragraph_open": _said(
        5,
        "段末没有标点",
        "部分栏目更新不及时。今后将安排专人每月检查一次，发现问题立即改正",
        "公众参与的渠道不多；改进的办法是在网站开设意见征集栏目，由专人收集和答复",
    ),
    "half_width_mark": _said(
        1,
        "混用半角标点",
        "全年发布动态{n}条，更新办事指南和服务事项,便于群众查询和办理。",
        "定期检查栏目内容,对失效的链接及时修复，对过时的内容及时清理。",
    ),
    "paragraph_repeated": _repeated,
    "words_doubled": _said(
        1,
        "词语重复",
        "进一步进一步完善公开目录，发布动态{n}条。",
        "发布群众关心的的信息{n}条。",
        "落实政府信息公开政府信息公开审核制度。",
    ),
    "until_misspelt": _said(1, "截至误为截止", "截止{y}年12月31日，发布动态{n}条。", "截止目前，网站运行正常。"),
    "law_misnamed": _law,
}
