"""Comments put into Word files: at exactly the characters that are meant, with everything else as it was."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from random import Random
from time import process_time

import docx
import pytest
from commented import Hung, hung, parts, related, unmarked
from hypothesis import given, settings
from hypothesis import strategies as st
from judge.office import word
from judge.office.planned import make_planned
from test_readers_docx import R, W, box, field, package, para, run, zipped

from govlint.model.errors import ReadError
from govlint.model.source import Span
from govlint.readers.docx import commenting, read_docx
from govlint.readers.docx.commenting import Comment, CommentingError, add_comments
from govlint.readers.repacking import repack

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
TABLE = "<w:tbl>{}</w:tbl>"
SDT = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
CHANGE = '<w:rPrChange w:id="7"><w:rPr/></w:rPrChange>'
CHANGED = {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"}
"""The parts that are other when a file gets its first comment."""
DELETED = '<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del>'


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def comment(span: Span | None, *lines: str) -> Comment:
    return Comment(span, lines or ("说明",), ("位置",), "govlint", "govlint")


def span_of(data: bytes, words: str) -> Span:
    text = read_docx(data).text
    assert text.count(words) == 1, text
    return Span(text.index(words), text.index(words) + len(words))


def on(data: bytes, *words: str) -> list[Hung]:
    """The file with a comment on each of these words, read again."""
    return hung(add_comments(data, [comment(span_of(data, each)) for each in words]))


def main_of(data: bytes) -> str:
    return parts(data)["word/document.xml"].decode()


# ---------------------------------------------------------------- what is marked


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (para("全年发布信息12条。"), "全年发布信息12条。"),
        (para("全年发布信息12条。"), "12"),
        (para("全年发布信息12条。"), "全年"),
        (para("全年发布信息12条。"), "条。"),
        ("<w:p><w:r><w:t>全年发布</w:t></w:r></w:p>", "年发"),
        ("<w:p><w:r><w:t>a &lt;b&gt;&amp;&#x4e00;\U00020000 c</w:t></w:r></w:p>", "&一"),
        ("<w:p><w:r><w:t>Annual report</w:t></w:r></w:p>", "report"),
        ("<w:p><w:r><w:t>Annual report</w:t></w:r></w:p>", "Annual "),
        ("<w:p><w:r><w:t>Annual report</w:t></w:r></w:p>", "Annual"),
        (f'<n:p xmlns:w="urn:x" xmlns:n="{W}"><n:r><n:t>甲乙丙</n:t></n:r></n:p>', "乙"),
        (f"<w:p>{run('全年')}{run('发布')}{run('信息')}</w:p>", "年发布信"),
        (f"<w:p>{run('全年')}{DELETED}{run('发布')}</w:p>", "年发"),
        (f"<w:p>{run('甲')}<w:ins w:id='3'>{run('乙丙丁')}</w:ins>{run('戊')}</w:p>", "丙"),
        (f"<w:p>{run('甲')}<w:hyperlink>{run('乙丙丁')}</w:hyperlink>{run('戊')}</w:p>", "丁戊"),
        (f"<w:p>{run('甲')}{SDT.format('', run('乙丙'))}{run('戊')}</w:p>", "丙"),
        (f"<w:p>{run('甲')}{field('PAGE', '35')}{run('乙')}</w:p>", "5乙"),
        (f"<w:p>{run('甲')}{field('PAGE', '35')}{run('乙')}</w:p>", "35"),
        ("<w:p><w:r><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t><w:t>丙</w:t></w:r></w:p>", "乙"),
        (f"<w:p>{run('甲')}</w:p><w:p>{run('乙')}</w:p>", "甲\n乙"),
        (para("甲") + TABLE.format(row(para("乙丙"), para("丁"))), "丙"),
    ],
)
def test_exactly_the_words_are_marked(body, words):
    data = package(body)
    (made,) = on(data, words)
    assert made.marked == words.replace("\n", "")
    assert made.lines == ("说明",)


@pytest.mark.parametrize(
    ("body", "words", "marked"),
    [
        (f"<w:p>{run('甲')}{SDT.format('<w:text/>', run('乙丙'))}{run('丁')}</w:p>", "丙", "乙丙"),
        (f"<w:p>{run('甲')}<w:fldSimple w:instr='DATE'>{run('乙丙')}</w:fldSimple></w:p>", "丙", "乙丙"),
        ("<w:p><w:r><w:t>甲<![CDATA[乙]]></w:t></w:r><w:r><w:t>丙</w:t></w:r></w:p>", "乙", "甲乙"),
        ("<w:p><w:r><w:t>甲乙 </w:t></w:r><w:r><w:t>丙</w:t></w:r></w:p>", "乙", "甲乙 "),
        (f"<w:p>{run('甲乙', CHANGE)}</w:p>", "乙", "甲乙"),
    ],
)
def test_what_cannot_be_cut_is_marked_as_a_whole(body, words, marked):
    (made,) = on(package(body), words)
    assert made.marked == marked


def test_ruby_is_marked_as_a_whole():
    ruby = f"<w:r><w:ruby><w:rt>{run('hàn')}</w:rt><w:rubyBase>{run('汉语')}</w:rubyBase></w:ruby></w:r>"
    (made,) = on(package(f"<w:p>{run('说')}{ruby}</w:p>"), "语")
    assert "汉语" in made.marked
    assert "说" not in made.marked


def test_halves_of_a_run_look_alike():
    look = '<w:rFonts w:eastAsia="仿宋"/><w:b/>'
    data = package(f'<w:p><w:r w:rsidR="00AB"><w:rPr>{look}</w:rPr><w:t>甲 乙丙</w:t></w:r></w:p>')
    made = main_of(add_comments(data, [comment(span_of(data, "乙"))]))
    opened = f'<w:r w:rsidR="00AB"><w:rPr>{look}</w:rPr>'
    assert made.count(opened) == 3
    assert '<w:t xml:space="preserve">甲 </w:t>' in made


def test_nested_equal_and_overlapping_marks():
    data = package(para("甲乙丙丁戊己庚"))
    words = ["乙丙丁", "丙丁戊", "丙", "丙", "丙丁", "甲乙丙丁戊己庚", "丁", "戊己庚", "甲"]
    spans = [Span(at := "甲乙丙丁戊己庚".index(each), at + len(each)) for each in words]
    made = hung(add_comments(data, [comment(span, each) for span, each in zip(spans, words, strict=True)]))
    assert [one.marked for one in made] == words
    assert [one.lines for one in made] == [(each,) for each in words]


def test_comments_on_the_same_words_stay_in_their_order():
    data = package(para("甲乙丙"))
    made = main_of(add_comments(data, [comment(Span(1, 2), str(at)) for at in range(12)]))
    for mark in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert re.findall(rf'<w:{mark} w:id="(\d+)"/>', made) == [str(at) for at in range(12)]


@pytest.mark.parametrize(
    "cell",
    [
        "<w:p/>",
        '<w:p w:rsidR="1"/>',
        "<w:p></w:p>",
        "<w:p><w:pPr><w:jc/></w:pPr></w:p>",
        "<w:p><w:pPr/><w:r/></w:p>",
        "<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr><w:bookmarkStart w:id='1' w:name='a'/></w:p>",
        f"<w:p>{DELETED}</w:p>",
        "<w:p/><w:p/>",
        "<w:p><w:r><w:t xml:space='preserve'>  </w:t></w:r></w:p>",
    ],
)
def test_a_blank_cell_is_marked(cell):
    data = package(TABLE.format(row(para("甲"), cell, para("乙"))))
    text = read_docx(data).text
    assert text == "甲\t\t乙\n"
    (made,) = hung(add_comments(data, [comment(Span(2, 2))]))
    assert (made.marked.strip(), (made.cell or "").strip(), made.lines) == ("", "", ("说明",))
    assert unmarked(parts(add_comments(data, [comment(Span(2, 2))]))["word/document.xml"]).decode().replace(
        "></w:p>", "/>"
    ) == main_of(data).replace("></w:p>", "/>")


def test_over_several_cells_the_first_is_marked():
    data = package(TABLE.format(row(para("甲乙"), para("丙"), para("丁")) + row(para("戊"), para("己"), para("庚"))))
    text = read_docx(data).text
    (made,) = hung(add_comments(data, [comment(Span(1, len(text)))]))
    assert (made.marked, made.cell) == ("乙", "甲乙")
    (made,) = hung(add_comments(data, [comment(Span(2, len(text)))]))
    assert (made.marked, made.cell) == ("丙", "丙")


def test_over_paragraphs_of_a_cell_and_over_paragraphs_before_a_table():
    data = package(para("甲") + para("乙") + TABLE.format(row(para("丙") + para("丁"), para("戊"))))
    assert [one.marked for one in on(data, "甲\n乙", "丙 丁")] == ["甲乙", "丙丁"]
    (made,) = hung(add_comments(data, [comment(Span(0, len(read_docx(data).text)))]))
    assert made.marked == "甲乙"


def test_an_automatic_number_stands_for_its_paragraph():
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    data = package(para("总体情况", numbered) + para("文"), numbering=numbering)
    assert read_docx(data).text == "一、总体情况\n文\n"
    made = hung(add_comments(data, [comment(Span(0, 2)), comment(Span(0, 4)), comment(Span(3, 3))]))
    assert [one.marked for one in made] == ["总体情况", "总体", "总体情况"]
    assert all(one.lines == ("说明",) for one in made)


@pytest.mark.parametrize("words", ["页眉", "注文", "框里"])
def test_what_can_have_no_comment_is_told_at_the_first_paragraph(words):
    body = (
        para()
        + TABLE.format(row("<w:p/>", "<w:p/>"))
        + f'<w:p>{run("标题")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        + f"<w:p>{run('正文')}<w:r><w:drawing>{box(para('框里'))}</w:drawing></w:r></w:p>"
        + '<w:sectPr><w:headerReference w:type="default" r:id="h"/></w:sectPr>'
    )
    notes = f'<w:footnote w:id="2">{para("注文")}</w:footnote>'
    data = package(body, {"h": ("header", para("页眉"))}, footnotes=notes)
    (made,) = hung(add_comments(data, [comment(span_of(data, words), "一", "二")]))
    assert made.lines == ("一", "位置", "二")
    assert made.paragraph.replace("框里", "") == ("正文" if words == "框里" else "标题")


def test_the_whole_document_is_marked_at_its_first_paragraph():
    (made,) = hung(add_comments(package(para() + para("标题") + para("文")), [comment(None, "一", "二")]))
    assert (made.marked, made.lines) == ("标题", ("一", "位置", "二"))


def test_no_mark_stands_in_the_code_of_a_field():
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF</w:instrText></w:r>'
    parting = f'<w:r><w:rPr>{CHANGE}</w:rPr><w:fldChar w:fldCharType="separate"/><w:t>甲乙</w:t></w:r>'
    ended = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    data = package(f"<w:p>{run('前')}{begun}{field('PAGE', '3')}{parting}{ended}{run('后')}</w:p>")
    (made,) = on(data, "乙")  # ``hung`` looks for marks in codes.
    assert made.marked.endswith("甲乙")
    both = f'<w:r><w:rPr>{CHANGE}</w:rPr><w:t>丙丁</w:t><w:fldChar w:fldCharType="begin"/></w:r>'
    rest = begun.partition("</w:r>")[2] + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    (made,) = on(package(f"<w:p>{run('前')}{both}{rest}{run('后')}{ended}</w:p>"), "丙")
    assert made.marked == "丙丁"


# ---------------------------------------------------------------- the other parts


def rich(**more: str) -> bytes:
    """A file as Word writes it, with its list of content types."""
    document = docx.Document()
    document.add_paragraph("政府信息公开工作年度报告")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "12"
    buffer = io.BytesIO()
    document.save(buffer)
    files: dict[str, str | bytes] = {**parts(buffer.getvalue()), **more}
    return zipped(files)


def test_only_what_comments_need_changes():
    data = rich()
    before = parts(data)
    made = parts(add_comments(data, [comment(span_of(data, "12"))]))
    changed = [name for name in before if made[name] != before[name]]
    assert set(changed) == CHANGED
    assert made.keys() - before.keys() == {"word/comments.xml"}
    assert unmarked(made["word/document.xml"]) == before["word/document.xml"]
    for name in CHANGED - {"word/document.xml"}:
        assert made[name].startswith(before[name][: before[name].rindex(b"</")])
    assert docx.Document(io.BytesIO(zipped(made))).paragraphs[0].text == "政府信息公开工作年度报告"


def test_the_same_input_gives_the_same_bytes_and_no_comment_changes_nothing():
    data = rich()
    comments = [comment(span_of(data, "12")), comment(None)]
    assert add_comments(data, comments) == add_comments(data, comments)
    assert add_comments(data, [], replaced="govlint") is data


def with_word_comments() -> bytes:
    """A file in which people have commented: one person, who was answered, and an earlier run of this program."""
    data = rich()
    (first,) = [comment(span_of(data, "年度报告"), "人")]
    data = add_comments(data, [first._replace(author="王", initials="w")])
    data = add_comments(data, [comment(span_of(data, "12"), "旧"), comment(span_of(data, "政府"), "有答复")])
    files = parts(data)
    text = files["word/comments.xml"].decode()
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    for number, line in enumerate(("人", "旧", "有答复"), 1):
        at = text.rindex("<w:p>", 0, text.index(f">{line}</w:t>"))
        text = f'{text[:at]}<w:p w14:paraId="0000000{number}">{text[at + 5 :]}'
    files["word/comments.xml"] = text.replace("<w:comments ", f'<w:comments xmlns:w14="{w14}" ').encode()
    beside = {
        "commentsExtended": '<x:commentEx x:paraId="00000001"/><x:commentEx x:paraId="00000002"/>'
        '<x:commentEx x:paraId="00000003"/><x:commentEx x:paraId="00000009" x:paraIdParent="00000003"/>',
        "commentsIds": '<x:commentId x:paraId="00000001" x:durableId="A1"/><x:commentId x:paraId="00000002"'
        ' x:durableId="A2"/>',
        "commentsExtensible": '<x:commentExtensible x:durableId="A1"/><x:commentExtensible x:durableId="A2"/>',
        "people": "<x:person/>",
    }
    rels = files["word/_rels/document.xml.rels"].decode()
    for kind, content in beside.items():
        files[f"word/{kind}.xml"] = f'<x:all xmlns:x="urn:x">{content}</x:all>'.encode()
        relation = f'<Relationship Id="{kind}" Type="http://schemas.microsoft.com/x/{kind}" Target="{kind}.xml"/>'
        rels = rels.replace("</Relationships>", f"{relation}</Relationships>")
    return zipped({**files, "word/_rels/document.xml.rels": rels})


def test_comments_that_are_there_stay_and_new_ones_follow():
    data = with_word_comments()
    before = parts(data)
    made = add_comments(data, [comment(span_of(data, "政府"), "新")])
    assert [(one.author, one.lines, one.marked) for one in hung(made)] == [
        ("王", ("人",), "年度报告"),
        ("govlint", ("旧",), "12"),
        ("govlint", ("有答复",), "政府"),
        ("govlint", ("新",), "政府"),
    ]
    after = parts(made)
    assert [name for name in before if after[name] != before[name]] == ["word/document.xml", "word/comments.xml"]
    old = before["word/comments.xml"]
    assert after["word/comments.xml"].startswith(old[: old.rindex(b"</w:comments>")])


def test_comments_of_an_earlier_run_give_way_unless_answered():
    data = with_word_comments()
    made = add_comments(data, [comment(span_of(data, "12"), "新")], replaced="govlint")
    assert [(one.author, one.lines) for one in hung(made)] == [
        ("王", ("人",)),
        ("govlint", ("有答复",)),
        ("govlint", ("新",)),
    ]
    after = parts(made)
    assert b"00000002" not in b"".join(after.values())
    assert b"A2" not in after["word/commentsExtensible.xml"]
    assert after["word/commentsIds.xml"].count(b"A1") == 1
    assert after["word/people.xml"] == parts(data)["word/people.xml"]


def test_annotating_twice_is_annotating_once():
    data = rich()
    comments = [comment(span_of(data, "府信"), "一"), comment(span_of(data, "12"), "二"), comment(None)]
    once = add_comments(data, comments, replaced="govlint")
    assert parts(add_comments(once, comments, replaced="govlint")) == parts(once)
    assert read_docx(add_comments(once, [], replaced="govlint")) == read_docx(data)
    assert hung(add_comments(once, [], replaced="govlint")) == []


def written(document: bytes, **files: bytes) -> bytes:
    relations = parts(package(para("x")))["_rels/.rels"]
    return zipped({"_rels/.rels": relations, "word/document.xml": document, **files})


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("prefix", ["w:", "", "n:"])
@pytest.mark.parametrize("namespace", [W, STRICT])
def test_prefixes_encodings_and_strict_packages(prefix, codec, namespace):
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    inside = "".join(
        f"<{prefix}p><{prefix}r><{prefix}t>{text}</{prefix}t></{prefix}r></{prefix}p>" for text in "甲乙丙 丁戊".split()
    )
    document = (
        f'<{prefix}document {name}="{namespace}"><{prefix}body>{inside}<{prefix}p/></{prefix}body></{prefix}document>'
    )
    data = written(document.encode(codec))
    made = add_comments(data, [comment(span_of(data, "乙"), "一"), comment(span_of(data, "丁戊"), "二")])
    assert [(one.marked, one.lines) for one in hung(made)] == [("乙", ("一",)), ("丁戊", ("二",))]
    text = parts(made)["word/document.xml"].decode(codec)
    assert parts(made)["word/document.xml"][:2] == document.encode(codec)[:2]
    kind = parts(made)["word/_rels/document.xml.rels"].decode()
    assert ("purl.oclc.org" in kind) == (namespace == STRICT)
    assert (namespace in parts(made)["word/comments.xml"].decode()) and text.count(namespace) >= 1
    again = add_comments(made, [comment(span_of(made, "戊"), "三")])
    assert [one.marked for one in hung(again)] == ["乙", "丁戊", "戊"]


def test_names_and_numbers_that_are_taken():
    data = rich(**{"word/comments.xml": "<no/>", "word/Comments1.xml": "<no/>"})
    made = add_comments(data, [comment(span_of(data, "12"))])
    assert related(made, "comments") == "word/comments2.xml"
    assert len(hung(made)) == 1


def test_ids_of_marks_and_comments_that_lead_nowhere_are_not_used_again():
    data = with_word_comments()
    files = parts(data)
    for name, mark, first in (
        ("word/comments.xml", '<w:comment w:id="40" w:author="a"><w:p/></w:comment></w:comments>', 41),
        ("word/document.xml", '<w:p><w:commentRangeStart w:id="50"/></w:p></w:body>', 51),
    ):
        changed = {**files, name: files[name].decode().replace(mark[mark.rindex("<") :], mark)}
        made = parts(add_comments(zipped(changed), [comment(None)]))
        assert f'w:id="{first}" w:author="govlint"' in made["word/comments.xml"].decode()


def test_a_relation_to_comments_that_are_not_there():
    data = rich()
    relation = f'<Relationship Id="c" Type="{R}/comments" Target="remarks.xml"/></Relationships>'
    rels = parts(data)["word/_rels/document.xml.rels"].decode().replace("</Relationships>", relation)
    made = add_comments(rich(**{"word/_rels/document.xml.rels": rels}), [comment(None)])
    assert parts(made)["word/_rels/document.xml.rels"].decode() == rels
    assert len(hung(made)) == 1
    assert "word/remarks.xml" in parts(made)


def test_styles_of_comments_are_used_where_the_file_has_them():
    styles = "".join(
        f'<w:style w:type="{kind}" w:styleId="{at}"><w:name w:val="{name}"/></w:style>'
        for at, kind, name in (("a3", "paragraph", "annotation text"), ("a4", "character", "annotation reference"))
    )
    made = parts(add_comments(package(para("甲"), styles=styles), [comment(Span(0, 1))]))
    assert b'<w:pStyle w:val="a3"/>' in made["word/comments.xml"]
    assert b'<w:rStyle w:val="a4"/></w:rPr><w:commentReference' in made["word/document.xml"]


# ---------------------------------------------------------------- what must not be


@pytest.mark.parametrize(
    "hostile", ['"><w:p/>', "]]>", "<!--", "&amp;&#0;", "\U0001f600\U00020000", "\u202e\u2066", "' \t"]
)
def test_hostile_words_are_text(hostile):
    data = rich()
    made = add_comments(data, [comment(None, hostile)._replace(where=(hostile,), author=hostile, initials=hostile)])
    (one,) = hung(made)
    assert (one.lines, one.author.split()) == ((hostile, hostile), hostile.split())


@pytest.mark.parametrize("illegal", ["\x00", "\x1b", "\ufffe", "\ud800", "\x0b"])
def test_characters_that_xml_forbids_are_refused(illegal):
    with pytest.raises(ValueError, match="XML forbids"):
        add_comments(rich(), [comment(None, f"a{illegal}")])


def test_signed_files_are_refused():
    signed = rich(**{"_xmlsignatures/sig1.xml": "<s/>"})
    with pytest.raises(CommentingError, match="signed"):
        add_comments(signed, [comment(None)])
    assert add_comments(signed, []) is signed


def test_a_body_without_paragraphs_is_refused():
    with pytest.raises(CommentingError, match="no_place"):
        add_comments(package("<w:tbl><w:tr><w:tc/></w:tr></w:tbl>"), [comment(None)])


@pytest.mark.parametrize(
    ("old", "new"),
    [("政府", "人民"), ('<w:commentRangeEnd w:id="0"/>', ""), ('<w:commentReference w:id="0"/>', "")],
)
def test_a_file_whose_text_or_marks_went_wrong_is_not_given_back(monkeypatch, old, new):
    def spoilt(data: bytes, changed: Mapping[str, bytes]) -> bytes:
        document = changed["word/document.xml"].decode().replace(old, new).encode()
        return repack(data, {**changed, "word/document.xml": document})

    monkeypatch.setattr(commenting, "repack", spoilt)
    with pytest.raises(CommentingError, match="changed"):
        add_comments(rich(), [comment(None)])


def test_what_is_no_word_file_is_a_read_error():
    with pytest.raises(ReadError):
        add_comments(b"PK\x03\x04", [comment(None)])


# ---------------------------------------------------------------- any document, any place


@given(seed=st.integers(0, 400), places=st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 60)), max_size=12))
@settings(max_examples=8, deadline=None)
def test_any_places_of_any_document(seed, places):
    data = word.write(make_planned(seed % 40, None))
    rendering = read_docx(data)
    size = len(rendering.text)
    spans = [Span(start % size, min(start % size + length, size)) for start, length in places]
    cells = [cell for line in rendering.lines for cell in line.cells if cell.grid]
    chosen = Random(seed).sample(cells, 8)
    comments = [comment(cell.span()) for cell in chosen] + [comment(span, "任意") for span in spans]
    made = add_comments(data, comments, replaced="govlint")
    assert read_docx(made) == rendering
    found = hung(made)
    assert len(found) == len(comments)
    for cell, one in zip(chosen, found, strict=False):
        assert one.cell is not None
        assert cell.text.endswith(" ".join(one.marked.split())) or one.marked == one.cell
        assert len("".join(one.cell.split())) <= len("".join(cell.text.split()))
    before, after = parts(data), parts(made)
    assert {name for name in before if before[name] != after[name]} == CHANGED
    whole = add_comments(data, [comment(cell.span()) for cell in cells])
    assert unmarked(parts(whole)["word/document.xml"]) == before["word/document.xml"]
    docx.Document(io.BytesIO(made))


def test_many_comments_take_time_in_proportion():
    def seconds(count: int) -> float:
        data = package("".join(para("全年发布信息12条，办结申请3件。" * 10) for _ in range(count)))
        spans = [Span(start + 4, start + 9) for start in range(0, len(read_docx(data).text), 43)]
        begun = process_time()
        add_comments(data, [comment(span) for span in spans])
        return process_time() - begun

    seconds(10)
    assert seconds(800) < 24 * max(seconds(100), 0.02)
