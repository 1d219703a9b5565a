"""Faults of sections, statements and dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from .damage import Damage
from .form import NUMERALS
from .plan import Item, Paragraph, Plan, Section
from .words import FAULT, Words

Make = Callable[[Plan, Random], Damage | None]
_OTHER_HEADINGS = ("工作成效与亮点", "下一步工作安排", "组织领导情况", "附则说明")


def edit_section(plan: Plan, number: int, edit: Callable[[Section], tuple[Section, ...]]) -> Plan:
    """The plan with one section replaced by some sections."""
    return replace(
        plan,
        sections=tuple(
            new for section in plan.sections for new in (edit(section) if section.number == number else (section,))
        ),
    )


def _headed(section: Section, text: str) -> Section:
    return replace(section, heading=section.heading.reworded(text).tagged(FAULT))


def _dropped(plan: Plan, rng: Random) -> Damage:
    number = rng.choice((1, 5, 6))
    return Damage(edit_section(plan, number, lambda section: ()), number, f"缺第 {number} 部分")


def _heading_dropped(plan: Plan, rng: Random) -> Damage:
    """Only the heading goes; its table or text stays."""
    number = rng.randint(1, 6)
    items = plan.sections[number - 1].items
    if number == 1:
        preamble = (*plan.preamble, *(item for item in items if isinstance(item, Paragraph)))
        plan = replace(plan, preamble=preamble)
    plan = edit_section(plan, number - 1, lambda section: (replace(section, items=(*section.items, *items)),))
    return Damage(edit_section(plan, number, lambda section: ()), number, f"缺第 {number} 部分的标题")


def _renamed(plan: Plan, rng: Random) -> Damage:
    number, text = rng.randint(1, 6), rng.choice(_OTHER_HEADINGS)
    return Damage(
        edit_section(plan, number, lambda section: (_headed(section, f"{NUMERALS[number - 1]}、{text}"),)),
        number,
        f"第 {number} 部分的标题成了“{text}”",
    )


def _swapped(plan: Plan, rng: Random) -> Damage:
    """Two neighbours change places and take their numbers along."""
    at = rng.randint(0, 4)
    first, second = plan.sections[at], plan.sections[at + 1]
    changed = (_headed(second, second.heading.text), _headed(first, first.heading.text))
    return Damage(
        replace(plan, sections=(*plan.sections[:at], *changed, *plan.sections[at + 2 :])),
        at + 1,
        f"第 {at + 1}、{at + 2} 部分颠倒",
    )


def _doubled(plan: Plan, rng: Random) -> Damage:
    number = rng.choice((1, 5, 6))
    return Damage(
        edit_section(plan, number, lambda section: (section, _headed(section, section.heading.text))),
        number,
        f"第 {number} 部分重复",
    )


def _empty(plan: Plan, rng: Random) -> Damage:
    number = rng.choice((1, 5, 6))
    return Damage(
        edit_section(plan, number, lambda section: (replace(_headed(section, section.heading.text), items=()),)),
        number,
        f"第 {number} 部分没有内容",
    )


def _wrong_number(plan: Plan, rng: Random) -> Damage:
    number = rng.randint(1, 6)
    wrong = rng.choice([char for i, char in enumerate(NUMERALS + "七", 1) if i != number])
    return Damage(
        edit_section(plan, number, lambda section: (_headed(section, wrong + section.heading.text[1:]),)),
        number,
        f"第 {number} 部分的序号成了“{wrong}”",
    )


def in_paragraph(kind: str, change: Callable[[Plan, Words, Random], Words | None], what: str) -> Make:
    """A fault in the first paragraph of this kind."""

    def make(plan: Plan, rng: Random) -> Damage | None:
        places = [(None, paragraph) for paragraph in plan.preamble] + [
            (section.number, item) for section in plan.sections for item in section.items if isinstance(item, Paragraph)
        ]
        where, target = next((number, found) for number, found in places if found.kind == kind)
        new = change(plan, target.words, rng)
        if new is None:
            return None

        def edit(item: Item) -> Item:
            return replace(target, words=new.tagged(FAULT)) if item is target else item

        sections = tuple(replace(section, items=tuple(map(edit, section.items))) for section in plan.sections)
        preamble = tuple(replace(p, words=new.tagged(FAULT)) if p is target else p for p in plan.preamble)
        return Damage(replace(plan, sections=sections, preamble=preamble), where, what)

    return make


def _no_fee(plan: Plan, rng: Random) -> Damage | None:
    """The statement is gone; something else stands in section six."""
    if plan.report.edition == "2019":
        return None
    other = Paragraph(Words(rng.choice(("无。", "没有其他需要报告的事项。", "全年组织政府开放日活动2次。")), (FAULT,)))
    return Damage(edit_section(plan, 6, lambda section: (replace(section, items=(other,)),)), 6, "没有信息处理费的说明")


def _late(plan: Plan, rng: Random) -> Damage | None:
    """Publication and signing after the deadline; townships have none."""
    if plan.report.unit_type == "township":
        return None
    late = date(plan.report.year + 1, rng.randint(4, 11), rng.randint(1, 28))
    metadata = tuple((name, words) for name, words in plan.metadata if ("published",) not in words.tags)
    return Damage(
        replace(plan, metadata=(*metadata, ("发布日期", Words(f"{late}", (("published",), FAULT)))), signature=()),
        None,
        f"{late} 才发布",
    )


def _malformed_period(plan: Plan, words: Words, rng: Random) -> Words | None:
    y = plan.report.year
    wrong = rng.choice(
        (f"自{y}年1月1日起至{y}年12月31止", f"{y}年1月1日至{y}12月31日", f"{y}年1月1日至{y}年12月底31日")
    )
    return words.reworded(f"本报告所列数据的统计期限为{wrong}。")


def _malformed_prose(plan: Plan, words: Words, rng: Random) -> Words | None:
    y = plan.report.year
    return words.reworded(
        words.text + rng.choice((f"截至{y}12月底，各项任务全部完成。", f"上述数据统计到{y}年12月31止。"))
    )


def _wrong_period(plan: Plan, words: Words, rng: Random) -> Words | None:
    y = plan.report.year
    return words.reworded(
        rng.choice(
            (
                f"本报告所列数据的统计期限为{y}年1月1日至{y}年11月30日。",
                f"本报告所列数据的统计期限为{y - 1}年1月1日至{y - 1}年12月31日。",
            )
        )
    )


def _prose_number(plan: Plan, words: Words, rng: Random) -> Words | None:
    """The sentence on applications says another number than table 3."""
    new, old = plan.report.number("received"), plan.report.number("carried_in")
    wrong = new + old + rng.randint(1, 9)
    return words.reworded(
        f"{plan.report.year}年，{plan.report.self_name}共收到政府信息公开申请{wrong}件，均按规定办理。"
    )


MAKERS: dict[str, Make] = {
    "section_dropped": _dropped,
    "heading_dropped": _heading_dropped,
    "heading_renamed": _renamed,
    "section_swapped": _swapped,
    "section_doubled": _doubled,
    "section_empty": _empty,
    "section_wrong_number": _wrong_number,
    "fee_removed": _no_fee,
    "published_late": _late,
    "date_malformed_period": in_paragraph("period", _malformed_period, "统计期限的日期残缺"),
    "date_malformed_prose": in_paragraph("problems", _malformed_prose, "正文日期残缺"),
    "period_wrong": in_paragraph("period", _wrong_period, "统计期限不是本年度"),
    "prose_number": in_paragraph("requests", _prose_number, "文字与表三的申请数不一致"),
}
