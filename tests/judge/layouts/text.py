"""What all text layouts share: everything round the tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from ..grid import Grid, make_grid
from ..plan import Paragraph, Plan
from ..words import Builder, Rendered, Words

NBSP, EN_SPACE, WIDE = "\u00a0", "\u2002", "\u3000"
WriteTable = Callable[[Builder, Grid, "Pages"], None]


class Pages:
    """Page-number lines, if this file has any; one spelling in one file."""

    def __init__(self, wanted: bool, rng: Random) -> None:
        self._wanted, self._rng = wanted, rng
        self._style = rng.choice(("— {} —", "- {} -", "第 {} 页 共 9 页", "－{}－", "第{}页"))
        self._number = 1

    def line(self, chance: float) -> str:
        """A page-number line with its line feed, or nothing."""
        if not self._wanted or self._rng.random() > chance:
            return ""
        self._number += 1
        return self._style.format(self._number) + "\n"


@dataclass(frozen=True)
class TextStyle:
    """How a text file is written."""

    layout: str
    suffix: str
    table: WriteTable
    gap: str = "\n"
    indent: str = ""
    title: str = "{}"
    heading: str = "{}"
    sub: str = "{}"
    wrap: int = 0


def flat(words: Words, join: str = "") -> Words:
    """The words without soft breaks."""
    return words.reworded(words.text.replace("\n", join))


def width(text: str) -> int:
    """Columns on a terminal: wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def cut(text: str, limit: int) -> list[str]:
    """The text in pieces at most so wide, never before a closing mark or inside a number."""
    pieces, piece = [], ""
    for unit in re.findall(r"[0-9.,%+-]+|.", text):
        if piece and width(piece + unit) > limit and unit not in "，。、；：）”》)":
            pieces.append(piece)
            piece = ""
        piece += unit
    return [*pieces, piece]


def write_lines(b: Builder, words: Words, limit: int) -> None:
    """Words in one or more lines, each piece with the tags."""
    pieces = cut(words.text, limit) if limit else [words.text]
    for i, piece in enumerate(pieces):
        b.add("\n" if i else "")
        b.put(words, piece)


def wrapped(b: Builder, style: TextStyle, form: str, words: Words, limit: int = 0) -> None:
    """One paragraph in the style's frame."""
    before, after = form.split("{}")
    b.add(style.indent + before)
    write_lines(b, flat(words), limit)
    b.add(after + "\n" + style.gap)


def render_text(plan: Plan, rng: Random, style: TextStyle) -> Rendered:
    """The whole file."""
    b = Builder()
    pages = Pages(plan.page_lines, rng)
    for line in plan.before:
        b.add(line + "\n")
    early = rng.random() < 0.3
    if early:
        _metadata(b, plan, rng)
    for words in plan.title:
        wrapped(b, style, style.title, words)
    if not early:
        _metadata(b, plan, rng)
    for paragraph in plan.preamble:
        wrapped(b, style, "{}", paragraph.words, style.wrap)
    for section in plan.sections:
        wrapped(b, style, style.heading, section.heading)
        b.add(pages.line(0.2))
        for item in section.items:
            if isinstance(item, Paragraph):
                wrapped(b, style, style.sub if item.kind == "sub" else "{}", item.words, style.wrap)
            else:
                style.table(b, make_grid(item), pages)
                b.add(style.gap or "\n")
    for words in plan.signature:
        b.add(rng.choice(("", " " * 40, WIDE * 10)))
        b.put(words)
        b.add("\n")
    for line in plan.after:
        b.add(line + "\n")
    return b.done(style.suffix, style.layout)


def _metadata(b: Builder, plan: Plan, rng: Random) -> None:
    """Index number, publisher, publication date: on one line or several."""
    if rng.random() < 0.2 and not any(name.startswith(("发布日", "发布时", "公开日")) for name, _ in plan.metadata):
        return
    colon, sep = rng.choice(("：", ":", "： ", ": ")), rng.choice(("\n", "\n", "  ", NBSP * 4))
    for name, words in plan.metadata:
        b.add(name + colon)
        b.put(words)
        b.add(sep)
    b.add("" if sep == "\n" else "\n")
