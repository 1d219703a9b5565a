"""A whole report round an item: the official form with the figures, other text that gives no number, the item in it."""

from __future__ import annotations

import re
from random import Random
from typing import Any, NamedTuple

from govlint.examples.clean import Part, clean_report
from govlint.examples.printing import SUFFIXES, Printer
from govlint.model.edition import Edition

from .corpus import Filled, Item
from .figures import Figures

LAYOUTS = ("tabs", "tabs", "pipes", "html", "html")
AGENCIES = {
    "department": (
        ("我委", "云溪县卫生健康委员会"),
        ("我厅", "青浔省财政厅"),
        ("我中心|本中心", "云溪县政务服务中心"),
        ("我办", "云溪县人民政府外事办公室"),
        ("分局", "临渚市生态环境局云溪分局"),
        ("全市|我市|本市|市局", "临渚市民政局"),
        ("全区|我区|区局", "丹岑区教育局"),
        ("", "云溪县水务局"),
        ("", "临渚市自然资源和规划局"),
    ),
    "office": (
        ("全市|我市|市政府|市级", "临渚市人民政府办公室"),
        ("全区|我区|区政府|区级", "丹岑区人民政府办公室"),
        ("", "云溪县人民政府办公室"),
    ),
    "government": (
        ("全省|省政府|省级|省本级", "青浔省人民政府"),
        ("全区|我区|区政府|区级|区直", "丹岑区人民政府"),
        ("全县|我县|县政府|县级|县直", "云溪县人民政府"),
        ("", "临渚市人民政府"),
    ),
    "township": (
        ("街道|办事处", "长亭街道办事处"),
        ("乡", "双槐乡人民政府"),
        ("", "柳渡镇人民政府"),
    ),
}
_NUMBER = re.compile(r"[（(]([一二三四五六])[）)]")
_ASPECTS = (
    ("主动公开", "围绕重点工作和群众关心的事项，及时公布规划、办事程序和收费标准，方便查询。"),
    ("依申请公开", "畅通网上和窗口渠道，登记、审核、答复、归档各环节由专人负责。"),
    ("政府信息管理", "完善公文公开属性认定和保密审查，定期清理过时信息。"),
    ("政府信息公开平台建设", "专栏由专人维护，定期检查链接和内容。"),
    ("监督保障", "将政府信息公开纳入工作考核，接受社会评议，依规开展责任追究，加强业务培训。"),
)
_PROBLEMS = (
    "（一）存在的主要问题。政策解读形式还不够多样，部分栏目更新不够及时。",
    "（二）改进情况。已丰富图解和短视频解读，并建立栏目更新提醒机制。",
)
_FEES = re.compile("收费通知|处理费")
_FEE = "本年度未收取政府信息公开信息处理费。"


class Printed(NamedTuple):
    """A report as a file; ``start`` is the offset of the item's text in it."""

    data: bytes
    name: str
    start: int


def print_report(item: Item, unit: str, filled: Filled, figures: Figures, edition: Edition, rng: Random) -> Printed:
    """The report in one of several layouts. Its only claims about tables 3 and 4 are those of the item."""
    printer = Printer(rng.choice(LAYOUTS))
    printer.print(_tree(item, filled, figures, edition, _agency(item, unit, rng)))
    name = item.id + SUFFIXES[printer.layout]
    lead = len(item.heading) if item.inline else 0
    return Printed(printer.text.encode(), name, printer.places["item"].start + lead)


def unit_of(item: Item, rng: Random) -> str:
    """The type of unit that writes this item."""
    return rng.choice(("department", "department", "office", "township")) if item.unit == "any" else item.unit


def _agency(item: Item, unit: str, rng: Random) -> str:
    """One that calls itself what the item does, else any of those without words of their own."""
    for words, name in AGENCIES[unit]:
        if words and re.search(words, item.words):
            return name
    return rng.choice([name for words, name in AGENCIES[unit] if not words])


def _tree(item: Item, filled: Filled, figures: Figures, edition: Edition, agency: str) -> Part:
    data: dict[str, Any] = {
        "title": "{agency}{year}年政府信息公开工作年度报告",
        "preamble": [
            "根据《中华人民共和国政府信息公开条例》的要求，现公布{year}年政府信息公开工作年度报告。",
            "本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。",
        ],
        "sections": {"5": list(_PROBLEMS), "6": [_FEE]},
        "signature": ["{agency}", "{next}年1月20日"],
        "values": {"all": {".".join(cell): value for cell, value in figures.by_cell.items()}, edition.id: {}},
    }
    report = clean_report(data, edition, {}, figures.by_name["year"], agency)
    mine = [Part("item", "paragraph", (item.heading if item.inline else "") + filled.text)]
    if item.heading and not item.inline:
        mine.insert(0, Part("", "paragraph", item.heading))
    body = _body(report, item.section)
    if item.section == 1:
        body.parts = _overview(item, mine)
    elif item.section in (3, 4) or _FEES.search(item.words):
        body.parts = mine
    else:
        body.parts += mine
    if item.section != 1:
        _body(report, 1).parts = _overview(None, [])
    return report


def _body(report: Part, section: int) -> Part:
    holder, number = report.find(f"@section.{section}") or (report, 0)
    return holder.parts[number]


def _overview(item: Item | None, mine: list[Part]) -> list[Part]:
    """Section one: the item where its sub-heading's number belongs, before the rest if it has none."""
    if item is None or not item.heading:
        return mine + [Part("", "paragraph", f"{title}方面。{text}") for title, text in _ASPECTS]
    match = _NUMBER.match(item.heading)
    place = "一二三四五六".index(match[1]) if match else 1
    rest = [aspect for index, aspect in enumerate(_ASPECTS) if index != place]
    parts = [
        Part("", "paragraph", f"（{'一二三四五六'[index + (index >= place)]}）{title}。{text}")
        for index, (title, text) in enumerate(rest)
    ]
    return [*parts[:place], *mine, *parts[place:]]
