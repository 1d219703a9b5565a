"""Fixes on reports that want to be spoiled: what is no part of a mistake stays as it is, byte for byte."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from blank_reports import blank, filled_word
from calling import call
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from fixing import cell, made, mend

CLEAN_FILES = Path(__file__).parents[1] / "fixtures" / "clean"
HEADING = "五、存在的主要问题及改进情况"
WRONG = "五、存在的主要问题及改进措施"
CELL = "requests.received.natural_person"


def with_cell(layout: str, printed: str) -> tuple[bytes, str]:
    """The clean report with other characters in one cell of table 3, markup included."""
    data, name = made(layout=layout)
    result = mend(data, name).before
    span = cell(result, CELL).span
    text = result.source.text
    return (text[: span.start] + printed + text[span.end :]).encode(), name


@pytest.mark.parametrize("printed", ["<!-- 3 -->", "<p></p>", "<p>&nbsp;</p>", "<br>", "<a href='#'>/</a>", "&#x2F;"])
def test_tags_and_comments_of_a_blank_cell_stay(printed):
    data, name = with_cell("html", printed)
    mended = mend(data, name)
    assert cell(mended.after, CELL).number is not None
    assert re.findall(rb"<[^>]*>", mended.data) == re.findall(rb"<[^>]*>", data)


@pytest.mark.parametrize("printed", ["约5", "见附件", "5-6", "12,58", "½", "10%", "1e3", "NaN", "5人次以上"])
def test_what_is_no_plain_number_stays_in_its_cell(printed):
    data, name = with_cell("html", printed)
    assert mend(data, name).data == data


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("**存在的主要问题**及*改进措施*", "**存在的主要问题**及*改进情况*"),
        ("[存在的主要问题及改进措施](#x)", "[存在的主要问题及改进情况](#x)"),
        ("<b>存在的主要问题及改进</b>措施", "<b>存在的主要问题及改进</b>情况"),
        ("存在的主要问题及改进`措施`", "存在的主要问题及改进`情况`"),
    ],
)
def test_marks_of_markdown_headings_stay(printed, wanted):
    clean = (CLEAN_FILES / "2021-markdown-crlf.md").read_bytes().decode()
    bad = clean.replace(HEADING[2:], printed, 1)
    mended = mend(bad.encode(), "a.md", unsafe=False)
    assert [d.rule.id for d in mended.made] == ["GL102"]
    assert mended.data.decode() == clean.replace(HEADING[2:], wanted, 1)


def test_a_tracked_insertion_stays_one():
    document = docx.Document(io.BytesIO(filled_word(blank("docx", 2023), 2023)))
    paragraph = next(each for each in document.paragraphs if each.text == HEADING)
    paragraph.runs[0].text = WRONG[:-2]
    added = paragraph.add_run(WRONG[-2:])._r
    insertion = OxmlElement("w:ins", {qn("w:id"): "90", qn("w:author"): "x"})
    added.addprevious(insertion)
    insertion.append(added)
    stored = io.BytesIO()
    document.save(stored)
    mended = mend(stored.getvalue(), "a.docx")
    assert [d.rule.id for d in mended.made] == ["GL102"]
    (found,) = docx.Document(io.BytesIO(mended.data)).element.body.iter(qn("w:ins"))
    assert "".join(text.text or "" for text in found.iter(qn("w:t"))) == HEADING[-2:]


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs the program patch")
@pytest.mark.parametrize("name", ["年报.txt", "a'b.txt", 'a"b.txt'])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_differences_can_be_applied_whatever_the_line_ends(tmp_path, monkeypatch, name, newline):
    monkeypatch.chdir(tmp_path)
    lines = made(heading={"5": WRONG})[0].decode().splitlines()
    bad = newline.join(lines).rstrip().encode()
    Path(name).write_bytes(bad)
    shown = call("check", "--isolated", "--diff", name)
    subprocess.run(["patch", "--binary", "-p0"], input=shown.out.encode(), check=True, capture_output=True)
    assert Path(name).read_bytes() == bad.replace(WRONG.encode(), HEADING.encode())


def test_names_of_files_cannot_steer_a_terminal(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = "a\x1b[31m\nb.txt"
    Path(name).write_bytes(made(heading={"5": WRONG})[0])
    shown = call("check", "--isolated", "--diff", name)
    assert shown.out.splitlines()[0] == r"--- a\x1b[31m\x0ab.txt"
    assert "\x1b" not in shown.out + shown.err


def test_unreadable_reports_keep_the_others_from_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        Path(name).write_bytes(made(heading={"5": WRONG})[0])
    Path("empty.txt").write_bytes(b"")
    assert call("check", "--isolated", "--fix", "a.txt", "empty.txt", "b.txt").status == 2
    assert all(HEADING in Path(name).read_text("utf-8") for name in ("a.txt", "b.txt"))
    assert not Path("empty.txt").read_bytes()
