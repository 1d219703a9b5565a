"""The simplest page: head, title, body; layouts differ in their style and in how tables are written."""

from __future__ import annotations

from ..plan import Plan
from ..words import Rendered
from .html import Page


def write(page: Page, plan: Plan, layout: str) -> Rendered:
    """The whole page."""
    page.raw("<html>")
    page.head(plan)
    page.raw("<body>")
    for line in plan.before:
        page.paragraph_text(line)
    for words in plan.title:
        page.paragraph(words, "h2")
    for name, found in plan.metadata:
        page.open("p")
        page.b.add(f"{name}：")
        page.b.put(found)
        page.shut("p", False)
    page.body(plan)
    for line in plan.after:
        page.paragraph_text(line)
    page.raw("</body></html>")
    return page.b.done(".html", layout)
