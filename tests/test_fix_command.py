"""``check --fix``, ``--unsafe-fixes`` and ``--diff`` as people call them; files written whole or not at all."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from calling import call
from fixing import made

from govlint.cli import atomic

FAULTY = {
    "heading": {"5": "五、存在的主要问题及改进措施"},
    "cell": {"disclosure.licensing.decisions": "1,200", "requests.refused_state_secret.research": "/"},
}


@pytest.fixture
def report(tmp_path):
    data, path = made(**FAULTY)
    file = tmp_path / Path(path).name
    file.write_bytes(data)
    return file


def mended_text(*, unsafe: bool) -> str:
    text = made(**FAULTY)[0].decode().replace("改进措施", "改进情况").replace("1,200", "1200")
    return text.replace("\t/\t", "\t0\t") if unsafe else text


def test_nothing_is_written_unless_asked_for(report):
    before = report.read_bytes()
    ran = call("check", report, "--output-format", "concise")
    assert report.read_bytes() == before
    assert "其中 2 处可用 --fix 自动改正，另有 1 处要加 --unsafe-fixes，改后请核对数字" in ran.err
    english = call("check", report, "--lang", "en", "--output-format", "concise")
    assert "fixable with --fix: 2; with --unsafe-fixes as well: 1 more" in english.err


def test_fix_makes_safe_edits_and_says_so(report):
    ran = call("check", "--fix", report, "--output-format", "concise", "--fail-on", "warning")
    assert report.read_text("utf-8") == mended_text(unsafe=False)
    assert ran.status == 1
    assert [line.split()[2] for line in ran.out.splitlines()] == ["GL302"]
    assert f"{report}：已改正 2 处（GL102, GL305）" in ran.err
    assert "其中 1 处可用 --fix --unsafe-fixes 自动改正" in ran.err


def test_unsafe_fixes_too(report):
    ran = call("check", "--fix", "--unsafe-fixes", report, "--fail-on", "info")
    assert report.read_text("utf-8") == mended_text(unsafe=True)
    assert (ran.status, ran.out) == (0, "")
    again = call("check", "--fix", "--unsafe-fixes", report)
    assert "已改正" not in again.err


def test_quiet_says_nothing(report):
    ran = call("check", "--fix", "--unsafe-fixes", "-q", report)
    assert (ran.status, ran.out, ran.err) == (0, "", "")


def test_diff_shows_and_writes_nothing(report):
    before = report.read_bytes()
    ran = call("check", "--diff", report)
    assert report.read_bytes() == before
    assert ran.status == 1
    shown = [line for line in ran.out.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert shown == [
        "-行政许可\t1,200",
        "+行政许可\t1200",
        "-五、存在的主要问题及改进措施",
        "+五、存在的主要问题及改进情况",
    ]
    assert f"{report}：可以改正 2 处（GL102, GL305）" in ran.err
    assert call("check", "--diff", "--fix", report).out == ran.out
    assert report.read_bytes() == before
    assert call("check", "--diff", "--exit-zero", report).status == 0


def test_a_diff_can_be_applied(report, tmp_path):
    patch = subprocess.run(
        [sys.executable, "-m", "govlint", "check", "--diff", "--unsafe-fixes", report.name],
        cwd=tmp_path, capture_output=True, check=False,
    ).stdout  # fmt: skip
    subprocess.run(["git", "apply", "-p0", "-"], cwd=tmp_path, input=patch, check=True)
    assert report.read_text("utf-8") == mended_text(unsafe=True)


def test_nothing_to_mend_is_no_diff(tmp_path):
    file = tmp_path / "好.txt"
    file.write_bytes(made()[0])
    ran = call("check", "--diff", file)
    assert (ran.status, ran.out) == (0, "")


def test_a_last_line_without_end(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(made(heading={"6": "六、其他要报告的事项"})[0].rstrip(b"\n"))
    ran = call("check", "--diff", file)
    assert ran.out.endswith("日\n\\ No newline at end of file\n")
    call("check", "--fix", file)
    assert not file.read_bytes().endswith(b"\n")


@pytest.mark.parametrize("arguments", [["--unsafe-fixes"], ["--fix", "-"]])
def test_what_makes_no_sense_is_refused(arguments, report):
    ran = call("check", *arguments, *([] if "-" in arguments else [report]))
    assert ran.status == 2
    assert "--diff" in ran.err


def test_standard_input_has_a_diff(report):
    ran = subprocess.run(
        [sys.executable, "-m", "govlint", "check", "--diff", "-"], input=report.read_bytes(), capture_output=True,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert "+五、存在的主要问题及改进情况" in ran.stdout.decode()


def test_files_that_are_only_read_are_named(tmp_path):
    import openpyxl

    text = made(**FAULTY)[0].decode()
    book = openpyxl.Workbook()
    for number, line in enumerate(text.splitlines(), 1):
        for column, words in enumerate(line.split("\t"), 1):
            book.active.cell(number, column, words)
    file = tmp_path / "报告.xlsx"
    book.save(file)
    before = file.read_bytes()
    ran = call("check", "--fix", file)
    assert file.read_bytes() == before
    assert "没有改（GL102, GL305）：xlsx 文件只能检查，不能改写" in ran.err
    assert "--fix" not in call("check", file, "--output-format", "concise").err


def test_unreadable_files_do_not_stop_the_others(report, tmp_path):
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 no more")
    ran = call("check", "--fix", tmp_path)
    assert ran.status == 2
    assert report.read_text("utf-8") == mended_text(unsafe=False)


def test_every_unsafe_change_is_told(report):
    ran = call("check", "--fix", "--unsafe-fixes", report)
    assert "表三 “1.属于国家秘密” × “科研机构”" in ran.err
    assert "“/”→“0”，请核对" in ran.err
    assert "请核对" not in call("check", "--fix", report).err


def test_diff_and_an_output_for_programs_do_not_go_together(report, tmp_path):
    ran = call("check", "--diff", "--output-format", "json", report)
    assert ran.status == 2
    assert "--output json=文件" in ran.err
    assert call("check", "--diff", "--output", f"json={tmp_path / 'a.json'}", report).status == 1
    assert (tmp_path / "a.json").read_text("utf-8").startswith("[")


@pytest.mark.parametrize("name", ["年报 一.txt", "a b.txt"])
def test_a_diff_of_a_name_with_blanks_can_be_applied(tmp_path, name):
    (tmp_path / name).write_bytes(made(**FAULTY)[0])
    command = [sys.executable, "-m", "govlint", "check", "--diff", "--unsafe-fixes", name]
    patch = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout
    subprocess.run(["git", "apply", "-p0", "-"], cwd=tmp_path, input=patch, check=True)
    assert (tmp_path / name).read_text("utf-8") == mended_text(unsafe=True)


def test_a_fix_that_other_reports_contradict_is_undone(tmp_path):
    """Nothing issued or repealed, a stroke as the stock: 0 would do by itself, but last year's stock was 10."""
    none = {f"disclosure.regulations.{column}": "0" for column in ("issued", "repealed")}
    stock = "disclosure.regulations.in_force"
    last, this = tmp_path / "2022.txt", tmp_path / "2023.txt"
    last.write_bytes(made(year=2022, cell={**none, stock: "10"})[0])
    this.write_bytes(made(cell={**none, stock: "/"})[0])
    before = this.read_bytes()
    ran = call("check", "--fix", "--unsafe-fixes", tmp_path, "--output-format", "concise")
    assert this.read_bytes() == before
    assert "GL802 表二“规章”" not in ran.out
    assert "没有改（GL302）：改了会出现新的问题（GL802）" in ran.err
    call("check", "--fix", "--unsafe-fixes", "--link", "off", this)
    assert this.read_bytes() != before


# ---------------------------------------------------------------- writing


def test_mode_and_links_stay(report, tmp_path):
    report.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(report)
    call("check", "--fix", link)
    assert link.is_symlink()
    assert stat.S_IMODE(report.stat().st_mode) == 0o640
    assert report.read_text("utf-8") == mended_text(unsafe=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["example.txt", "link.txt"]


def test_long_names_can_be_written(tmp_path):
    file = tmp_path / ("年" * 83 + ".txt")
    file.write_bytes(made(**FAULTY)[0])
    call("check", "--fix", file)
    assert file.read_text("utf-8") == mended_text(unsafe=False)


def test_a_file_that_cannot_be_written_is_named_and_kept(report, monkeypatch):
    before = report.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full)
    ran = call("check", "--fix", report)
    assert ran.status == 2
    assert f"写不了 {report}：No space left on device" in ran.err
    assert report.read_bytes() == before
    assert [path.name for path in report.parent.iterdir()] == [report.name]
    assert "GL102" in ran.out  # What was found is still told.


def test_a_read_only_file_stays(report, monkeypatch):
    before = report.read_bytes()
    monkeypatch.setattr(atomic.os, "access", lambda *_: False)
    ran = call("check", "--fix", report)
    assert (ran.status, report.read_bytes()) == (2, before)
    assert "文件是只读的" in ran.err


def test_a_file_that_changed_meanwhile_stays(report, monkeypatch):
    from govlint.fixes.mending import Mender

    genuine = Mender.mend

    def mend(self, data, path):
        report.write_text("别人写的\n", "utf-8")
        return genuine(self, data, path)

    monkeypatch.setattr(Mender, "mend", mend)
    ran = call("check", "--fix", report)
    assert ran.status == 2
    assert "在检查以后被改动了，没有写回" in ran.err
    assert report.read_text("utf-8") == "别人写的\n"


WRITER = """
import sys
from govlint.cli.atomic import replace_file
from govlint.cli.output import make_language
from govlint.linter import default_linter
language = make_language(default_linter(), "zh")
contents = [letter.encode() * 3_000_000 for letter in "AB"]
print("begun", flush=True)
while True:
    for content in contents:
        replace_file(sys.argv[1], content, language)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_who_is_killed_leaves_the_old_file_or_the_new_one(tmp_path):
    file = tmp_path / "报告.txt"
    whole = {letter.encode() * 3_000_000 for letter in "AB"}
    file.write_bytes(min(whole))
    for turn in range(8):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout
            assert writer.stdout.readline() == b"begun\n"
            time.sleep(0.007 * (turn + 1))
            os.kill(writer.pid, signal.SIGKILL)
        assert file.read_bytes() in whole
