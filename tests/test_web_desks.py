"""What desks make of files: what the command line makes of the same files in one folder, and a page."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from pathlib import Path

import pytest
from calling import call
from desk_work import done, job_of, ordinary
from linked import as_word, report

from govlint.web import rendering
from govlint.web.desks import Desks, Order
from govlint.web.jobs import Download, Given, Job, Page, Refusal
from govlint.web.tasks import Done, language_of

FAULTY = report(cell={"requests.received.total": "5"}, heading={"2": "二、主动公开政府信息的情况"})
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
FILES = {
    "2022 年报.txt": report(year=2022),
    "2023 年报.txt": FAULTY,
    "扫描.png": PICTURE,
}


@pytest.fixture(scope="module")
def runner():
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def desks(runner):
    desks = runner.run(Desks(Order(ordinary(), 60), 2, 60, 40).__aenter__())
    yield desks
    runner.run(desks.close())


@pytest.fixture
def do(runner, desks, tmp_path):
    """What comes of files of these names, shown in some way."""
    numbers = iter(range(1000))

    def do(files, show="page", lang="zh", unsafe=False):
        return runner.run(done(desks, job_of(tmp_path / f"job-{next(numbers)}", files, show, lang, unsafe=unsafe)))

    return do


def commanded(folder, files, *arguments, lang="zh"):
    """What ``govlint check`` prints for the files in a folder of their own."""
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    before = Path.cwd()
    os.chdir(folder)
    try:
        return call("check", "--isolated", "--lang", lang, "--exit-zero", *arguments, *files)
    finally:
        os.chdir(before)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("show", "form"), [("json", "json"), ("sarif", "sarif"), ("review", "markdown"), ("html", "html")]
)
def test_the_same_as_the_command_line(show, form, lang, do, tmp_path):
    _, answer = do(FILES, show, lang)
    assert isinstance(answer.made, Download)
    printed = commanded(tmp_path / "here", FILES, "--output-format", form, lang=lang).out
    assert answer.made.data.decode() == printed
    assert len(printed) > 1000
    assert [each.name for each in answer.unread] == ["扫描.png"]
    assert answer.unread[0].reason == "picture"


def test_reports_of_two_years_are_compared(do):
    files = {name: data for name, data in FILES.items() if name.endswith(".txt")}
    rules = {each["rule"] for each in json.loads(do(files, "json")[1].made.data)}
    alone = {each["rule"] for name in files for each in json.loads(do({name: files[name]}, "json")[1].made.data)}
    assert any(rule.startswith("GL8") for rule in rules)
    assert not any(rule.startswith("GL8") for rule in alone)


@pytest.mark.parametrize("link", [True, False])
def test_reports_are_not_compared_where_that_is_not_wanted(link):
    linter = ordinary()
    done = [Done(linter.check_bytes(data, name)) for name, data in FILES.items() if name.endswith(".txt")]
    job = Job(".", (Given("1", "a.txt"), Given("2", "b.txt")), "json", "zh")
    made = rendering.answer(job, done, linter, language_of(linter, "zh"), link=link).made
    assert isinstance(made, Download)
    assert any(each["rule"].startswith("GL8") for each in json.loads(made.data)) == link


def test_each_file_is_told_when_it_is_done(do):
    progress, _ = do(FILES)
    assert [(each.number, each.name) for each in progress] == list(enumerate(FILES, 1))
    assert [each.year for each in progress] == ["2022", "2023", ""]
    assert progress[0].unit == progress[1].unit != ""
    assert progress[1].counts["error"] >= 1
    assert not progress[0].problem and "图片" in progress[2].problem


def test_the_content_of_a_page(do, tmp_path):
    _, answer = do(FILES)
    page = answer.made
    assert isinstance(page, Page)
    whole = commanded(tmp_path / "here", FILES, "--output-format", "html").out
    assert page.html in whole.replace("\n\n", "\n")
    assert page.lead in whole
    assert [(each.name, each.kind, each.annotate) for each in page.reports] == [
        ("2022 年报.txt", "text", False), ("2023 年报.txt", "text", False), ("扫描.png", "", False)
    ]  # fmt: skip
    assert page.reports[1].fixes == 1


def test_paths_of_the_folder_are_nowhere(do):
    for show in ("page", "json", "sarif", "review", "html", "annotated", "fixed"):
        files = FILES if show not in ("annotated", "fixed") else {"2023 年报.txt": FAULTY}
        said = repr(do(files, show))
        assert tempfile.gettempdir() not in said
        assert "job-" not in said


def test_a_clean_report(do):
    progress, answer = do({"a.txt": report()})
    assert sum(progress[0].counts.values()) == 0
    assert answer.unread == ()
    assert answer.made.lead == "检查了 1 份报告，没有发现问题"
    assert json.loads(do({"a.txt": report()}, "json")[1].made.data) == []


def test_forty_files_and_one_that_cannot_be_read(do):
    files = {f"{number:02}.txt": report(year=2023) for number in range(39)} | {"empty.txt": b""}
    progress, answer = do(files)
    assert len(progress) == 40
    assert [each.name for each in answer.unread] == ["empty.txt"]
    assert len(answer.made.reports) == 40
    assert answer.made.html.count('class="report"') == 40


def test_waivers_in_a_report_count(do):
    heading = "二、主动公开政府信息的情况"
    waived = FAULTY.decode().replace(heading, f"<!-- govlint-ignore GL102: 沿用旧名 -->\n{heading}").encode()
    for data, count in ((FAULTY, 1), (waived, 0)):
        found = json.loads(do({"a.md": data}, "json")[1].made.data)
        assert sum(each["rule"] == "GL102" for each in found) == count
    assert "沿用旧名" in do({"a.md": waived})[1].made.html


def test_comments_as_the_command_line_makes_them(do, tmp_path):
    files = {"年报.docx": as_word(FAULTY)}
    _, answer = do(files, "annotated")
    ran = commanded(tmp_path / "here", files, "--annotate", "b.docx")
    assert ran.status == 0
    assert answer.made.data == (tmp_path / "here/b.docx").read_bytes() != files["年报.docx"]
    assert answer.made.name == "年报（批注）.docx"
    assert answer.made.media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize("name", ["年报.docx", "年报.txt"])
@pytest.mark.parametrize("unsafe", [False, True])
def test_fixes_as_the_command_line_makes_them(name, unsafe, do, tmp_path):
    data = report(heading={"2": "二、主动公开政府信息的情况"}, cell={"requests.received.total": "１０"})
    files = {name: as_word(data) if name.endswith("docx") else data}
    _, answer = do(files, "fixed", unsafe=unsafe)
    commanded(tmp_path / "here", files, "--fix", *(["--unsafe-fixes"] if unsafe else []))
    assert answer.made.data == (tmp_path / "here" / name).read_bytes() != files[name]
    assert answer.made.name == name.replace(".", "（改正）.")


@pytest.mark.parametrize(
    ("show", "files", "words"),
    [
        ("annotated", {"a.txt": FAULTY}, "不是 Word 文档"),
        ("annotated", {"扫描.png": PICTURE}, "“扫描.png”没有检查："),
        ("annotated", {"a.txt": FAULTY, "b.txt": FAULTY}, "这次有 2 份"),
        ("fixed", {"a.txt": report()}, "没有可以自动改正的问题"),
        ("fixed", {"a.rtf": rb"{\rtf1 \u25919?\u24220?\par}"}, "只能检查，不能改写"),
        ("fixed", {"扫描.png": PICTURE}, "“扫描.png”没有检查："),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_said(show, files, words, do):
    _, answer = do(files, show)
    assert isinstance(answer.made, Refusal)
    assert words in answer.made.detail
    assert "--" not in answer.made.detail
