"""Rule packs of users: rules of their own, changes by id, and every mistake shown at its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli import FAULTY, RULES, Ran
from test_cli import here as govlint

from govlint.linter import load_linter
from govlint.model.errors import Mistake, RuleError

OWN = """\
id: XX001
name: carried-out-too-large
severity: warning
check: balance
applies: {years: "2019.."}
options:
  table: requests
  each: column
  left: [received, carried_in]
  right: [carried_out]
  relation: at_least
title:
  zh: 结转多于收到
  en: More carried over than there was
message:
  zh: "“{column}”列结转 {right_sum} 件，收到的只有 {left_sum} 件"
  en: "“{column}”: {right_sum} carried over of {left_sum}"
why:
  zh: 没有收到的申请不能结转。
  en: What was not received cannot be carried over.
basis:
  - {document: practice}
examples:
  - bad: {cell: {requests.carried_out.other: "2"}, at: requests.received.other}
  - good: {cell: {requests.carried_out.business: "1"}}
"""
WORDS = """\
id: XX002
name: hollow-words
severity: error
check: pattern
options:
  any: [高度重视]
title: {zh: 空话, en: Hollow words}
message: {zh: "空话“{printed}”", en: "hollow words “{printed}”"}
why: {zh: 说具体。, en: Be concrete.}
basis: [{document: practice}]
examples:
  - bad: {text: {畅通网上和窗口: 高度重视}}
  - good: {text: {畅通网上和窗口: 重视}}
"""


@pytest.fixture
def pack(tmp_path):
    """A folder of rules: ``pack(**{"name": text})`` gives its path."""

    def make(**files: str) -> Path:
        folder = tmp_path / "pack"
        for name, text in files.items():
            path = folder / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return make


@pytest.fixture
def report(tmp_path):
    """A report with “高度重视” in it."""
    path = tmp_path / "report.md"
    path.write_text(FAULTY.read_text(encoding="utf-8").replace("畅通网上", "高度重视，畅通网上"), encoding="utf-8")
    return path


def check(folder: Path, *arguments: object, path: Path = FAULTY) -> Ran:
    return govlint("check", "--rules", folder, "--output-format", "json", *arguments, path)


def severities(ran: Ran) -> dict[str, str]:
    return {entry["rule"]: entry["severity"] for entry in ran.json}


def mistakes(folder: Path) -> list[Mistake]:
    """What is wrong in a pack, its paths below the pack."""
    with pytest.raises(RuleError) as raised:
        load_linter(packs=[folder])
    return [found._replace(path=Path(found.path).relative_to(folder).as_posix()) for found in raised.value.mistakes]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


# Rules of one's own


def test_own_rule_finds_beside_the_others(pack, report):
    before = govlint("check", "--output-format", "json", report)
    ran = check(pack(words=WORDS), path=report)
    (entry,) = [entry for entry in ran.json if entry["rule"] == "XX002"]
    others = [entry for entry in ran.json if entry["rule"] != "XX002"]
    assert (entry["name"], entry["severity"], entry["found"]) == ("hollow-words", "error", "高度重视")
    assert entry["message"] == "空话“高度重视”"
    text = report.read_text(encoding="utf-8").split("\n")[entry["line"] - 1]
    assert text[entry["column"] - 1 : entry["end_column"] - 1] == "高度重视"
    assert others == before.json


def test_own_rule_is_selected_listed_and_explained(pack, report):
    folder = pack(words=WORDS, own=OWN)
    assert {entry["rule"] for entry in check(folder, "--select", "XX", path=report).json} == {"XX002"}
    assert {entry["rule"] for entry in check(folder, "--select", "hollow-words", path=report).json} == {"XX002"}
    assert "XX002" not in check(folder, "--ignore", "XX", path=report).rules
    listed = [line.split()[0] for line in govlint("rules", "--rules", folder).out.splitlines()]
    assert listed == sorted([*RULES, "XX001", "XX002"])
    assert "说具体" in govlint("rule", "--rules", folder, "XX002").out
    assert govlint("rule", "XX002").status == 2


def test_own_rule_stands_in_the_full_output(pack, report):
    folder = pack(words=WORDS)
    whole = json.loads(govlint("check", "--rules", folder, "--output-format", "json-full", report).out)
    assert {"XX002": "pack/words.yaml"}.items() <= {rule["id"]: rule["source"] for rule in whole["rules"]}.items()
    assert {"rule": "XX002", "outcome": "failed", "reason": None} in whole["files"][0]["ledger"]


def test_rule_that_is_off_until_selected(pack, report):
    folder = pack(words=WORDS + "default: false\n")
    assert "XX002" not in check(folder, path=report).rules
    assert "XX002" in check(folder, "--extend-select", "XX002", path=report).rules


def test_files_below_folders_and_several_packs(pack, report, tmp_path):
    folder = pack(**{"deep/down/words": WORDS})
    other = tmp_path / "other"
    other.mkdir()
    (other / "own.yaml").write_text(OWN, encoding="utf-8")
    ran = govlint("rules", "--rules", folder, "--rules", other)
    assert ran.status == 0
    assert {"XX001", "XX002"} <= {line.split()[0] for line in ran.out.splitlines()}
    assert "XX002" in check(folder, "--rules", other, path=report).rules


# Changes by id


def test_severity_is_changed(pack):
    before = severities(govlint("check", "--output-format", "json", FAULTY))
    ran = check(pack(mine="id: GL301\nseverity: error\n", other="id: GL501\nseverity: info\n"))
    assert severities(ran) == {**before, "GL301": "error", "GL501": "info"}


def test_severity_counts_for_the_exit_status(pack):
    only = ["--select", "GL301", FAULTY]
    assert govlint("check", *only).status == 0
    assert govlint("check", "--rules", pack(mine="id: GL301\nseverity: error\n"), *only).status == 1


def test_a_later_pack_changes_a_rule_of_an_earlier_one(pack, report, tmp_path):
    folder = pack(words=WORDS)
    other = tmp_path / "other"
    other.mkdir()
    (other / "words.yaml").write_text("id: XX002\nseverity: info\noptions: {any: [网上]}\n", encoding="utf-8")
    ran = check(folder, "--rules", other, path=report)
    assert severities(ran)["XX002"] == "info"
    assert {entry["found"] for entry in ran.json if entry["rule"] == "XX002"} == {"网上"}


def test_options_are_changed_one_by_one(pack):
    (rule,) = [rule for rule in load_linter(packs=[pack(mine="id: GL403\noptions: {left: [other]}\n")]).rules
               if rule.id == "GL403"]  # fmt: skip
    assert rule.options == {"table": "requests", "each": "row", "left": ["other"], "right": ["total"]}
    assert rule.severity == "error"


def test_rule_is_turned_off_by_default(pack):
    folder = pack(mine="id: GL301\ndefault: false\n")
    assert "GL301" not in check(folder).rules
    assert check(folder, "--select", "GL301").rules == {"GL301"}


def test_other_runs_are_not_changed(pack):
    before = govlint("check", FAULTY).out
    check(pack(mine="id: GL301\nseverity: error\n", words=WORDS))
    assert govlint("check", FAULTY).out == before


def test_change_shows_in_the_provenance_of_the_run(pack):
    """Two runs under different options do not look the same in the full output."""

    def entry(*arguments: object) -> dict:
        whole = json.loads(govlint("check", "--output-format", "json-full", *arguments, FAULTY).out)
        return next(rule for rule in whole["rules"] if rule["id"] == "GL403")

    assert entry("--rules", pack(mine="id: GL403\noptions: {left: [other]}\n")) != entry()


# Mistakes


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("severity: warning", "severity: warnin", "severity:", "'warning'?"),
        ("severity: warning", "severty: warning", "severty:", "'severity'?"),
        ("severity: warning\n", "", "id:", "lacks 'severity'"),
        ("id: XX001", "id: own-1", "id:", "own-1"),
        ("name: carried-out-too-large", "name: Carried Out", "name:", "Carried Out"),
        ("check: balance", "check: balanced", "check:", "'balance'?"),
        ("table: requests", "table: request", "table:", "'requests'?"),
        ("[received, carried_in]", "[receved, carried_in]", "left:", "'received'?"),
        ("[carried_out]", "[carried_out, -carry_in]", "right:", "'carried_in'?"),
        ("each: column", "each: col", "each:", "row, column"),
        ("  relation: at_least", "  relations: at_least", "relations:", "'relation'?"),
        ("  each: column\n", "", "table:", "lacks 'each'"),
        ("“{column}”: {right_sum}", "“{colum}”: {right_sum}", 'en: "“', "'column'?"),
        ("{left_sum} 件", "{left_sum 件", 'zh: "“', "broken message"),
        ('"2019.."', '"since 2019"', "applies:", "since 2019"),
        ("{document: practice}", "{source: practice}", "- {source", "'source'"),
        ("- bad: {cell:", "- bad: {cel:", "- bad:", "'cell'?"),
        ("- good:", "- god:", "- god:", "'good'?"),
        ("  en: What was not", "  fr: What was not", "fr:", "'fr'"),
        ("severity: warning", "severity: warning\nseverity: error", "severity: error", "twice"),
        ("severity: warning", "severity: [warning", "name:", ""),
    ],
)
def test_mistake_in_a_rule_is_shown_at_its_line(pack, old, new, at, said):
    assert old in OWN
    text = OWN.replace(old, new, 1)
    found = mistakes(pack(own=text))
    assert {mistake.path for mistake in found} == {"own.yaml"}
    assert min(min(mistake.line, mistake.column) for mistake in found) >= 1
    if said:  # broken syntax is noticed somewhere behind its place
        assert [mistake.line for mistake in found if said in mistake.message] == [line_of(text, at)], found


@pytest.mark.parametrize("command", [["check", FAULTY, "--rules"], ["rules", "--rules"], ["rule", "GL403", "--rules"],
                                     ["test"]], ids=lambda command: command[0])  # fmt: skip
def test_mistakes_are_told_by_every_command(pack, command):
    folder = pack(own=OWN.replace("each: column", "each: col"))
    ran = govlint(*command, folder)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"{folder}/own.yaml:8:9: ")


def test_broken_pattern_is_shown_at_its_line(pack):
    (mistake,) = mistakes(pack(words=WORDS.replace("[高度重视]", "\n    - 高度\n    - '(重视'")))
    assert (mistake.line, mistake.column) == (8, 7)
    assert "broken pattern" in mistake.message


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("id: GL4031\nseverity: error\n", 1, "GL4031"),
        ("severity: error\nid: GL304x\n", 2, "'GL304'?"),
        ("severity: error\n", 1, ""),
        ("id: GL403\nseverity: eror\n", 2, "'error'?"),
        ("id: GL403\nseverity: [error]\n", 2, "error"),
        ("id: GL403\noptions:\n  tabel: requests\n", 3, "'table'?"),
        ("id: GL403\noptions:\n  table: disclosures\n", 3, "'disclosure'?"),
        ("id: GL403\noptions:\n  left: [others]\n", 3, "'other'?"),
        ("id: GL403\noptions:\n  left: other\n", 3, "'other'"),
        ("id: GL403\noptions: 3\n", 2, ""),
        ("id: GL403\noptions:\n", 2, ""),
        ("id: [GL403]\nseverity: info\n", 1, ""),
        ("id: GL403\ndefault: maybe\n", 2, ""),
        ("- GL403\n", 1, ""),
        ("", 1, ""),
    ],
)
def test_mistake_in_a_change_is_shown_at_its_line(pack, text, line, said):
    (mistake,) = mistakes(pack(mine=text))
    assert (mistake.path, mistake.line) == ("mine.yaml", line)
    assert said in mistake.message


def test_all_mistakes_are_told_at_once(pack):
    folder = pack(
        a=OWN.replace("severity: warning", "severity: warnin").replace("each: column", "each: col"),
        b="id: GL403\nseverity: eror\noptions: {left: [others]}\n",
        c=WORDS.replace("check: pattern", "check: patern"),
        d="id: GL999\nseverity: info\n",
        e="id: GL301\nseverity: info\n",
    )
    ran = check(folder)
    assert (ran.status, ran.out) == (2, "")
    places = [line.removeprefix(str(folder)).split(":")[:2] for line in ran.err.splitlines()[:-1]]
    assert places == [["/a.yaml", "3"], ["/a.yaml", "8"], ["/b.yaml", "2"], ["/b.yaml", "3"], ["/c.yaml", "4"],
                      ["/d.yaml", "1"]]  # fmt: skip


def test_broken_syntax_hides_no_other_file(pack):
    folder = pack(a="id: [GL403\n", b="id: GL403\nseverity: eror\n", c="id: 'GL\n")
    assert {mistake.path for mistake in mistakes(folder)} == {"a.yaml", "b.yaml", "c.yaml"}


def test_id_that_is_taken(pack):
    (mistake,) = mistakes(pack(own=OWN.replace("XX001", "GL403")))
    assert (mistake.line, mistake.column) == (1, 5)
    assert "GL403-requests-row-total.yaml" in mistake.message


def test_name_that_is_taken(pack):
    """Names select rules, so two rules may not share one."""
    (mistake,) = mistakes(pack(own=OWN.replace("carried-out-too-large", "requests-row-total")))
    assert (mistake.line, mistake.column) == (2, 7)


@pytest.mark.parametrize(("text", "line"), [(WORDS.replace("XX002", "XX001"), 1),
                                            (WORDS.replace("hollow-words", "carried-out-too-large"), 2)])  # fmt: skip
def test_id_or_name_twice_in_a_pack(pack, text, line):
    (mistake,) = mistakes(pack(a=OWN, b=text))
    assert (mistake.path, mistake.line) == ("b.yaml", line)
    assert "a.yaml" in mistake.message


def test_id_of_another_pack(pack, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "own.yaml").write_text(OWN.replace("carried-out", "carried-over"), encoding="utf-8")
    with pytest.raises(RuleError) as raised:
        load_linter(packs=[pack(own=OWN), other])
    (mistake,) = raised.value.mistakes
    assert (mistake.path, mistake.line) == (str(other / "own.yaml"), 1)


@pytest.mark.parametrize("command", [["check", FAULTY, "--rules"], ["rules", "--rules"], ["test"]])
def test_unknown_folder_is_2(command, tmp_path):
    ran = govlint(*command, tmp_path / "missing")
    assert (ran.status, ran.out) == (2, "")
    assert str(tmp_path / "missing") in ran.err
    (tmp_path / "file.yaml").write_text(OWN, encoding="utf-8")
    assert govlint(*command, tmp_path / "file.yaml").status == 2


# govlint test DIR


def test_examples_of_a_pack_run_alone(pack):
    ran = govlint("test", pack(own=OWN, words=WORDS), "--lang", "en")
    assert (ran.status, ran.err) == (0, "rules: 2, examples: 4, failed: 0\n")


def test_examples_of_a_pack_by_a_relative_path(pack, monkeypatch):
    monkeypatch.chdir(pack(own=OWN).parent)
    for path in ("pack", "./pack/", "./pack/../pack"):
        ran = govlint("test", path, "--lang", "en")
        assert (ran.status, ran.err) == (0, "rules: 1, examples: 2, failed: 0\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('other: "2"}', 'other: "0"}', "stays silent on a bad example"),
        ('business: "1"}', 'business: "2"}', "fires on a good example"),
        ("at: requests.received.other", "at: requests.granted.total", "fires elsewhere"),
        ("{requests.carried_out.business", "{requests.carried_out.busines", "no 'requests.carried_out.busines'"),
    ],
)
def test_example_that_does_not_come_out_is_1_and_shown_at_its_line(pack, old, new, said):
    text = OWN.replace(old, new)
    assert text != OWN
    folder = pack(own=text)
    ran = govlint("test", folder, "--lang", "en")
    assert ran.status == 1
    line = line_of(text, new) if "\n" not in new else 0
    assert ran.err.startswith(f"{folder}/own.yaml:{line}: XX001 ")
    assert said in ran.err
