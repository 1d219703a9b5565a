"""``check --annotate``: what is written, what its comments say and where they hang, and when nothing is written."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import pytest
from commented import Hung, hung, parts
from judge.office import soffice, word
from judge.office.planned import make_planned
from linked import LINKED, LINTER, as_word, report
from runs import LANGUAGES
from test_cli import Ran
from test_cli import here as run
from test_readers_docx import zipped

from govlint.cli.annotating import annotate
from govlint.readers.docx import read_docx

FAULTS = {
    "cell": {"requests.granted.business": "1", "disclosure.penalty.decisions": ""},
    "heading": {5: "五、存在的主要问题及改进措施"},
    "text": {"@section.6": "没有其他事项。"},
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A faulty report as a Word file, a clean one, and the faulty one as text."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.docx").write_bytes(as_word(report(**FAULTS)))
    (tmp_path / "clean.docx").write_bytes(as_word(report()))
    (tmp_path / "a.txt").write_bytes(report(**FAULTS))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments: object, lang: str = "en", stdin: bytes = b"") -> Ran:
    return run("check", *arguments, "--lang", lang, stdin=stdin)


def written(name: str = "b.docx") -> list[Hung]:
    return hung(Path(name).read_bytes())


# ---------------------------------------------------------------- what is written


def test_each_problem_gets_a_comment_at_its_place(folder):
    ran = check("a.docx", "--annotate", "b.docx", lang="zh")
    assert ran.status == 1
    assert "已写出 b.docx，共 4 条批注" in ran.err
    made = {one.lines[0].split()[1]: one for one in written()}
    assert made.keys() == {"GL301", "GL400", "GL102", "GL501"}
    assert {one.author for one in made.values()} == {"govlint"}
    assert made["GL301"].cell == ""
    assert (made["GL400"].marked, made["GL400"].cell) == ("1", "1")
    assert made["GL102"].marked in "五、存在的主要问题及改进措施"
    assert made["GL501"].marked in "六、其他需要报告的事项"
    assert made["GL400"].lines == (
        "错误 GL400 一格填错，几处合计都不平",
        "表三“（一）予以公开”的“商业企业”填 1，2 处合计因此不平；填 0 就都平了，请核对",
        *(line for line in made["GL400"].lines if line.startswith("相关：GL40")),
        "怎么改：对照台账核对这一格；如果它没有错，再核对相关的各格。",
        "依据：国办公开办函〔2021〕30号 表三",
    )
    assert sum(line.startswith("相关：") for line in made["GL400"].lines) == 2
    assert read_docx(Path("b.docx").read_bytes()) == read_docx(Path("a.docx").read_bytes())
    assert docx.Document("b.docx").paragraphs[0].text == docx.Document("a.docx").paragraphs[0].text


def test_comments_speak_english_too(folder):
    ran = check("a.docx", "--annotate", "b.docx")
    assert "wrote b.docx, comments: 4" in ran.err
    (made,) = (one for one in written() if "GL301" in one.lines[0])
    assert made.lines[0].startswith("warning GL301 ")
    assert [line.partition(": ")[0] for line in made.lines[2:]] == ["How to mend it", "Basis"]


def test_expected_is_told_where_the_message_does_not(folder):
    results = LINTER.check_path("a.docx")
    check("a.docx", "--annotate", "b.docx", lang="zh")
    for diagnostic, one in zip(results.diagnostics, written(), strict=True):
        expected = diagnostic.finding.expected
        assert expected is None or any(expected in line for line in one.lines)
        assert sum(line == f"应为：{expected}" for line in one.lines) == (
            expected is not None and expected not in one.lines[1]
        )


def test_the_draft_stays_as_it_was(folder):
    before = Path("a.docx").read_bytes()
    check("a.docx", "--annotate", "b.docx")
    assert Path("a.docx").read_bytes() == before
    old, new = parts(before), parts(Path("b.docx").read_bytes())
    assert {name for name in old if old[name] != new[name]} == {
        "[Content_Types].xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
    }


def test_without_problems_the_file_is_the_same(folder):
    ran = check("clean.docx", "--annotate", "b.docx")
    assert ran.status == 0
    assert "wrote b.docx; no problems were found" in ran.err
    assert Path("b.docx").read_bytes() == Path("clean.docx").read_bytes()
    assert check("clean.docx", "--annotate", "b.docx", "-q").err == ""


def test_waived_problems_get_none(folder):
    assert run("waive", "a.docx", "--select", "GL4,GL501", "--reason", "known", "--lang", "en").status == 0
    check("a.docx", "--annotate", "b.docx")
    assert sorted(one.lines[0].split()[1] for one in written()) == ["GL102", "GL301"]


def test_choices_of_rules_hold_for_comments(folder):
    check("a.docx", "--annotate", "b.docx", "--select", "GL102")
    assert [one.lines[0].split()[1] for one in written()] == ["GL102"]


def test_annotating_again_replaces_what_was_said(folder):
    check("a.docx", "--annotate", "b.docx")
    check("b.docx", "--annotate", "c.docx")
    assert parts(Path("b.docx").read_bytes()) == parts(Path("c.docx").read_bytes())
    check("b.docx", "--annotate", "d.docx", "--select", "GL102")
    assert len(written("d.docx")) == 1
    check("b.docx", "--annotate", "e.docx", "--select", "GL701")
    assert written("e.docx") == []


def test_from_standard_input(folder):
    data = Path("a.docx").read_bytes()
    check("a.docx", "--annotate", "b.docx")
    for name in ("c.docx", "d.docx"):
        more = ["--stdin-filename", "x.docx"] if name == "d.docx" else []
        assert check("-", "--annotate", name, *more, stdin=data).status == 1
        assert Path(name).read_bytes() == Path("b.docx").read_bytes()


def test_a_folder_with_one_report(folder):
    Path("in").mkdir()
    Path("a.docx").rename("in/a.docx")
    assert check("in", "--annotate", "b.docx").status == 1
    assert len(written()) == 4


def test_files_with_macros_keep_their_suffix(folder):
    Path("a.docx").rename("a.docm")
    assert check("a.docm", "--annotate", "b.docm").status == 1
    assert len(written("b.docm")) == 4


def test_an_older_file_is_replaced_and_keeps_its_mode(folder):
    Path("b.docx").write_bytes(b"old")
    Path("b.docx").chmod(0o640)
    check("a.docx", "--annotate", "b.docx")
    assert len(written()) == 4
    assert os.name == "nt" or stat.S_IMODE(Path("b.docx").stat().st_mode) == 0o640
    assert sorted(path.name for path in folder.iterdir()) == [".git", "a.docx", "a.txt", "b.docx", "clean.docx"]


def test_after_a_fix_what_is_left_is_told(folder):
    ran = check("a.docx", "--fix", "--annotate", "b.docx")
    assert ran.status == 1
    assert "GL102" not in {one.lines[0].split()[1] for one in written()}
    assert len(written()) == 3
    assert read_docx(Path("b.docx").read_bytes()) == read_docx(Path("a.docx").read_bytes())


def test_what_several_reports_say_is_told(folder):
    before = as_word(report(year=2022, cell={"requests.carried_out.total": "3"}))
    now = as_word(report())
    results = LINKED.link([LINKED.check_bytes(before, "2022.docx"), LINKED.check_bytes(now, "2023.docx")])
    (result,) = (result for result in results if result.path == "2023.docx")
    annotate(result, LINKED.run(results), now, "b.docx", LANGUAGES["en"])
    made = written()
    assert len(made) == len(result.diagnostics) > 0
    assert any("2022.docx" in line for one in made for line in one.lines)


def test_hostile_words_stay_words(folder):
    bad = "\u202e]]><w:p/>&amp;\U0001f600'\""
    Path("a.docx").write_bytes(
        as_word(report(heading={5: f"五、存在的主要问题{bad}"}, text={"@section.6": f"无{bad}。"}))
    )
    check("a.docx", "--annotate", "b.docx")
    lines = [line for one in written() for line in one.lines]
    assert any("]]><w:p/>&amp;\U0001f600" in line for line in lines)
    assert not any("\u202e" in line for line in lines)
    assert any("\\u202e" in line for line in lines)
    assert read_docx(Path("b.docx").read_bytes()) == read_docx(Path("a.docx").read_bytes())


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.txt", "is no Word document"), ("a.rtf", "not in the DOCX format"), ("a.xml", "not in the DOCX format")],
)
def test_other_files_are_told_of_the_web_page(folder, name, said):
    text = report(**FAULTS).decode()
    rtf = "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in text.replace("\n", "\\par\n"))
    Path("a.rtf").write_bytes(f"{{\\rtf1\\ansi\\uc1 {rtf}}}".encode())
    flat = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    name_space = "http://schemas.microsoft.com/office/word/2003/wordml"
    Path("a.xml").write_text(
        f'<w:wordDocument xmlns:w="{name_space}"><w:body>{flat}</w:body></w:wordDocument>', "utf-8"
    )
    ran = check(name, "--annotate", "b.docx")
    assert ran.status == 2
    assert f"{name}:" in ran.out
    assert said in ran.err
    assert "--output html=FILE" in ran.err
    assert not Path("b.docx").exists()


def test_several_reports_are_refused(folder):
    for arguments in (["a.docx", "clean.docx"], ["."]):
        ran = check(*arguments, "--annotate", "b.docx")
        assert (ran.status, ran.out) == (2, "")
        assert "one Word file at a time" in ran.err
    assert not Path("b.docx").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("b.doc", "ends in .docx"),
        ("b", "ends in .docx"),
        ("no/b.docx", "no such folder"),
        ("a.docx", "will not be written over"),
        (".git", "is a folder"),
    ],
)
def test_places_that_cannot_be_meant(folder, name, said):
    before = Path("a.docx").read_bytes()
    ran = check("a.docx", "--annotate", name)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert Path("a.docx").read_bytes() == before


def test_no_file_is_written_twice_or_over_settings(folder):
    ran = check("a.docx", "--annotate", "b.docx", "--output", "html=b.docx")
    assert (ran.status, "given twice" in ran.err) == (2, True)
    Path("base.docx").write_text("waivers: []\n", "utf-8")
    ran = check("a.docx", "--annotate", "base.docx", "--baseline", "base.docx")
    assert ran.status == 2
    assert "will not be written over" in ran.err
    assert Path("base.docx").read_text("utf-8") == "waivers: []\n"


def test_not_together_with_a_difference(folder):
    ran = check("a.docx", "--annotate", "b.docx", "--diff")
    assert (ran.status, ran.out) == (2, "")
    assert "--annotate" in ran.err
    assert "--diff" in ran.err


def test_a_suffix_that_standard_input_cannot_have(folder):
    ran = check("-", "--annotate", "b.html", stdin=Path("a.docx").read_bytes())
    assert ran.status == 2
    assert ".docx" in ran.err
    assert not Path("b.html").exists()


def test_signed_files_are_refused(folder):
    Path("a.docx").write_bytes(zipped({**parts(Path("a.docx").read_bytes()), "_xmlsignatures/sig1.xml": "<s/>"}))
    ran = check("a.docx", "--annotate", "b.docx", lang="zh")
    assert ran.status == 2
    assert "数字签名" in ran.err
    assert "GL400" in ran.out
    assert not Path("b.docx").exists()


def test_what_cannot_be_read_is_told_once(folder):
    Path("a.docx").write_bytes(b"PK\x03\x04broken")
    ran = check("a.docx", "--annotate", "b.docx")
    assert ran.status == 2
    assert ran.err.count("a.docx") == 1
    assert not Path("b.docx").exists()


def test_a_file_that_changed_meanwhile_is_told(folder):
    from govlint.linter import read_file

    result = LINTER.check_path("a.docx")
    with pytest.raises(Exception, match="changed after it was read"):
        annotate(result, LINTER.run([result]), read_file("clean.docx"), "b.docx", LANGUAGES["en"])
    assert not Path("b.docx").exists()


# ---------------------------------------------------------------- as another program sees it

TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
MARK = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


def anchors(data: bytes) -> list[tuple[str, str]]:
    """Of each comment in a flat ODT file its first line, and the words of the paragraph that it is anchored in."""
    root = ET.fromstring(data)
    found = []
    for paragraph in root.iter():
        if paragraph.tag not in (f"{{{TEXT}}}p", f"{{{TEXT}}}h"):
            continue
        for note in paragraph.iter(f"{{{MARK}}}annotation"):
            first = note.find(f"{{{TEXT}}}p")
            assert first is not None
            found.append(("".join(first.itertext()), _words(paragraph)))
    return found


def _words(element: ET.Element) -> str:
    if element.tag.startswith(f"{{{MARK}}}annotation"):
        return ""
    return (element.text or "") + "".join(_words(child) + (child.tail or "") for child in element)


@pytest.mark.long
def test_libreoffice_opens_the_comments_at_their_places(folder, monkeypatch):
    if not soffice.found():
        if os.environ.get("GOVLINT_REQUIRE_OFFICE") == "1":
            pytest.fail("soffice is not installed")
        pytest.skip("soffice is not installed: nobody sees whether LibreOffice finds the comments")
    monkeypatch.setitem(soffice.FILTERS, "fodt", "fodt")
    drafts = {"tabs": as_word(report(**FAULTS))}
    for fault in ("cell_blank", "label_misspelt", "balance_broken", "heading_renamed", "fee_removed", "paragraph_open"):
        drafts[fault] = word.write(make_planned(*_case(fault)), plain=True)
    made = {}
    for name, data in drafts.items():
        Path(f"{name}.docx").write_bytes(data)
        check(f"{name}.docx", "--annotate", f"{name}.out.docx", lang="zh")
        made[name] = Path(f"{name}.out.docx").read_bytes()
    seen = soffice.convert(made, "docx", "fodt", folder / "office")
    for name, data in made.items():
        ours = hung(data)
        assert ours, name
        theirs = anchors(seen[name])
        assert sorted((one.lines[0], "".join(one.paragraph.split())) for one in ours) == sorted(
            (line, "".join(words.split())) for line, words in theirs
        ), name


def _case(fault: str) -> tuple[int, str]:
    for seed in range(50):
        try:
            make_planned(seed, fault)
        except ValueError:  # This report cannot have the fault.
            continue
        return seed, fault
    raise AssertionError(fault)
