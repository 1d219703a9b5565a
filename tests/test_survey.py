"""``govlint survey`` from end to end: many reports, three that cannot be read, and a list of units."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import pytest
from calling import HEEDING
from judge.case import Case, make_case
from test_cli import CLEAN, FAULTY, PNG, check_json, govlint, here
from thorough import amount

from govlint.cli.watching import watched
from govlint.linter import load_linter
from govlint.survey.census import Item
from govlint.writers.language import Language

pytestmark = pytest.mark.long
COUNT = amount(80, 200)
UNREADABLE = {"empty.txt": b"", "云岫县无此局2023年年度报告.png.pdf": b"%PDF-1.7\n", "broken.docx": b"PK\x03\x04"}
FIGURES = {
    "received": [("requests", "received", "total")],
    "carried_in": [("requests", "carried_in", "total")],
    "disposed": [("requests", "total", "total")],
    "carried_out": [("requests", "carried_out", "total")],
    "granted": [("requests", "granted", "total")],
    "partly_granted": [("requests", "partly_granted", "total")],
    "reviews": [("remedies", "review", "total")],
    "suits": [("remedies", "direct", "total"), ("remedies", "after_review", "total")],
}
GROUPS = {"refused": "refused_", "unavailable": "unavailable_", "rejected": "rejected_", "other": "other_"}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A folder with the reports, and the cases by path; each fifth report has a fault."""
    folder = tmp_path_factory.mktemp("many")
    cases: dict[str, Case] = {}
    for seed in range(COUNT - len(UNREADABLE)):
        case = make_case(seed, fault="balance_broken" if seed % 5 == 0 else None, charset="right")
        (folder / case.name).write_bytes(case.data)
        cases[str(folder / case.name)] = case
    for name, content in UNREADABLE.items():
        (folder / name).write_bytes(content)
    return folder, cases


@pytest.fixture(scope="module")
def surveyed(many, tmp_path_factory):
    """The outputs of one survey of all of them."""
    folder, cases = many
    out = tmp_path_factory.mktemp("out")
    names = sorted({case.agency for case in cases.values()} - {cases[min(cases)].agency})
    lines = ["单位名称,单位类型", *names, "云岫县无此局,部门", "云岫县另一局,部门"]
    (out / "list.csv").write_bytes("\r\n".join(lines).encode("gb18030"))
    outputs = [part for name in ("a.csv", "a.xlsx", "a.html", "a.json", "a.jsonl") for part in ("-o", out / name)]
    ran = govlint("survey", folder, "--units", out / "list.csv", *outputs, "--state", out / "state.jsonl")
    return out, ran, names


def test_every_report_has_its_row(many, surveyed):
    folder, cases = many
    out, ran, _ = surveyed
    assert ran.status == 2
    assert ran.out == ""
    rows = rows_of(out / "a.csv")
    by_path = {row["path"]: row for row in rows if row["path"]}
    assert set(by_path) == {*cases, *(str(folder / name) for name in UNREADABLE)}
    assert Counter(row["outcome"] for row in rows) == {"read": len(cases), "unreadable": 3, "missing": 1}
    for path, case in cases.items():
        row = by_path[path]
        assert (row["unit"], row["year"], row["edition"]) == (case.agency, str(case.year), case.edition)
    for name in UNREADABLE:
        assert by_path[str(folder / name)]["reason"]
        assert f"{folder / name}: " in ran.err


def test_key_figures_are_those_of_the_tables(many, surveyed):
    _, cases = many
    out, _, _ = surveyed
    for row in rows_of(out / "a.csv"):
        case = cases.get(row["path"])
        if case is None or case.fault:
            continue
        totals = {address: place.value for address, place in case.cells.items() if address[2] == "total"}
        wanted = {name: sum(int(totals[cell]) for cell in cells) for name, cells in FIGURES.items()}
        for name, start in GROUPS.items():
            wanted[name] = sum(int(value) for cell, value in totals.items() if cell[1].startswith(start))
        assert {name: row[name] for name in wanted} == {name: str(value) for name, value in wanted.items()}
        stock = case.cells.get(("disclosure", "normative_documents", "in_force"))
        assert row["documents_in_force"] == ("" if stock is None else str(stock.value))


def test_counts_are_those_of_check(many, surveyed):
    folder, _ = many
    out, _, _ = surveyed
    diagnostics = check_json("--link", "off", folder).json
    found = Counter((item["path"], item["rule"]) for item in diagnostics)
    levels = Counter((item["path"], item["severity"]) for item in diagnostics)
    rules = {rule for _, rule in found}
    for row in rows_of(out / "a.csv"):
        if row["outcome"] == "read":
            assert {rule for rule in row if rule.startswith("GL")} == rules
            assert all(int(row[rule]) == found[row["path"], rule] for rule in rules)
            counts = [int(row[name]) for name in ("errors", "warnings", "infos")]
            assert counts == [levels[row["path"], level] for level in ("error", "warning", "info")]
    assert rules & {"GL400", "GL401"}


def test_units_are_matched(many, surveyed):
    _, cases = many
    out, ran, names = surveyed
    rows = rows_of(out / "a.csv")
    stranger = cases[min(cases)].agency
    for row in rows:
        if row["outcome"] == "read":
            assert row["in_list"] == ("no" if row["unit"] == stranger else "yes")
            assert row["listed_unit"] == ("" if row["unit"] == stranger else row["unit"])
    assert [row["unit"] for row in rows if row["outcome"] == "missing"] == ["云岫县另一局"]
    scan = next(row for row in rows if row["path"].endswith(".png.pdf"))
    assert (scan["outcome"], scan["listed_unit"], scan["unit_type"]) == ("unreadable", "云岫县无此局", "department")
    assert ran.err.splitlines()[-1].endswith("3 份没有读成；1 个单位没有报告")
    assert len(names) > COUNT // 4


def test_all_outputs_tell_the_same(surveyed):
    out, _, _ = surveyed
    rows = rows_of(out / "a.csv")
    data = json.loads((out / "a.json").read_bytes())["rows"]
    lines = [json.loads(line) for line in (out / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert data == lines
    assert [(row["unit"], row["path"] or None) for row in rows] == [(row["unit"], row["path"]) for row in data]
    page = (out / "a.html").read_text(encoding="utf-8")
    assert page.count("<tr>") > 2 * sum(1 for row in rows if row["outcome"] == "read")
    assert (out / "a.xlsx").read_bytes().startswith(b"PK")


def test_the_second_run_gives_the_same_from_the_state(many, surveyed):
    """Unreadable files and the missing unit are told again; with nothing to judge it is fast."""
    folder, _ = many
    out, first, _ = surveyed
    state = (out / "state.jsonl").read_bytes()
    arguments = ["survey", folder, "--units", out / "list.csv", "--state", out / "state.jsonl", "-o", out / "b.csv"]
    again = here(*arguments)
    assert (again.status, again.err) == (2, first.err)
    assert (out / "b.csv").read_bytes() == (out / "a.csv").read_bytes()
    assert (out / "state.jsonl").read_bytes() == state
    (out / "half.jsonl").write_bytes(state[: len(state) // 2])
    half = [*arguments[:5], out / "half.jsonl", "-o", out / "c.csv"]
    assert here(*half).status == 2
    assert (out / "c.csv").read_bytes() == (out / "a.csv").read_bytes()
    assert sorted((out / "half.jsonl").read_bytes().splitlines()) == sorted(state.splitlines())


# Small things


def test_csv_is_printed_when_no_output_is_named():
    ran = here("survey", CLEAN, FAULTY)
    assert ran.status == 0
    rows = list(csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff"), newline="")))
    assert [row["errors"] for row in rows] == ["0", "2"]
    assert [row["in_list"] for row in rows] == ["", ""]


@pytest.mark.parametrize(
    ("form", "start"), [("json", "{"), ("jsonl", "{"), ("html", "<!DOCTYPE html>"), ("csv", "\ufeff")]
)
def test_output_format_of_standard_output(form, start):
    ran = here("survey", CLEAN, "--output-format", form, "-q")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(start)


def test_output_format_of_files_without_a_telling_name(tmp_path):
    assert (
        here("survey", CLEAN, "-o", tmp_path / "a.out", "--output-format", "json", "-o", tmp_path / "b.csv").status == 0
    )
    assert json.loads((tmp_path / "a.out").read_bytes())["rows"]
    assert (tmp_path / "b.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_rules_are_chosen_as_in_check(tmp_path):
    ran = here("survey", FAULTY, "--select", "GL3,GL400", "--ignore", "GL400", "--output-format", "json")
    assert set(json.loads(ran.out)["rows"][0]["rules"]) == {"GL301"}
    assert "GL3" in here("survey", FAULTY, "--select", "GL33").err
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "a.yaml").write_text("id: GL301\nseverity: error\n")
    ran = here("survey", FAULTY, "--rules", tmp_path / "pack", "--select", "GL301", "--output-format", "json")
    assert json.loads(ran.out)["rows"][0]["errors"] == 1


def test_rules_that_compare_reports_are_not_run():
    """Asked for by name, they are named as left out; others asked for with them are run."""
    compared = [rule for rule in load_linter().rules if rule.scope != "report"]
    assert compared
    ran = here("survey", FAULTY, "--select", f"GL301,{compared[0].id}", "--output-format", "json")
    assert [rule["id"] for rule in json.loads(ran.out)["rules"]] == ["GL301"]
    assert compared[0].id in ran.err
    assert compared[0].id not in here("survey", FAULTY).err


def test_its_own_files_are_no_reports(tmp_path):
    """The list, the state and the outputs may lie among the reports, also when it is done again."""
    (tmp_path / "a.md").write_bytes(CLEAN.read_bytes())
    (tmp_path / "list.txt").write_text("云溪县水务局\n", encoding="utf-8")
    arguments = ["survey", ".", "--units", "list.txt", "--state", "s.txt", "-o", "out.csv", "-o", "out.html"]
    for _ in range(2):
        ran = here(*arguments, cwd=tmp_path)
        assert ran.status == 0
        assert [row["path"] for row in rows_of(tmp_path / "out.csv")] == ["a.md"]


def test_hostile_names_of_files(tmp_path):
    """A file with a formula for a name, another with a tag: rows like any other."""
    names = ["=cmd().txt", "<script>alert(1)<_script>.md", "a\tb\x1b[31m.txt", "$title.md"]
    for name in names:
        (tmp_path / name).write_bytes(CLEAN.read_bytes() if name.endswith(".md") else b"essay " * 50)
    outputs = [part for name in ("o.csv", "o.html", "o.xlsx", "o.json") for part in ("-o", name)]
    ran = here("survey", *names, *outputs, cwd=tmp_path)
    assert ran.status == 0
    assert len(rows_of(tmp_path / "o.csv")) == len(names)
    assert "\x1b" not in (tmp_path / "o.csv").read_text(encoding="utf-8") + ran.err
    assert "<script>alert" not in (tmp_path / "o.html").read_text(encoding="utf-8")


def test_what_is_not_there_and_what_is_empty_are_rows(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "picture.txt").write_bytes(PNG)
    ran = here("survey", CLEAN, tmp_path / "none.txt", tmp_path / "folder", tmp_path / "picture.txt", "-q")
    assert (ran.status, ran.err) == (2, "")
    rows = list(csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff"), newline="")))
    assert [row["outcome"] for row in rows] == ["read", *["unreadable"] * 3]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-"], "标准输入"),
        (["--fresh"], "--state"),
        (["-o", "a.doc"], "a.doc"),
        (["-o", "none/a.csv"], "没有这个文件夹"),
        (["-o", "folder.csv"], "folder.csv"),
        (["-o", "a.csv", "-o", "./a.csv"], "a.csv"),
        (["--state", "a.csv", "-o", "a.csv"], "a.csv"),
        (["--units", "list.csv", "-o", "list.csv"], "list.csv"),
        (["--state", "none/s"], "没有这个文件夹"),
        (["--state", "list.csv"], "list.csv"),
        (["--units", "nowhere.csv"], "nowhere.csv:1:1: 找不到文件"),
        (["--units", "wrong.csv"], "wrong.csv:2:1: "),
        (["--select", "GL999"], "GL999"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_one_message_before_any_work(tmp_path, monkeypatch, arguments, said):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "list.csv").write_text("云溪县水务局\n", encoding="utf-8")
    (tmp_path / "wrong.csv").write_text("单位,类型\n云溪县水务局,衙门\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    before = {path: path.stat().st_size for path in tmp_path.iterdir()}
    with patch("govlint.survey.census.read_file", side_effect=AssertionError):
        ran = here("survey", CLEAN, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert {path: path.stat().st_size for path in tmp_path.iterdir()} == before


def test_without_the_library_a_workbook_is_refused_before_any_work(tmp_path):
    """One sentence with the command that installs it."""
    with (
        patch.dict(sys.modules, {"xlsxwriter": None}),
        patch("govlint.survey.census.read_file", side_effect=AssertionError),
    ):
        ran = here("survey", CLEAN, "-o", tmp_path / "a.csv", "-o", tmp_path / "a.xlsx")
    assert (ran.status, ran.out) == (2, "")
    assert "pip install 'govlint[xlsx]'" in ran.err
    assert not list(tmp_path.iterdir())


def test_an_output_that_cannot_be_written_does_not_cost_the_others(tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    (tmp_path / "full.csv").symlink_to("/dev/full")
    ran = here("survey", CLEAN, "-o", tmp_path / "full.csv", "-o", tmp_path / "b.json")
    assert ran.status == 2
    assert "full.csv" in ran.err
    assert json.loads((tmp_path / "b.json").read_bytes())["rows"]


def test_interrupted_it_goes_on_where_it_was(tmp_path):
    """Ctrl-C in the middle: the state holds whole lines, and the next run judges only the rest."""
    folder = tmp_path / "in"
    folder.mkdir()
    for seed in range(60):
        case = make_case(seed, "markdown", "utf-8")
        (folder / case.name).write_bytes(case.data)
    state = tmp_path / "state.jsonl"
    command = [
        sys.executable,
        "-c",
        HEEDING,
        "survey",
        str(folder),
        "--state",
        str(state),
        "-o",
        str(tmp_path / "a.csv"),
    ]
    running = subprocess.Popen(command, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and (not state.exists() or state.read_bytes().count(b"\n") < 5):
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 2
    assert "Traceback" not in said.decode()
    assert str(state) in said.decode()
    kept = state.read_bytes().splitlines()
    assert 5 <= len(kept) < 61
    assert not (tmp_path / "a.csv").exists()
    assert here(*command[3:]).status == 0
    assert state.read_bytes().splitlines()[: len(kept)] == kept
    assert len(state.read_bytes().splitlines()) == 61
    assert len(rows_of(tmp_path / "a.csv")) == 60


# Progress


def test_nothing_is_shown_without_a_terminal(tmp_path):
    assert here("survey", CLEAN, "-o", tmp_path / "a.csv", "-q").err == ""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
def test_a_terminal_sees_file_number_and_rate(tmp_path):
    """On standard error only; a file's name cannot speak to the terminal."""
    name = "云溪\x1b]0;x\x07[red].md"
    (tmp_path / name).write_bytes(CLEAN.read_bytes())
    inner, outer = pty.openpty()
    with patch.dict(os.environ, {"TERM": "xterm", "COLUMNS": "120", "CI": ""}):
        done = subprocess.run(
            [sys.executable, "-m", "govlint", "survey", name, str(FAULTY), "-q"],
            stdout=subprocess.PIPE, stderr=outer, cwd=tmp_path, check=False,
        )  # fmt: skip
    os.close(outer)
    shown = b""
    while True:
        try:
            part = os.read(inner, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(inner)
    assert done.returncode == 0
    assert done.stdout.startswith(b"\xef\xbb\xbfunit,")
    text = shown.decode()
    assert "/2" in text
    assert "\\x1b]0;x\\x07[red].md" in text
    assert "\x1b]0;x" not in text


def test_items_come_as_they_are_without_a_terminal():
    items = [Item("a"), Item("b")]
    with watched(items, Language("zh", load_linter().data("locale/zh.yaml"))) as taken:
        assert list(taken) == items
