"""The characters of a page with their places, turned so that they stand upright."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable
from math import pi
from types import ModuleType
from typing import Any, NamedTuple

from govlint.chinese import unify

Turn = Callable[[float, float], tuple[float, float]]
"""Page coordinates → coordinates of upright text: x to the right, y downwards, both in points."""

_SAMPLE = 8
"""The angle of every so many characters is asked for first; as a rule all of a page share one."""
_FEW = 0.05
"""Characters that stand otherwise than most (a seal, a margin note) are dropped below this share."""
_LARGE, _UNLIKELY = 40.0, 3.0
"""Boxes higher than this, in points, are compared with the ink of the character; so many times higher are wrong."""
_BLANKS = frozenset(" \t\u00a0\u2002\u2003\u2009\u3000\u200b\ufeff")


Box = tuple[float, float, float, float]


class Glyph(NamedTuple):
    """A visible character. ``base`` is its baseline; ``blanks`` how many blanks were written before it."""

    char: str
    left: float
    right: float
    base: float
    size: float
    blanks: int


class Upright(NamedTuple):
    """The characters of a page that stand the same way up; how page coordinates become theirs, and back."""

    glyphs: list[Glyph]
    turn: Turn
    back: Turn


def read_glyphs(textpage: Any, raw: ModuleType, width: float, height: float) -> list[Upright]:
    """The visible characters of a page by the way they stand, the most frequent first.

    ``width`` and ``height`` of the page are in points, as it is written (before any turning for display).
    """
    count = textpage.count_chars()
    quadrants = _quadrants(textpage.raw, raw, count)
    found: dict[int, list[Glyph]] = {}
    turns = {quadrant: _turn(quadrant, width, height) for quadrant in set(quadrants)}
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    page = textpage.raw
    code_of, box_of, origin_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    generated = raw.FPDFText_IsGenerated
    tight = [ctypes.c_double() for _ in range(4)]
    blanks = 0
    high = 0
    for index in range(count):
        code = code_of(page, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        if code < 32 and code not in (0, 9):
            blanks = 0
            continue
        char = "\ufffd" if code == 0 else chr(code)
        if char in _BLANKS:
            blanks += generated(page, index) != 1
            continue
        if not box_of(page, index, box) or not origin_of(page, index, x, y):
            continue
        if code == 0 and box.right - box.left < 1 and box.top - box.bottom < 1:  # A character that leaves no ink.
            blanks += 1
            continue
        quadrant = quadrants[index]
        if quadrant == 0:  # As nearly always, so that no corner has to be turned.
            place = (min(box.left, x.value), box.right, height - y.value, box.top - box.bottom)
        else:
            place = _turned(turns[quadrant], (box.left, box.bottom, box.right, box.top), x.value, y.value)
        if place[3] > _LARGE and char >= "\u2e80" and raw.FPDFText_GetCharBox(page, index, *map(ctypes.byref, tight)):
            ink = (tight[0].value, tight[2].value, tight[1].value, tight[3].value)
            place = _believable(place, turns[quadrant], ink)
        found.setdefault(quadrant, []).append(Glyph(unify(char), *place, blanks))
        blanks = 0
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    return [
        Upright(glyphs, turns[quadrant], _turn(quadrant, *((height, width) if quadrant == 3 else (width, height))))
        for quadrant, glyphs in ordered
        if len(glyphs) >= _FEW * count
    ]


def _turned(turn: Turn, box: Box, x: float, y: float) -> Box:
    """Left, right, baseline and size of a character whose box and origin are given as written."""
    (left, base), one, two = turn(x, y), turn(box[0], box[1]), turn(box[2], box[3])
    return min(one[0], two[0], left), max(one[0], two[0]), base, abs(one[1] - two[1])


def _believable(place: Box, turn: Turn, ink: Box) -> Box:
    """The place, or that of the character's ink where its font claims a box as large as a page."""
    one, two = turn(ink[0], ink[1]), turn(ink[2], ink[3])
    seen = max(abs(one[0] - two[0]), abs(one[1] - two[1]))
    if place[3] <= _UNLIKELY * seen:
        return place
    return min(one[0], two[0]), max(one[0], two[0]), max(one[1], two[1]), seen


def _quadrants(page: Any, raw: ModuleType, count: int) -> list[int]:
    """For every character how many quarter turns it is turned, against the clock on paper.

    Blanks that PDFium adds have no angle. Where samples agree, all characters stand the same way.
    """
    angle_of, generated = raw.FPDFText_GetCharAngle, raw.FPDFText_IsGenerated

    def quadrant(index: int) -> int:
        angle: float = angle_of(page, index)
        return -round(angle / (pi / 2)) % 4

    sampled = {quadrant(index) for index in range(0, count, _SAMPLE) if generated(page, index) != 1}
    if len(sampled) < 2:
        return [*sampled, 0][:1] * count
    quadrants = [quadrant(index) for index in range(count)]
    frequent = Counter(quadrants)
    main = frequent.most_common(1)[0][0]
    return [found if frequent[found] >= _FEW * count else main for found in quadrants]


def _turn(quadrant: int, width: float, height: float) -> Turn:
    """How page coordinates become upright ones. A turn undoes itself, three quarters with the sides exchanged."""
    if quadrant == 0:
        return lambda x, y: (x, height - y)
    if quadrant == 1:
        return lambda x, y: (y, x)
    if quadrant == 2:
        return lambda x, y: (width - x, y)
    return lambda x, y: (height - y, width - x)
