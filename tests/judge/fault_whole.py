"""Faults of the whole file: cut off, another year or none, damaged bytes, something else altogether."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from .damage import Damage
from .fault_text import MAKERS as TEXT
from .form import NUMERALS
from .plan import Item, Paragraph, Plan, Section
from .words import FAULT, Words

Make = Callable[[Plan, Random], Damage | None]


def _cut_off(plan: Plan, rng: Random) -> Damage:
    """All after section two or three is lost."""
    last = rng.choice((2, 3))
    return Damage(replace(plan, sections=plan.sections[:last], signature=()), last, f"第 {last} 部分以后都没有")


def _section_extra(plan: Plan, rng: Random) -> Damage:
    heading, text = rng.choice(
        (
            ("附件", "无。"),
            ("下一步工作打算", "继续加强学习，做好公开工作。"),
            ("工作亮点", "举办政府开放日活动2场。"),
            ("附表", "见政府网站。"),
        )
    )
    extra = Section(7, Words(f"七、{heading}", (FAULT,)), (Paragraph(Words(text)),))
    return Damage(replace(plan, sections=(*plan.sections, extra)), 7, f"多出“七、{heading}”")


def _restarts(plan: Plan, rng: Random) -> Damage:
    """From some section on the numbers begin with 一 again."""
    first = rng.choice((3, 4, 5))

    def renumbered(section: Section) -> Section:
        if section.number < first:
            return section
        text = NUMERALS[section.number - first] + section.heading.text[1:]
        return replace(section, heading=section.heading.reworded(text).tagged(FAULT))

    return Damage(
        replace(plan, sections=tuple(map(renumbered, plan.sections))), first, f"序号自第 {first} 部分重新开始"
    )


def _map_text(plan: Plan, edit: Callable[[str], str], of: str = "all") -> Plan:
    """The plan with its prose, title and dates edited; tables stay. ``of`` may leave the sections out."""

    def words(old: Words) -> Words:
        return old.reworded(edit(old.text))

    def item(old: Item) -> Item:
        return replace(old, words=words(old.words)) if isinstance(old, Paragraph) else old

    return replace(
        plan,
        title=tuple(map(words, plan.title)),
        metadata=tuple((name, words(found)) for name, found in plan.metadata) if of == "all" else plan.metadata,
        preamble=tuple(replace(p, words=words(p.words)) for p in plan.preamble),
        sections=tuple(replace(s, items=tuple(map(item, s.items))) for s in plan.sections)
        if of == "all"
        else plan.sections,
        signature=tuple(map(words, plan.signature)) if of == "all" else plan.signature,
    )


def _no_year(plan: Plan, rng: Random) -> Damage:
    """No year in the title, the preamble or the period."""

    def edit(text: str) -> str:
        text = re.sub(r"20[0-9]{2} ?年度?(?=[^0-9]*报告)", "", text)
        text = re.sub(r"20[0-9]{2} ?年(?= ?1 ?月)", "本年", text)
        text = re.sub(r"20[0-9]{2} ?年(?= ?12 ?月)", "", text)
        return re.sub(r"20[0-9]{2} ?年度?", "本年度", text)

    edited = _map_text(plan, edit, "opening")
    title = tuple(words for words in edited.title if words.text)
    return Damage(replace(edited, title=title), None, "没有写明年度")


_HEADINGS_2017 = ("概述", "主动公开政府信息情况", "依申请公开政府信息情况", "复议和诉讼情况", "存在的主要问题", "附表")


def _before_forms(plan: Plan, rng: Random) -> Damage:
    """The report on 2017: other headings, prose instead of tables, or tables with nothing of the form."""
    shift = plan.report.year - 2017

    def edit(text: str) -> str:
        return re.sub(r"(?<![0-9])20[0-9]{2}(?=[ 年/-])", lambda found: str(int(found[0]) - shift), text)

    edited = _map_text(plan, edit)
    prose = Paragraph(Words("2017年主动公开政府信息132条，收到申请3件，均已答复。"))
    sections = tuple(
        replace(
            section,
            heading=Words(f"{NUMERALS[section.number - 1]}、{text}"),
            items=tuple(item if isinstance(item, Paragraph) else prose for item in section.items),
        )
        for section, text in zip(edited.sections, _HEADINGS_2017, strict=True)
    )
    if rng.random() < 0.3:
        sections = edited.sections
    title = tuple(words.tagged(FAULT) for words in edited.title)
    return Damage(
        replace(edited, report=replace(plan.report, year=2017), title=title, sections=sections), None, "2017年的报告"
    )


_ESSAYS = (
    (
        "关于召开防汛工作会议的通知",
        "各乡镇人民政府：",
        "定于6月3日上午召开防汛工作会议，请准时参加。",
        "会议地点为行政中心三楼会议室。",
    ),
    (
        "政务公开让权力在阳光下运行",
        "阳光是最好的防腐剂。近年来，各地积极探索公开的新办法。",
        "群众满意是检验公开成效的标准。",
        "让权力在阳光下运行，永远在路上。",
    ),
    (
        "全市重点项目建设情况综述",
        "今年以来，全市安排重点项目86个，完成投资120.5亿元。",
        "在建项目进展顺利，其中交通项目12个、水利项目9个。",
    ),
    (
        "政府信息公开指南",
        "本机关依法公开政府信息，公众可以通过网站查阅。",
        "申请人可以当面、邮寄或者通过网络提出申请。",
    ),
)


def _essay(plan: Plan, rng: Random) -> Damage:
    title, *texts = rng.choice(_ESSAYS)
    return Damage(
        replace(
            plan,
            title=(Words(title, (("title",), FAULT)),),
            preamble=tuple(Paragraph(Words(text)) for text in texts),
            sections=(),
            signature=(),
        ),
        None,
        f"不是年度报告：{title}",
    )


def _undeclared(plan: Plan, rng: Random) -> Damage:
    """GB 18030 and nobody says so."""
    title = tuple(words.tagged(FAULT) for words in plan.title)
    return Damage(replace(plan, title=title, encoding=rng.choice(("gb18030", "gbk"))), None, "编码没有声明")


def _broken_bytes(plan: Plan, rng: Random) -> Damage | None:
    """The bytes of one or two characters are broken."""
    done = TEXT["characters_damaged"](plan, rng)
    return done and replace(done, plan=replace(done.plan, broken=True), description="字节损坏")


MAKERS: dict[str, Make] = {
    "report_cut_off": _cut_off,
    "section_extra": _section_extra,
    "numbering_restarts": _restarts,
    "year_unknown": _no_year,
    "year_before_forms": _before_forms,
    "bytes_damaged": _broken_bytes,
    "encoding_undeclared": _undeclared,
    "not_a_report": _essay,
}
