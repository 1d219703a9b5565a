"""DOCX by python-docx: headings typed or counted, styles, header and footer, tracked changes, text boxes."""

from __future__ import annotations

import io
from dataclasses import replace
from random import Random
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm

from ..grid import make_grid
from ..plan import Paragraph, Plan
from ..words import Words
from .planned import Planned
from .word_numbers import Numbers, number_xml
from .word_tables import Tables, draw_table_style
from .word_xml import FONT, NAMESPACES, Runs, draw_run_style

_PAGE_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_BOX = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<w:drawing><wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="x"><wps:wsp>'
    "<wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
    '</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
    "<w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def write(planned: Planned, plain: bool = False) -> bytes:
    """The file. ``plain``: for conversion, without what only Word keeps apart (tracked changes, text boxes)."""
    return _Writer(planned.plan, planned.rng("docx"), plain).bytes()


class _Writer:
    def __init__(self, plan: Plan, rng: Random, plain: bool) -> None:
        self.plan, self.rng, self.plain = plan, rng, plain
        self.document = docx.Document()
        body = self.document.element.body
        self.end: Any = body.find(qn("w:sectPr"))
        style = draw_run_style(rng, plain)
        if style.links:
            style = replace(style, link_id=self._link())
        self.runs = Runs(rng, style)
        self.numbers = Numbers(self.document, rng, rng.random() < 0.45, plain)
        self.tables = Tables(self.runs, rng, draw_table_style(rng, not plain), self.numbers)
        self.heading_style = rng.choice(("", "", "Heading1", "Heading2"))
        self.bold = "<w:b/>" if rng.random() < 0.5 else ""
        self.font = FONT

    def bytes(self) -> bytes:
        self._page()
        for line in self.plan.before:
            self._paragraph(line)
        self._title()
        self._metadata()
        for paragraph in self.plan.preamble:
            self._paragraph(paragraph.words.text)
        self._sections()
        for words in self.plan.signature:
            self._add(self.runs.paragraph(words.text, '<w:jc w:val="right"/>', self.font))
        for line in self.plan.after:
            self._paragraph(line)
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    def _link(self) -> str:
        return self.document.part.relate_to(
            "https://www.example.gov.cn/",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
            is_external=True,
        )

    def _add(self, xml: str) -> None:
        at = xml.index(">") if xml[xml.index(">") - 1] != "/" else xml.index("/>")
        self.end.addprevious(parse_xml(f"{xml[:at]} {NAMESPACES}{xml[at:]}"))

    def _paragraph(self, text: str) -> None:
        indent = self.rng.choice(('<w:ind w:firstLineChars="200" w:firstLine="420"/>', ""))
        self._add(self.runs.paragraph(text, indent, self.font, prose=True))

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        if self.rng.random() < 0.2:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Cm(29.7), Cm(21)
        if self.rng.random() < 0.6:
            dash = self.rng.choice(("— {} —", "{}", "第{}页", "- {} -"))
            before, after = dash.split("{}")
            footer = section.footer.paragraphs[0]._p
            for xml in (self.runs.text(before), _PAGE_FIELD, self.runs.text(after)):
                for run in parse_xml(f"<w:p {NAMESPACES}>{xml}</w:p>"):
                    footer.append(run)
        if self.rng.random() < 0.3:
            section.header.paragraphs[0].text = "政府信息公开"

    def _title(self) -> None:
        name = self.rng.choice(("Title", "", "Heading1"))
        style = f'<w:pStyle w:val="{name}"/>' if name and name != self.heading_style else ""
        font = self.font + '<w:b/><w:sz w:val="36"/>'
        texts = [words.text for words in self.plan.title]
        if self.rng.random() < 0.3:
            texts = ["\n".join(texts)]
        for text in texts:
            self._add(self.runs.paragraph(text, style + '<w:jc w:val="center"/>', font))

    def _metadata(self) -> None:
        lines = [f"{name}：{words.text}" for name, words in self.plan.metadata]
        if not self.plain and self.rng.random() < 0.15:
            self._add(_BOX.format("".join(self.runs.paragraph(line) for line in lines)))
            return
        for line in lines:
            self._add(self.runs.paragraph(line, "", self.font))

    def _sections(self) -> None:
        counted = self.numbers.of_sections(self.plan)
        on_style = bool(counted and self.heading_style and self.rng.random() < 0.5)
        if on_style:
            found = self.document.styles.element.xpath(f'w:style[@w:styleId="{self.heading_style}"]')[0]
            found.get_or_add_pPr().append(
                parse_xml(number_xml(self.numbers.main, 0).replace("<w:numPr", f"<w:numPr {NAMESPACES}", 1))
            )
        for section in self.plan.sections:
            self._heading(section.heading, counted, on_style)
            for item in section.items:
                if isinstance(item, Paragraph):
                    number, text = counted.get(id(item.words), ("", item.words.text))
                    if number:
                        self._add(self.runs.paragraph(text, number, self.font))
                    else:
                        self._paragraph(text)
                else:
                    self._add(self.tables.xml(make_grid(item)))
                    self._add(self.rng.choice(("<w:p/>", "<w:p/>", self.runs.paragraph(" "))))

    def _heading(self, words: Words, counted: dict[int, tuple[str, str]], on_style: bool) -> None:
        number, text = counted.get(id(words), ("", words.text))
        style = f'<w:pStyle w:val="{self.heading_style}"/>' if self.heading_style else ""
        level = '<w:outlineLvl w:val="0"/>' if self.rng.random() < 0.2 else ""
        self._add(self.runs.paragraph(text, style + ("" if on_style else number) + level, self.font + self.bold))
