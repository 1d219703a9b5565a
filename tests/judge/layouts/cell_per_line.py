"""Text copied from a web page: one cell per line, blank lines between, padding of odd blanks."""

from __future__ import annotations

from random import Random

from ..grid import Grid
from ..plan import Plan
from ..words import Builder, Rendered
from .text import EN_SPACE, NBSP, WIDE, Pages, TextStyle, render_text


def render(plan: Plan, rng: Random) -> Rendered:
    """The report, cell by cell."""
    blanks = rng.choice((0, 1, 1, 2))
    before = rng.choice(("", "", " ", NBSP * 2, EN_SPACE * 2))
    after = rng.choice(("", "", NBSP * 20, " " * 12, EN_SPACE))
    padding = rng.choice(("", "", NBSP, "   ", WIDE))
    breaks = rng.choice(("\n", "\n\n", ""))

    def table(b: Builder, grid: Grid, pages: Pages) -> None:
        for row in grid.rows:
            for cell in row:
                b.add(before if rng.random() < 0.7 else "")
                b.put(cell.words, cell.words.text.replace("\n", breaks))
                b.add(after + "\n" + (padding + "\n") * blanks)
            b.add(pages.line(0.05))

    style = TextStyle(
        "cell_per_line",
        ".txt",
        table,
        gap=rng.choice(("", "\n", NBSP + "\n", "\n\n")),
        indent=rng.choice(("", "    ", WIDE * 2, NBSP * 4, EN_SPACE * 2)),
    )
    return render_text(plan, rng, style)
