"""HTML in which a table of the report comes in several: sub-tables apart, or cut at a page's end."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from ..grid import Grid
from ..plan import Plan
from ..words import Rendered
from .html import Page, draw_style
from .plain_page import write


class _Split(Page):
    def official(self, grid: Grid) -> None:
        cuts = [0, *_cuts(grid, self.rng), len(grid.rows)]
        for first, last in pairwise(cuts):
            self.table(grid, first, last)
            self.b.add(self.rng.choice(("", "<p>&nbsp;</p>", "<br>")))


def _cuts(grid: Grid, rng: Random) -> list[int]:
    """Rows before which a new table begins."""
    if grid.id == "disclosure":
        return [i for i, row in enumerate(grid.rows) if i and row[0].role == "caption"]
    if grid.id == "requests" and len(grid.rows) > 9:
        return sorted(rng.sample(range(4, len(grid.rows) - 1), rng.randint(1, 2)))
    return []


def render(plan: Plan, rng: Random) -> Rendered:
    """The report with split tables."""
    return write(_Split(rng, draw_style(rng)), plan, "split")
