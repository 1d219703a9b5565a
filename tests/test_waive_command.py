"""``govlint waive``, ``--baseline`` and the files that ``check`` finds, as people call them."""

from __future__ import annotations

import json
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest
from linked import report
from test_cli import Ran
from test_cli import here as run

from govlint.writers import WRITERS
from govlint.yamlfile import parse_yaml

FILE = ".govlint-waivers.yaml"
FAULTY = {"cell": {"requests.granted.business": "8"}, "heading": {"5": "五、存在的主要问题及改进措施"}}
FEES = {"text": {"@section.6": "无。"}}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A repository with two reports, in which the command runs."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "水务局.txt").write_bytes(report(**FAULTY))
    (tmp_path / "reports" / "b.txt").write_bytes(report(**FEES, agency="云溪县教育局"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GOVLINT_LANG", "en")
    return tmp_path


def govlint(*arguments: object) -> Ran:
    return run(*arguments, "--lang", "en")


def check(*arguments: object) -> Ran:
    return govlint("check", "--link", "off", *arguments)


def waive(*arguments: object) -> Ran:
    return govlint("waive", "--link", "off", *arguments)


def entries(path: Path | str = FILE) -> list[dict[str, object]]:
    return parse_yaml(Path(path).read_text("utf-8-sig"), "").data["waivers"]


def rules(ran: Ran) -> list[str]:
    return [line.split(": ")[1].split()[1] for line in ran.out.splitlines()]


def test_all_then_clean_then_changed(folder):
    before = check("reports")
    assert (before.status, sorted(rules(before))) == (1, ["GL102", "GL400", "GL501"])
    done = waive("reports", "--all", "--reason", "so in the original")
    assert done.status == 0
    assert sorted(done.out.splitlines()) == sorted(before.out.splitlines())
    assert done.err == f"waived: 3; written to {FILE}\n"
    assert [(each["rule"], each["path"]) for each in entries()] == [
        ("GL501", "reports/b.txt"), ("GL400", "reports/水务局.txt"), ("GL102", "reports/水务局.txt")
    ]  # fmt: skip
    assert all("author" not in each for each in entries())
    clean = check("reports", "--fail-on", "info")
    assert (clean.status, clean.out) == (0, "")
    assert clean.err == "reports checked: 2; nothing found; waived: 3\n"
    path = folder / "reports" / "水务局.txt"
    path.write_bytes(report(**{**FAULTY, "cell": {"requests.granted.business": "7"}}))
    changed = check("reports")
    assert (changed.status, rules(changed)) == (1, ["GL400"])
    said = changed.err.splitlines()[0]
    assert said.startswith(
        f"{FILE}:{line_of('GL400')}: waiver not valid any more: what rule GL400 finds in reports/水务局.txt"
    )
    path.write_bytes(report(**{**FAULTY, "text": {"便于群众查询": "便于公众查询"}}))
    assert check("reports", "--strict").out == ""


def line_of(words: str, path: str = FILE) -> int:
    lines = Path(path).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--select", "GL4"], ["GL400"]),
        (["--select", "GL4,heading-wording"], ["GL400", "GL102"]),
        (["--subject", "requests.granted.business"], ["GL400"]),
        (["--subject", "requests"], ["GL400"]),
        (["--subject", "section.5"], ["GL102"]),
        (["--subject", "section.5", "--subject", "requests.granted"], ["GL400", "GL102"]),
        (["--select", "GL1", "--subject", "requests"], None),
        (["--subject", "section"], ["GL102"]),
        (["--subject", "sect"], None),
        (["--at", "1"], None),
    ],
)
def test_what_is_chosen(folder, options, found):
    done = waive("reports/水务局.txt", *options, "--reason", "r")
    assert (done.status, rules(done)) == ((0, found) if found else (2, []))
    assert Path(FILE).exists() == bool(found)
    if not found:
        assert done.err.startswith("problems found: 2; none of them is to be waived")
    if options[:2] == ["--subject", "sect"]:
        assert "the places are: requests.granted.business, section.5" in done.err


def test_line(folder):
    _, diagnostic = json.loads(check("reports/水务局.txt", "--output-format", "json").out)
    done = waive("reports/水务局.txt", "--at", diagnostic["line"], "--reason", "r")
    assert rules(done) == [diagnostic["rule"]]
    refused = waive("reports", "--at", 3, "--reason", "r")
    assert (refused.status, refused.out) == (2, "")
    assert "--at is for one report" in refused.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--all"], "give a reason"),
        (["--all", "--reason", " \t\u200b "], "give a reason"),
        (["--reason", "r"], "say what is to be waived"),
        (["--all", "--select", "GL4", "--reason", "r"], "--all and --select do not go together"),
        (["--prune", "--all"], "--prune and --all do not go together"),
        (["--prune", "--reason", "r"], "--prune and --reason do not go together"),
        (["--select", "GL40O", "--reason", "r"], "GL40O"),
        (["--all", "--reason", "r", "--expires", "2026-13-01"], "“2026-13-01” is no date"),
        (["--all", "--reason", "r", "--expires", "20301231"], "“20301231” is no date"),
        (["--all", "--reason", "r", "--expires", "2020-01-01"], "2020-01-01 is over"),
        (["--all", "--reason", "r", "-o", "nowhere/w.yaml"], "no such folder"),
        (["--all", "--reason", "r", "--baseline", "none.yaml"], "none.yaml:1:1: no such file"),
    ],
)
def test_wrong_calls_change_nothing(folder, options, words):
    done = waive("reports", *options)
    assert (done.status, done.out) == (2, "")
    assert words in done.err
    assert not Path(FILE).exists()


def test_standard_input_is_refused(folder):
    assert "cannot come from standard input" in waive("-", "--all", "--reason", "r").err


def test_nothing_found(folder):
    (folder / "clean.txt").write_bytes(report())
    done = waive("clean.txt", "--all", "--reason", "r")
    assert (done.status, done.err) == (2, "nothing was found, so there is nothing to waive\n")


def test_dry_run_writes_nothing(folder):
    done = waive("reports", "--all", "--reason", "r", "--dry-run")
    assert done.status == 0
    assert len(parse_yaml(f"waivers:\n{done.out}", "").data["waivers"]) == 3
    assert done.err == f"to be waived: 3; would be written to {FILE}\n"
    assert not Path(FILE).exists()


def test_entries_are_appended_and_all_else_stays(folder):
    lines = ["\ufeff# 说明", "waivers:", "# 第一项", "-   rule: GL501   # 注", "    path: 'reports/b.txt'"]
    lines += ["    subject: section.6", "    reason: >-", "      in two", "      lines", "", "# 尾", ""]
    old = "\r\n".join(lines)
    path = folder / FILE
    path.write_bytes(old.encode())
    path.chmod(0o640)
    tomorrow = (date.today() + timedelta(1)).isoformat()
    done = waive("reports", "--all", "--reason", "r", "--author", "王", "--expires", tomorrow)
    assert rules(done) == ["GL400", "GL102"]
    after = path.read_bytes()
    assert after.startswith(old.encode())
    assert b"\n" not in after.replace(b"\r\n", b"")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [(each["rule"], each.get("author"), each.get("expires")) for each in entries()] == [
        ("GL501", None, None), ("GL400", "王", tomorrow), ("GL102", "王", tomorrow)
    ]  # fmt: skip
    assert sorted(each.name for each in folder.iterdir()) == [".git", FILE, "reports"]
    assert check("reports").out == ""
    assert waive("reports", "--all", "--reason", "r").status == 0
    assert path.read_bytes() == after


def test_no_author_is_no_author(folder):
    assert waive("reports/b.txt", "--all", "--reason", "r", "--author", " ").status == 0
    assert "author" not in entries()[0]


def test_name_that_no_file_of_waivers_can_hold(folder):
    (folder / "a\\b.txt").write_bytes(report(**FEES))
    done = waive("a\\b.txt", "--all", "--reason", "r")
    assert (done.status, done.out) == (2, "")
    assert "is no path from the folder of this file" in done.err
    assert not Path(FILE).exists()


def test_link_to_the_file_stays_a_link(folder):
    (folder / "real.yaml").write_text("waivers:\n", "utf-8")
    (folder / FILE).symlink_to("real.yaml")
    assert waive("reports", "--all", "--reason", "r").status == 0
    assert (folder / FILE).is_symlink()
    assert len(entries("real.yaml")) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("waivers: [{rule: GL1, path: a, subject: b, reason: c}]\n", "cannot be edited safely"),
        ("waivers:\n- rule: GL1\n", f"{FILE}:2:3: path, subject, reason must be given"),
    ],
)
def test_file_that_cannot_be_edited_stays(folder, text, words):
    (folder / FILE).write_text(text, "utf-8")
    done = waive("reports", "--all", "--reason", "r")
    assert (done.status, done.out) == (2, "")
    assert words in done.err
    assert (folder / FILE).read_text("utf-8") == text


def test_full_disk_leaves_the_file_as_it_is(folder, monkeypatch):
    (folder / FILE).write_text("waivers:  # mine\n", "utf-8")

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    done = waive("reports", "--all", "--reason", "r")
    assert (done.status, done.out) == (2, "")
    assert f"cannot write {FILE}: No space left on device" in done.err
    assert (folder / FILE).read_text("utf-8") == "waivers:  # mine\n"
    assert sorted(each.name for each in folder.iterdir()) == [".git", FILE, "reports"]


def test_unreadable_report_is_named_and_the_others_are_waived(folder):
    (folder / "reports" / "c.docx").write_bytes(b"PK\x03\x04 broken")
    done = waive("reports", "--all", "--reason", "r")
    assert done.status == 2
    assert "c.docx: " in done.err
    assert len(entries()) == 3


def test_optional_rule_is_judged_when_it_is_named(folder):
    done = waive("reports/b.txt", "--select", "OPT106", "--reason", "r")
    assert rules(done) == ["OPT106"]
    assert check("reports/b.txt", "--select", "OPT106").out == ""


# Where the files lie


def test_found_upwards_from_the_reports(folder, monkeypatch):
    waive("reports", "--all", "--reason", "r")
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert check(folder / "reports").out == ""
    assert check(folder / "reports", "--isolated").out != ""
    monkeypatch.chdir(folder / "reports")
    assert check("b.txt").out == ""


def test_beside_the_configuration(folder):
    (folder / "reports" / ".govlint.yaml").write_text("lang: en\n", "utf-8")
    done = waive("reports", "--all", "--reason", "r")
    assert done.err == f"waived: 3; written to reports/{FILE}\n"
    assert {each["path"] for each in entries(f"reports/{FILE}")} == {"水务局.txt", "b.txt"}
    assert check("reports").out == ""


def test_named_by_the_configuration(folder):
    (folder / ".govlint.yaml").write_text("waivers: w.yaml\n", "utf-8")
    missing = check("reports")
    assert (missing.status, missing.out) == (2, "")
    assert missing.err.startswith(".govlint.yaml:1:1: there is no such file or folder: w.yaml")
    assert waive("reports", "--all", "--reason", "r").err == "waived: 3; written to w.yaml\n"
    assert check("reports").out == ""


def test_named_on_the_command_line(folder):
    assert waive("reports", "--all", "--reason", "r", "-o", "other.yaml").status == 0
    assert check("reports").out != ""
    assert check("reports", "--waivers", "other.yaml").out == ""
    assert check("reports", "--waivers", "other.yaml", "--isolated").out == ""
    missing = check("reports", "--waivers", "none.yaml")
    assert (missing.status, missing.out, missing.err[:28]) == (2, "", "none.yaml:1:1: no such file;")


def test_file_beside_reports_in_another_folder(folder, monkeypatch):
    (folder / "ci").mkdir()
    monkeypatch.chdir(folder / "ci")
    assert waive("../reports", "--all", "--reason", "r", "-o", "baseline.yaml").status == 0
    assert {each["path"] for each in entries("baseline.yaml")} == {"../reports/水务局.txt", "../reports/b.txt"}
    assert check("../reports", "--baseline", "baseline.yaml").out == ""


def test_baselines(folder):
    waive("reports", "--select", "GL5", "--reason", "r", "-o", "one.yaml")
    waive("reports", "--select", "GL4", "--reason", "r", "-o", "two.yaml")
    both = check("reports", "--baseline", "one.yaml", "--baseline", "two.yaml")
    assert rules(both) == ["GL102"]
    twice = check(
        "reports",
        "--waivers",
        "one.yaml",
        "--baseline",
        "./one.yaml",
        "--baseline",
        "two.yaml",
        "--baseline",
        "two.yaml",
    )
    assert (rules(twice), twice.err.count("waiver")) == (["GL102"], 0)
    missing = check("reports", "--baseline", "none.yaml")
    assert (missing.status, missing.out, missing.err[:28]) == (2, "", "none.yaml:1:1: no such file;")
    assert (folder / "one.yaml").read_text("utf-8").startswith("# Waivers: ")
    rest = waive("reports", "--all", "--reason", "r", "--baseline", "one.yaml", "-o", "two.yaml")
    assert rules(rest) == ["GL102"]
    assert [each["rule"] for each in entries("two.yaml")] == ["GL400", "GL102"]


def test_report_from_standard_input_has_the_name_it_is_given(folder):
    waive("reports", "--all", "--reason", "r")
    from test_cli import govlint as process

    data = (folder / "reports" / "b.txt").read_bytes()
    named = process("check", "-", "--stdin-filename", "reports/b.txt", stdin=data, cwd=folder)
    assert (named.status, named.out) == (0, "")
    assert process("check", "-", stdin=data, cwd=folder).status == 1


# What is said


def test_summary_ledger_and_formats(folder):
    waive("reports", "--select", "GL4,GL5", "--reason", "so in the original")
    ledger = check("reports", "--summary").err
    assert ", 3 waived" in ledger
    assert "GL403 Row totals of table 3: waived" in ledger
    assert check("reports", "--statistics").out.split("\t")[:2] == ["1", "GL102"]
    outputs = [f"--output={form}={form}.out" for form in WRITERS]
    assert check("reports", "--fail-on", "warning", *outputs).status == 1
    shown = {form for form in WRITERS if "so in the original" in Path(f"{form}.out").read_text("utf-8")}
    assert shown == {"json-full", "sarif", "junit", "csv", "markdown", "html"}


def test_stale_ones_are_said_also_when_quiet_and_make_a_strict_run_fail(folder):
    waive("reports/b.txt", "--all", "--reason", "r")
    (folder / "reports" / "b.txt").write_bytes(report(agency="云溪县教育局"))
    done = check("reports/b.txt", "-q")
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith(f"{FILE}:3: waiver not used: rule GL501 ")
    assert check("reports/b.txt", "--strict").status == 1
    assert check("reports/水务局.txt", "--exit-zero").err.count("waiver") == 0
    assert check("reports/b.txt", "--select", "GL1").err.count("waiver not") == 0
    chinese = run("check", "reports/b.txt", "-q", "--lang", "zh").err
    assert chinese.startswith(f"{FILE}:3: 豁免没有用上")


def test_comments_in_reports(folder):
    text = report(**FEES).decode()
    path = folder / "c.md"
    path.write_text(
        f"<!-- govlint-ignore-file GL501: 另行公布 -->\n<!-- govlint-ignore-file GL102 -->\n{text}", "utf-8"
    )
    done = check("c.md")
    assert (done.status, done.out) == (0, "")
    assert done.err.splitlines()[0] == "c.md:2: waiver without a reason, which has no effect: rule GL102 in c.md"
    assert rules(check("c.md", "--no-inline-waivers")) == ["GL501"]
    (folder / ".govlint.yaml").write_text("inline-waivers: false\n", "utf-8")
    assert rules(check("c.md")) == ["GL501"]
    assert rules(check("c.md", "--inline-waivers")) == []
    path.write_text(f"<!-- govlint-ignore-file : r -->\n{text}", "utf-8")
    assert "c.md:1: waiver that names no rule" in check("c.md", "--inline-waivers").err


def test_survey_does_not_ask_the_reports(folder):
    text = report(**FEES).decode()
    (folder / "c.md").write_text(f"<!-- govlint-ignore-file GL501: 另行公布 -->\n{text}", "utf-8")
    waive("reports", "--all", "--reason", "r")
    done = govlint("survey", "c.md", "reports", "--output-format", "json")
    assert [row["errors"] for row in json.loads(done.out)["rows"]] == [1, 1, 1]


def test_hostile_words_stay_inert(folder):
    reason = 'x"\n- rule: GL1\x1b[2J\u202e # ]]> ::error::'
    assert waive("reports", "--select", "GL5", "--reason", reason).status == 0
    assert len(entries()) == 1
    assert check("reports", *(f"--output={form}={form}.out" for form in WRITERS)).status == 1
    for form in WRITERS:
        assert not set("\x1b\u202e") & set(Path(f"{form}.out").read_text("utf-8")), form


# Pruning


def test_prune(folder):
    waive("reports", "--all", "--reason", "r")
    gone = folder / "reports" / "old.txt"
    gone.write_bytes(report(**FEES, agency="云溪县民政局"))
    waive("reports/old.txt", "--all", "--reason", "r")
    gone.unlink()
    expired = (
        "# kept\n  - rule: GL501\n    path: reports/b.txt\n    subject: x\n    reason: r\n    expires: 2020-01-01\n"
    )
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write(expired)
    (folder / "reports" / "水务局.txt").write_bytes(report(heading=FAULTY["heading"]))
    before = (folder / FILE).read_text("utf-8")
    dry = waive("reports", "--prune", "--dry-run")
    assert dry.err == f"would be taken out of {FILE}: 3\n"
    assert (folder / FILE).read_text("utf-8") == before
    done = waive("reports", "--prune")
    assert (done.status, done.err) == (0, f"taken out of {FILE}: 3\n")
    assert done.out == dry.out
    first, second, third = done.out.splitlines()
    assert "rule GL400 does not find" in first
    assert "reports/old.txt is no more" in second
    assert "expired on 2020-01-01" in third
    assert [each["rule"] for each in entries()] == ["GL501", "GL102"]
    assert "# kept" in (folder / FILE).read_text("utf-8")
    assert set((folder / FILE).read_text("utf-8").splitlines()) < set(before.splitlines())
    assert check("reports", "--strict").err == "reports checked: 2; nothing found; waived: 2\n"
    assert waive("reports", "--prune").err == "there is no waiver to take out\n"


def test_prune_without_a_file(folder):
    done = waive("reports", "--prune")
    assert (done.status, done.err) == (0, "there is no waiver to take out\n")
    assert not Path(FILE).exists()


def test_prune_leaves_what_was_not_judged(folder):
    waive("reports", "--all", "--reason", "r")
    (folder / "reports" / "b.txt").unlink()
    assert waive("reports/水务局.txt", "--prune").err == "there is no waiver to take out\n"
    assert len(entries()) == 3


def test_prune_takes_out_only_of_its_own_file(folder):
    waive("reports", "--select", "GL5", "--reason", "r", "-o", "one.yaml")
    waive("reports", "--select", "GL4", "--reason", "r")
    for name in ("b.txt", "水务局.txt"):
        (folder / "reports" / name).write_bytes(report())
    done = waive("reports", "--prune", "--baseline", "one.yaml")
    assert done.err == f"taken out of {FILE}: 1\n"
    assert len(entries("one.yaml")) == 1
    assert waive("reports", "--prune", "-o", "one.yaml").err == "taken out of one.yaml: 1\n"
    assert (folder / "one.yaml").read_text("utf-8").endswith("waivers:\n")
