"""DOCX → lines: the text of paragraphs as a person sees it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
import pytest

from govlint.model.errors import ReadError
from govlint.model.source import Place
from govlint.readers import read
from govlint.readers.docx import read_docx
from govlint.readers.rendering import Rendering

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
ROOT_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
PARTS = {
    "styles": "word/styles.xml",
    "numbering": "word/numbering.xml",
    "footnotes": "word/footnotes.xml",
    "endnotes": "word/endnotes.xml",
    "settings": "word/settings.xml",
}

Shown = list[str | list[str]]


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def package(body: str, edges: Mapping[str, tuple[str, str]] | None = None, **parts: str) -> bytes:
    """A DOCX of handwritten parts: the body's content, ``edges`` as id → (header or footer, content), and the rest."""
    files = {
        "_rels/.rels": ROOT_RELS,
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    relations = ""
    for kind, content in parts.items():
        files[PARTS[kind]] = f"<w:{kind} {NAMESPACES}>{content}</w:{kind}>"
        relations += f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{PARTS[kind][5:]}"/>'
    for key, (kind, content) in (edges or {}).items():
        files[f"word/{key}.xml"] = f"<w:hdr {NAMESPACES}>{content}</w:hdr>"
        relations += f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{key}.xml"/>'
    files["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
    )
    return zipped(files)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(text: str = "", properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text) if text else ''}</w:p>"


def shown_of(rendering: Rendering) -> Shown:
    """Paragraphs as text, rows as the list of their cells."""
    return [
        [cell.text for cell in line.cells] if line.kind == "grid" else " ".join(cell.text for cell in line.cells)
        for line in rendering.lines
    ]


def shown(body: str, **parts: str) -> Shown:
    return shown_of(read_docx(package(body, **parts)))


def roles(data: bytes) -> list[tuple[str, str]]:
    return [(line.role, line.cells[0].text) for line in read_docx(data).lines]


def field(code: str, result: str) -> str:
    def char(step: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>'

    instruction = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return f"{char('begin')}{instruction}{char('separate')}{run(result)}{char('end')}"


def box(content: str) -> str:
    return f"<w:txbxContent>{content}</w:txbxContent>"


CHOICE = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box(para("框里"))}</wps:txbx></w:drawing></mc:Choice>'
FALLBACK = f"<mc:Fallback><w:pict><v:shape><v:textbox>{box(para('框里'))}</v:textbox></v:shape></w:pict></mc:Fallback>"
DELETED = '<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del>'

PARAGRAPHS: dict[str, tuple[str, str]] = {
    "runs": (run("一、") + run("总体") + run("情况"), "一、总体情况"),
    "insertion and deletion": (run("甲") + f"<w:ins>{run('乙')}</w:ins>" + DELETED + run("丙"), "甲乙丙"),
    "move": (f"<w:moveFrom>{run('甲')}</w:moveFrom>{run('乙')}<w:moveTo>{run('丙')}</w:moveTo>", "乙丙"),
    "hyperlink": (run("见") + f'<w:hyperlink r:id="x">{run("网站")}</w:hyperlink>', "见网站"),
    "content control": (run("甲") + f"<w:sdt><w:sdtPr/><w:sdtContent>{run('乙')}</w:sdtContent></w:sdt>", "甲乙"),
    "smart tag and custom XML": (f"<w:smartTag><w:customXml>{run('甲')}</w:customXml></w:smartTag>", "甲"),
    "simple field": (f'<w:fldSimple w:instr="DATE">{run("2024年")}</w:fldSimple>', "2024年"),
    "complex field": (run("共") + field("NUMPAGES", "3") + run("页"), "共3页"),
    "field in a field's code": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("IF ") + field("PAGE", "1")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("结果")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("后"),
        "结果后",
    ),
    "field ends that nothing began": (
        '<w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/></w:r>' + run("文"), "文",
    ),
    "hidden": (run("甲") + run("隐", "<w:vanish/>") + run("乙", '<w:vanish w:val="0"/>'), "甲乙"),
    "hidden field": (
        '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>'
        + run("XE 词条") + '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>' + run("文"),
        "文",
    ),
    "hyphens": ("<w:r><w:t>1</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>2</w:t></w:r>", "1-2"),
    "one tab is an indent": ("<w:r><w:t>文</w:t><w:ptab/><w:t>本</w:t></w:r>", "文 本"),
    "symbols": (
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:char="2460"/><w:sym w:char="x"/><w:sym w:char="D800"/>'
        '<w:sym w:char="FFFFFFFF"/></w:r>', "①",
    ),
    "ruby": (
        f"<w:r><w:ruby><w:rt>{run('hàn')}</w:rt><w:rubyBase>{run('汉')}</w:rubyBase></w:ruby></w:r>", "汉",
    ),
    "math": ("<m:oMath><m:r><m:t>a</m:t></m:r><m:r><m:t>=b</m:t></m:r></m:oMath>", "a=b"),
    "unpreserved blanks": ("<w:r><w:t>\n  甲\n  乙  </w:t></w:r>" + run("丙"), "甲   乙丙"),
    "comment mark": (run("甲") + '<w:r><w:commentReference w:id="1"/></w:r>' + run("乙"), "甲乙"),
    "direction": (f"<w:dir>{run('甲')}</w:dir><w:bdo>{run('乙')}</w:bdo>", "甲乙"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), PARAGRAPHS.values(), ids=list(PARAGRAPHS))
def test_text_of_a_paragraph(content, expected):
    assert [" ".join(str(line).split()) for line in shown(f"<w:p>{content}</w:p>")] == [" ".join(expected.split())]


def test_breaks_part_lines():
    breaks = '<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t><w:br w:type="page"/><w:t>丁</w:t></w:r>'
    assert shown(f"<w:p>{breaks}</w:p>") == ["甲", "乙", "丙", "丁"]


def test_tabs_make_columns():
    assert shown("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>1</w:t><w:tab/><w:t>2</w:t></w:r></w:p>") == [["甲", "1", "2"]]


def test_fields_across_paragraphs_hide_nothing():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert shown(f"<w:p>{begin}<w:r><w:instrText>TOC</w:instrText></w:r></w:p>" + para("甲")) == ["甲"]


def test_field_codes_hide_tabs_boxes_and_math_too():
    begin, end = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    inside = f'<w:r><w:tab/><w:sym w:char="2460"/>{CHOICE}</w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>'
    assert shown(f"<w:p>{begin}{inside}<w:r><w:drawing>{box(para('框'))}</w:drawing></w:r>{end}{run('文')}</w:p>") == [
        "文"
    ]


# ---------------------------------------------------------------- text boxes


@pytest.mark.parametrize(
    "inside",
    [
        f"<mc:AlternateContent>{CHOICE}{FALLBACK}</mc:AlternateContent>",
        f"<mc:AlternateContent>{FALLBACK}</mc:AlternateContent>",
        f"<w:pict><v:shape><v:textbox>{box(para('框里'))}</v:textbox></v:shape></w:pict>",
        f"<w:drawing><a><mc:AlternateContent>{CHOICE}{FALLBACK}</mc:AlternateContent></a></w:drawing>",
    ],
    ids=["choice", "fallback alone", "vml", "group"],
)
def test_text_boxes_are_read_once_after_their_anchor(inside):
    assert shown(f"<w:p>{run('前')}<w:r>{inside}</w:r>{run('后')}</w:p>{para('下')}") == ["前后", "框里", "下"]


def test_text_box_in_a_text_box():
    inner = f"<w:p>{run('外')}<w:r><w:pict>{box(para('内'))}</w:pict></w:r></w:p>"
    assert shown(f"<w:p><w:r><w:pict>{box(inner)}</w:pict></w:r></w:p>") == ["外", "内"]


def test_alternatives_without_anything():
    assert shown(f"<mc:AlternateContent/><w:p><mc:AlternateContent/><w:r><w:drawing>{box('')}"
                 f"<mc:AlternateContent/></w:drawing></w:r>{run('文')}</w:p>") == ["文"]  # fmt: skip


def test_alternatives_of_blocks():
    block = f"<mc:AlternateContent><mc:Choice>{para('甲')}</mc:Choice><mc:Fallback>{para('乙')}</mc:Fallback>"
    assert shown(f"{block}</mc:AlternateContent>") == ["甲"]


# ---------------------------------------------------------------- paragraph marks


def test_deleted_marks_join_paragraphs():
    gone = "<w:rPr><w:del/></w:rPr>"
    assert shown(para("甲", gone) + para("乙", gone) + para("丙") + para("丁", gone)) == ["甲乙丙", "丁"]


def test_deleted_paragraphs_are_gone():
    assert shown(para("甲") + f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{DELETED}</w:p>" + para("乙")) == [
        "甲",
        "乙",
    ]
    moved = f"<w:p><w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr><w:moveFrom>{run('走')}</w:moveFrom></w:p>"
    assert shown(moved + para("乙")) == ["乙"]


def test_inserted_marks_part_paragraphs():
    assert shown(para("甲", "<w:rPr><w:ins/></w:rPr>") + para("乙")) == ["甲", "乙"]


def test_hidden_marks_run_on():
    hidden = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    assert shown(para("一、总体情况", hidden) + para("本年度……")) == ["一、总体情况本年度……"]
    table = f"<w:tbl><w:tr><w:tc>{para('表')}</w:tc></w:tr></w:tbl>"
    assert shown(para("甲", hidden) + table + para("乙")) == ["甲", ["表"], "乙"]


# ---------------------------------------------------------------- styles and roles

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="自定"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="flat"><w:name w:val="平"/><w:basedOn w:val="1"/>
  <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"/>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="x"><w:name w:val="X"/><w:basedOn w:val="y"/></w:style>
<w:style w:type="paragraph" w:styleId="y"><w:name w:val="Y"/><w:basedOn w:val="x"/></w:style>
<w:style w:type="paragraph" w:styleId="gone"><w:name w:val="隐"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="c"><w:name w:val="字"/><w:rPr><w:vanish/></w:rPr></w:style>
"""
STYLED = '<w:rStyle w:val="%s"/>'


@pytest.mark.parametrize(
    ("properties", "role"),
    [
        ("", "body"),
        ('<w:pStyle w:val="1"/>', "heading"),
        ('<w:pStyle w:val="mine"/>', "heading"),
        ('<w:pStyle w:val="flat"/>', "body"),
        ('<w:pStyle w:val="Heading2"/>', "heading"),
        ('<w:pStyle w:val="t"/>', "heading"),
        ('<w:pStyle w:val="toc"/>', "link"),
        ('<w:pStyle w:val="toc"/><w:outlineLvl w:val="0"/>', "link"),
        ('<w:pStyle w:val="x"/>', "body"),
        ('<w:pStyle w:val="nowhere"/>', "body"),
        ('<w:outlineLvl w:val="1"/>', "heading"),
        ('<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>', "body"),
    ],
)
def test_roles(properties, role):
    assert roles(package(para("文", properties), styles=STYLES)) == [(role, "文")]


def test_paragraphs_of_links_alone_are_links():
    link = f'<w:hyperlink w:anchor="_Toc1">{run("一、总体情况")}{run("1")}</w:hyperlink>'
    assert [role for role, _ in roles(package(f"<w:p>{link}</w:p><w:p>{run('见')}{link}</w:p>"))] == ["link", "body"]


def test_text_hidden_by_style():
    marked = f"<w:p>{run('甲')}{run('隐', STYLED % 'c')}</w:p>"
    seen = run("见", '<w:vanish w:val="0"/>')
    gone = f'<w:p><w:pPr><w:pStyle w:val="gone"/></w:pPr><w:r><w:t>隐</w:t></w:r>{seen}</w:p>'
    assert shown(marked + gone, styles=STYLES) == ["甲", "见"]
    assert shown(f"<w:p>{run('甲', STYLED % 'none')}</w:p>", styles=STYLES) == ["甲"]


def test_very_long_style_chains_end():
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{i}"><w:basedOn w:val="s{i + 1}"/></w:style>' for i in range(3000)
    )
    body = "".join(para("文", f'<w:pStyle w:val="s{i}"/>') for i in range(3000))
    assert len(shown(body, styles=chain)) == 3000


# ---------------------------------------------------------------- notes, headers and footers


def test_notes_come_after_the_body():
    body = (
        f'<w:p>{run("甲")}<w:r><w:endnoteReference w:id="1"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        f'<w:p>{run("乙")}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:footnoteReference w:id="77"/></w:r></w:p>'
    )
    notes = f'<w:footnote w:id="0" w:type="separator">{para("线")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{para("注二")}</w:footnote><w:footnote w:id="3">{para("没人提")}</w:footnote>'
    data = package(body, footnotes=notes, endnotes=f'<w:endnote w:id="1">{para("尾注")}</w:endnote>')
    assert roles(data) == [("body", "甲"), ("body", "乙"), ("note", "注二"), ("note", "尾注")]


def test_hidden_text_in_notes():
    notes = f'<w:footnote w:id="1"><w:p>{run("注")}{run("隐", "<w:vanish/>")}</w:p></w:footnote>'
    body = f'<w:p>{run("甲")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    assert roles(package(body, footnotes=notes)) == [("body", "甲"), ("note", "注")]


def section(*references: str, more: str = "") -> str:
    return f"<w:sectPr>{''.join(references)}{more}</w:sectPr>"


def header(key: str, kind: str = "default", name: str = "header") -> str:
    return f'<w:{name}Reference w:type="{kind}" r:id="{key}"/>'


EDGES = {
    "h1": ("header", para("页眉")),
    "h2": ("header", para("页眉") + para("另")),
    "h3": ("header", para("没人提")),
    "f1": ("footer", para("3") + para("页脚")),
    "f2": ("footer", f"<w:tbl><w:tr><w:tc>{para('脚')}</w:tc><w:tc>{para('表')}</w:tc></w:tr></w:tbl>"),
}


def test_headers_and_footers_once():
    body = para("甲", section(header("h1"))) + para("乙") + section(
        header("h1"), header("h2"), header("f1", name="footer"), header("f2", name="footer"), header("none")
    )  # fmt: skip
    assert roles(package(body, EDGES)) == [
        ("header", "页眉"), ("header", "另"), ("body", "甲"), ("body", "乙"), ("footer", "页脚"), ("footer", "脚"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "more", "settings", "seen"),
    [
        ("first", "", "", False),
        ("first", "<w:titlePg/>", "", True),
        ("first", '<w:titlePg w:val="0"/>', "", False),
        ("even", "", "", False),
        ("even", "", "<w:evenAndOddHeaders/>", True),
    ],
)
def test_headers_that_no_page_shows(kind, more, settings, seen):
    data = package(para("甲") + section(header("h1", kind), more=more), EDGES, settings=settings)
    assert roles(data) == [("header", "页眉")] * seen + [("body", "甲")]


def test_hidden_text_in_headers():
    edges = {"h1": ("header", f"<w:p>{run('页眉')}{run('隐', '<w:vanish/>')}</w:p>")}
    assert roles(package(para("甲") + section(header("h1")), edges)) == [("header", "页眉"), ("body", "甲")]


# ---------------------------------------------------------------- places, and the way through read()


def test_places_of_paragraphs_and_cells():
    table = f"<w:tbl><w:tr><w:tc>{para('甲')}</w:tc><w:tc>{para()}</w:tc></w:tr></w:tbl>"
    control = f"<w:sdt><w:sdtContent>{para('丙')}</w:sdtContent></w:sdt>"
    body = (
        para("一") + para() + table + control + f"<w:p>{run('丁')}<w:r><w:pict>{box(para('框'))}</w:pict></w:r></w:p>"
    )
    document = read(package(body), "x.docx")
    source = document.source
    places = {source.text[start:].split("\n")[0].split("\t")[0]: place for start, place in source.places}
    assert places["一"] == Place(paragraph=1)
    assert places["甲"] == Place(table=1, row=1, cell=1)
    assert places["丙"] == Place(paragraph=3)
    assert places["丁"] == places["框"] == Place(paragraph=4)
    for line in document.lines:
        for cell in line.cells:
            assert source.text[slice(*cell.span())] == cell.text


def test_python_docx_report_through_read():
    made = docx.Document()
    made.add_heading("某局2024年政府信息公开工作年度报告", 0)
    made.add_heading("一、总体情况", 1)
    made.add_paragraph("本年度|情况")
    table = made.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "甲"
    for column, text in enumerate("乙丙", 1):
        table.cell(0, column).text = text
        table.cell(1, column).text = text * 2
    made.sections[0].footer.paragraphs[0].text = "— 1 —"
    buffer = io.BytesIO()
    made.save(buffer)
    document = read(buffer.getvalue(), "x.docx")
    assert document.source.kind == "docx"
    assert [(line.kind, line.role, [cell.text for cell in line.cells]) for line in document.lines] == [
        ("plain", "heading", ["某局2024年政府信息公开工作年度报告"]),
        ("plain", "heading", ["一、总体情况"]),
        ("plain", "body", ["本年度|情况"]),
        ("grid", "body", ["甲", "乙", "丙"]),
        ("grid", "body", ["乙乙", "丙丙"]),
    ]


def test_no_text_is_empty():
    with pytest.raises(ReadError) as error:
        read(package(para() + "<w:p><w:r><w:drawing/></w:r></w:p>"), "x.docx")
    assert error.value.reason == "empty"
