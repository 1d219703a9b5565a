"""Edits back into Word documents: they show the wanted text afterwards, and nothing else of them has changed."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Sequence
from random import Random

import docx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from judge.office import word
from judge.office.planned import make_planned
from test_docx_tracing import BLOCKS, DELETED_MARK, NUMBERED, NUMBERING
from test_readers_docx import MC, NAMESPACES, ROOT_RELS, W, box, field, package, para, run, zipped
from thorough import FULL

from govlint.model.errors import ReadError, UnwritableError
from govlint.model.source import Span
from govlint.readers.docx import read_docx
from govlint.readers.docx.rewriting import write_docx
from govlint.readers.docx.tracing import Trace, trace

Edits = Sequence[tuple[Span, str]]
TEXTS = re.compile(r"<w:t(?: [^>]*)?(?:/>|>[^<]*</w:t>)")
TYPED = re.compile(r"<w:r>(?:<w:rPr>(?:(?!<w:t/>).)*?</w:rPr>)?<w:t/></w:r>")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def body_of(data: bytes) -> str:
    return re.sub(r"^.*?<w:body>|</w:body>.*$", "", parts_of(data)["word/document.xml"].decode(), flags=re.S)


def at(data: bytes, old: str, new: str) -> tuple[Span, str]:
    """The edit that puts new words in the place of the first occurrence of old ones."""
    start = read_docx(data).text.index(old)
    return Span(start, start + len(old)), new


def edited(text: str, edits: Edits) -> str:
    for (start, end), new in reversed(edits):
        text = text[:start] + new + text[end:]
    return text


def seen(text: str) -> list[list[str]]:
    """A rendering without the blanks that no rendering has at the edges of lines and cells."""
    lines = [[cell.strip(" \u3000\xa0") for cell in line.split("\t")] for line in text.split("\n")]
    return [cells for cells in lines if cells != [""]]


def mended(body: str, old: str, new: str, **parts: str) -> str:
    """The body with words exchanged by ``write_docx``, which shows what is wanted."""
    data = package(body, **parts)
    edit = at(data, old, new)
    written = write_docx(data, [edit])
    assert seen(read_docx(written).text) == seen(edited(read_docx(data).text, [edit]))
    assert {n: d for n, d in parts_of(data).items() if n != "word/document.xml"} == {
        n: d for n, d in parts_of(written).items() if n != "word/document.xml"
    }
    return body_of(written)


def refused(data: bytes, edits: Edits) -> tuple[str, list[tuple[int, int]]]:
    with pytest.raises(UnwritableError) as error:
        write_docx(data, edits)
    return error.value.reason, sorted(error.value.spans)


DELETED = '<w:del w:id="1" w:author="a"><w:r><w:delText>删</w:delText></w:r></w:del>'
TEXT = "<w:r><w:t>{}</w:t></w:r>"
KEPT = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'

CASES = {
    "one run": (run("一.总体"), "一.", "一、", run("一、总体")),
    "over runs": (run("甲") + run("乙", "<w:b/>") + run("丙"), "甲乙丙", "新", run("新") + run("", "<w:b/>") + run("")),
    "into the middle of runs": (run("甲一") + run("二乙"), "一二", "12", run("甲12") + run("乙")),
    "insertion behind a character": (run("甲") + run("乙"), "甲", "甲和", run("甲和") + run("乙")),
    "deletion": (run("甲乙丙"), "乙", "", run("甲丙")),
    "over what stands between": (
        run("甲") + "<w:proofErr/>" + DELETED + f"<w:ins>{run('乙')}</w:ins>", "甲乙", "丁",
        run("丁") + "<w:proofErr/>" + DELETED + f"<w:ins>{run('')}</w:ins>",
    ),
    "tracked insertion": (f"<w:ins>{run('乙')}</w:ins>{DELETED}", "乙", "丁", f"<w:ins>{run('丁')}</w:ins>{DELETED}"),
    "content control": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('乙')}</w:sdtContent></w:sdt>", "乙", "丁",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('丁')}</w:sdtContent></w:sdt>",
    ),
    "field result": (field("PAGE 乙", "乙"), "乙", "丁", field("PAGE 乙", "丁")),
    "escapes": (TEXT.format("&lt;&#x4e59;&amp;"), "<乙", "]]>&<", TEXT.format("]]&gt;&amp;&lt;&amp;")),
    "CDATA": (TEXT.format("<![CDATA[<甲>]]>乙"), "乙", "丁", TEXT.format("&lt;甲&gt;丁")),
    "beyond the first plane": (TEXT.format("\U00020000乙"), "乙", "\U0001f600", TEXT.format("\U00020000\U0001f600")),
    "blank to the edge": (TEXT.format("甲乙") + TEXT.format("丙"), "乙", " ", KEPT.format("甲 ") + TEXT.format("丙")),
    "blank inside": (TEXT.format("甲乙丙"), "乙", " ", TEXT.format("甲 丙")),
    "unseen blanks stay": (TEXT.format("\n 甲乙\n"), "乙", "丁", TEXT.format("\n 甲丁\n")),
    "unseen blanks go where they would be seen": (
        TEXT.format("\n 甲乙\n") + TEXT.format("丙"), "乙", "丁 ", KEPT.format("甲丁 ") + TEXT.format("丙"),
    ),
    "another word on blanks": (
        '<w:r><w:t xml:space="default" w:x="&gt;">甲乙</w:t></w:r>' + TEXT.format("丙"), "乙", " ",
        '<w:r><w:t xml:space="preserve" w:x="&gt;">甲 </w:t></w:r>' + TEXT.format("丙"),
    ),
    "round a tab": (
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "甲 乙", "丙 丁",
        "<w:r><w:t>丙</w:t><w:tab/><w:t>丁</w:t></w:r>",
    ),
    "before a break": (
        "<w:r><w:t>甲</w:t><w:ptab/><w:t>乙</w:t></w:r>", "甲 ", "丙 ",
        "<w:r><w:t>丙</w:t><w:ptab/><w:t>乙</w:t></w:r>",
    ),
    "what is the same stays where it is": (
        run("甲") + run("乙") + run("丙") + run("丁"), "甲乙丙丁", "甲二丁",
        run("甲") + run("二") + run("") + run("丁"),
    ),
    "more of the same": (run("一") + run("一"), "一一", "一一一", run("一") + run("一一")),
    "less of the same": (run("一") + run("一") + run("二"), "一一二", "一二", run("一") + run("") + run("二")),
    "carriage return": (TEXT.format("甲&#13;乙"), "乙", "丁", TEXT.format("甲&#13;丁")),
}  # fmt: skip


@pytest.mark.parametrize(("content", "old", "new", "expected"), CASES.values(), ids=list(CASES))
def test_text_of_a_paragraph(content, old, new, expected):
    assert mended(f"<w:p>{content}</w:p>{para('后')}", old, new) == f"<w:p>{expected}</w:p>{para('后')}"


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (2, run("x甲乙") + run("丙")),
        (3, run("甲x乙") + run("丙")),
        (4, run("甲乙x") + run("丙")),
        (5, run("甲乙") + run("丙x")),
    ],
)
def test_insertions_belong_to_the_character_before(offset, expected):
    data = package(para("前") + f"<w:p>{run('甲乙')}{run('丙')}</w:p>")
    assert body_of(write_docx(data, [(Span(offset, offset), "x")])) == para("前") + f"<w:p>{expected}</w:p>"


def test_numbers_that_word_makes_stay():
    body = para("总体", NUMBERED)
    assert mended(body, "一、总体", "一、总体情况", numbering=NUMBERING) == para("总体情况", NUMBERED)
    assert mended(body, "、总", "、整", numbering=NUMBERING) == para("整体", NUMBERED)
    data = package(body, numbering=NUMBERING)
    wrong = [at(data, "一", "二"), at(data, "总", "整")]
    assert refused(data, wrong) == ("made_by_word", [(0, 1)])
    assert refused(data, [(Span(0, 3), "")]) == ("made_by_word", [(0, 3)])


def test_text_can_be_typed_behind_a_bare_number():
    cell = f"<w:tc><w:p><w:pPr>{NUMBERED}</w:pPr></w:p></w:tc>"
    data = package(f"<w:tbl><w:tr>{cell}<w:tc>{para('乙')}</w:tc></w:tr></w:tbl>", numbering=NUMBERING)
    assert read_docx(write_docx(data, [(Span(2, 2), "甲")])).text == "一、甲\t乙\n"
    assert refused(data, [(Span(0, 0), "甲")]) == ("made_by_word", [(0, 0)])


def test_breaks_between_paragraphs_and_cells_stay():
    table = f"<w:tbl><w:tr><w:tc>{para('甲')}{para('乙')}</w:tc><w:tc>{para('1')}</w:tc></w:tr></w:tbl>"
    data = package(table + para("后"))
    assert refused(data, [at(data, "甲 乙", "甲乙")]) == ("made_by_word", [(0, 3)])
    assert refused(data, [at(data, "乙\t1", "乙1")]) == ("made_by_word", [(2, 5)])
    assert refused(data, [at(data, "\n后", "后")]) == ("made_by_word", [(5, 7)])
    assert mended(table, "甲 乙", "丙 丁") == table.replace("甲", "丙").replace("乙", "丁")


def test_headers_and_notes_are_not_written():
    section = '<w:sectPr><w:headerReference r:id="h"/></w:sectPr>'
    body = para("甲") + '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + section
    note = f'<w:footnote w:id="2">{para("注")}</w:footnote>'
    data = package(body, {"h": ("header", para("眉"))}, footnotes=note)
    assert read_docx(data).text == "眉\n甲\n注\n"
    assert refused(data, [(Span(0, 1), "x"), (Span(2, 3), "y"), (Span(4, 5), "z")]) == ("elsewhere", [(0, 1), (4, 5)])


def test_text_that_runs_on_is_not_written():
    data = package(para("甲", DELETED_MARK) + para("乙") + para("丙", DELETED_MARK) + "<w:tbl/>")
    assert refused(data, [(Span(0, 1), "x"), (Span(1, 2), "y"), (Span(3, 4), "z")]) == ("unsure", [(0, 1)])
    assert refused(data, [(Span(3, 4), "z")])[0] == "elsewhere"
    assert read_docx(write_docx(data, [(Span(1, 2), "y")])).text == "甲y\n丙\n"


def test_nothing_is_typed_where_text_runs_on():
    data = package(para("甲", DELETED_MARK) + para("", NUMBERED), numbering=NUMBERING)
    assert read_docx(data).text == "甲一、\n"
    assert refused(data, [(Span(0, 0), "x")]) == ("unsure", [(0, 0)])


def test_nothing_is_written_into_signed_documents():
    files = parts_of(package(para("甲"))) | {"_xmlsignatures/sig1.xml": b"<x/>"}
    assert refused(zipped(files), [(Span(0, 1), "乙")]) == ("signed", [(0, 1)])
    assert write_docx(zipped(files), []) == zipped(files)


@pytest.mark.parametrize("char", ["\0", "\x0b", "\t", "\n", "\r", "\ud800", "\ufffe", "\x1b"])
def test_characters_that_no_text_holds_are_refused(char):
    data = package(para("甲乙"))
    assert refused(data, [(Span(0, 1), "丙"), (Span(1, 2), f"x{char}")]) == ("unsure", [(1, 2)])


@pytest.mark.parametrize("char", ["\u202e", "\u2066", "\x85", "\x7f", "\ufeff丙", "]]>", '"', "\u2028", "\ufffd"])
def test_other_odd_characters_stay_text(char):
    data = package(para("甲乙"))
    assert read_docx(write_docx(data, [(Span(0, 1), f"x{char}y")])).text == f"x{char}y乙\n"


def test_edits_whose_result_would_be_another_are_named():
    """A line that becomes a page number is no longer shown; text beyond 200 characters makes a row running text."""
    data = package("".join(map(para, "甲乙丙丁戊己庚")))
    edits = [(Span(2 * i, 2 * i + 1), "— 3 —" if i == 4 else str(i) + "件") for i in range(7)]
    assert refused(data, edits) == ("unsure", [(8, 9)])
    table = package(f"<w:tbl><w:tr><w:tc>{para('甲')}</w:tc><w:tc>{para('乙')}</w:tc></w:tr></w:tbl>")
    assert refused(table, [(Span(0, 1), "长" * 300), (Span(2, 3), "短")]) == ("unsure", [(0, 1)])


def test_a_damaged_part_beside_the_text_is_not_lost_silently():
    files = parts_of(package(para("甲"))) | {"word/media/a.png": bytes(range(256)) * 3}
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    damaged = stored.getvalue().replace(b"\x05\x06\x07", b"\x05\x07\x07", 1)
    assert read_docx(damaged).text == "甲\n"
    assert refused(damaged, [(Span(0, 1), "乙")]) == ("unsure", [(0, 1)])


def test_texts_with_elements_in_them_are_left_alone():
    data = package("<w:p><w:r><w:t>甲<w:x/>乙</w:t></w:r></w:p>")
    assert refused(data, [(Span(0, 1), "丙")]) == ("unsure", [(0, 1)])


# ---------------------------------------------------------------- blank cells

SIZE = '<w:sz w:val="21"/>'


def table(*rows: Sequence[str]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(f'<w:tc>{c}</w:tc>' for c in row)}</w:tr>" for row in rows) + "</w:tbl>"


def typed(body: str, offset: int, text: str = "0") -> str:
    """The body after typing into the blank cell at an offset."""
    data = package(body)
    written = write_docx(data, [(Span(offset, offset), text)])
    assert read_docx(written).text == edited(read_docx(data).text, [(Span(offset, offset), text)])
    docx.Document(io.BytesIO(write_docx(zipped(parts_of(data) | CONTENT_TYPES), [(Span(offset, offset), text)])))
    return body_of(written)


CONTENT_TYPES = {
    "[Content_Types].xml": (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        b'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        b'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": ROOT_RELS.encode(),
}

BLANKS = {
    "self-closing": ("<w:p/>", "<w:p><w:r>{}<w:t>0</w:t></w:r></w:p>"),
    "self-closing with attributes": ('<w:p w:x="/>" />', '<w:p w:x="/>" ><w:r>{}<w:t>0</w:t></w:r></w:p>'),
    "empty": ("<w:p></w:p>", "<w:p><w:r>{}<w:t>0</w:t></w:r></w:p>"),
    "properties": (
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr></w:p>',
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r>{}<w:t>0</w:t></w:r></w:p>',
    ),
    "bookmarks": (
        "<w:p><w:bookmarkStart w:id='1'/><w:bookmarkEnd w:id='1'/></w:p>",
        "<w:p><w:bookmarkStart w:id='1'/><w:bookmarkEnd w:id='1'/><w:r>{}<w:t>0</w:t></w:r></w:p>",
    ),
    "second paragraph": ("<w:p/><w:p/>", "<w:p><w:r>{}<w:t>0</w:t></w:r></w:p><w:p/>"),
    "no paragraph": ("<w:tcPr/>", "<w:tcPr/><w:p><w:r>{}<w:t>0</w:t></w:r></w:p>"),
    "own format": (
        "<w:p><w:pPr><w:rPr><w:ins w:id='1'/><w:i/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr></w:pPr></w:p>",
        "<w:p><w:pPr><w:rPr><w:ins w:id='1'/><w:i/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr></w:pPr>"
        "<w:r><w:rPr><w:i/></w:rPr><w:t>0</w:t></w:r></w:p>",
    ),
    "format that says nothing": (
        "<w:p><w:pPr><w:rPr><w:ins w:id='1'/></w:rPr></w:pPr></w:p>",
        "<w:p><w:pPr><w:rPr><w:ins w:id='1'/></w:rPr></w:pPr><w:r>{}<w:t>0</w:t></w:r></w:p>",
    ),
    "blank text": (
        f"<w:p>{run('  ', '<w:b/>')}{run(' ')}</w:p>",
        f"<w:p>{run('0', '<w:b/>')}{run(' ')}</w:p>",
    ),
    "text element without text": ("<w:p><w:r><w:t/></w:r></w:p>", "<w:p><w:r><w:t>0</w:t></w:r></w:p>"),
    "text element that holds another": (
        "<w:p><w:r><w:t> <w:x/></w:t></w:r></w:p>",
        "<w:p><w:r><w:t> <w:x/></w:t></w:r><w:r>{}<w:t>0</w:t></w:r></w:p>",
    ),
    "unseen blanks": ("<w:p><w:r><w:t> \n</w:t></w:r></w:p>", "<w:p><w:r><w:t>0</w:t></w:r></w:p>"),
    "deleted text": (f"<w:p>{DELETED}</w:p>", f"<w:p>{DELETED}<w:r>{{}}<w:t>0</w:t></w:r></w:p>"),
    "paragraph in a control": (
        "<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>",
        "<w:sdt><w:sdtContent><w:p><w:r>{}<w:t>0</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), BLANKS.values(), ids=list(BLANKS))
def test_typing_into_a_blank_cell(content, expected):
    label, number = f"<w:p>{run('行', '<w:b/>')}</w:p>", f"<w:p>{run('5', SIZE)}</w:p>"
    found = typed(table((label, content, number)), 2)
    assert found == table((label, expected.format(f"<w:rPr>{SIZE}</w:rPr>"), number))


def test_a_cell_written_without_content_gets_a_paragraph():
    found = typed("<w:tbl><w:tr><w:tc/><w:tc><w:p/></w:tc></w:tr></w:tbl>", 0, "<0>")
    expected = "<w:tc><w:p><w:r><w:t>&lt;0&gt;</w:t></w:r></w:p></w:tc>"
    assert found == f"<w:tbl><w:tr>{expected}<w:tc><w:p/></w:tc></w:tr></w:tbl>"


def formatted(mark: str, text: str = "字") -> str:
    return f'<w:p><w:r><w:rPr><w:color w:val="{mark}"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[formatted("label"), "<w:p/>", formatted("far")]], "far"),
        ([[formatted("far"), formatted("near"), "<w:p/>"]], "near"),
        ([[formatted("above")], ["<w:p/>"], [formatted("below")]], "below"),
        ([[formatted("above")], ["<w:p/>"], ["<w:p/>"], [formatted("below")]], "above"),
        ([[formatted("a"), formatted("above")], ["<w:p/>", "<w:p/>"]], "a"),
        ([["<w:p/>", "<w:p/>"]], ""),
    ],
)
def test_format_of_the_nearest_text(rows, expected):
    other = table([formatted("other")])
    data = package(other + table(*rows))
    offset = next(region.start for region in trace(data).regions if region.start == region.end)
    found = re.search(r'(?:<w:color w:val="(\w*)"/></w:rPr>)?<w:t>0</w:t>', typed(other + table(*rows), offset))
    assert found is not None
    assert (found[1] or "") == expected


def test_what_is_said_of_one_run_only_is_not_copied():
    own = "<w:ins w:id='1'/><w:del/><w:b/><w:vanish w:val='0'/><w:rPrChange><w:rPr/></w:rPrChange>"
    found = typed(table((f"<w:p>{run('行', own)}</w:p>", "<w:p/>")), 2)
    assert "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>0</w:t></w:r></w:p>" in found


def test_several_blank_cells_at_once():
    data = package(table(("<w:p/>", "<w:p/>", para("甲")), ("<w:p/>", para("乙"), "<w:p/>")))
    assert read_docx(data).text == "\t\t甲\n\t乙\t\n"
    edits = [(Span(i, i), str(n)) for n, i in enumerate((0, 1, 4, 7))]
    assert read_docx(write_docx(data, edits)).text == "0\t1\t甲\n2\t乙\t3\n"


def test_what_is_typed_beside_a_hidden_mark_is_seen():
    hidden = "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>"
    expected = hidden.replace("</w:p>", "<w:r><w:t>0</w:t></w:r></w:p>")
    assert typed(table((para("甲"), hidden)), 2) == table((para("甲"), expected))


# ---------------------------------------------------------------- other ways to write the part


@pytest.mark.parametrize("prefix", ["", "x:", "ns0:"])
def test_the_prefix_is_the_one_of_the_file(prefix):
    name = prefix.rstrip(":")
    tags = f"<w:tbl><w:tr><w:tc>{formatted('1', '甲')}</w:tc><w:tc><w:p/></w:tc><w:tc/></w:tr></w:tbl>"
    tags = re.sub(r"(</?)w:", rf"\1{prefix}", tags)
    declared = f'xmlns{":" + name if name else ""}="{W}"' + f' xmlns:w="{W}"'
    main = f"<{prefix}document {declared}><{prefix}body>{tags}</{prefix}body></{prefix}document>"
    written = write_docx(zipped({"word/document.xml": main}), [(Span(2, 2), "1"), (Span(3, 3), "2")])
    assert read_docx(written).text == "甲\t1\t2\n"
    found = parts_of(written)["word/document.xml"].decode()
    run_ = f'<{prefix}r><{prefix}rPr><{prefix}color w:val="1"/></{prefix}rPr><{prefix}t>{{}}</{prefix}t></{prefix}r>'
    expected = main.replace(f"<{prefix}p/>", f"<{prefix}p>{run_.format(1)}</{prefix}p>")
    assert found == expected.replace(
        f"<{prefix}tc/>", f"<{prefix}tc><{prefix}p>{run_.format(2)}</{prefix}p></{prefix}tc>"
    )


MAIN = (
    f"<w:document {NAMESPACES}><w:body>{para('甲')}{table((para('乙'), '<w:p/>'))}</w:body></w:document>\r\n<!-- 完 -->"
)


@pytest.mark.parametrize(
    ("codec", "mark", "declaration"),
    [
        ("utf-8", "\ufeff", ""),
        ("utf-8", "", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'),
        ("utf-16-le", "\ufeff", '<?xml version="1.0" encoding="UTF-16"?>'),
        ("utf-16-be", "\ufeff", ""),
    ],
)
def test_encodings_of_the_part(codec, mark, declaration):
    data = zipped({"word/document.xml": (mark + declaration + MAIN).encode(codec)})
    assert read_docx(data).text == "甲\n乙\t\n"
    written = write_docx(data, [(Span(0, 1), "\U00020000&"), (Span(4, 4), "0")])
    found = parts_of(written)["word/document.xml"].decode(codec)
    expected = MAIN.replace("甲", "\U00020000&amp;").replace("<w:p/>", "<w:p><w:r><w:t>0</w:t></w:r></w:p>")
    assert found == mark + declaration + expected


def test_characters_that_the_encoding_lacks_are_written_by_number():
    main = f'<?xml version="1.0" encoding="windows-1252"?><w:document {NAMESPACES}><w:body>{{}}</w:body></w:document>'
    data = zipped({"word/document.xml": main.format(para("é1")).encode("cp1252")})
    written = write_docx(data, [(Span(1, 2), "甲")])
    assert parts_of(written)["word/document.xml"] == main.format(para("é&#30002;")).encode("cp1252")


def test_strict_documents():
    strict = MAIN.replace("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/").replace("/2006/", "/")
    written = write_docx(zipped({"word/document.xml": strict}), [(Span(2, 3), "丙"), (Span(4, 4), "0")])
    expected = strict.replace("乙", "丙").replace("<w:p/>", "<w:p><w:r><w:t>0</w:t></w:r></w:p>")
    assert parts_of(written)["word/document.xml"].decode() == expected


def test_only_the_choice_of_a_text_box_is_edited():
    choice = f'<mc:Choice Requires="wps"><w:drawing>{box(para("框"))}</w:drawing></mc:Choice>'
    old = f"<w:p><w:r><mc:AlternateContent xmlns:mc='{MC}'>{choice}<mc:Fallback/></mc:AlternateContent></w:r></w:p>"
    assert mended(old, "框", "栏") == old.replace("框", "栏")


def test_what_cannot_be_read_cannot_be_written():
    for data in (b"", b"PK\x03\x04", package("<w:p>")):
        with pytest.raises(ReadError):
            write_docx(data, [(Span(0, 1), "x")])


# ---------------------------------------------------------------- any document, any edits


def skeleton(data: bytes) -> tuple[str, list[str]]:
    """The main part with all texts taken out and runs that may have been typed, and those texts."""
    main = parts_of(data)["word/document.xml"].decode()
    return TEXTS.sub("<w:t/>", main), TEXTS.findall(main)


def untyped(bones: str) -> str:
    """What is left without runs that may have been typed, and the paragraphs made for them."""
    return TYPED.sub("", bones).replace("<w:p></w:p>", "").replace("<w:p/>", "")


def check_writing(data: bytes, edits: Edits) -> None:
    """Write what can be written of the edits, and compare everything with everything."""
    found = trace(data)
    text = found.rendering.text
    todo = list(edits)
    for _ in range(len(edits) + 1):
        try:
            written = write_docx(data, todo)
            break
        except UnwritableError as error:
            assert error.spans <= {tuple(span) for span, _ in todo}, "what is refused was asked for"
            assert error.spans
            todo = [edit for edit in todo if edit[0] not in error.spans]
    assert seen(read_docx(written).text) == seen(edited(text, todo))
    before, after = parts_of(data), parts_of(written)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} <= {found.part}
    (bones, words), (new_bones, new_words) = skeleton(data), skeleton(written)
    regions = [region for span, _ in todo if (region := found.region(span.start))]
    blank = [region for region in regions if not found.shown(Span(region.start, region.end))]
    if len(words) == len(new_words):
        assert bones == new_bones
        touched = {id(element) for element in _near(found, todo)} | {id(e) for r in blank for e in r.texts[:1]}
        elements = list(found.root.iter(f"{{{W}}}t"))
        assert [i for i, pair in enumerate(zip(words, new_words, strict=True)) if pair[0] != pair[1]] == [
            i for i, pair in enumerate(zip(words, new_words, strict=True))
            if pair[0] != pair[1] and id(elements[i]) in touched
        ]  # fmt: skip
    else:
        assert any(not region.texts for region in blank), "a run is typed only where no text is"
        assert untyped(new_bones) == untyped(bones)
    assert write_docx(written, []) == written
    assert write_docx(data, [(span, text[span.start : span.end]) for span, _ in todo]) == data


def _near(found: Trace, edits: Edits) -> set[object]:
    spans = (Span(max(span.start - 1, 0), span.end + 1) for span, _ in edits)
    return {part.element for span in spans for part in found.shown(span)}


def some_edits(found: Trace, rng: Random, share: float) -> list[tuple[Span, str]]:
    made = []
    for region in found.regions:
        if rng.random() < share:
            start = rng.randint(region.start, region.end)
            end = rng.randint(start, min(region.end, start + 5))
            made.append((Span(start, end), rng.choice(("", "0", "12件", " 新 的 ", "<&>]]>", "\U00020000", "。"))))
    return made


@pytest.mark.parametrize("seed", range(60 if FULL else 8))
def test_generated_documents(seed):
    data = word.write(make_planned(seed))
    rng = Random(seed)
    edits = some_edits(trace(data), rng, rng.choice((0.05, 0.5, 1)))
    check_writing(data, edits)


def test_python_docx_reads_what_was_written():
    data = word.write(make_planned(3))
    found = trace(data)
    cells = [region for region in found.regions if region.cell is not None and region.end - region.start < 5]
    edits = [(Span(region.start, region.end), "77") for region in cells if region.whole]
    written = write_docx(data, [edit for edit in edits if "\n" not in found.rendering.text[slice(*edit[0])]])
    read = docx.Document(io.BytesIO(written))
    texts = [cell.text for one in read.tables for row in one.rows for cell in row.cells]
    assert texts.count("77") >= len(edits) > 50


@settings(max_examples=80, deadline=None)
@given(st.lists(BLOCKS, max_size=4).map("".join), st.integers(0, 2**32), st.sampled_from((0.2, 1)))
def test_any_document(body, seed, share):
    note = f'<w:footnote w:id="2">{para("甲")}</w:footnote>'
    data = package(body, numbering=NUMBERING, footnotes=note)
    check_writing(data, some_edits(trace(data), Random(seed), share))


@settings(max_examples=100, deadline=None)
@given(st.text("甲乙1 2&<\u3000", max_size=12), st.text("丙3> \U00020000", max_size=6), st.data())
def test_text_cut_into_runs_of_any_length(text, new, data):
    runs, at_ = "", 0
    while at_ < len(text):
        size = data.draw(st.integers(1, 3))
        piece = text[at_ : at_ + size].replace("&", "&amp;").replace("<", "&lt;")
        runs += data.draw(
            st.sampled_from([run(piece), run(piece, "<w:b/>"), f"<w:ins>{run(piece)}</w:ins>", run(piece) + DELETED])
        )
        at_ += size
    file = package(para("前") + f"<w:p>{runs}</w:p>")
    shown = read_docx(file).text
    assume(len(shown) > 3)
    start = data.draw(st.integers(2, len(shown) - 1))
    end = data.draw(st.integers(start, len(shown) - 1))
    written = write_docx(file, [(Span(start, end), new)])
    assert seen(read_docx(written).text) == seen(shown[:start] + new + shown[end:])
    assert re.sub(TEXTS, "", body_of(written)) == re.sub(TEXTS, "", body_of(file))


def test_time_grows_with_the_document_and_no_faster():
    def seconds(tables: int) -> float:
        rows = [[para("行"), *(("<w:p/>", f"<w:p>{run(str(i))}</w:p>")[i % 2] for i in range(9))]] * 10
        data = package(table(*rows) * tables)
        edits = [(Span(region.start, region.end), "77") for region in trace(data).regions]
        began = time.process_time()
        write_docx(data, edits)
        return time.process_time() - began

    seconds(1)
    assert seconds(64) < 12 * seconds(16)
