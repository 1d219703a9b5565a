"""Text as a PDF gives it: one blank between cells, long labels over several lines beside their numbers."""

from __future__ import annotations

from random import Random

from ..grid import Grid, GridCell
from ..plan import Plan
from ..words import Builder, Rendered, Words
from .text import Pages, TextStyle, cut, flat, render_text


def render(plan: Plan, rng: Random) -> Rendered:
    """The report as the text stream of a PDF."""
    limit = rng.choice((20, 28, 36, 100))
    where = rng.choice(("first", "last", "between"))
    groups = rng.choice(("inline", "own line"))
    heads = rng.choice(("line", "line", "broken"))

    def table(b: Builder, grid: Grid, pages: Pages) -> None:
        for row in grid.rows:
            values = [cell for cell in row if cell.role == "value"]
            labels = [cell for cell in row if cell.role == "label"]
            if values:
                _groups(b, row, groups)
                _row(b, labels, values, limit, where)
            else:
                _header(b, row, heads)
            b.add(pages.line(0.05))

    style = TextStyle(
        "spaced", ".txt", table, gap="", indent=rng.choice(("", "    ", "  ")), wrap=rng.choice((0, 70, 84))
    )
    return render_text(plan, rng, style)


def _groups(b: Builder, row: tuple[GridCell, ...], style: str) -> None:
    for cell in row:
        if cell.role == "group":
            b.put(flat(cell.words))
            b.add("\n" if style == "own line" else " ")


def _row(b: Builder, labels: list[GridCell], values: list[GridCell], limit: int, where: str) -> None:
    """The label's pieces, with the numbers after the first, after the last or on a line between."""
    pieces = [(cell.words, text) for cell in labels for text in cut(flat(cell.words).text, limit) if text]
    if len(pieces) == 2 and where == "between":
        _line(b, [pieces[0]])
        _line(b, [(cell.words, cell.words.text) for cell in values])
        _line(b, [pieces[1]])
        return
    beside = len(pieces) - 1 if where == "last" else 0
    numbers = [(cell.words, cell.words.text) for cell in values]
    for i, piece in enumerate(pieces or [(Words(""), "")]):
        _line(b, [piece, *numbers] if i == beside or not pieces else [piece])


def _line(b: Builder, cells: list[tuple[Words, str]]) -> None:
    written = False
    for words, text in cells:
        b.add(" " if written and text else "")
        b.put(words, text)
        written = written or bool(text)
    b.add("\n")


def _header(b: Builder, row: tuple[GridCell, ...], style: str) -> None:
    """Header words on one line, or in two lines of half words as narrow columns break them."""
    if style == "line" or len(row) < 4:
        _line(b, [(cell.words, flat(cell.words).text) for cell in row])
        return
    halves = [(cell.words, flat(cell.words).text) for cell in row]
    _line(b, [(words, text[: (len(text) + 1) // 2]) for words, text in halves])
    _line(b, [(words, text[(len(text) + 1) // 2 :]) for words, text in halves])
