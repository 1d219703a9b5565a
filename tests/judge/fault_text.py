"""Faults of what the prose says or does not say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from .damage import Damage
from .fault_parts import edit_section, in_paragraph
from .form import NUMERALS
from .phrases_opening import ASPECTS
from .plan import Paragraph, Plan, Section
from .words import FAULT, Words

Make = Callable[[Plan, Random], Damage | None]
Write = Callable[[Plan, Random], str]


def _in_section(number: int, write: Write, what: str, since: int = 2019) -> Make:
    """One more paragraph at the end of a section's prose."""

    def make(plan: Plan, rng: Random) -> Damage | None:
        if plan.report.year < since:
            return None
        added = Paragraph(Words(write(plan, rng), (FAULT,)))
        return Damage(
            edit_section(plan, number, lambda section: (replace(section, items=(*section.items, added)),)), number, what
        )

    return make


def _instead(number: int, write: Write, what: str) -> Make:
    """A section that says this and nothing else."""

    def make(plan: Plan, rng: Random) -> Damage:
        only = Paragraph(Words(write(plan, rng), (FAULT,)))
        return Damage(edit_section(plan, number, lambda section: (replace(section, items=(only,)),)), number, what)

    return make


def _in_preamble(write: Write, what: str, since: int = 2019) -> Make:
    """One more paragraph before the others."""

    def make(plan: Plan, rng: Random) -> Damage | None:
        if plan.report.year < since:
            return None
        added = Paragraph(Words(write(plan, rng), (FAULT,)))
        return Damage(replace(plan, preamble=(added, *plan.preamble)), 0, what)

    return make


def _some(*forms: str) -> Write:
    """One of these wordings; {y} is the year, {b} the one before, {n} some number."""

    def write(plan: Plan, rng: Random) -> str:
        year = plan.report.year
        return rng.choice(forms).format(y=year, b=year - 1, n=rng.randint(11, 400), s=plan.report.self_name)

    return write


def _fee_elsewhere(plan: Plan, rng: Random) -> Damage | None:
    """Section one tells of the fee; section six says that there is nothing to report."""
    if plan.report.edition == "2019":
        return None
    fee = rng.choice(("本年度未收取信息处理费。", "依申请提供政府信息未收取信息处理费，收费通知0件。"))
    said = Paragraph(Words(fee, (FAULT,)))
    plan = edit_section(plan, 1, lambda section: (replace(section, items=(*section.items, said)),))
    nothing = Paragraph(Words(rng.choice(("无。", "本单位没有其他需要报告的事项。")), (FAULT,)))
    plan = edit_section(plan, 6, lambda section: (replace(section, items=(nothing,)),))
    return Damage(plan, 6, "信息处理费写在第一部分")


def _fee_odd(plan: Plan, rng: Random) -> Damage | None:
    if plan.report.edition == "2019":
        return None
    money, n = 10 * rng.randint(11, 300) + rng.randint(1, 9), rng.randint(1, 9)
    text = rng.choice(
        (
            f"{plan.report.year}年发出信息处理费收费通知{n}件，实际收取信息处理费{money}元。",
            f"本年度收取政府信息公开信息处理费共计{money}元。",
        )
    )
    return _instead(6, lambda *_: text, f"收费 {money} 元")(plan, rng)


def _no_assessment(plan: Plan, rng: Random) -> Damage | None:
    """A government's section one without 考核, 评议 or 追究."""
    if plan.report.unit_type != "government":
        return None
    said = rng.choice(("明确专人负责，组织业务培训3次，参加人员46人次。", "召开推进会2次，开展业务培训1次。"))

    def edited(section: Section) -> tuple[Section, ...]:
        paragraphs = [item for item in section.items if isinstance(item, Paragraph)]
        last = paragraphs[-1]
        lead = _LEAD.match(last.words.text)
        new = replace(last, words=Words((lead[0] if lead else "") + said, (FAULT,)))
        return (replace(section, items=tuple(new if item is last else item for item in section.items)),)

    return Damage(edit_section(plan, 1, edited), 1, "政府年报没有考核、评议、追责")


_LEAD = re.compile(r"^（[一二三四五]）[^。]*。|^[一二三四五]是[^。]*情况。")


def _numbering_gap(plan: Plan, rng: Random) -> Damage:
    """Five numbered parts of section one, one number left out."""
    gone = rng.randint(2, 5)
    own_line = rng.random() < 0.5

    def edited(section: Section) -> tuple[Section, ...]:
        overview, *texts = [i for i in section.items if isinstance(i, Paragraph) and i.kind != "sub"]
        items = [overview]
        for i, (aspect, text) in enumerate(zip(ASPECTS, texts, strict=True)):
            number = i + 1 if i + 1 < gone else i + 2
            tags = (FAULT,) if number == gone + 1 else ()
            lead, body = f"（{NUMERALS[number - 1]}）{aspect}", _LEAD.sub("", text.words.text)
            if own_line:
                items += [Paragraph(Words(lead, tags), "sub"), replace(text, words=Words(body))]
            else:
                items.append(replace(text, words=Words(f"{lead}。{body}", tags)))
        return (replace(section, items=tuple(items)),)

    return Damage(edit_section(plan, 1, edited), 1, f"小标题没有（{NUMERALS[gone - 1]}）")


def _no_period(plan: Plan, words: Words, rng: Random) -> Words:
    return words.reworded("报告内容真实、准确，欢迎社会各界监督。")


def _stale_year(plan: Plan, rng: Random) -> Damage:
    number = rng.choice((1, 5, 6))
    who = rng.choice(("本单位", "本机关", "我局" if plan.report.self_name == "我局" else "本部门"))
    form = {
        1: f"{{b}}年，{who}坚持以公开促服务，推进各项任务落实。",
        5: f"{{b}}年，{who}的政策解读工作还有不足。",
        6: f"{{b}}年度，{who}未发生其他需要说明的情况。",
    }[number]
    return _in_section(number, _some(form), "沿用上年的年份")(plan, rng)  # type: ignore[return-value]


def _damaged(plan: Plan, words: Words, rng: Random) -> Words:
    """One or two characters lost in one sentence."""
    text = "落实审核制度，公布重点领域信息，公众反映良好。"
    for _ in range(rng.randint(1, 2)):
        at = rng.randint(1, len(text) - 3)
        text = text[:at] + "\ufffd" + text[at + 1 :]
    return words.reworded(words.text + text)


def _early(plan: Plan, rng: Random) -> Damage:
    """Published before the year was over: in December, or with last year's date."""
    year = plan.report.year
    day = rng.choice((date(year, 12, rng.randint(1, 30)), date(year, 1, rng.randint(5, 31))))
    metadata = tuple((name, words) for name, words in plan.metadata if ("published",) not in words.tags)
    if rng.random() < 0.5:
        when = Words(f"{day}", (("published",), FAULT))
        plan = replace(plan, metadata=(*metadata, ("发布日期", when)), signature=())
    else:
        signed = Words(f"{day.year}年{day.month}月{day.day}日", (("signed",), FAULT))
        plan = replace(plan, metadata=metadata, signature=(Words(plan.report.agency), signed))
    return Damage(plan, None, f"{day} 发布")


def _other_agency(plan: Plan, rng: Random) -> Damage:
    report = plan.report
    names = [n for n in ("教育局", "水利局", "民政局", "审计局", "卫生健康委员会") if n not in report.agency]
    text = rng.choice(
        (
            "根据《中华人民共和国政府信息公开条例》，现将{}{}年政府信息公开工作年度报告公布如下。",
            "现公布{}{}年度政府信息公开工作年度报告。",
            "现向社会公布{}{}年政府信息公开年度报告，欢迎监督。",
        )
    ).format(report.area + rng.choice(names), report.year)
    return Damage(
        replace(plan, preamble=(Paragraph(Words(text, (FAULT,))), *_without_basis(plan))), 0, "引言说的是别的机关"
    )


def _without_basis(plan: Plan) -> tuple[Paragraph, ...]:
    """The period statement alone, so that the preamble names the agency once."""
    y = plan.report.year
    return (Paragraph(Words(f"本报告所列数据的统计期限为{y}年1月1日至{y}年12月31日。"), "period"),)


MAKERS: dict[str, Make] = {
    "aspect_missing": _instead(
        1, _some("{y}年主动公开信息{n}条，组织业务培训3次。", "{y}年各项工作平稳有序。"), "总体情况缺方面"
    ),
    "numbering_gap": _numbering_gap,
    "fee_elsewhere": _fee_elsewhere,
    "fee_amount_odd": _fee_odd,
    "problems_missing": _instead(
        5,
        _some("无。", "存在的主要问题是政策解读形式不够多样。", "解读形式单一，栏目更新不及时等短板仍然存在。"),
        "只写问题或者什么都没有",
    ),
    "assessment_missing": _no_assessment,
    "basis_old": _in_preamble(
        _some(
            "本报告按照国办公开办函〔2019〕60号规定的格式编制。",
            "根据《中华人民共和国政府信息公开条例》（国务院令第492号）编制本报告。",
        ),
        "过时的依据",
        since=2021,
    ),
    "period_missing": in_paragraph("period", _no_period, "没有统计期限"),
    "data_stop_early": _in_section(
        1,
        _some(
            "截至11月30日，网站专栏发布动态{n}条。", "截至{y}年11月底，关注人数{n}人。", "截止12月10日发布图文{n}条。"
        ),
        "数据没有到年底",
    ),
    "stale_year": _stale_year,
    "guideline_other_year": _in_preamble(
        _some("按照《{b}年政务公开工作要点》的要求编制。", "根据{b}年省政府信息公开工作要点编制本报告。"),
        "上年的工作要点",
    ),
    "plan_for_past": _in_section(
        5,
        _some(
            "下一步，{y}年我局将加大解读力度，丰富公开形式。",
            "{y}年，本单位将加强业务培训。",
            "整改措施：{y}年继续完善公开目录。",
        ),
        "为已经过去的一年写打算",
    ),
    "percent_points": _in_section(
        1,
        _some(
            "发布图文信息{n}条，同比增长12.5个百分点。",
            "召开座谈会{n}次，比上年增加8个百分点。",
            "阅读量增长15%个百分点。",
        ),
        "数量增减用了个百分点",
    ),
    "placeholder": _in_section(
        1,
        _some("组织专题学习XX次。", "发布解读材料××篇，接待咨询××人。", "由某某局负责审核。", "组织培训（请填写）次。"),
        "没有填的空位",
    ),
    "unpaired_quote": _in_section(
        1,
        _some(
            "落实“三审三校制度，严把审核关。",
            "更新栏目（含专题专栏，方便查询。",
            "学习《条例有关规定，提高认识。",
            "开设政民互动】专栏，回应关切。",
        ),
        "引号或者括号少一半",
    ),
    "other_agency": _other_agency,
    "published_early": _early,
    "characters_damaged": in_paragraph("problems", _damaged, "文字损坏"),
}
