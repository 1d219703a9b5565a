"""A crawler's table: cells between pipes, with or without pipes at the ends, no rule rows."""

from __future__ import annotations

from random import Random

from ..grid import Grid
from ..plan import Plan
from ..words import Builder, Rendered
from .tabs import fill
from .text import Pages, TextStyle, flat, render_text


def render(plan: Plan, rng: Random) -> Rendered:
    """The report with pipe-separated tables."""
    spans, below, pad = rng.choice((("once", "none", True), ("blank", "blank", True), ("once", "blank", False)))
    lead, sep, end = rng.choice((("", " | ", " |"), ("| ", " | ", " |"), ("|", "|", "|"), ("", " | ", "")))
    join = rng.choice(("", " "))

    def table(b: Builder, grid: Grid, pages: Pages) -> None:
        for row in fill(grid, spans, below, pad):
            b.add(lead)
            for i, words in enumerate(row):
                tight = i and not words.text and rng.random() < 0.5
                b.add(("|" if tight else sep) if i else "")
                b.put(flat(words, join))
            b.add(end + "\n" + pages.line(0.03))

    return render_text(plan, rng, TextStyle("pipes", ".txt", table, gap=rng.choice(("", "", "\n"))))
