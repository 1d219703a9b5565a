"""Runs and paragraphs of WordprocessingML as real files have them: cut up, tracked, linked, wrapped."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'
FONT = '<w:rFonts w:ascii="Times New Roman" w:eastAsia="Noto Serif CJK SC" w:hint="eastAsia"/>'
_WHO = 'w:author="审核" w:date="2024-01-05T09:00:00Z"'
_DELETED = ("99", "（此处有误）", "2015年", "见附件", "1234件")


@dataclass(frozen=True)
class RunStyle:
    """How text is cut into runs and what stands between them; chances from 0 to 1."""

    split: float = 0.0
    tracked: float = 0.0
    controls: float = 0.0
    links: float = 0.0
    debris: float = 0.0
    link_id: str = ""


def draw_run_style(rng: Random, plain: bool) -> RunStyle:
    """One file's habits. Plain: no tracked changes, which LibreOffice prints, and no controls, which it garbles."""
    return RunStyle(
        split=rng.choice((0.0, 0.02, 0.1, 0.3)),
        tracked=0.0 if plain else rng.choice((0.0, 0.0, 0.03, 0.1)),
        controls=0.0 if plain else rng.choice((0.0, 0.0, 0.05)),
        links=rng.choice((0.0, 0.0, 0.1)),
        debris=rng.choice((0.0, 0.0, 0.1)),
    )


class Runs:
    """Writes the inside of paragraphs."""

    def __init__(self, rng: Random, style: RunStyle) -> None:
        self.rng, self.style = rng, style
        self._mark = 100

    def _chance(self, of: float) -> bool:
        return bool(of) and self.rng.random() < of

    def _id(self) -> int:
        self._mark += 1
        return self._mark

    def text(self, text: str, properties: str = "", prose: bool = False) -> str:
        """The text as runs. A line feed is a soft break. A link never takes the whole of the prose."""
        pieces, start = [], 0
        for at in range(1, len(text)):
            if self._chance(self.style.split):
                pieces.append(text[start:at])
                start = at
        pieces.append(text[start:])
        return "".join(self._piece(piece, properties, prose and len(pieces) > 2) for piece in pieces if piece)

    def _piece(self, text: str, properties: str, prose: bool) -> str:
        run = _run(text, properties)
        if self._chance(self.style.tracked):
            gone = f"<w:r><w:delText>{self.rng.choice(_DELETED)}</w:delText></w:r>"
            gone = self.rng.choice(
                (f'<w:del w:id="{self._id()}" {_WHO}>{gone}</w:del>', f'<w:moveFrom w:id="{self._id()}" {_WHO}>'
                 f'{gone.replace("delText", "t")}</w:moveFrom>')
            )  # fmt: skip
            run = f'<w:ins w:id="{self._id()}" {_WHO}>{run}</w:ins>'
            run = run + gone if self.rng.random() < 0.5 else gone + run
        elif prose and self.style.link_id and self._chance(self.style.links):
            run = f'<w:hyperlink r:id="{self.style.link_id}">{run}</w:hyperlink>'
        elif self._chance(self.style.controls):
            run = f"<w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>"
        if self._chance(self.style.debris):
            mark = self._id()
            run = self.rng.choice(
                (
                    f'<w:bookmarkStart w:id="{mark}" w:name="_b{mark}"/>{run}<w:bookmarkEnd w:id="{mark}"/>',
                    f'<w:proofErr w:type="spellStart"/>{run}<w:proofErr w:type="spellEnd"/>',
                    f'<w:smartTag w:uri="urn:x" w:element="place">{run}</w:smartTag>',
                    f"<w:r><w:lastRenderedPageBreak/></w:r>{run}",
                )
            )
        return run

    def paragraph(self, text: str, layout: str = "", properties: str = "", *, prose: bool = False) -> str:
        """A paragraph, now and then inside a content control; ``layout`` stands in its properties."""
        inside = f"<w:pPr>{layout}</w:pPr>{self.text(text, properties, prose)}" if text else f"<w:pPr>{layout}</w:pPr>"
        made = f"<w:p>{inside}</w:p>"
        if prose and self._chance(self.style.controls):
            return f'<w:sdt><w:sdtPr><w:id w:val="{self._id()}"/></w:sdtPr><w:sdtContent>{made}</w:sdtContent></w:sdt>'
        return made


def _run(text: str, properties: str) -> str:
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return f"<w:r><w:rPr>{properties}</w:rPr>{inside}</w:r>"
