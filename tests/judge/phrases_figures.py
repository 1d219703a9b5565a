# ruff: noqa: E501  (one sentence, one line)
"""Wording that repeats numbers of the tables: applications, 复议 and 诉讼, the fee statement."""

from __future__ import annotations

from random import Random

from .model import Report
from .phrases_opening import percent

_GROUPS = {
    "予以公开": ("granted",),
    "部分公开": ("partly_granted",),
    "不予公开": ("refused_",),
    "无法提供": ("unavailable_",),
    "不予处理": ("rejected_",),
    "其他处理": ("other_",),
}


def requests(report: Report, rng: Random) -> str:
    """依申请公开: counts that agree with table 3."""
    new, old = report.number("received"), report.number("carried_in")
    done, left = report.number("total"), report.number("carried_out")
    y, s = report.year, report.self_name
    if not new and not old:
        return rng.choice(
            (
                f"{y}年，{s}未收到政府信息公开申请。",
                "本年度没有收到政府信息公开申请，无上年结转办理的申请。",
                f"{y}年{s}收到政府信息公开申请0件。",
                "全年未收到公民、法人和其他组织提出的政府信息公开申请，也没有结转下年度继续办理的事项。",
                f"{y}年度，{s}未收到依申请公开事项，受理渠道运行正常。",
                "申请渠道保持畅通，本年度未接到政府信息公开申请。",
            )
        )
    opening = rng.choice(
        (
            f"{y}年，{s}共收到政府信息公开申请{new}件",
            f"{y}年度新收政府信息公开申请{new}件",
            f"全年收到政府信息公开申请 {new} 件",
            f"{s}本年新收依申请公开{new}件",
            f"{y}年新收政府信息公开申请{new}件",
        )
    )
    people = report.number("received", "natural_person")
    details = []
    if new and rng.random() < 0.5:
        details.append(f"其中自然人申请{people}件，法人或其他组织申请{new - people}件")
        if rng.random() < 0.4:
            details.append(f"自然人占{percent(people, new, rng.choice((0, 1, 2)))}")
    if report.unit_type == "government" and new > 3 and rng.random() < 0.5:
        own = rng.randint(1, new - 1)
        details.append(f"其中政府办公室收到{own}件，各部门和乡镇（街道）收到{new - own}件")
    if old:
        details.append(f"上年结转{old}件")
    ending = rng.choice(
        (
            f"{'全部' if not left else ''}办结{done}件",
            f"已答复{done}件",
            f"办理答复{done}件，结转下年度继续办理{left}件",
            results(report),
            results(report),
        )
    )
    return f"{opening}，{'，'.join((*details, ending))}。" + _last_year(new, y, rng)


def _last_year(new: int, year: int, rng: Random) -> str:
    if not new or rng.random() < 0.6:
        return ""
    before = max(1, new + rng.randint(-new // 2, 5))
    word = "增加" if new > before else "减少"
    if new == before:
        return f"与{year - 1}年持平。"
    change = percent(abs(new - before), before, rng.choice((1, 2)))
    return rng.choice(
        (
            f"{year - 1}年收到申请{before}件，今年{word}{abs(new - before)}件。",
            f"与上年相比{word}{abs(new - before)}件，{'增长' if new > before else '下降'}{change}。",
            f"较{year - 1}年（{before}件）{word}{change}。",
        )
    )


def results(report: Report) -> str:
    """The dispositions, group by group; noughts are left out."""
    rows = {row.id for row in report.form.table("requests").blocks[0].rows}
    sums = {
        word: sum(report.number(row) for row in rows if row.startswith(prefixes)) for word, prefixes in _GROUPS.items()
    }
    said = [f"{word}{number}件" for word, number in sums.items() if number]
    return "按办理结果分，" + "、".join(said) if said else f"办结0件，结转下年度{report.number('carried_out')}件"


def remedies(report: Report, rng: Random) -> str:
    """行政复议 and 行政诉讼: counts that agree with table 4."""
    review = report.number("review", "total", "remedies")
    suits = report.number("direct", "total", "remedies") + report.number("after_review", "total", "remedies")
    y = report.year
    if not review and not suits:
        return rng.choice(
            (
                "未发生因政府信息公开引发的行政复议、行政诉讼。",
                f"{y}年没有因政府信息公开被申请行政复议或者提起行政诉讼的案件。",
                "全年政府信息公开行政复议0件、行政诉讼0件。",
                "无行政复议和行政诉讼案件。",
                "未因政府信息公开工作被申请行政复议、提起行政诉讼。",
                f"{y}年未收到涉及政府信息公开的行政复议申请，也未发生行政诉讼。",
            )
        )
    first = f"行政复议{review}件" if review else "未发生行政复议"
    second = f"行政诉讼{suits}件" if suits else "未发生行政诉讼"
    kept = report.number("review", "upheld", "remedies")
    detail = f"复议案件中结果维持{kept}件。" if review and rng.random() < 0.4 else ""
    return (
        rng.choice(
            (
                f"因政府信息公开引发{first}、{second}。",
                f"{y}年，涉及政府信息公开的{first}，{second}。",
                f"本年度发生政府信息公开{first}，{second}。" if review and suits else f"本年度{first}，{second}。",
            )
        )
        + detail
    )


def fee(report: Report, rng: Random) -> str:
    """The statement on 信息处理费 (section six), always true."""
    y, s = report.year, report.self_name
    if report.edition == "2019" and rng.random() < 0.6:
        return rng.choice(
            (
                "无。",
                "无其他需要报告的事项。",
                "本年度没有其他需要报告的事项。",
                "无",
                "没有需要报告的其他事项。",
                f"{y}年无其他需要报告的事项。",
            )
        )
    if report.fee_notices:
        n, money = report.fee_notices, report.fee_amount
        return rng.choice(
            (
                f"{y}年，{s}发出收费通知{n}件，总金额{n * 100}元，实际收取信息处理费{money}元。",
                f"依据《政府信息公开信息处理费管理办法》，全年发出信息处理费收费通知{n}件，通知总金额{n * 100}元，实际收取{money}元。",
                f"信息处理费收取情况：发出收费通知的件数为{n}件，总金额为{n * 100}元，实际收取的总金额为{money}元。",
            )
        )
    return rng.choice(
        (
            f"{y}年，{s}未收取政府信息公开信息处理费。",
            f"{s}{y}年度没有发出收费通知，未收取信息处理费。",
            "按照《政府信息公开信息处理费管理办法》，本年度未产生信息处理费。",
            "本年度发出信息处理费收费通知0件，总金额0元，实际收取0元。",
            f"{s}依申请提供政府信息未收取任何费用，无信息处理费收取情况。",
            f"{y}年收取信息处理费0元。",
            "依据国办函〔2020〕109号文件，未向申请人收取信息处理费。"
            if report.edition == "2021"
            else "未收取信息处理费。",
        )
    )
