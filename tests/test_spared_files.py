"""Outputs never replace what a run reads; waivers of a file name one rule; strict says why it fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from linked import report
from test_cli import Ran
from test_cli import here as run

FAULTY = {"cell": {"requests.received.charity": "/"}}
ROOT = Path(__file__).parent.parent
WAIVERS = "waivers:\n- {{rule: {rule}, path: a.txt, subject: requests.received.charity, reason: r}}\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A repository with a report, and all files that a run may read beside it."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.txt").write_bytes(report(**FAULTY))
    (tmp_path / ".govlint.yaml").write_text("extend: [base.yaml]\n", "utf-8")
    (tmp_path / "base.yaml").write_text("fail-on: warning\n", "utf-8")
    (tmp_path / ".govlint-waivers.yaml").write_text("waivers: []\n", "utf-8")
    (tmp_path / "baseline.yaml").write_text("waivers: []\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments: object, lang: str = "en") -> Ran:
    return run("check", *arguments, "--lang", lang)


@pytest.mark.parametrize("option", ["-o", "--output"])
@pytest.mark.parametrize("name", [".govlint.yaml", "base.yaml", ".govlint-waivers.yaml", "baseline.yaml"])
def test_no_output_is_written_over_settings(folder, name, option):
    before = Path(name).read_bytes()
    ran = check("a.txt", "--baseline", "baseline.yaml", option, f"json={name}" if option == "--output" else name)
    assert (ran.status, ran.out) == (2, "")
    assert name in ran.err
    assert "will not be written over" in ran.err
    assert Path(name).read_bytes() == before


@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_no_output_is_written_over_a_report_by_a_link(folder, link):
    try:
        link("a.txt", "b.out")
    except OSError:
        pytest.skip("no links here")
    before = Path("a.txt").read_bytes()
    ran = check("a.txt", "-o", "b.out")
    assert ran.status == 2
    assert "will not be written over" in ran.err
    assert Path("a.txt").read_bytes() == before


def test_other_files_are_written_over(folder):
    Path("old.json").write_text("old", "utf-8")
    ran = check("a.txt", "--output-format", "json", "-o", "old.json")
    assert ran.status == 1, ran.err
    assert Path("old.json").read_text("utf-8").startswith("[")


@pytest.mark.parametrize("rule", ["GL3", "ALL", "GL"])
def test_the_beginning_of_an_id_is_no_rule_in_a_file(folder, rule):
    Path(".govlint-waivers.yaml").write_text(WAIVERS.format(rule=rule), "utf-8")
    ran = check("a.txt")
    assert f".govlint-waivers.yaml:2: waiver of a rule “{rule}” that does not exist" in ran.err


def test_mistakes_in_waivers_are_told_in_chinese(folder):
    entry = "- {rule: GL302, path: a.txt, subject: x, reason: r, times: 0, seen: xyz}\n"
    Path(".govlint-waivers.yaml").write_text(f"waivers:\n{entry}", "utf-8")
    ran = check("a.txt", lang="zh")
    assert ran.status == 2
    assert "不能小于 1" in ran.err
    assert "“xyz”的写法不对，应当符合 ^[0-9a-f]{12}$" in ran.err


def test_strict_says_why_it_fails(folder):
    options = ("a.txt", "--isolated", "--select", "GL402,GL403", "-q")
    assert check(*options).err == ""
    ran = check(*options, "--strict", "--output-format", "json")
    assert (ran.status, ran.out) == (1, "[]\n")
    assert "rules that could not be judged: 1" in ran.err
    assert check(*options, "--strict", "--exit-zero").err == ""


def test_parse_writes_over_no_report(folder):
    before = Path("a.txt").read_bytes()
    ran = run("parse", "a.txt", "-o", "a.txt", "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert "a.txt is a report to be checked and will not be written over" in ran.err
    assert Path("a.txt").read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="no such device")
def test_a_device_is_written_to_whatever_is_read_from_it(folder):
    assert check("a.txt", "--baseline", os.devnull, "-o", os.devnull).status == 1


@pytest.mark.parametrize("arguments", [["a.csv", "b.html"], ["."], [".", "--units", "units.txt"]])
def test_no_survey_is_written_over_a_report(folder, arguments):
    table = (ROOT / "fixtures" / "clean" / "2021-portal.html").read_bytes()
    for name in ("a.csv", "b.html"):
        Path(name).write_bytes(table)
    Path("units.txt").write_text("A\n", "utf-8")
    for name in ("a.csv", "b.html"):
        ran = run("survey", *arguments, "-o", name, "--lang", "en")
        assert ran.status == 2
        assert "will not be written over" in ran.err
        assert Path(name).read_bytes() == table


def test_an_earlier_survey_is_written_over(folder):
    for name in ("s.csv", "s.html"):
        for _ in range(2):
            assert run("survey", ".", "-o", name, "-q", "--lang", "en").status == 0
    assert run("survey", "a.txt", "-o", "s.csv", "-q", "--lang", "en").status == 0


def test_waive_brings_back_nothing_that_is_ignored(folder):
    """Where a root cause is ignored, the totals under it are what is waived, as they are what is reported."""
    (folder / "base.yaml").write_text("ignore: [GL400]\n", "utf-8")
    (folder / "a.txt").write_bytes(report(cell={"requests.granted.natural_person": "8"}))
    assert check("a.txt").status == 1
    ran = run("waive", "a.txt", "--select", "GL4", "--reason", "known", "--lang", "en")
    assert ran.status == 0
    assert "GL400" not in ran.out
    assert check("a.txt").status == 0


def test_waiving_all_again_is_no_failure(folder):
    arguments = ("waive", "a.txt", "--all", "--reason", "known", "-o", "baseline.yaml", "--lang", "en")
    assert run(*arguments).status == 0
    before = Path("baseline.yaml").read_bytes()
    ran = run(*arguments, "--baseline", "baseline.yaml")
    assert ran.status == 0
    assert "waived already" in ran.err
    assert Path("baseline.yaml").read_bytes() == before


def test_config_tells_the_waivers_that_are_found(folder):
    ran = run("config", "a.txt", "--lang", "en")
    assert [line.split() for line in ran.out.splitlines() if line.strip().startswith("waivers")] == [
        ["waivers", ".govlint-waivers.yaml"]
    ]


@pytest.mark.parametrize("kind", ["dangling", "folder"])
def test_a_configuration_that_is_no_file_is_no_silence(folder, kind):
    (folder / ".govlint.yaml").unlink()
    if kind == "dangling":
        (folder / ".govlint.yaml").symlink_to("nowhere.yaml")
    else:
        (folder / ".govlint.yaml").mkdir()
    ran = check("a.txt")
    assert ran.status == 2
    assert ".govlint.yaml" in ran.err
