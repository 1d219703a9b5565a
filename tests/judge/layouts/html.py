"""What all HTML layouts share: escaping, cells with spans, paragraphs, the page's parts."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from ..grid import Grid, GridCell, make_grid
from ..plan import Paragraph, Plan
from ..words import Builder, Words


@dataclass(frozen=True)
class HtmlStyle:
    """How the markup is written."""

    newline: str = "\n"
    upper: bool = False
    header_cells: bool = False
    entities: float = 0.0
    close: bool = True
    breaks: str = "<br>"
    paragraph: str = ""
    cell: str = ""
    inside: tuple[str, str] = ("", "")
    run: tuple[str, str] = ("", "")
    split_runs: float = 0.0
    table: str = ' border="1"'
    blank: str = ""


def draw_style(rng: Random) -> HtmlStyle:
    """The random choices that every HTML layout shares."""
    return HtmlStyle(
        upper=rng.random() < 0.2,
        header_cells=rng.random() < 0.3,
        entities=rng.choice((0.0, 0.0, 0.02, 0.3)),
        breaks=rng.choice(("<br>", "<br/>", "<br />", "", " ")),
    )


class Page:
    """Writes tags and words in a style."""

    def __init__(self, rng: Random, style: HtmlStyle) -> None:
        self.b = Builder()
        self.rng, self.style = rng, style

    def raw(self, markup: str) -> None:
        """Markup that stands as it is, with the style's line end."""
        self.b.add(markup + self.style.newline)

    def open(self, name: str, attributes: str = "") -> None:
        """A start tag."""
        self.b.add(f"<{name.upper() if self.style.upper else name}{attributes}>")

    def shut(self, name: str, needed: bool = True) -> None:
        """An end tag and a line end; tags that HTML lets out are left out in an unclosed page."""
        if needed or self.style.close:
            self.b.add(f"</{name.upper() if self.style.upper else name}>")
        self.b.add(self.style.newline)

    @contextmanager
    def element(self, name: str, attributes: str = "") -> Iterator[None]:
        """An element with its end tag."""
        self.open(name, attributes)
        yield
        self.shut(name)

    def escape(self, text: str) -> str:
        """The text with entities, some of them needless."""
        return "".join(self._char(char) for char in text)

    def _char(self, char: str) -> str:
        if char == "\n":
            return self.style.breaks
        if char == "\u00a0":
            return "&nbsp;"
        if self.rng.random() < self.style.entities and char != "\ufffd":
            named = {"“": "&ldquo;", "”": "&rdquo;", "—": "&mdash;", "\u2002": "&ensp;"}
            return named.get(char) or self.rng.choice((f"&#{ord(char)};", f"&#x{ord(char):X};", f"&#x{ord(char):x};"))
        return html.escape(char, quote=False)

    def words(self, words: Words) -> None:
        """Words in the style's spans, now and then split into two of them."""
        before, after = self.style.run
        if not words.text:
            self.b.put(words)
            self.b.add(self.style.blank)
            return
        at = (
            self.rng.randint(1, len(words.text) - 1)
            if len(words.text) > 1 and self.rng.random() < self.style.split_runs
            else 0
        )
        self.b.add(before)
        first = self.escape(words.text[:at]) + after + before if at else ""
        self.b.put(words, first + self.escape(words.text[at:]))
        self.b.add(after)

    def paragraph(self, words: Words, name: str = "p", attributes: str | None = None) -> None:
        """One block of words."""
        self.open(name, self.style.paragraph if attributes is None else attributes)
        self.words(words)
        self.shut(name, name != "p")

    def paragraph_text(self, text: str) -> None:
        """A block of text that is no part of the report."""
        self.paragraph(Words(text), "div", "")

    def cell(self, cell: GridCell, rows: int) -> None:
        """A table cell with its spans."""
        spans = (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{cell.columns}"' if cell.columns > 1 else "")
        name = "th" if self.style.header_cells and cell.role in ("header", "caption") else "td"
        self.open(name, spans + self.style.cell)
        self.b.add(self.style.inside[0])
        self.words(cell.words)
        self.b.add(self.style.inside[1])
        self.shut(name, False)

    def table(self, grid: Grid, first: int = 0, last: int | None = None) -> None:
        """Rows of a grid as one table; cells that reach over its edges are cut."""
        end = len(grid.rows) if last is None else last
        with self.element("table", self.style.table):
            if self.style.close:
                self.open("tbody")
            for i in range(first, end):
                self.open("tr")
                cells = list(grid.rows[i])
                if i == first:
                    cells = sorted((*cells, *_reaching(grid, first)), key=lambda cell: cell.column)
                for cell in cells:
                    self.cell(cell, min(cell.row + cell.rows, end) - i)
                self.shut("tr", False)
            if self.style.close:
                self.shut("tbody")

    def body(self, plan: Plan) -> None:
        """Preamble, sections, signature."""
        for paragraph in plan.preamble:
            self.paragraph(paragraph.words)
        bold = self.rng.random() < 0.4
        for section in plan.sections:
            self.heading(section.heading, bold)
            for item in section.items:
                if isinstance(item, Paragraph):
                    self.paragraph(item.words)
                else:
                    self.official(make_grid(item))
        for words in plan.signature:
            self.paragraph(words, attributes=' style="text-align:right"')

    def heading(self, words: Words, bold: bool) -> None:
        """A section's heading: a bold paragraph, a plain one or an h3."""
        kind = self.rng.choice(("p", "p", "h3"))
        self.open(kind)
        self.b.add("<strong>" if bold else "")
        self.words(words)
        self.b.add("</strong>" if bold else "")
        self.shut(kind, kind != "p")

    def official(self, grid: Grid) -> None:
        """A table of the report; layouts that split or wrap tables override this."""
        self.table(grid)

    def head(self, plan: Plan, site: str = "") -> None:
        """The head element with charset and page title."""
        self.raw("<head>")
        if plan.charset:
            self.raw(
                self.rng.choice(
                    (
                        f'<meta charset="{plan.charset}">',
                        f'<meta http-equiv="Content-Type" content="text/html; charset={plan.charset}" />',
                    )
                )
            )
        title = html.escape("".join(words.text for words in plan.title)) + site
        self.raw(f"<title>{title}</title>")
        self.raw("</head>")


def _reaching(grid: Grid, first: int) -> list[GridCell]:
    """Empty cells for those of earlier rows that reach into this one."""
    return [
        GridCell(Words(""), cell.role, first, cell.column, cell.row + cell.rows - first, cell.columns)
        for row in grid.rows[:first]
        for cell in row
        if cell.row + cell.rows > first
    ]
