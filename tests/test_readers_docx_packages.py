"""Where the parts of a Word document are: zip packages, flat packages, Word 2003 XML; and hostile files."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_readers_docx import (
    EDGES,
    NAMESPACES,
    ROOT_RELS,
    STYLES,
    header,
    package,
    para,
    run,
    section,
    shown_of,
    zipped,
)
from test_readers_docx_numbering import NUMBERING, item

from govlint.model.errors import ReadError
from govlint.readers import read
from govlint.readers.docx import read_docx, read_flat_opc, read_wordml
from govlint.readers.rendering import Rendering

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
CELL = f"<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{para('格')}</w:tc>"
FULL = package(
    item(0, "总体情况", more='<w:pStyle w:val="1"/>')
    + f"<w:p>{run('正文')}<w:r><w:footnoteReference w:id='1'/></w:r></w:p>"
    + f"<w:tbl><w:tblGrid><w:gridCol w:w='900'/><w:gridCol w:w='900'/></w:tblGrid><w:tr>{CELL}</w:tr></w:tbl>"
    + section(header("h1")),
    EDGES,
    styles=STYLES,
    numbering=NUMBERING,
    footnotes=f'<w:footnote w:id="1">{para("注")}</w:footnote>',
)
FULL_SHOWN = ["页眉", "一、总体情况", "正文", ["格"], "注"]


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zip_file:
        return {name: zip_file.read(name) for name in zip_file.namelist()}


def test_all_parts_together():
    assert shown_of(read_docx(FULL)) == FULL_SHOWN


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_encodings_of_parts(codec):
    parts = parts_of(FULL)
    text = f'<?xml version="1.0" encoding="UTF-{codec[4:].split("-")[0]}"?>' + parts["word/document.xml"].decode()
    assert shown_of(read_docx(zipped({**parts, "word/document.xml": text.encode(codec)}))) == FULL_SHOWN


def test_strict_documents():
    def strict(data: bytes) -> bytes:
        data = re.sub(rb"http://schemas.openxmlformats.org/wordprocessingml/2006/main", STRICT.encode(), data)
        return data.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    made = {name: strict(content) for name, content in parts_of(FULL).items()}
    assert b"purl.oclc.org" in made["word/document.xml"]
    assert shown_of(read_docx(zipped(made))) == FULL_SHOWN


def test_main_part_under_another_name():
    parts = parts_of(FULL)
    moved = {
        "_rels/.rels": ROOT_RELS.replace("word/document.xml", "/docs/main.xml").encode(),
        "docs/main.xml": parts["word/document.xml"],
        "docs/_rels/main.xml.rels": parts["word/_rels/document.xml.rels"].replace(b'Target="', b'Target="../word/'),
    }
    assert (
        shown_of(read_docx(zipped({**{k: v for k, v in parts.items() if "document" not in k}, **moved}))) == FULL_SHOWN
    )


@pytest.mark.parametrize("kind", ["document.macroEnabled", "template", "document"])
def test_main_part_by_its_type(kind):
    part = "application/vnd.openxmlformats-officedocument.wordprocessingml." + kind + ".main+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/w/d.xml" ContentType="{part}"/></Types>'
    )
    main = f"<w:document {NAMESPACES}><w:body>{para('文')}</w:body></w:document>"
    assert shown_of(read_docx(zipped({"[Content_Types].xml": types, "w/d.xml": main}))) == ["文"]


def test_no_relations_at_all():
    assert shown_of(read_docx(zipped({"word/document.xml": parts_of(FULL)["word/document.xml"]}))) == [
        "总体情况", "正文", ["格"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"a.txt": "文"}, "damaged"),
        ({"word/document.xml": "<w:document"}, "damaged"),
        ({"word/document.xml": f"<w:document {NAMESPACES}/>"}, "damaged"),
        ({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "doctype"),
        ({"word/document.xml": b"\xff\xfe\x00\xd8"}, "damaged"),
        ({"word/document.xml": "<a>" + "<b/>" * 1_500_001 + "</a>"}, "package_bomb"),
    ],
)
def test_what_cannot_be_read(parts, reason):
    with pytest.raises(ReadError) as error:
        read_docx(zipped(parts))
    assert error.value.reason == reason


def test_no_zip_is_damaged():
    with pytest.raises(ReadError) as error:
        read_docx(b"PK\x03\x04nothing")
    assert error.value.reason == "damaged"


def test_external_relations_are_not_followed():
    parts = parts_of(FULL)
    rels = parts["word/_rels/document.xml.rels"].replace(b'Id="styles"', b'Id="styles" TargetMode="External"')
    assert shown_of(read_docx(zipped({**parts, "word/_rels/document.xml.rels": rels}))) == FULL_SHOWN


# ---------------------------------------------------------------- flat packages

PKG = "http://schemas.microsoft.com/office/2006/xmlPackage"


def flat(data: bytes) -> bytes:
    parts = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{content.decode()}</pkg:xmlData></pkg:part>'
        for name, content in parts_of(data).items()
    )
    picture = '<pkg:part pkg:name="/word/a.png"><pkg:binaryData>AAAA</pkg:binaryData></pkg:part>'
    return f'<?xml version="1.0"?><pkg:package xmlns:pkg="{PKG}">{parts}{picture}</pkg:package>'.encode()


def test_flat_packages():
    assert shown_of(read_flat_opc(flat(FULL))) == FULL_SHOWN
    assert read(flat(FULL), "x.xml").source.kind == "flat_opc"


@pytest.mark.parametrize("data", [b"<a/>", b"<a", b""])
def test_flat_packages_without_text(data):
    with pytest.raises(ReadError) as error:
        read_flat_opc(data)
    assert error.value.reason == "damaged"


# ---------------------------------------------------------------- Word 2003 XML

W2003 = "http://schemas.microsoft.com/office/word/2003/wordml"


def wordml(body: str, more: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?><w:wordDocument '
        f'xmlns:w="{W2003}" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
        'xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:v="urn:schemas-microsoft-com:vml" '
        f'xml:space="preserve">{more}<w:body><wx:sect><wx:sub-section>{body}</wx:sub-section></wx:sect></w:body>'
        "</w:wordDocument>"
    ).encode()


def listed(text: str, label: str, font: str = "Times New Roman") -> str:
    said = (
        f'<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="{label}"/><wx:font wx:val="{font}"/></w:listPr>'
    )
    return f"<w:p><w:pPr>{said}</w:pPr>{run(text)}</w:p>"


def annotated(kind: str, content: str) -> str:
    return f'<aml:annotation aml:id="0" w:type="Word.{kind}"><aml:content>{content}</aml:content></aml:annotation>'


WORDML = {
    "list": (
        listed("总体情况", "一、") + listed("点", "·", "Symbol") + listed("圈", "①") + listed("数", "3"),
        ["一、总体情况", "点", "①圈", "3数"],
    ),
    "annotations": (
        f"<w:p>{run('甲')}{annotated('Insertion', run('乙'))}{annotated('Deletion', run('旧'))}"
        f"<w:r>{annotated('Comment', para('评'))}</w:r>{run('丙')}</w:p>",
        ["甲乙丙"],
    ),
    "annotated blocks": (annotated("Insertion", para("甲")) + annotated("Deletion", para("乙")), ["甲"]),
    "deleted mark": (
        f"<w:p><w:pPr><w:rPr>{annotated('Deletion', '')}</w:rPr></w:pPr>{run('甲')}</w:p>" + para("乙"), ["甲乙"],
    ),
    "table": (
        "<w:tbl>"
        f'<w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr>{para("甲")}</w:tc><w:tc>{para("乙")}</w:tc></w:tr>'
        f"<w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr>{para()}</w:tc><w:tc>{para('丙')}</w:tc></w:tr>"
        f"<w:tr><w:trPr>{annotated('Deletion', '')}</w:trPr><w:tc>{para('旧')}</w:tc></w:tr></w:tbl>",
        [["甲", "乙"], ["丙"]],
    ),
    "text box": (
        f"<w:p>{run('前')}<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{para('框')}</w:txbxContent></v:textbox>"
        f"</v:shape></w:pict></w:r></w:p>",
        ["前", "框"],
    ),
    "note": (f"<w:p>{run('文')}<w:r><w:footnote>{para('注')}</w:footnote></w:r></w:p>{para('后')}", ["文", "后", "注"]),
    "link": (f'<w:p>{run("见")}<w:hlink w:dest="x">{run("网站")}</w:hlink></w:p>', ["见网站"]),
    "blanks": ("<w:p><w:r><w:t>甲 </w:t></w:r><w:r><w:t>乙</w:t></w:r></w:p>", ["甲 乙"]),
    "header": (
        para("文") + f'<w:sectPr><w:hdr w:type="odd">{para("页眉")}</w:hdr>'
        f'<w:ftr w:type="first">{para("无")}</w:ftr></w:sectPr>',
        ["页眉", "文"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), WORDML.values(), ids=list(WORDML))
def test_word_2003(body, expected):
    assert shown_of(read_wordml(wordml(body))) == expected


def test_word_2003_styles_through_read():
    document = read(wordml(para("题", '<w:pStyle w:val="1"/>'), f"<w:styles>{STYLES}</w:styles>"), "x.doc")
    assert document.source.kind == "wordml"
    assert [(line.role, line.cells[0].text) for line in document.lines] == [("heading", "题")]


@pytest.mark.parametrize("data", [b"<a/>", b"<a", b"", b"\xff\xfe\x00\xd8"])
def test_word_2003_without_text(data):
    with pytest.raises(ReadError) as error:
        read_wordml(data)
    assert error.value.reason == "damaged"


def test_word_2003_nested_too_deeply():
    with pytest.raises(ReadError) as error:
        read_wordml(wordml("<wx:sect>" * 2000 + para("文") + "</wx:sect>" * 2000))
    assert error.value.reason == "too_deep"


# ---------------------------------------------------------------- fuzz

_XML = parts_of(FULL)
_TAGS = re.compile(rb"<[^>]*>")
_NAMES = [
    b"w:p", b"w:tbl", b"w:tr", b"w:tc", b"w:r", b"w:t", b"w:sdt", b"w:sdtContent", b"w:ins", b"w:del", b"w:pPr",
    b"w:numPr", b"w:tcPr", b"w:rPr", b"w:gridSpan", b"mc:AlternateContent", b"w:pict", b"w:txbxContent", b"w:lvl",
]  # fmt: skip
_VALUES = ["", "0", "-1", "1", "99999999", "9" * 30, "x", "restart", "²", "一", "%1%9"]


def survives(data: bytes) -> None:
    for reader in (read_docx, read_flat_opc, read_wordml):
        try:
            assert isinstance(reader(data), Rendering)
        except ReadError as error:
            assert error.reason


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_zips(data):
    made = bytearray(FULL)
    for at in data.draw(st.lists(st.integers(0, len(made) - 1), max_size=6)):
        made[at] = data.draw(st.integers(0, 255))
    survives(bytes(made[: data.draw(st.integers(0, len(made)))]) if data.draw(st.booleans()) else bytes(made))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_mutated_parts(data):
    name = data.draw(st.sampled_from([n for n in sorted(_XML) if n.startswith("word/") or n.startswith("_rels")]))
    xml = _XML[name]
    for _ in range(data.draw(st.integers(1, 4))):
        tags = list(_TAGS.finditer(xml))
        tag = data.draw(st.sampled_from(tags)) if tags else None
        if tag is None:
            break
        how = data.draw(st.sampled_from(["drop", "double", "rename", "value", "wrap"]))
        written = tag[0]
        if how == "drop":
            written = b""
        elif how == "double":
            written *= 2
        elif how == "rename":
            written = re.sub(rb"[\w:]+", data.draw(st.sampled_from(_NAMES)), written, count=1)
        elif how == "value":
            written = re.sub(rb"=(['\"])[^'\"]*['\"]", b'="%s"' % data.draw(st.sampled_from(_VALUES)).encode(), written)
        else:
            name_ = data.draw(st.sampled_from(_NAMES))
            written = b"<%s>%s</%s>" % (name_, written if written.endswith(b"/>") else b"", name_)
            written += b"" if tag[0].endswith(b"/>") else tag[0]
        xml = xml[: tag.start()] + written + xml[tag.end() :]
    survives(zipped({**_XML, name: xml}))


_ELEMENT = st.recursive(
    st.builds(run, st.text("甲1 \t%", max_size=3)) | st.sampled_from([para("文"), "<w:tab/>", "<w:numPr/>", "<w:tc/>"]),
    lambda inner: st.builds(
        lambda name, value, content: f'<{name} w:val="{value}" w:type="{value}">{"".join(content)}</{name}>',
        st.sampled_from(
            [name.decode() for name in _NAMES] + ["w:fldChar", "w:sectPr", "w:tblGrid", "w:gridCol", "w:sym"]
        ),
        st.sampled_from(_VALUES),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_ELEMENT, max_size=5), st.lists(_ELEMENT, max_size=3), st.lists(_ELEMENT, max_size=3))
def test_elements_at_random(body, styles, numbering):
    data = package("".join(body), styles="".join(styles), numbering="".join(numbering))
    assert isinstance(read_docx(data), Rendering)
    assert isinstance(read_flat_opc(flat(data)), Rendering)
