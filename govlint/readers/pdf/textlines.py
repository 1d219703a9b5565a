"""Glyphs → lines of text: those on one baseline, left to right, with the blanks that a reader sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from govlint.readers.pdf.glyphs import Glyph

WIDE = 1.3
"""A gap of so many characters' width parts columns, or a number from its text."""
_NARROW = 0.15
"""A gap of so much between letters or digits is a blank that nobody wrote."""
_WRITTEN = 0.1
"""A gap of so much with a blank written in it is a blank."""
_RUNNING = 0.85
"""Text of this share of the widest text's width is running text."""
_PROSE = 4
"""So many lines of running text tell where it begins."""
_SAME_LINE = 0.4


class Chunk(NamedTuple):
    """Text without a wide gap in it, and where it stands; ``lefts`` is where each character begins."""

    text: str
    left: float
    right: float
    lefts: tuple[float, ...] = ()


class TextLine(NamedTuple):
    """One line; ``size`` is the width of a full character in it."""

    chunks: tuple[Chunk, ...]
    left: float
    right: float
    base: float
    size: float

    @property
    def text(self) -> str:
        return "  ".join(chunk.text for chunk in self.chunks)


def make_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """The lines that glyphs stand in, from the top."""
    lines: list[list[Glyph]] = []
    base = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.base, glyph.left)):
        if lines and glyph.base - base <= _SAME_LINE * min(glyph.size, lines[-1][0].size):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            base = glyph.base
    return [_line(sorted(line, key=lambda glyph: glyph.left)) for line in lines]


def without_side_column(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with what stands left of the running text, such as a menu, as lines of their own."""
    chunks = [chunk for line in lines for chunk in line.chunks]
    widest = max((chunk.right - chunk.left for chunk in chunks), default=0.0)
    lefts = Counter(round(chunk.left) for chunk in chunks if chunk.right - chunk.left > _RUNNING * widest)
    left, count = lefts.most_common(1)[0] if lefts else (0, 0)
    if count < _PROSE:
        return list(lines)
    found = []
    for line in lines:
        beside = [chunk for chunk in line.chunks if chunk.right < left - 0.2 * line.size]
        rest = line.chunks[len(beside) :]
        if beside and rest:
            found.append(line._replace(chunks=tuple(beside), right=beside[-1].right))
            found.append(line._replace(chunks=rest, left=rest[0].left))
        else:
            found.append(line)
    return found


def _line(glyphs: Sequence[Glyph]) -> TextLine:
    size = _full_width(glyphs)
    if len(glyphs) == 1:  # Most cells hold one digit.
        char, left, right, base = glyphs[0][:4]
        return TextLine((Chunk(char, left, right, (left,) * len(char)),), left, right, base, size)
    chunks: list[Chunk] = []
    text = ""
    lefts: list[float] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None:
            if _printed_twice(before, glyph, size):
                continue
            gap = glyph.left - before.right
            if gap > WIDE * size:
                chunks.append(Chunk(text, lefts[0], before.right, tuple(lefts)))
                text, lefts = "", []
            elif (glyph.blanks and (gap > _WRITTEN * size or _is_ascii(before, glyph))) or (
                gap > _NARROW * size and _is_ascii(before, glyph)
            ):
                text += " "
                lefts.append(before.right)
        text += glyph.char
        lefts += [glyph.left] * len(glyph.char)
        before = glyph
    right = max(glyph.right for glyph in glyphs)
    chunks.append(Chunk(text, lefts[0], right, tuple(lefts)))
    return TextLine(tuple(chunks), glyphs[0].left, right, glyphs[0].base, size)


def _is_ascii(one: Glyph, two: Glyph) -> bool:
    return one.char.isascii() and two.char.isascii()


def _printed_twice(one: Glyph, two: Glyph, size: float) -> bool:
    """Whether a character is printed over itself, which makes it look bold."""
    return one.char == two.char and two.left - one.left < 0.15 * size


def _full_width(glyphs: Sequence[Glyph]) -> float:
    """The width of a Chinese character in the line; where there is none, what its height lets one expect."""
    widths = sorted(glyph.right - glyph.left for glyph in glyphs if glyph.char >= "\u2e80")
    if widths:
        return max(widths[len(widths) // 2], 1.0)
    sizes = sorted(glyph.size for glyph in glyphs)
    return max(sizes[len(sizes) // 2] * 0.85, 1.0)


def join(one: str, two: str) -> str:
    """Two lines of one text as one: nothing between Chinese characters or digits, a blank between words."""
    words = one[-1:].isascii() and one[-1:].isalpha() and two[:1].isascii() and two[:1].isalpha()
    return f"{one} {two}" if words else one + two


def join_all(lines: Iterable[TextLine]) -> str:
    """All lines of a cell as its text."""
    text = ""
    for line in lines:
        text = join(text, line.text) if text else line.text
    return text
