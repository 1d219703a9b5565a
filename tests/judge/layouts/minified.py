"""HTML in one line without any white space."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ..plan import Plan
from ..words import Rendered
from .html import Page, draw_style
from .plain_page import write


def render(plan: Plan, rng: Random) -> Rendered:
    """The report in one line."""
    inside = rng.choice((("", ""), ("<p>", "</p>"), ("<div>", "</div>")))
    style = replace(draw_style(rng), newline="", inside=inside)
    return write(Page(rng, style), plan, "minified")
