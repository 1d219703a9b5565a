"""What was probably meant: paths, rules, formats. Commands and options are in test_help."""

from __future__ import annotations

import pytest
from calling import call
from test_cli import CLEAN, FAULTY

from govlint.cli.paths import unfolded
from govlint.cli.suggesting import closest, near_path


@pytest.fixture
def reports(tmp_path):
    for name in ("水务局2023.docx", "教育局2023.docx", "notes/单位名单.csv", "2022/水务局.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(CLEAN.read_bytes())
    return tmp_path


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("水务局2032.docx", "水务局2023.docx"),
        ("水务局2023.doc", "水务局2023.docx"),
        ("水务局2023.DOCX", "水务局2023.docx"),
        ("水务局2023", "水务局2023.docx"),
        ("note/单位名单.csv", "notes/单位名单.csv"),
        ("notes/单位名.csv", "notes/单位名单.csv"),
        ("note/单位名.csv", None),
        ("财政局决算.xlsx", None),
        ("*.pdf", None),
        ("a\0b", None),
        ("", None),
    ],
)
def test_path_that_differs_in_one_name(reports, written, meant, monkeypatch):
    assert near_path(str(reports / written)) == (str(reports / meant) if meant else None)
    monkeypatch.chdir(reports)
    assert near_path(written) == meant


def test_path_below_a_file_suggests_nothing():
    assert near_path(f"{FAULTY}/report.docx") is None


def test_nothing_near_is_no_suggestion():
    assert closest("GL403", ["OPT101", "XX"]) is None
    assert closest("SEVERITY", ["severity", "name"]) == "severity"


@pytest.mark.parametrize("command", ["check", "parse", "text", "survey"])
def test_missing_report_names_the_one_that_is_there(reports, command):
    for lang, said in (("zh", "找不到文件，是不是“{path}”？"), ("en", "no such file; did you mean “{path}”?")):
        ran = call(command, reports / "水务局2032.docx", "--lang", lang)
        assert ran.status == 2
        assert said.format(path=reports / "水务局2023.docx") in ran.err
    assert "是不是" not in call(command, reports / "财政局决算.xlsx").err


@pytest.mark.parametrize(
    ("option", "written", "meant"),
    [
        ("--rules", "note", "notes"),
        ("--config", "notes/单位名单.csw", "notes/单位名单.csv"),
        ("--rollup", "notes/单位名单.csw", "notes/单位名单.csv"),
        ("--baseline", "notes/单位名单.csw", "notes/单位名单.csv"),
        ("--waivers", "notes/单位名单.csw", "notes/单位名单.csv"),
    ],
)
def test_missing_file_of_an_option_names_the_one_that_is_there(reports, option, written, meant):
    ran = call("check", CLEAN, option, reports / written)
    assert (ran.status, ran.out) == (2, "")
    assert f"是不是“{reports / meant}”？" in ran.err


def test_missing_list_of_units_names_the_one_that_is_there(reports):
    ran = call("survey", CLEAN, "--units", reports / "notes" / "单位名单.csw")
    assert (ran.status, ran.out) == (2, "")
    assert f"是不是“{reports / 'notes' / '单位名单.csv'}”？" in ran.err


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["check", CLEAN, "--select", "requests-row-totl"], "requests-row-total"),
        (["check", CLEAN, "--ignore", "gl403"], "GL403"),
        (["rule", "requests-row-totl"], "requests-row-total"),
        (["test", "--rule", "gl403"], "GL403"),
        (["check", CLEAN, "--output", "sariv=a.txt"], "sarif"),
        (["check", CLEAN, "--output-format", "sariv"], "sarif"),
        (["survey", CLEAN, "--output-format", "xslx"], "xlsx"),
        (["check", CLEAN, "--statistic"], "--statistics"),
    ],
)
def test_mistyped_name_is_told_with_the_one_that_is_there(arguments, meant):
    assert f"是不是“{meant}”？" in call(*arguments).err
    ran = call(*arguments, "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert f"did you mean “{meant}”?" in ran.err


def test_patterns_are_unfolded_where_the_shell_did_not(reports, monkeypatch):
    monkeypatch.chdir(reports)
    (reports / "a[1].md").touch()
    assert list(unfolded(["*.docx"])) == ["教育局2023.docx", "水务局2023.docx"]
    assert list(unfolded(["**/*.md"])) == ["2022/水务局.md", "a[1].md"]
    assert list(unfolded(["a[1].md", "-", "*.pdf", "plain"])) == ["a[1].md", "-", "*.pdf", "plain"]
    assert list(unfolded([str(reports / "水*")])) == [str(reports / "水务局2023.docx")]


def test_pattern_that_nothing_fits_is_2(reports):
    ran = call("check", reports / "*.pdf")
    assert ran.status == 2
    assert "*.pdf: 找不到文件\n" in ran.err


def test_pattern_checks_what_fits_it(reports):
    ran = call("check", reports / "2022" / "*.md")
    assert ran.status == 0
    assert "检查了 1 份报告" in ran.err


@pytest.mark.parametrize("path", ["长" * 3000, "a/" * 3000, "~", "\udcff"])
@pytest.mark.parametrize("arguments", [["check"], ["check", "--config"], ["text"], ["rules", "--rules"], []])
def test_impossible_paths_are_no_traceback(arguments, path):
    ran = call(*arguments, path, *([CLEAN] if "--config" in arguments else []))
    assert ran.status in (0, 1, 2)
    assert ran.err
