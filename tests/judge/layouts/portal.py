"""A government portal's page: navigation, metadata table, breadcrumb, links, sharing, scripts, footer."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ..plan import Plan
from ..words import Rendered
from .html import Page, draw_style

_SCRIPT = (
    '<script type="text/javascript">var list=["一、总体情况","<td>0</td>"]; document.write("<p>1</p>");'
    "if (1 < 2 && 3 > 2) { share(); }</script>"
)
_CSS = "<style>td{border:1px solid #000} .nav li:after{content:'|'}</style>"


def render(plan: Plan, rng: Random) -> Rendered:
    """The report on its portal page."""
    page = Page(
        rng,
        replace(
            draw_style(rng),
            paragraph=rng.choice(("", ' style="text-indent:2em"', ' class="p1"')),
            cell=rng.choice(("", ' align="center"', ' style="width:43px" valign="center"')),
        ),
    )
    page.raw("<!DOCTYPE html>")
    page.raw('<html lang="zh-CN">')
    page.head(plan, f" - {plan.report.area}政府门户网站")
    page.raw(_CSS)
    page.raw("<body>")
    page.raw('<div class="nav"><ul><li><a href="/">首页</a></li><li>政务公开</li><li>政民互动</li></ul></div>')
    page.raw('<div class="path">当前位置：<a href="/">首页</a> &gt; 公开 &gt; 政府信息公开年报</div>')
    _metadata(page, plan)
    for line in plan.before:
        page.raw(f"<div>{line}</div>")
    for words in plan.title:
        page.paragraph(words, "h1", ' class="title"')
    page.raw('<div class="share">分享到：<span>微信</span> 字号：[大 中 小] <a href="#">打印</a></div>')
    page.raw("<!-- 正文开始 <table><tr><td>规章</td><td>9</td></tr></table> -->")
    with page.element("div", ' id="zoom"'):
        page.body(plan)
    page.raw(_SCRIPT)
    _links(page, plan)
    page.raw("</body>")
    page.raw("</html>")
    return page.b.done(".html", "portal")


def _metadata(page: Page, plan: Plan) -> None:
    """The table of index number, publisher and date."""
    with page.element("table", ' class="meta"'), page.element("tr"):
        for name, words in plan.metadata:
            page.raw(f"<td>{name}：</td>")
            with page.element("td"):
                page.b.put(words)
        page.raw("<td>文号：</td><td></td>")


def _links(page: Page, plan: Plan) -> None:
    """Last years' reports and the footer."""
    agency, year = plan.report.agency, plan.report.year
    page.raw('<ul class="more">')
    for past in range(year - 1, year - 4, -1):
        page.raw(f'<li><a href="/{past}.html">{agency}{past}年政府信息公开工作年度报告</a><i>{past + 1}-01-20</i>')
    page.raw("</ul>")
    for line in plan.after:
        page.raw(f"<div>{line}</div>")
    page.raw('<div class="footer">主办：人民政府办公室&nbsp;&nbsp;ICP备00000001号&nbsp;&copy; 版权所有</div>')
