"""What stands in and round a report without being part of the form: own tables, page furniture."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from .model import Report
from .plan import Item, OwnTable, Plan, Section


def own_table(plan: Plan, rng: Random) -> Plan:
    """A table of the agency's own at the end of section one or six, unless nothing stands there (a fault)."""
    first, second = rng.randint(1000, 4000), rng.randint(2, 900)
    own = rng.choice(
        (
            OwnTable(
                (
                    ("公开渠道", "信息数量（条）"),
                    ("门户网站", f"{first:,}"),
                    ("新媒体", f"{second}"),
                    ("总计", f"{first + second:,}"),
                )
            ),
            OwnTable(
                (
                    ("类别", "上年", "本年", "增减"),
                    ("政策解读", f"{second}", f"{first:,}", f"{first - second:,}"),
                    ("新闻发布会", "—", f"{second}", "—"),
                    ("其他", "—", "0", "—"),
                )
            ),
            OwnTable(
                (
                    ("项目", "数量"),
                    ("建议提案办理", f"{second}件"),
                    ("培训", "3次"),
                    ("总计", f"{second + 3}"),
                )
            ),
        )
    )
    where = rng.choice((1, 6))

    def extended(section: Section) -> Section:
        items: tuple[Item, ...] = (*section.items, own)
        return replace(section, items=items) if section.number == where and section.items else section

    return replace(plan, sections=tuple(map(extended, plan.sections)))


def furniture(plan: Plan, rng: Random) -> Plan:
    """What stands before and after a report on its page."""
    report: Report = plan.report
    before = (
        "首页 > 政务公开 > 法定主动公开内容 > 政府信息公开年报",
        "【字体：大 中 小】 打印 分享",
        "浏览次数：1532次",
        "无障碍阅读 繁體版 智能问答",
        "您当前的位置：首页 / 政府信息公开",
    )
    last = f"{report.agency}{report.year - 1}年政府信息公开工作年度报告"
    after = (
        f"上一篇：{last}",
        "下一篇：没有了",
        "打印本页　关闭窗口　分享到：",
        "扫一扫在手机打开当前页",
        f"相关链接：{last}",
        "主办单位：大数据中心 技术支持：信息公司",
        "责任编辑：政务公开科",
        "附件：",
    )
    return replace(
        plan,
        before=tuple(rng.sample(before, rng.randint(0, 3))),
        after=tuple(rng.sample(after, rng.randint(0, 4))),
    )
