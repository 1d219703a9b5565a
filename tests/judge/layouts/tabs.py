"""A merged-cell table exported with tabs: ragged rows, group labels in cells of their own, empty ends."""

from __future__ import annotations

from random import Random

from ..grid import Grid
from ..plan import Plan
from ..words import Builder, Rendered, Words
from .text import WIDE, Pages, TextStyle, flat, render_text


def fill(grid: Grid, spans: str, below: str, pad: bool) -> list[list[Words]]:
    """The rows as cells. spans: merged columns once|blank|repeat; below: merged rows none|blank|repeat."""
    ready: list[list[Words]] = []
    covered: dict[tuple[int, int], Words] = {}
    for i, row in enumerate(grid.rows):
        starts = {cell.column: cell for cell in row}
        line: list[Words] = []
        column = 0
        while column < grid.width:
            cell = starts.get(column)
            if cell:
                line.append(cell.words)
                line += [cell.words if spans == "repeat" else Words("")] * (
                    (cell.columns - 1) if spans != "once" else 0
                )
                for down in range(1, cell.rows):
                    wide = cell.columns if spans != "once" else 1
                    for k in range(cell.columns):
                        covered[i + down, column + k] = cell.words.reworded("\0" if k >= wide else cell.words.text)
                column += cell.columns
            else:
                words = covered.get((i, column))
                if words and below != "none" and words.text != "\0":
                    line.append(words if below == "repeat" else Words(""))
                column += 1
        line += [cell.words for cell in row if cell.column >= grid.width]
        ready.append(line + [Words("")] * ((grid.width - len(line)) if pad else 0))
    return ready


def render(plan: Plan, rng: Random) -> Rendered:
    """The report with tab-separated tables."""
    spans, below = rng.choice((("once", "blank"), ("once", "blank"), ("blank", "blank"), ("once", "none")))
    pad = rng.random() < 0.6
    blank_lines = rng.random() < 0.3
    join = rng.choice(("", "", " "))

    def table(b: Builder, grid: Grid, pages: Pages) -> None:
        for row in fill(grid, spans, below, pad):
            for i, words in enumerate(row):
                b.add("\t" if i else "")
                b.put(flat(words, join))
            b.add("\n" + ("\n" if blank_lines and rng.random() < 0.1 else "") + pages.line(0.04))

    style = TextStyle("tabs", ".txt", table, gap=rng.choice(("", "\n")), indent=rng.choice(("", "", WIDE * 2)))
    return render_text(plan, rng, style)
