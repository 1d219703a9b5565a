"""Where the characters of a rendering stand in a Word document, and the bytes of its elements."""

from __future__ import annotations

import io
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judge.office import word
from judge.office.planned import make_planned
from test_readers_docx import NAMESPACES, box, field, package, para, run, zipped
from thorough import FULL

from govlint.model.errors import ReadError
from govlint.model.source import Span
from govlint.readers.docx import read_docx
from govlint.readers.docx.located import Extent, locate
from govlint.readers.docx.names import P, T, fold_namespaces
from govlint.readers.docx.tracing import Trace, trace
from govlint.readers.packages import parse_xml

XML = (
    '<w:a xmlns:w="urn:w" x="1>2" w:y=\'"/>"\'><w:t/>甲<w:t a="&gt;/" >乙&amp;&#x4e01;</w:t ><![CDATA[<w:t>]]>'
    "<!-- <w:t> -->\U00020000<w:t>\n</w:t><?pi <x>?><b xmlns='urn:b'><c/></b><w:t q='/'\n/></w:a>\n<!-- end -->"
)
ENCODINGS = {
    "utf-8": (b"", "utf-8", ""),
    "utf-8 with a mark": (b"\xef\xbb\xbf", "utf-8", ""),
    "utf-8 declared": (b"", "utf-8", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'),
    "utf-16-le": (b"\xff\xfe", "utf-16-le", ""),
    "utf-16-be": (b"\xfe\xff", "utf-16-be", '<?xml version="1.0" encoding="UTF-16"?>'),
    "utf-16 declared as another": (b"\xff\xfe", "utf-16-le", '<?xml version="1.0" encoding="GBK"?>'),
    "utf-16-le without a mark": (b"", "utf-16-le", '<?xml version="1.0" encoding="UTF-16"?>'),
    "utf-16-be without a mark": (b"", "utf-16-be", ""),
}


def same(one: ET.Element, other: ET.Element) -> bool:
    return ET.tostring(one) == ET.tostring(other) and [e.tag for e in one.iter()] == [e.tag for e in other.iter()]


@pytest.mark.parametrize(("mark", "codec", "declaration"), ENCODINGS.values(), ids=list(ENCODINGS))
def test_extents_are_the_bytes_of_elements_in_every_encoding(mark, codec, declaration):
    data = mark + (declaration + XML).encode(codec)
    root, extents = locate(data)
    assert same(root, ET.fromstring(XML))

    def written(start: int, end: int) -> str:
        return data[start:end].decode(codec)

    assert set(extents) == set(root.iter())
    assert written(extents[root].start, extents[root].end) == XML[: XML.rindex("\n")]
    first, second, third, last = root.iter("{urn:w}t")
    assert written(extents[first].start, extents[first].end) == "<w:t/>"
    assert extents[first].content == extents[first].content_end == extents[first].end
    assert written(*extents[second][:2]) == '<w:t a="&gt;/" >'
    assert written(*extents[second][1:3]) == "乙&amp;&#x4e01;"
    assert written(*extents[second][2:]) == "</w:t >"
    assert written(*extents[third][1:3]) == "\n"
    assert written(extents[last].start, extents[last].end) == "<w:t q='/'\n/>"


def test_other_encodings_are_those_of_the_ordinary_reader():
    data = '<?xml version="1.0" encoding="windows-1252"?><a>é<t/></a>'.encode("cp1252")
    root, extents = locate(data)
    assert (root.text, extents[root[0]]) == ("é", Extent(49, 53, 53, 53))
    with pytest.raises(ReadError, match="damaged"):
        locate('<?xml version="1.0" encoding="GBK"?><a>甲</a>'.encode("gbk"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged"),
        (b"<a>", "damaged"),
        (b"<a/><a/>", "damaged"),
        (b"<a>\0</a>", "damaged"),
        (b"<x:a/>", "damaged"),
        (b"\xff\xfe<\0a", "damaged"),
        (b"<\0a\0/\0>\0\0", "damaged"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "doctype"),
        ("\ufeff<!DOCTYPE a><a/>".encode("utf-16-le"), "doctype"),
        (b"<a>" + b"<b/>" * 1_500_000 + b"</a>", "too_many_tags"),
    ],
)
def test_parts_that_are_not_read_are_not_located(data, reason):
    with pytest.raises(ReadError) as error:
        locate(data)
    assert error.value.reason == reason


def test_strict_names_are_folded_as_the_reader_folds_them():
    data = (
        b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main" '
        b'xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships">'
        b'<w:p r:id="1" w:rsid="2" x="3"/></w:document>'
    )
    assert same(locate(data)[0], parse_xml(fold_namespaces(data)))


def traced(body: str, **parts: str) -> Trace:
    return trace(package(body, **parts))


def shown(found: Trace, text: str) -> list[str]:
    """The parts of the texts that show the first occurrence of some words in the rendering."""
    start = found.rendering.text.index(text)
    return [(part.element.text or "")[part.start : part.end] for part in found.shown(Span(start, start + len(text)))]


def made_by_word(found: Trace) -> str:
    """What of the rendering no text shows."""
    seen = {at for piece in found.pieces for at in range(piece.at, piece.at + piece.length)}
    return "".join(char for at, char in enumerate(found.rendering.text) if at not in seen)


@pytest.mark.parametrize("seed", range(60 if FULL else 12))
def test_the_trace_of_generated_documents_is_their_reading(seed):
    data = word.write(make_planned(seed))
    found = trace(data)
    assert found.rendering == read_docx(data)
    text = found.rendering.text
    end = 0
    for at, length, element, start in found.pieces:
        assert at >= end, "pieces are in order and apart"
        end = at + length
        assert (element.text or "")[start : start + length].translate({9: " ", 10: " "}) == text[at:end]
        assert element.tag == T
    rest = made_by_word(found)
    lines = text.split("\n")
    for edge in ("政府信息公开", *(line for line in lines if line.strip("—- 第页0123456789") == "")):
        rest = rest.replace(edge, "")
    assert not set(rest) - set("\t\n 一二三四五六七、（）.1234567890"), "only breaks, numbers and headers"
    assert all(found.root.find(f".//{P}") is not None and found.paragraphs(region.start) for region in found.regions)


@pytest.mark.parametrize("seed", range(3))
def test_extents_of_generated_documents_hold_their_elements(seed):
    found = trace(word.write(make_planned(seed)))
    prefixes = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _prefixes(found.data))
    for element in [*found.root.iter(T), *found.root.iter(P)][::7]:
        start, content, content_end, end = found.extents[element]
        written = found.data[start:end].decode()
        assert same(ET.fromstring(f"<x {prefixes}>{written}</x>")[0], _without_tail(element))
        assert found.data[content - 1 : content] == b">"
        assert content_end == end or found.data[content_end : content_end + 2] == b"</"


def _prefixes(data: bytes) -> list[tuple[str, str]]:
    return sorted({entry for _, entry in ET.iterparse(io.BytesIO(data), ["start-ns"])})


def _without_tail(element: ET.Element) -> ET.Element:
    copy = ET.fromstring(ET.tostring(element))
    copy.tail = None
    return copy


NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
DELETED_MARK = "<w:rPr><w:del/></w:rPr>"


def test_automatic_numbers_have_no_text():
    found = traced(para("总体情况", NUMBERED), numbering=NUMBERING)
    assert found.rendering.text == "一、总体情况\n"
    assert (shown(found, "一、"), shown(found, "、总体"), made_by_word(found)) == ([], ["总体"], "一、\n")


def test_breaks_and_tabs_have_no_text():
    content = "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t></w:r>"
    found = traced(f"<w:p>{content}</w:p>")
    assert found.rendering.text == "甲\n乙 丙-丁\n"
    assert shown(found, "甲\n乙 丙-丁") == ["甲", "乙", "丙", "丁"]


def test_what_a_person_does_not_see_is_not_shown():
    content = (
        run("甲") + f'<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del><w:ins w:id="2">{run("乙")}</w:ins>'
        + run("隐", "<w:vanish/>") + field("PAGE", "3") + f"<w:sdt><w:sdtContent>{run('丙')}</w:sdtContent></w:sdt>"
    )  # fmt: skip
    found = traced(f"<w:p>{content}</w:p>")
    assert found.rendering.text == "甲乙3丙\n"
    assert shown(found, "甲乙3丙") == ["甲", "乙", "3", "丙"]
    assert [text.text for text in found.regions[0].texts] == ["甲", "乙", "3", "丙"]


def test_blanks_that_are_not_preserved_are_not_shown():
    found = traced("<w:p><w:r><w:t>  甲 乙\n</w:t></w:r><w:r><w:t xml:space='preserve'> 丙 </w:t></w:r></w:p>")
    assert found.rendering.text == "甲 乙 丙\n"
    assert [(part.start, part.end) for part in found.shown(Span(0, 99))] == [(2, 5), (0, 2)]


def test_text_that_runs_on_over_a_deleted_mark_is_shown_only_where_its_paragraph_ends():
    found = traced(para("甲", DELETED_MARK) + para("乙") + para("丙", DELETED_MARK) + "<w:tbl/>" + para("丁"))
    assert found.rendering.text == "甲乙\n丙\n丁\n"
    assert [shown(found, char) for char in "甲乙丙丁"] == [[], ["乙"], [], ["丁"]]
    assert [region.whole for region in found.regions] == [False, True]
    assert len(found.paragraphs(0)) == 1


def test_headers_and_notes_are_not_shown_even_where_they_say_the_same():
    section = '<w:sectPr><w:headerReference r:id="h"/></w:sectPr>'
    row = f"<w:tbl><w:tr><w:tc>{para('乙')}</w:tc></w:tr></w:tbl>"
    body = para("甲") + row + '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + section
    data = package(
        body,
        {"h": ("header", para("甲") + row + row)},
        footnotes=f'<w:footnote w:id="2">{para("甲")}{row}</w:footnote>',
    )
    found = trace(data)
    assert found.rendering.text == "甲\n乙\n甲\n乙\n甲\n乙\n"
    assert [(piece.at, piece.length) for piece in found.pieces] == [(4, 1), (6, 1)]
    assert [bool(found.paragraphs(at)) for at in range(12)] == [at in (4, 5, 6, 7) for at in range(12)]
    assert found.region(0) is None


def test_cells_have_their_paragraphs_and_blank_ones_too():
    blank = '<w:p/><w:p><w:r><w:t xml:space="preserve">  </w:t></w:r><w:r><w:t/></w:r></w:p>'
    cells = f"<w:tc>{para('甲')}{para()}{para('乙')}</w:tc><w:tc>{blank}</w:tc><w:tc/><w:tc>{para('丙')}</w:tc>"
    found = traced(para("前") + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    assert found.rendering.text == "前\n甲 乙\t\t\t丙\n"
    assert [len(found.paragraphs(at)) for at in (0, 1, 2, 6, 7, 8)] == [1, 1, 3, 2, 0, 1]
    assert [len(region.texts) for region in found.regions] == [1, 2, 2, 0, 1]
    assert shown(found, "甲 乙\t\t\t丙") == ["甲", "乙", "丙"]
    place = found.regions[3].place
    assert place is not None and (place.table, place.row, place.cell) == (1, 1, 3)


def test_tables_and_running_text_in_cells_are_traced():
    inner = f"<w:tbl><w:tr><w:tc>{para('内')}</w:tc><w:tc>{para('1')}</w:tc></w:tr></w:tbl>"
    layout = f"<w:tbl><w:tr><w:tc>{para('甲')}{inner}{para('乙')}</w:tc><w:tc>{para('长' * 201)}</w:tc></w:tr></w:tbl>"
    found = traced(layout)
    assert found.rendering.text == f"甲\n内\t1\n乙\n{'长' * 201}\n"
    assert [shown(found, part) for part in ("甲", "内\t1", "乙", "长长")] == [["甲"], ["内", "1"], ["乙"], ["长长"]]


def test_text_boxes_are_traced_beside_the_paragraph_that_holds_them():
    anchor = f"<w:r><w:pict>{box(para('框') + para('框二'))}</w:pict></w:r>"
    cell = f"<w:tbl><w:tr><w:tc><w:p>{anchor}</w:p></w:tc><w:tc>{para('文')}</w:tc></w:tr></w:tbl>"
    found = traced(f"<w:p>{run('甲')}{anchor}</w:p><w:p>{anchor}</w:p>" + cell)
    assert found.rendering.text == "甲\n框\n框二\n框\n框二\n框 框二\t文\n"
    assert [shown(found, part) for part in ("甲\n框", "框二", "框 框二\t文")] == [
        ["甲", "框"], ["框二"], ["框", "框二", "文"],
    ]  # fmt: skip
    assert len({part.element for part in found.shown(Span(0, 99))}) == 8


def test_lines_that_are_left_out_move_nothing():
    content = "<w:t>甲</w:t><w:br/><w:t>— 3 —</w:t><w:br/><w:t> </w:t><w:br/><w:t>乙</w:t>"
    found = traced(f"<w:p><w:r>{content}</w:r></w:p>" + para("- 4 -") + para("丙"))
    assert found.rendering.text == "甲\n乙\n丙\n"
    assert shown(found, "甲\n乙\n丙") == ["甲", "乙", "丙"]


def test_parents():
    found = traced(para("甲"))
    element = found.shown(Span(0, 1))[0].element
    assert found.parents[found.parents[element]] is found.paragraphs(0)[0]
    assert found.root not in found.parents


def test_a_part_in_utf_16_and_a_strict_one_are_traced():
    body = f"<w:document {NAMESPACES}><w:body>{para('甲', NUMBERED)}{para('乙')}</w:body></w:document>"
    files: dict[str, bytes] = {"word/document.xml": ("\ufeff" + body).encode("utf-16-le")}
    found = trace(zipped(files))
    assert (found.part, found.rendering.text, shown(found, "乙")) == ("word/document.xml", "甲\n乙\n", ["乙"])
    start, _, _, end = found.extents[found.shown(Span(2, 3))[0].element]
    assert found.data[start:end].decode("utf-16-le") == '<w:t xml:space="preserve">乙</w:t>'
    strict = body.replace("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/").replace("/2006/", "/")
    assert shown(trace(zipped({"word/document.xml": strict.encode()})), "乙") == ["乙"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [("<w:sdt>" * 300 + "</w:sdt>" * 300, "too_deep"), ("<w:p>", "damaged"), ("<!DOCTYPE x>", "doctype")],
)
def test_what_cannot_be_read_cannot_be_traced(body, reason):
    for act in (read_docx, trace):
        with pytest.raises(ReadError) as error:
            act(package(body))
        assert error.value.reason == reason


INLINE = st.recursive(
    st.sampled_from([
        run("甲"), run(" 乙"), "<w:r><w:t> 丙 </w:t></w:r>", "<w:r><w:t/></w:r>", "<w:r><w:br/></w:r>",
        "<w:r><w:t>丁</w:t><w:tab/><w:t>1</w:t></w:r>", run("隐", "<w:vanish/>"), field("X", "果"), "<w:proofErr/>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del>', '<w:r><w:footnoteReference w:id="2"/></w:r>',
    ]),
    lambda inner: st.lists(inner, max_size=3).map("".join).flatmap(
        lambda text: st.sampled_from([
            f"<w:ins>{text}</w:ins>", f"<w:sdt><w:sdtContent>{text}</w:sdtContent></w:sdt>",
            f"<w:hyperlink>{text}</w:hyperlink>", f"<w:r><w:pict>{box(f'<w:p>{text}</w:p>')}</w:pict></w:r>",
        ])
    ),
    max_leaves=6,
)  # fmt: skip
PROPERTIES = st.sampled_from(["", NUMBERED, DELETED_MARK, "<w:rPr><w:vanish/></w:rPr>"])
PARAGRAPH = st.builds(
    lambda said, inside: f"<w:p><w:pPr>{said}</w:pPr>{inside}</w:p>",
    PROPERTIES,
    st.lists(INLINE, max_size=4).map("".join),
)
BLOCKS = st.recursive(
    PARAGRAPH,
    lambda inner: st.lists(st.lists(st.lists(inner, max_size=3).map("".join), min_size=1, max_size=3), max_size=3).map(
        lambda rows: "<w:tbl>" + "".join(f"<w:tr>{''.join(f'<w:tc>{c}</w:tc>' for c in row)}</w:tr>" for row in rows)
        + "</w:tbl>"
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, max_size=5).map("".join))
def test_any_document_is_traced_as_it_is_read(body):
    note = f'<w:footnote w:id="2">{para("甲")}</w:footnote>'
    data = package(body, numbering=NUMBERING, footnotes=note)
    found = trace(data)
    assert found.rendering == read_docx(data)
    text = found.rendering.text
    for piece in found.pieces:
        words = (piece.element.text or "")[piece.start : piece.start + piece.length]
        assert words == text[piece.at : piece.at + piece.length]
    assert len({id(piece.element) for piece in found.pieces}) == len(found.pieces)
    assert "隐" not in "".join(piece.element.text or "" for piece in found.pieces)
    lost = made_by_word(found)
    if DELETED_MARK not in body and "<w:rPr><w:vanish/></w:rPr></w:pPr>" not in body:
        notes = text.endswith("甲\n") and "footnoteReference" in body
        assert not set(lost.removesuffix("甲\n") if notes else lost) - set("\t\n 一二三四五六七八九十、"), lost


def test_nothing_of_it_is_loaded_for_reading():
    code = "import sys, govlint.readers.docx\nprint([m for m in sys.modules if m in sys.argv[1].split()])"
    names = "govlint.readers.docx." + " govlint.readers.docx.".join(("located", "noting", "tracing", "rewriting"))
    found = subprocess.run([sys.executable, "-c", code, names], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
