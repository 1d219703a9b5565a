"""Many files on the command line: by several processes, with a cache, over files that are no ordinary reports."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from calling import HEEDING, call
from judge.case import make_case
from mixed_reports import write_reports

from govlint.linter import Linter
from govlint.model.diagnostic import Result
from govlint.writers import WRITERS

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """A folder of reports of all layouts, with and without faults, and what is no report."""
    folder = tmp_path_factory.mktemp("reports")
    write_reports(folder, 6)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "waived.md").write_text(
        "<!-- govlint-ignore-file GL1: 历史报告 -->\n" + make_case(30, "markdown", fault="row_dropped").text,
        encoding="utf-8",
    )
    return folder


# The same, whoever does it


def every_output(reports: Path, folder: Path, *options: object) -> dict[str, object]:
    """What a check of the reports writes in every format, to files and to the console."""
    folder.mkdir()
    outputs = [f"--output={form}={folder / form}" for form in WRITERS]
    ran = call("check", reports, *options, *outputs, "--summary", "--no-progress")
    return {"console": ran} | {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_format_is_the_same_by_several_processes_and_from_the_cache(reports, tmp_path):
    alone = every_output(reports, tmp_path / "alone", "--jobs", 1, "--no-cache")
    assert len(alone) == len(WRITERS) + 1
    kept = ["--cache-dir", tmp_path / "cache"]
    runs = [["--jobs", 2, "--no-cache"], ["--jobs", 3, *kept], ["--jobs", 2, *kept], ["--jobs", 1, *kept]]
    for number, options in enumerate(runs):
        found = every_output(reports, tmp_path / str(number), *options)
        assert [form for form in alone if found[form] != alone[form]] == [], options


def test_parse_is_the_same_by_several_processes_and_from_the_cache(reports, tmp_path):
    alone = call("parse", reports, "--jobs", 1, "--no-cache")
    for jobs in (2, 1):
        assert call("parse", reports, "--jobs", jobs, "--cache-dir", tmp_path) == alone, jobs


def test_survey_is_the_same_by_several_processes_and_from_the_cache(reports, tmp_path):
    alone = call("survey", reports, "--jobs", 1, "--no-cache")
    state = tmp_path / "state"
    for options in (["--jobs", 2, "--state", state], ["--state", state], ["--jobs", 1]):
        assert call("survey", reports, *options, "--cache-dir", tmp_path / "cache") == alone, options


# The cache


def kept(folder: Path) -> dict[Path, float]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("??/*") if path.is_file()}


def test_unchanged_files_are_not_judged_again(reports, tmp_path, monkeypatch):
    first = call("check", reports, "--cache-dir", tmp_path)
    entries = kept(tmp_path)
    assert len(entries) == 8  # Of seven reports, and of what they say together.
    judged, check = [], Linter.check_bytes

    def judging(linter: Linter, data: bytes, path: str) -> Result:
        judged.append(Path(path).name)
        return check(linter, data, path)

    monkeypatch.setattr(Linter, "check_bytes", judging)
    monkeypatch.setattr(Linter, "link", lambda *_: judged.append("linked"))
    assert call("check", reports, "--jobs", 1, "--cache-dir", tmp_path) == first
    assert judged == ["empty.txt"]
    assert kept(tmp_path) == entries


@pytest.mark.parametrize(
    "options",
    [["--ignore", "GL2"], ["--no-inline-waivers"], ["--per-file-ignores", "**:GL2"]],
    ids=lambda options: options[0],
)
def test_other_rules_and_settings_are_other_results(options, reports, tmp_path):
    before = call("check", reports, "--cache-dir", tmp_path)
    other = call("check", reports, "--cache-dir", tmp_path, *options)
    assert other == call("check", reports, "--no-cache", *options)
    assert other != before
    assert call("check", reports, "--cache-dir", tmp_path) == before


def test_a_changed_file_is_judged_again(tmp_path):
    report = tmp_path / "a.txt"
    report.write_bytes(make_case(2, "pipes").data)
    clean = call("check", report, "--cache-dir", tmp_path / "cache")
    report.write_bytes(make_case(2, "pipes", fault="row_dropped").data)
    faulty = call("check", report, "--cache-dir", tmp_path / "cache")
    assert faulty.out != clean.out
    assert faulty == call("check", report, "--no-cache")


def test_a_cache_that_cannot_be_used_is_told_once(reports, tmp_path):
    place = tmp_path / "cache"
    place.mkdir()
    (place / "results").write_text("no folder")
    plain = call("check", reports, "--no-cache", "--output-format", "json", "--lang", "en")
    for jobs in (1, 2):
        ran = call("check", reports, "--jobs", jobs, "--cache-dir", place, "--output-format", "json", "--lang", "en")
        assert (ran.status, ran.out) == (plain.status, plain.out)
        assert ran.err.count("cache of results") == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_read_only_cache_is_told_once(reports, tmp_path):
    tmp_path.chmod(0o500)
    ran = call("check", reports, "--cache-dir", tmp_path, "--lang", "en")
    tmp_path.chmod(0o700)
    assert ran.err.count("cache of results") == 1


def test_broken_entries_change_nothing(reports, tmp_path):
    first = call("check", reports, "--cache-dir", tmp_path)
    for number, entry in enumerate(sorted(kept(tmp_path))):
        content = entry.read_bytes()
        entry.write_bytes((content[: number * 7], content[::-1], b"")[number % 3])
    assert call("check", reports, "--cache-dir", tmp_path) == first


def test_few_files_are_done_without_ado(tmp_path, monkeypatch):
    report = tmp_path / "a.txt"
    report.write_bytes(make_case(2, "pipes").data)
    monkeypatch.setitem(sys.modules, "govlint.batch.running", None)
    assert call("check", report).status == 0


# Files that are no ordinary reports


def linked(folder: Path, names: list[str]) -> None:
    for number, name in enumerate(names):
        (folder / name).write_bytes(make_case(number, "pipes").data)


def test_a_file_that_ends_its_worker_is_named_and_the_others_are_linted(tmp_path):
    linked(tmp_path, ["a.txt", "b.txt", "c.txt"])
    script = PATCHED.format(what="os._exit(1)")
    ran = subprocess.run(
        [sys.executable, "-c", script, "check", tmp_path, "--jobs", "2", "--no-cache", "--lang", "en"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 2
    assert "b.txt: the process that checked it ended twice" in ran.stderr
    assert "a.txt: " not in ran.stderr
    assert ran.stderr.splitlines()[-1].startswith("reports checked: 2;")


PATCHED = """
import os, sys, time
from govlint.linter import Linter
from govlint.model.diagnostic import Result
check = Linter.check_bytes
def patched(self, data, path):
    if path.endswith("b.txt"): {what}
    return check(self, data, path)
Linter.check_bytes = patched
from govlint.cli.main import main
main()
"""


@LINUX
def test_a_file_that_hangs_is_named_and_the_others_are_linted(tmp_path):
    linked(tmp_path, ["a.txt", "b.txt", "c.txt"])
    ran = subprocess.run(
        [sys.executable, "-c", PATCHED.format(what="time.sleep(300)"), "check", tmp_path, "--timeout", "2",
         "--lang", "en", "--output-format", "json-full"],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "b.txt: checking it took more than 2 seconds" in ran.stderr
    read = {Path(each["path"]).name: each["error"] is None for each in json.loads(ran.stdout)["files"]}
    assert read == {"a.txt": True, "b.txt": False, "c.txt": True}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_pipe_is_refused(jobs, tmp_path):
    linked(tmp_path, ["a.txt", "c.txt"])
    os.mkfifo(tmp_path / "b.txt")
    ran = call("check", tmp_path, "--jobs", jobs, "--lang", "en")
    assert ran.status == 2
    assert "b.txt: no regular file" in ran.err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs devices")
def test_a_device_is_refused():
    ran = call("check", "/dev/zero", "--lang", "en")
    assert (ran.status, "no regular file" in ran.err) == (2, True)


def test_a_file_that_vanishes_is_named(tmp_path, monkeypatch):
    linked(tmp_path, ["a.txt", "b.txt"])
    from govlint.linter import read_file

    def vanishing(path: str) -> bytes:
        (tmp_path / "b.txt").unlink(missing_ok=True)
        return read_file(path)

    monkeypatch.setattr("govlint.batch.judging.read_file", vanishing)
    ran = call("check", tmp_path, "--jobs", 1, "--cache-dir", tmp_path / "cache", "--lang", "en")
    assert ran.status == 2
    assert "b.txt: no such file" in ran.err
    assert "a.txt: " not in ran.err


@pytest.mark.parametrize("changes", [1, 2, 3])
def test_a_file_that_changes_while_it_is_read_is_read_again_and_named_in_the_end(changes, tmp_path, monkeypatch):
    from govlint.model.errors import ReadError
    from govlint.readers import opening

    report, times, fstat = tmp_path / "a.txt", iter(range(100)), os.fstat
    report.write_bytes(b"some words")

    def writing(file: int) -> os.stat_result:
        number = next(times)
        if number % 2 and number // 2 < changes:  # After reading.
            os.utime(report, (number, number))
        return fstat(file)

    monkeypatch.setattr(opening.os, "fstat", writing)
    if changes < 3:
        assert opening.read_regular(str(report), 100) == b"some words"
    else:
        with pytest.raises(ReadError) as caught:
            opening.read_regular(str(report), 100)
        assert caught.value.reason == "changing"


# Interrupts and wrong usage


@LINUX
def test_an_interrupt_ends_all_and_says_so(tmp_path):
    linked(tmp_path, ["a.txt", "b.txt", "c.txt"])
    script = PATCHED.format(what="print('hangs', flush=True); time.sleep(300)")
    heeding = HEEDING.partition("; from govlint")[0]
    process = subprocess.Popen(
        [sys.executable, "-c", heeding + "\n" + script, "check", ".", "--jobs", "2", "--lang", "en"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "hangs\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err.strip()) == (2, "govlint: interrupted")
    for _ in range(100):
        if not left(tmp_path):
            break
        time.sleep(0.05)
    assert left(tmp_path) == []


def left(folder: Path) -> list[str]:
    """The processes whose working folder this is."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            found += [process.name] if str((process / "cwd").readlink()) == str(folder) else []
        except OSError:
            continue
    return found


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5", "99999", "²"])
def test_jobs_must_be_a_number_or_auto(value, tmp_path):
    ran = call("check", tmp_path, "--jobs", value, "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert "from 1 to 512 or auto" in ran.err


def test_jobs_may_come_from_the_environment(tmp_path):
    assert "auto" in call("check", tmp_path, GOVLINT_JOBS="many").err
