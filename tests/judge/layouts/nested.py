"""An old page: layout tables round everything, the report's tables inside their cells."""

from __future__ import annotations

from random import Random

from ..grid import Grid
from ..plan import Plan
from ..words import Rendered
from .html import Page, draw_style


class _Nested(Page):
    def official(self, grid: Grid) -> None:
        self.raw('<table width="100%"><tr><td align="center">')
        self.table(grid)
        self.raw("</td></tr></table>")


def render(plan: Plan, rng: Random) -> Rendered:
    """The report inside three layout tables."""
    page = _Nested(rng, draw_style(rng))
    page.raw("<html>")
    page.head(plan)
    page.raw('<body><table width="1000"><tr><td colspan="2"><img src="/b.jpg" alt="政府信息公开"></td></tr>')
    page.raw(
        '<tr><td width="200" valign="top"><table><tr><td>公开指南</td></tr><tr><td>公开制度</td></tr>'
        '<tr><td>公开年报</td></tr></table></td><td><table width="780"><tr><td>'
    )
    for words in plan.title:
        page.paragraph(words, "div", ' class="bt"')
    page.raw("</td></tr><tr><td>")
    for name, found in plan.metadata:
        page.b.add(f"{name}：")
        page.b.put(found)
        page.b.add("&nbsp;&nbsp;")
    for line in plan.before:
        page.raw(f"<br>{line}")
    page.raw("</td></tr><tr><td>")
    page.body(plan)
    page.raw("</td></tr></table></td></tr>")
    for line in plan.after:
        page.raw(f'<tr><td colspan="2">{line}</td></tr>')
    page.raw("</table></body></html>")
    return page.b.done(".html", "nested")
