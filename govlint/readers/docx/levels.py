"""One level of a list as the file describes it."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from xml.etree import ElementTree as ET

from govlint.readers.docx.names import FALLBACK, P_STYLE, R_PR, VAL, VANISH, W, is_on, number

LONGEST_TEXT = 64
"""Characters of a level's text that are looked at; Word allows fewer."""

_SYMBOLS = re.compile("wingdings|webdings|symbol|marlett", re.I)


class Level(NamedTuple):
    """One level of a list."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    hidden: bool = False

    def restarts_after(self, higher: int) -> bool:
        """Whether this level counts anew after a paragraph of a higher one; both count from 0."""
        return self.restart is None or higher < self.restart


def read_level(element: ET.Element) -> Level:
    """The level that a ``lvl`` describes."""
    found: dict[str, str | None] = {}
    font = ""
    hidden = False
    for child in element:
        if child.tag == R_PR:
            fonts, vanish = child.find(W + "rFonts"), child.find(VANISH)
            font = "" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ""
            hidden = vanish is not None and is_on(vanish.get(VAL))
        else:
            found[child.tag] = child.get(VAL)
    shape = found.get(W + "numFmt") or _fallback_format(element)
    text = (found.get(W + "lvlText") or "")[:LONGEST_TEXT]
    if shape == "bullet":
        text = plain_bullet(text, font)
    restart = found.get(W + "lvlRestart")
    return Level(
        number(found.get(W + "start"), 0 if W + "start" not in found else 1),
        shape,
        text,
        " " if found.get(W + "suff") == "space" else "",
        None if restart is None else number(restart),
        W + "isLgl" in found and is_on(found[W + "isLgl"]),
        found.get(P_STYLE),
        hidden,
    )


def _fallback_format(element: ET.Element) -> str:
    """The format of a level that Word names twice: a new one, and one for older programs."""
    named = element.find(f".//{FALLBACK}/{W}numFmt")
    return "decimal" if named is None else named.get(VAL, "decimal")


def plain_bullet(glyph: str, font: str) -> str:
    """A bullet as text: dashes and words are kept; dots, squares and characters of symbol fonts mean nothing."""
    if _SYMBOLS.search(font) or any(unicodedata.category(char) == "Co" for char in glyph):
        return ""
    words = sum(unicodedata.category(char)[0] in "LN" for char in glyph)
    dash = any(unicodedata.category(char) == "Pd" for char in glyph)
    return glyph if dash or (words and (len(glyph.strip()) > 1 or not glyph.isascii())) else ""
