"""Writes a report's plan: all prose and the tables in their sections."""

from __future__ import annotations

from random import Random

from . import phrases_figures as figures
from . import phrases_opening as opening
from .form import NUMERALS
from .model import Report
from .plan import Item, Paragraph, Plan, Section, heading_words, table_item
from .words import Words

_PROBLEMS = (
    "政策解读形式比较单一",
    "个别栏目更新不够及时",
    "基层工作人员变动较大，业务不够熟练",
    "公众参与的渠道还不多",
    "信息公开的主动性有待加强",
    "部分信息内容不够通俗易懂",
    "与群众期盼相比，公开的深度还有差距",
)
_REMEDIES = (
    "丰富图解、视频等解读形式",
    "建立更新提醒机制，按月检查栏目",
    "加强业务培训，提高人员素质",
    "拓宽线上线下参与渠道",
    "完善公开目录，推动应公开尽公开",
    "使用群众听得懂的语言发布信息",
    "聚焦重点领域，细化公开内容",
)
_OTHER = (
    "创新工作方面，组织“政府开放日”活动2场，邀请市民代表60人参加。",
    "按要求落实上级政务公开工作要点，各项任务均已完成。",
    "人大代表建议和政协提案办理结果按规定公开，公开率100%。",
    "本报告中所称“以上”包括本数。",
    "门户网站全年访问情况另见网站工作年度报表。",
    "没有其他需要报告的事项。",
)


def make_plan(report: Report) -> Plan:
    """The clean plan: official wording and order."""
    rng = Random(f"prose {report.prose_seed}")
    bodies: tuple[list[Item], ...] = (
        _section_one(report, rng),
        [],
        [],
        [],
        _section_five(report, rng),
        _section_six(report, rng),
    )
    sections = tuple(
        Section(
            number,
            heading_words(number, report.form.headings[number - 1]),
            (*body, *table_item(report, number)),
        )
        for number, body in enumerate(bodies, 1)
    )
    title = tuple(Words(text, (("title",),)) for text in report.title)
    return Plan(report, title, _metadata(report, rng), tuple(_preamble(report, rng)), sections, _signature(report))


def _metadata(report: Report, rng: Random) -> tuple[tuple[str, Words], ...]:
    facts = [
        ("索引号", Words(f"{rng.randint(100000, 999999)}/{report.year + 1}-{rng.randint(1, 99999):05}")),
        (rng.choice(("发布机构", "信息来源", "公开主体")), Words(report.agency)),
    ]
    if report.published:
        day = report.published
        written = rng.choice(
            (
                f"{day}",
                f"{day.year}年{day.month}月{day.day}日",
                f"{day:%Y/%m/%d}",
                f"{day} 09:{rng.randint(10, 59)}",
                f"{day} 1{rng.randint(0, 7)}:05:3{rng.randint(0, 9)}",
            )
        )
        facts.append((rng.choice(("发布日期", "发布时间", "公开日期")), Words(written, (("published",),))))
    return tuple(facts)


def _signature(report: Report) -> tuple[Words, ...]:
    day = report.signed
    return (Words(report.agency), Words(f"{day.year}年{day.month}月{day.day}日", (("signed",),))) if day else ()


def _preamble(report: Report, rng: Random) -> list[Paragraph]:
    parts = [Paragraph(Words(opening.basis(report, rng)))]
    if rng.random() < 0.5:
        parts.append(Paragraph(Words(opening.contents(rng))))
    parts.append(Paragraph(Words(opening.period(report, rng)), "period"))
    if rng.random() < 0.7:
        parts.append(Paragraph(Words(opening.contact(report, rng))))
    if rng.random() < 0.5:
        return [Paragraph(Words("".join(part.words.text for part in parts)), "period")]
    return parts


def _section_one(report: Report, rng: Random) -> list[Item]:
    texts = (
        opening.active(report, rng),
        figures.requests(report, rng) + figures.remedies(report, rng),
        *(opening.filler(aspect, report, rng) for aspect in (2, 3, 4)),
    )
    kinds = ("text", "requests", "text", "text", "text")
    style = rng.choice(("own line", "own line", "same line", "first", "plain", "half"))
    suffix = rng.choice(("", "情况", "方面"))
    items: list[Item] = [Paragraph(Words(opening.overview(report, rng)))]
    for i, (aspect, text, kind) in enumerate(zip(opening.ASPECTS, texts, kinds, strict=True)):
        if style in ("own line", "half"):
            number = f"({NUMERALS[i]})" if style == "half" else f"（{NUMERALS[i]}）"
            items.append(Paragraph(Words(f"{number}{aspect}{suffix}"), "sub"))
        elif style == "plain":
            items.append(Paragraph(Words(f"{aspect}{suffix or '情况'}"), "sub"))
        lead = {
            "same line": f"（{NUMERALS[i]}）{aspect}{suffix}。",
            "first": f"{NUMERALS[i]}是{aspect}情况。",
        }
        items.append(Paragraph(Words(lead.get(style, "") + text), kind))
    return items


def _section_five(report: Report, rng: Random) -> list[Item]:
    count = rng.randint(1, 4)
    wrong = [f"{NUMERALS[i]}是{text}" for i, text in enumerate(rng.sample(_PROBLEMS, count))]
    better = [f"{NUMERALS[i]}是{text}" for i, text in enumerate(rng.sample(_REMEDIES, count))]
    problems = rng.choice(
        (
            "存在的主要问题：{}。",
            "虽然取得一定成效，但仍存在一些不足：{}。",
            "对照要求，还存在以下问题：{}。",
            f"{report.year}年工作中的主要问题有：{{}}。",
            "{}，这些问题需要认真解决。",
            "工作中也发现一些问题，主要表现在{}。",
        )
    )
    improved = rng.choice(
        (
            "改进措施：{}。",
            "针对上述问题，采取以下改进情况：{}。",
            f"下一步，{report.self_name}将从以下方面改进：{{}}。",
            f"{report.year + 1}年，将{{}}，不断改进工作。",
            "改进情况：{}。",
            "为此，已经并将继续改进：{}。",
        )
    )
    texts = (problems.format("；".join(wrong)), improved.format("；".join(better)))
    if rng.random() < 0.4:
        subs = rng.choice((("（一）存在的主要问题", "（二）改进情况"), ("1.主要问题", "2.改进措施")))
        return [
            part
            for sub, text in zip(subs, texts, strict=True)
            for part in (Paragraph(Words(sub), "sub"), Paragraph(Words(text), "problems"))
        ]
    return [Paragraph(Words(text), "problems") for text in texts]


def _section_six(report: Report, rng: Random) -> list[Item]:
    text = figures.fee(report, rng)
    statement: Item = Paragraph(Words(text), "fee")
    if text.startswith("无") or "没有" in text or rng.random() < 0.6:
        return [statement]
    both: list[Item] = [statement, Paragraph(Words(rng.choice(_OTHER)))]
    return both if rng.random() < 0.5 else both[::-1]
