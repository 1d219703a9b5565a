"""Pages drawn by reportlab: a font, a writing position, page numbers, paragraphs that wrap."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_CID = "STSong-Light"
_EMBEDDED = (
    ("/usr/share/fonts/truetype/arphic/uming.ttc", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
)
_CLOSING = "，。、；：）”》】%)"


@lru_cache(maxsize=1)
def fonts() -> tuple[str, ...]:
    """Names of the fonts there are: the one that PDF readers bring, and those that can be embedded."""
    pdfmetrics.registerFont(UnicodeCIDFont(_CID))
    names = [_CID]
    for path, index in _EMBEDDED:
        if Path(path).exists():
            names.append(Path(path).stem)
            pdfmetrics.registerFont(TTFont(names[-1], path, subfontIndex=index))
    return tuple(names)


@dataclass(frozen=True)
class PaperStyle:
    """Paper and type of one file. ``turned``: landscape by /Rotate."""

    font: str
    landscape: bool = False
    turned: bool = False
    margin: float = 64
    size: float = 12
    footer: str = "— {} —"
    pieces: str = "line"


def draw_paper(rng: Random) -> PaperStyle:
    """One file's paper."""
    return PaperStyle(
        font=rng.choice(fonts()),
        landscape=rng.random() < 0.3,
        turned=rng.random() < 0.5,
        margin=rng.choice((50, 64, 72)),
        size=rng.choice((10.5, 12, 14)),
        footer=rng.choice(("— {} —", "- {} -", "{}", "第 {} 页", "")),
        pieces=rng.choice(("line", "line", "pieces", "characters")),
    )


class Paper:
    """A canvas with a position from the top that moves down and begins new pages."""

    def __init__(self, rng: Random, style: PaperStyle) -> None:
        self.rng, self.style = rng, style
        self._buffer = io.BytesIO()
        self.canvas = Canvas(self._buffer, pagesize=A4, invariant=1)
        self.width, self.height = A4 if not style.landscape else A4[::-1]
        self.number = 0
        self.y = 0.0
        self._begin()

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.style.margin

    @property
    def room(self) -> float:
        """What is left of the page."""
        return self.y - self.style.margin

    def _begin(self) -> None:
        self.number += 1
        self.y = self.height - self.style.margin
        if self.style.landscape:
            self.canvas.setPageSize(A4[::-1])
        if self.style.landscape and self.style.turned:
            self.canvas.setPageRotation(90)  # reportlab then exchanges width and height
            self.canvas.translate(A4[0], 0)
            self.canvas.rotate(90)
        if self.style.footer:
            text = self.style.footer.format(self.number)
            at = (self.width - self.measure(text, 10.5)) / 2
            self.text(at, self.style.margin / 2, text, 10.5)

    def turn(self) -> None:
        """Go on to the next page."""
        self.canvas.showPage()
        self._begin()

    def done(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self._buffer.getvalue()

    def measure(self, text: str, size: float) -> float:
        """How wide a text is."""
        return float(pdfmetrics.stringWidth(text, self.style.font, size))

    def text(self, x: float, y: float, text: str, size: float) -> None:
        """A line of text, in one piece, several, or character by character."""
        self.canvas.setFont(self.style.font, size)
        for piece in self._pieces(text):
            self.canvas.drawString(x, y, piece)
            x += self.measure(piece, size)

    def _pieces(self, text: str) -> list[str]:
        if self.style.pieces == "characters":
            return list(text)
        if self.style.pieces == "pieces" and len(text) > 3:
            at = self.rng.randint(1, len(text) - 1)
            return [text[:at], text[at:]]
        return [text]

    def wrap(self, text: str, limit: float, size: float, first: float = 0) -> list[str]:
        """The text in lines of this width; numbers stay whole, closing marks never begin a line."""
        lines: list[str] = []
        for part in text.split("\n"):
            line, used = "", first
            for unit in re.findall(r"[0-9.,%+-]+|.", part):
                wide = self.measure(unit, size)
                if line and used + wide > limit and unit not in _CLOSING:
                    lines.append(line)
                    line, used = "", 0.0
                line += unit
                used += wide
            lines.append(line)
            first = 0
        return lines

    def paragraph(self, text: str, size: float = 0, align: str = "left", indent: float = 0) -> None:
        """A paragraph at the position."""
        size = size or self.style.size
        for i, line in enumerate(self.wrap(text, self.inner, size, indent)):
            if self.room < size * 1.6:
                self.turn()
            left = {
                "left": indent if not i else 0,
                "center": (self.inner - self.measure(line, size)) / 2,
                "right": self.inner - self.measure(line, size),
            }[align]
            self.text(self.style.margin + left, self.y - size, line, size)
            self.y -= size * 1.6
        self.y -= size * 0.4
