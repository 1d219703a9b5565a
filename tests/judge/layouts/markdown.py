"""Markdown: # headings, pipe tables with rule rows, bold; merged cells left blank or repeated."""

from __future__ import annotations

from random import Random

from ..grid import Grid
from ..plan import Plan
from ..words import Builder, Rendered
from .tabs import fill
from .text import Pages, TextStyle, flat, render_text


def render(plan: Plan, rng: Random) -> Rendered:
    """The report as Markdown."""
    spans, below = rng.choice((("repeat", "repeat"), ("blank", "blank"), ("repeat", "repeat"), ("blank", "repeat")))
    rule = rng.choice(("---", "------", ":---:", "-"))
    join = rng.choice(("", "<br>", " "))
    bold = rng.random() < 0.2

    def table(b: Builder, grid: Grid, pages: Pages) -> None:
        for i, row in enumerate(fill(grid, spans, below, True)):
            b.add("|")
            for words in row:
                strong = bold and i == 0 and words.text
                b.add(" **" if strong else " ")
                b.put(flat(words, join))
                b.add("** |" if strong else " |")
            b.add("\n")
            if i == 0:
                b.add("|" + f" {rule} |" * grid.width + "\n")

    heading = rng.choice(("## {}", "# {}", "**{}**", "## **{}**", "### {}"))
    sub = rng.choice(("### {}", "{}", "**{}**", "#### {}"))
    style = TextStyle("markdown", ".md", table, title=rng.choice(("# {}", "**{}**", "{}")), heading=heading, sub=sub)
    return render_text(plan, rng, style)
