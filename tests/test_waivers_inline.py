"""Waivers that stand in the report: which comments they are, what they cover; and no comment is text of the report."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linked import LINTER, report
from waiving import accepting, identities, stale

from govlint.model.diagnostic import Result
from govlint.readers import read
from govlint.readers.comments import HIDDEN, comments
from govlint.waivers.inline import MAX_COMMENTS, directives

WAIVING = accepting()
MARKDOWN = report(layout="pipes", cell={"requests.granted.charity": "/", "requests.granted.research": "abc"}).decode()
ROW = next(line for line in MARKDOWN.split("\n") if line.startswith("（一）予以公开") or "予以公开" in line)
PAGE = report(layout="html", cell={"requests.granted.charity": "/", "requests.granted.research": "abc"}).decode()
BOTH = ["GL302", "GL302"]


def check(text: str, name: str = "a.md") -> Result:
    return WAIVING.check_bytes(text.encode(), name)


def live(result: Result) -> list[str]:
    return [diagnostic.rule.id for diagnostic in result.diagnostics]


def covered(text: str, name: str) -> list[str | None]:
    """For each waiver in a text the words that it covers."""
    document = read(text.encode(), name)
    return [
        None if each.covers is None else document.source.text[each.covers.start : each.covers.end]
        for each in directives(document)
    ]


def test_without_a_comment_all_is_live():
    assert live(check(MARKDOWN)) == live(check(PAGE, "a.html")) == BOTH


def test_without_waivers_in_reports_all_is_live():
    text = MARKDOWN.replace(ROW, f"{ROW} <!-- govlint-ignore GL302: 旧系统 -->")
    assert live(accepting(inline=False).check_bytes(text.encode(), "a.md")) == BOTH


# Where a comment stands


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(f"{ROW} <!-- govlint-ignore GL302: 旧系统 -->", id="behind"),
        pytest.param(f"<!-- govlint-ignore GL302: 旧系统 -->\n{ROW}", id="above"),
        pytest.param(f"<!-- govlint-ignore GL302: 旧系统 -->\n\n\n{ROW}", id="far-above"),
        pytest.param(f"<!--govlint-ignore GL302：旧系统-->{ROW}", id="before"),
        pytest.param(ROW.replace("abc", "abc <!-- govlint-ignore GL302: 旧系统 | 不能填 -->"), id="in-a-cell"),
        pytest.param(f"<!-- govlint-ignore\n  GL302:\n旧系统\n-->\n{ROW}", id="several-lines"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_covers_a_row_of_markdown(changed, newline):
    text = MARKDOWN.replace(ROW, changed)
    result = check(text.replace("\n", newline))
    assert live(result) == []
    assert {each.waiver.reason[:3] for each in result.waived} == {"旧系统"}
    assert identities(LINTER.check_bytes(text.encode(), "a.md")) == identities(
        LINTER.check_bytes(MARKDOWN.encode(), "a.md")
    )


def test_covers_no_other_row():
    lines = MARKDOWN.split("\n")
    at = lines.index(ROW)
    for number in (at - 1, at + 1):
        text = "\n".join(
            [*lines[:number], f"{lines[number]} <!-- govlint-ignore GL302: 旧系统 -->", *lines[number + 1 :]]
        )
        result = check(text)
        assert live(result) == BOTH
        assert stale(WAIVING, [result]) == [("GL302", "unused")]


PLACES = [
    ("<p>甲</p>\n<!-- govlint-ignore X1: r -->\n<p>乙</p>", "乙"),
    ("<p>甲</p><!-- govlint-ignore X1: r --><p>乙</p>", "乙"),
    ("<p>甲<!-- govlint-ignore X1: r --></p><p>乙</p>", "甲"),
    ("<p>甲 <!-- govlint-ignore X1: r --> 丙</p><p>乙</p>", "甲 <!-- govlint-ignore X1: r --> 丙"),
    ("<p><!-- govlint-ignore X1: r -->甲</p><p>乙</p>", "甲"),
    ("<p>甲<b>丁</b><!-- govlint-ignore X1: r --></p><p>乙</p>", "甲<b>丁"),
    ("<p>甲<br><!-- govlint-ignore X1: r -->乙</p>", "乙"),
    ("<table><tr><td>甲<td>乙<!-- govlint-ignore X1: r --><tr><td>丙<td>丁</table>", "甲<td>乙"),
    ("<table><tr><td>甲</td><td></td><!-- govlint-ignore X1: r --></tr><tr><td>丙</td></tr></table>", "甲</td><td>"),
    ("<table><tr><td>甲</td></tr><!-- govlint-ignore X1: r --><tr><td>丙</td><td>1</td></tr></table>", "丙</td><td>1"),
    ("<table><tr><!-- govlint-ignore X1: r --><td>丙</td><td>1</td></tr></table>", "丙</td><td>1"),
    ("<table>\n<tr>\n<td>丙</td>\n<!-- govlint-ignore X1: r -->\n<td>1</td>\n</tr></table>", None),
    ("<pre>甲\n<!-- govlint-ignore X1: r -->\n乙</pre>", "乙"),
    ("<h2>甲</h2>\n\n<div><!-- govlint-ignore X1: r --></div><div><h2>乙</h2></div>", "乙"),
    ("<p>甲</p><!-- govlint-ignore X1: r -->", ""),
]


@pytest.mark.parametrize(("markup", "words"), PLACES)
def test_covers_a_line_of_html(markup, words):
    page = f"<!doctype html><html><body>{markup}</body></html>"
    (found,) = covered(page, "a.html")
    if words is None:
        words = markup[markup.index("丙") : markup.index("1<") + 1]
    assert (found or "") == words


def test_covers_a_row_of_html():
    start = PAGE.index("abc")
    row = PAGE.rindex("<tr", 0, start)
    for text in (
        PAGE[:row] + "<!-- govlint-ignore GL302: 旧系统 -->" + PAGE[row:],
        PAGE[: start + 3] + "<!-- govlint-ignore GL302: 旧系统 -->" + PAGE[start + 3 :],
    ):
        assert live(check(text, "a.html")) == []


def test_file_and_stretch():
    lines = MARKDOWN.split("\n")
    at = lines.index(ROW)
    assert live(check(f"<!-- govlint-ignore-file GL3: 旧系统 -->\n{MARKDOWN}")) == []
    assert live(check(f"{MARKDOWN}\n<!-- govlint-ignore-file cell-not-a-number: 旧系统 -->\n")) == []
    for enable in ("GL302", "", "GL3", "GL9"):
        off, on = "<!-- govlint-disable GL302: 旧系统 -->", f"<!-- govlint-enable {enable} -->"
        assert live(check("\n".join([off, *lines[: at + 1], on, *lines[at + 1 :]]))) == []
    before = ["<!-- govlint-disable GL3: 旧系统 -->", "<!-- govlint-enable GL302 -->"]
    assert live(check("\n".join([*lines[:at], *before, *lines[at:]]))) == BOTH
    other = [before[0], "<!-- govlint-enable GL9 -->"]
    assert live(check("\n".join([*lines[:at], *other, *lines[at:]]))) == []


# What a comment says


@pytest.mark.parametrize(
    "words",
    [
        "GL302: r",
        "GL301 GL302: r",
        "GL301,GL302: r",
        "GL301，GL302：r",
        "GL301、GL302 ： r",
        "ＧＬ３０２:r",
        "GL3:r",
        "ALL: r",
    ],
)
def test_names_of_rules(words):
    assert live(check(f"<!-- govlint-ignore-file {words} -->\n{MARKDOWN}")) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("GL302", ("GL302", "no_reason")),
        ("GL302:", ("GL302", "no_reason")),
        ("GL302：　", ("GL302", "no_reason")),
        ("GL999: r", ("GL999", "unknown_rule")),
        ("gl302: r", ("gl302", "unknown_rule")),
        (": r", ("", "unknown_rule")),
        ("GL501: r", ("GL501", "unused")),
    ],
)
def test_what_does_not_hold_is_said(words, why):
    result = check(f"<!-- govlint-ignore-file {words} -->\n{MARKDOWN}")
    assert live(result) == BOTH
    assert stale(WAIVING, [result]) == [why]
    (found,) = WAIVING.run([result]).stale
    assert found.waiver.line == 1
    assert found.waiver.path == "a.md"


@pytest.mark.parametrize(
    "word", ["govlint-ignored", "govlint-ignore-line", "govlint", "govlint:", "x govlint-ignore-file"]
)
def test_other_comments_mean_nothing(word):
    result = check(f"<!-- {word} GL302: r -->\n{MARKDOWN}")
    assert live(result) == BOTH
    assert stale(WAIVING, [result]) == []


def test_optional_rule_that_is_off_is_not_called_unused():
    result = check(f"<!-- govlint-ignore-file OPT101: r -->\n{MARKDOWN}")
    assert stale(WAIVING, [result]) == []


# What is a comment


@pytest.mark.parametrize(
    "markup",
    [
        "<script>{}</script>",
        "<style>{}</style>",
        "<textarea>{}</textarea>",
        "<title>{}</title>",
        "<xmp>{}</xmp>",
        "<iframe>{}</iframe>",
        '<p title="{}">甲</p>',
        "<!-- a {} -->".replace("{}", "&lt;{}"),
        "<p>&lt;!-- govlint-ignore-file GL302: r --&gt;</p>",
        "<![CDATA[ {} ]]>",
        "<?php {} ?>",
    ],
)
def test_what_is_no_comment_of_a_page(markup):
    told = markup.replace("{}", "<!-- govlint-ignore-file GL302: r -->")
    page = PAGE.replace("<body>", f"<body>{told}") if "<body>" in PAGE else f"{told}{PAGE}"
    assert live(check(page, "a.html")) == BOTH


@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
def test_text_has_no_comments(name):
    text = report(cell={"requests.granted.charity": "/"}).decode()
    words = f"<!-- govlint-ignore-file GL302: r -->\n{text}"
    assert read(words.encode(), name).source.kind in ("text", "csv")
    assert check(words, name).waived == ()


def test_positions_after_line_ends_of_any_kind():
    page = "<p>甲</p>\r\n<p>乙\r丙</p>\f<!-- x --><p>丁</p>\0<!-- y -->\n<!-- z -->"
    assert [page[start:end] for start, end in comments(page, "html")] == ["<!-- x -->", "<!-- y -->", "<!-- z -->"]


# No text of the report


def words_of(text: str, name: str = "a.md") -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in read(text.encode(), name).lines]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("甲<!-- x -->乙", [["甲乙"]]),
        ("甲 <!-- x --> 乙", [["甲  乙"]]),
        ("甲 <!-- x  y | z\tw --> 乙", [["甲  乙"]]),
        ("甲  <!-- x -->  乙", [["甲", "乙"]]),
        ("甲  乙  <!-- x -->", [["甲", "乙"]]),
        ("<!-- x -->", []),
        ("<!-- x -->\n甲", [["甲"]]),
        ("<!-- x\n\n# y\n| z -->\n甲", [["甲"]]),
        ("# 甲 <!-- x -->", [["甲"]]),
        ("| 甲 | 1 | <!-- x -->", [["甲", "1"]]),
        ("| 甲 | <!-- x --> | 1 |", [["甲", "", "1"]]),
        ("| 甲 <!-- x --> | 1 |", [["甲", "1"]]),
        ("| 甲 | 1 |\n<!-- x -->\n| - | - |\n", [["甲", "1"]]),
        ("甲\t<!-- x -->\t1", [["甲", "", "1"]]),
        ("甲 <!-- x", [["甲 <!-- x"]]),
        ("甲 <!--> 乙", [["甲  乙"]]),
        ("<!-- <table><tr><td>假</td></tr></table> -->甲", [["甲"]]),
        ("<table><tr><td>甲<!-- x --></td><td>1</td></tr></table>", [["甲", "1"]]),
    ],
)
def test_comments_of_markdown_are_no_text(text, lines):
    assert words_of(text) == lines


@given(
    st.lists(
        st.sampled_from(["甲", "乙 ", "  ", "|", "\t", "\n", "# ", "<!--", "-->", "<!-- x -->", "**", "1"]), max_size=14
    )
)
@settings(max_examples=150, deadline=None)
def test_places_in_markdown_lead_to_their_text(parts):
    text = "".join(("题", *parts))
    document = read(text.encode(), "a.md")
    for line in document.lines:
        for cell in line.cells:
            assert HIDDEN not in cell.text
            for number, char in enumerate(cell.text):
                start, end = cell.span(number, number + 1)
                assert document.source.text[start:end] == char or char == " "


# Hostile pages


def test_many_comments_take_no_time():
    page = "<p>甲</p>" + "<!-- govlint-disable GL302 GL301: r --><p>乙</p>" * 20_000
    begun = time.process_time()
    document = read(page.encode(), "a.html")
    assert len(directives(document)) <= 2 * MAX_COMMENTS
    unclosed = "<!-- govlint-ignore GL302: r " * 50_000
    read(f"甲{unclosed}".encode(), "a.md")
    assert time.process_time() - begun < 10
