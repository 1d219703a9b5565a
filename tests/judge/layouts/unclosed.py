"""HTML that leaves out every end tag it may: no </td>, </tr>, </p>."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from ..plan import Plan
from ..words import Rendered
from .html import Page, draw_style
from .plain_page import write


def render(plan: Plan, rng: Random) -> Rendered:
    """The report with unclosed cells."""
    style = replace(draw_style(rng), close=False, newline=rng.choice(("\n", "\n", "\n  ")))
    return write(Page(rng, style), plan, "unclosed")
