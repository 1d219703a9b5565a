"""Text set in columns by blanks: full-width characters count two, long labels are wrapped in their column."""

from __future__ import annotations

from random import Random

from ..grid import Grid, GridCell
from ..plan import Plan
from ..words import Builder, Rendered
from .text import Pages, TextStyle, cut, flat, render_text, width


def render(plan: Plan, rng: Random) -> Rendered:
    """The report with tables in aligned columns."""
    limit = rng.choice((24, 32, 44, 80))
    middle = rng.random() < 0.3

    def table(b: Builder, grid: Grid, pages: Pages) -> None:
        starts = _starts(grid, limit)
        for row in grid.rows:
            _write_row(b, row, starts, middle)
            b.add(pages.line(0.05))

    style = TextStyle(
        "aligned",
        ".txt",
        table,
        gap=rng.choice(("", "\n")),
        indent=rng.choice(("", "    ")),
        wrap=rng.choice((0, 76)),
    )
    return render_text(plan, rng, style)


def _starts(grid: Grid, limit: int) -> list[int]:
    """Where each column begins; group labels and values are never cut, other labels at the limit."""
    widths = [6] * max(cell.column + cell.columns for row in grid.rows for cell in row)
    for cell in (cell for row in grid.rows for cell in row):
        size = width(cell.words.text.replace("\n", ""))
        if cell.role not in ("group", "value"):
            size = min(size, limit)
        if cell.role == "header" and grid.id in ("requests", "remedies"):
            size = min(size, 8)
        widths[cell.column] = max(widths[cell.column], size if cell.columns == 1 else 6)
    starts = [0]
    for size in widths:
        starts.append(starts[-1] + size + 2)
    return starts


def _write_row(b: Builder, row: tuple[GridCell, ...], starts: list[int], middle: bool) -> None:
    """One table row in as many lines as its longest cell takes."""
    pieces = [
        [cell.words.text]
        if cell.role == "value"
        else cut(flat(cell.words).text, starts[cell.column + cell.columns] - starts[cell.column] - 2)
        for cell in row
    ]
    height = max(map(len, pieces), default=1)
    values_at = (height - 1) // 2 if middle else 0
    for line in range(height):
        at = 0
        for cell, texts in zip(row, pieces, strict=True):
            piece = line - values_at if cell.role == "value" else line
            if not 0 <= piece < len(texts):
                continue
            gap = starts[cell.column] - at
            b.add(" " * (gap if gap > 1 or not at else 2))
            b.put(cell.words, texts[piece])
            at = max(starts[cell.column], at + 2 if at else 0) + width(texts[piece])
        b.add("\n")
