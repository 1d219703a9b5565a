"""Several reports through the real command: pairs over the years, roll-ups, and reports alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from linked import COUNTY, GOVERNMENT, as_word, put, report
from test_cli import CLEAN, ESSAY, check, check_json, here

UNITS = [
    f"{COUNTY}{name}"
    for name in "教育局 财政局 民政局 司法局 审计局 统计局 林业局 商务局 信访局 医疗保障局 城关镇人民政府".split()
]
LAST = {"year": 2022, "layout": "html", "cell": {"disclosure.normative_documents.in_force": "4"}}


def roll_up(folder: Path, fault: str = "") -> Path:
    """A folder with a government, its twelve units and a map; perhaps with a fault, or a unit missing."""
    files = {f"units/{number:02}.txt": report(agency=name, zero=True) for number, name in enumerate(UNITS)}
    if fault == "cell":
        files["units/07.txt"] = report(agency=UNITS[7], zero=True, cell={"disclosure.coercion.decisions": "1"})
    elif fault == "missing":
        del files["units/07.txt"]
    text = {"（五）监督保障。": "（五）监督保障。工作考核优秀，社会评议良好，责任追究没有。"}
    put(folder, {"whole.txt": report(agency=GOVERNMENT, text=text), "units/water.html": report(layout="html"), **files})
    names = "".join(f"  - {name}\n" for name in (f"{COUNTY}水务局", *UNITS))
    (folder / "map.yaml").write_text(f"government: {GOVERNMENT}\nunits:\n{names}", encoding="utf-8")
    return folder


@pytest.mark.parametrize("suffix", ["txt", "docx"])
def test_pair_with_one_fault_is_told_with_both_places(tmp_path, suffix):
    this = report(cell={"requests.carried_in.total": "2", "requests.received.total": "2"})
    put(tmp_path, {"2022.html": report(**LAST), f"2023.{suffix}": as_word(this) if suffix == "docx" else this})
    ran = check_json(tmp_path, "--select", "GL8")
    (diagnostic,) = ran.json
    assert (diagnostic["rule"], diagnostic["path"]) == ("GL801", str(tmp_path / f"2023.{suffix}"))
    (related,) = diagnostic["related"]
    assert related["path"] == str(tmp_path / "2022.html")
    assert related["cell"] == {"table": "requests", "row": "carried_out", "column": "total"}
    line = (tmp_path / "2022.html").read_text(encoding="utf-8").split("\n")[related["line"] - 1]
    assert line[related["column"] - 1 : related["end_column"] - 1] == "0"
    shown = here("text", tmp_path / f"2023.{suffix}").out.split("\n")[diagnostic["line"] - 1]
    assert shown[diagnostic["column"] - 1 : diagnostic["end_column"] - 1] == "2"


def test_pair_without_a_fault_is_silent(tmp_path):
    put(tmp_path, {"2022.html": report(**LAST), "2023.docx": as_word(report())})
    ran = check(tmp_path, "--fail-on", "info")
    assert (ran.status, ran.out) == (0, "")
    assert check(tmp_path, "--strict", "--ignore", "GL6").status == check(tmp_path, "--strict", "--link", "off").status


def test_link_off_judges_each_alone(tmp_path):
    put(tmp_path, {"2022.html": report(**{**LAST, "cell": {}}), "2023.txt": report()})
    assert check_json(tmp_path, "--fail-on", "warning").rules == {"GL802"}
    ran = check_json(tmp_path, "--fail-on", "info", "--link", "off")
    assert (ran.status, ran.json) == (0, [])


def test_order_of_inputs_and_an_unreadable_file_change_nothing(tmp_path):
    put(
        tmp_path,
        {
            "a.html": report(**{**LAST, "cell": {}}),
            "b.txt": report(),
            "c.txt": b"\x89PNG\r\n\x1a\n",
            "d.txt": ESSAY.encode(),
        },
    )
    names = [tmp_path / name for name in ("a.html", "b.txt", "c.txt", "d.txt")]
    ran, turned = (check_json(*order, "--select", "GL8") for order in (names, names[::-1]))
    assert (ran.status, turned.status) == (2, 2)
    assert ran.json == turned.json
    assert [entry["rule"] for entry in ran.json] == ["GL802"]


def test_pretty_names_the_other_file(tmp_path):
    put(tmp_path, {"a.html": report(**{**LAST, "cell": {}}), "b.txt": report()})
    ran = here("check", "a.html", "b.txt", "--output-format", "pretty", cwd=tmp_path)
    lines = [line.strip() for line in ran.out.split("\n")]
    assert [line for line in lines if line.startswith("--> b.txt:")]
    (elsewhere,) = (line for line in lines if line.startswith("::: "))
    assert elsewhere.startswith("::: a.html:")
    below = lines[lines.index(elsewhere) + 1]
    assert below.startswith("2022 年报告“行政规范性文件”")


@pytest.mark.parametrize("how", ["folder", "map"])
def test_roll_up_of_twelve_units(tmp_path, how):
    for fault in ("", "cell", "missing"):
        folder = roll_up(tmp_path / (fault or "none"), fault)
        ran = check_json(folder, "--rollup", "folder" if how == "folder" else folder / "map.yaml", "--select", "GL8")
        found = [(entry["rule"], Path(entry["path"]).name) for entry in ran.json]
        missing = [("GL808", "map.yaml")] if how == "map" else []
        assert found == {"": [], "cell": [("GL804", "whole.txt")], "missing": missing}[fault]
        if fault == "cell":
            (related,) = ran.json[0]["related"]
            assert related["path"] == str(folder / "units" / "07.txt")
            assert ran.json[0]["expected"] == "1"
        if fault == "missing" and how == "map":
            lines = (folder / "map.yaml").read_text(encoding="utf-8").split("\n")
            place = ran.json[0]
            assert lines[place["line"] - 1][place["column"] - 1 : place["end_column"] - 1] == UNITS[7]


def test_map_has_an_entry_of_its_own_and_is_no_report(tmp_path):
    folder = roll_up(tmp_path)
    ran = here("check", folder, "--rollup", folder / "map.yaml", "--output-format", "json-full")
    files = {Path(file["path"]).name: file for file in json.loads(ran.out)["files"]}
    ended = {entry["rule"]: entry["outcome"] for entry in files["map.yaml"]["ledger"]}
    assert files["map.yaml"]["outcome"] == "passed"
    assert {rule for rule, outcome in ended.items() if outcome != "not_applicable"} == {"GL808"}
    said = here("check", folder, "--rollup", folder / "map.yaml", "--lang", "en").err
    assert "reports checked: 13;" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [("government: x\nunit: [a]\n", "map.yaml:2:1: unknown key 'unit'"), ("government: [\n", "map.yaml:2:1: ")],
)
def test_mistake_in_a_map_is_2_and_shown_at_its_line(tmp_path, text, said):
    (tmp_path / "map.yaml").write_text(text, encoding="utf-8")
    ran = check(CLEAN, "--rollup", tmp_path / "map.yaml", "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_map_that_is_not_there_is_2(tmp_path):
    ran = check(CLEAN, "--rollup", tmp_path / "none.yaml", "--lang", "en")
    assert ran.status == 2
    assert "none.yaml:1:1: the map cannot be opened" in ran.err


def test_roll_up_and_link_off_do_not_go_together():
    ran = check(CLEAN, "--rollup", "folder", "--link", "off", "--lang", "en")
    assert ran.status == 2
    assert "--link off" in ran.err


def test_hostile_map_does_nothing_to_a_terminal(tmp_path):
    put(tmp_path, {"whole.txt": report(agency=GOVERNMENT)})
    (tmp_path / "map.yaml").write_text(f'government: {GOVERNMENT}\nunits: ["\\e[31m红\\u202e"]\n', encoding="utf-8")
    for form in ("concise", "pretty", "json"):
        ran = check(tmp_path, "--rollup", tmp_path / "map.yaml", "--select", "GL808", "--output-format", form)
        assert ran.out
        assert "\x1b" not in ran.out
    assert "\u202e" not in check(tmp_path, "--rollup", tmp_path / "map.yaml", "--select", "GL808").out


def test_one_report_loads_nothing_of_crosscheck():
    code = (
        "import sys\nfrom govlint.cli.main import cli\n"
        "cli.main(sys.argv[1:], standalone_mode=False)\n"
        "print([name for name in sys.modules if name.startswith('govlint.crosscheck')])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "check", str(CLEAN)], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert ran.stdout.splitlines()[-1] == "[]"
