"""What each key of a configuration does, seen through the command; precedence; how files build on each other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from configs import BAD, FOUND, LATE, findings, grow, run, severities
from linked import COUNTY, GOVERNMENT, report

from govlint.config.schema import config_schema

CONFIG = ".govlint.yaml"
SLOW = "lang: en\noptions:\n  GL508:\n    any: ['((?:[一-龥]|[一-龥,])+)+终$']\n"


@pytest.fixture
def tree(tmp_path):
    return grow(tmp_path)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", FOUND),
        ("select: [GL4, cell-blank]\n", {"GL400": "error", "GL301": "warning"}),
        ("select: [GL4]\nextend-select: [GL102]\n", {"GL400": "error", "GL102": "warning"}),
        ("select: [ALL]\nignore: [GL3, GL4, OPT]\n", {"GL102": "warning", "GL501": "error"}),
        ("ignore: [heading-wording, GL5, GL4]\n", {"GL301": "warning"}),
        ("severity: {GL301: error, GL1: info}\n", {**FOUND, "GL301": "error", "GL102": "info"}),
        (
            "severity: {ALL: info, GL: warning, GL3: error, GL301: info}\n",
            {"GL301": "info", "GL400": "warning", "GL102": "warning", "GL501": "warning"},
        ),
        ("severity: {GL1: off, cell-blank: off}\n", {"GL400": "error", "GL501": "error"}),
        ("severity: {GL1: off, GL102: info}\n", {**FOUND, "GL102": "info"}),
        ("per-file-ignores: {'*.md': [GL3, GL4]}\n", {"GL102": "warning", "GL501": "error"}),
        ("per-file-ignores: {'*.txt': [GL3, GL4]}\n", FOUND),
        ("per-file-ignores: {2023/: [GL3], 2023/**: [GL1]}\n", {"GL400": "error", "GL501": "error"}),
    ],
)
def test_rules_and_severities(tree, text, left):
    folder = tree({CONFIG: text, "2023/a.md": BAD})
    assert severities(folder) == left
    shown = json.loads(run(folder, "config", "--output-format", "json").out)
    by_id = {rule["id"]: rule for rule in shown["rules"]}
    if "per-file" not in text:
        assert {rule: by_id[rule]["severity"] for rule in FOUND if by_id[rule]["in_force"]} == left


def test_rules_that_are_off_are_turned_on(tree):
    folder = tree({CONFIG: "extend-select: [OPT]\n", "a.md": BAD})
    more = severities(folder).keys() - FOUND.keys()
    assert more and all(rule.startswith("OPT") for rule in more)


def test_options_replace_one_by_one(tree):
    """A deadline for townships, who have none; those of the others stay."""
    text = "options:\n  GL701:\n    by: {township: '02-15'}\nfiles:\n  - {path: t.txt, unit-type: township}\n"
    folder = tree({CONFIG: text, "t.txt": LATE, "d.txt": LATE})
    assert [found["path"] for found in findings(folder, "--select", "GL701")] == ["t.txt"]


def test_options_that_take_too_long_are_given_up(tree, monkeypatch):
    """A pattern in a configuration has the same time limit as one in a rule pack."""
    monkeypatch.setattr("govlint.judging.PATIENCE", 0.2)
    folder = tree({CONFIG: SLOW, "a.md": BAD + ("空" * 400).encode()})
    ran = run(folder, "check", "a.md")
    assert ran.status == 2
    assert "the patterns of rule GL508 are too slow" in ran.err


@pytest.mark.parametrize(
    ("entry", "late"),
    [
        ("", True),
        ("unit-type: township", False),
        ("unit-type: government", False),
        ("unit-type: office", True),
        ("agency: 云溪镇人民政府", False),
        ("agency: 云溪县人民政府", False),
        ("agency: 云溪镇人民政府, unit-type: department", True),
    ],
)
def test_a_unit_type_that_is_told_decides_the_deadline(tree, entry, late):
    files = f"files:\n  - {{path: '*.txt', {entry}}}\n" if entry else ""
    folder = tree({CONFIG: files, "a.txt": LATE})
    assert ("GL701" in severities(folder)) == late


def test_of_several_entries_for_a_file_the_last_one_holds(tree):
    entries = (
        "{path: '**', unit-type: township}",
        "{path: 局/, agency: 云溪县水务局}",
        "{path: '**/b*', unit-type: office}",
    )
    text = "files:\n" + "".join(f"  - {entry}\n" for entry in entries)
    folder = tree({CONFIG: text, "局/a.txt": LATE, "局/b.txt": LATE, "c.txt": LATE})
    assert [found["path"] for found in findings(folder, "--select", "GL701")] == ["局/b.txt"]
    told = json.loads(run(folder, "config", "局/b.txt", "--output-format", "json").out)["path"]
    assert told["unit_type"]["value"] == "office"
    assert told["unit_type"]["origin"]["line"] == 4
    assert told["agency"]["value"] == "云溪县水务局"


def test_an_agency_that_is_told_is_its_own_name(tree):
    """GL904 finds another agency's name before section one, unless the report is told to be that one's."""
    stray = report(text={"现公布本机关2023年": "现公布云溪县教育局2023年"})
    folder = tree({"a.txt": stray})
    assert "GL904" in severities(folder)
    tree({CONFIG: "files: [{path: a.txt, agency: 云溪县教育局}]\n"})
    assert "GL904" not in severities(folder)
    assert json.loads(run(folder, "parse", "a.txt").out)["agency"] == "云溪县教育局"


def test_parse_and_survey_are_told_too(tree):
    text = "lang: en\nexclude: [x]\nfiles: [{path: '*.txt', unit-type: township}]\nignore: [GL701]\n"
    folder = tree({CONFIG: text, "a.txt": LATE, "x/b.txt": LATE})
    parsed = json.loads(run(folder, "parse", ".").out)
    assert [(each["path"], each["unit_type"]) for each in parsed] == [("a.txt", "township")]
    ran = run(folder, "survey", ".", "--output-format", "jsonl")
    row = json.loads(ran.out)
    assert (row["path"], row["unit_type"]) == ("a.txt", "township")
    assert ran.err.isascii()


def test_survey_chooses_rules_as_the_configuration_says(tree):
    folder = tree({CONFIG: "select: [GL4]\nseverity: {GL4: info}\n", "a.md": BAD})
    row = json.loads(run(folder, "survey", ".", "--output-format", "jsonl").out)
    assert row["rules"] == {"GL400": 1}
    assert (row["errors"], row["infos"]) == (0, 1)


def test_a_survey_begins_anew_when_what_is_said_of_files_changes(tree):
    folder = tree({"a.txt": LATE})
    options = ("survey", ".", "--state", "state", "--output-format", "jsonl", "--select", "GL701")
    counts = []
    for text in (
        "",
        "files: [{path: a.txt, unit-type: township}]\n",
        "per-file-ignores: {a.txt: [GL7]}\n",
        "lang: en\n",
    ):
        tree({CONFIG: text})
        row = json.loads(run(folder, *options).out)
        counts.append(row["warnings"])
    assert counts == [1, 0, 0, 1]


@pytest.mark.parametrize(("level", "status"), [("error", 1), ("warning", 1), ("never", 0)])
def test_fail_on(tree, level, status):
    folder = tree({CONFIG: f"fail-on: {level}\n", "a.md": BAD})
    assert run(folder, "check", "a.md").status == status
    assert run(folder, "check", "a.md", "--fail-on", "error").status == 1


def test_strict_and_its_opposite(tree):
    folder = tree({CONFIG: "strict: true\nselect: [GL701]\n", "a.txt": report(text={"2024年1月20日": "某日"})})
    assert run(folder, "check", "a.txt").status == 1
    assert run(folder, "check", "a.txt", "--no-strict").status == 0


def test_output_format_and_language(tree):
    folder = tree({CONFIG: "output-format: json\nlang: en\n", "a.md": BAD})
    ran = run(folder, "check", "a.md")
    assert "heading" in ran.json[-2]["message"]
    assert run(folder, "check", "a.md", "--output-format", "concise").out.startswith("a.md:30:9: warning")
    assert "警告" in run(folder, "check", "a.md", "--output-format", "concise", "--lang", "zh").out


LINKED = {
    "last.txt": report(year=2022),
    "this.txt": report(cell={"requests.carried_in.natural_person": "3", "requests.carried_in.total": "3"}),
}


def test_link(tree):
    folder = tree(LINKED)
    assert "GL801" in set(severities_linked(folder))
    tree({CONFIG: "link: off\n"})
    assert "GL801" not in set(severities_linked(folder))
    assert "GL801" in set(severities_linked(folder, "--link", "auto"))


def severities_linked(folder, *options: str) -> list[str]:
    ran = run(folder, "check", "--output-format", "json", *options, ".")
    return [found["rule"] for found in ran.json]


MAP = f"government: {GOVERNMENT}\nunits: [水务局, 教育局]\n"
PARTS = {
    "县政府.txt": report(agency=GOVERNMENT, text={"2024年1月20日": "2024年3月1日"}),
    "水务局.txt": report(agency=f"{COUNTY}水务局"),
}


def test_rollup_holds_where_a_folder_is_checked(tree):
    """Single files, as pre-commit names them, tell nothing of the units that are not among them."""
    folder = tree({CONFIG: "rollup: map/units.yaml\n", "map/units.yaml": MAP} | {f"r/{n}": d for n, d in PARTS.items()})
    whole = [found for found in json.loads(linked(folder, "r").out) if found["rule"] in ("GL804", "GL808")]
    assert whole
    assert {found["path"] for found in whole} <= {"map/units.yaml", "r/县政府.txt"}
    single = json.loads(linked(folder, "r/县政府.txt").out)
    assert [found for found in single if found["rule"] in ("GL804", "GL808")] == []
    asked = json.loads(linked(folder, "r/县政府.txt", "--rollup", "map/units.yaml").out)
    assert [found for found in asked if found["rule"] in ("GL804", "GL808")]


def test_a_government_of_a_standing_map_may_be_absent(tree):
    folder = tree({CONFIG: "rollup: units.yaml\n", "units.yaml": MAP, "r/水务局.txt": PARTS["水务局.txt"]})
    assert linked(folder, "r").status in (0, 1)
    assert linked(folder, "r", "--rollup", "units.yaml").status == 2


def test_link_and_rollup_under_each_other(tree):
    files = {f"r/{n}": d for n, d in PARTS.items()} | {"units.yaml": MAP}
    folder = tree({CONFIG: "rollup: units.yaml\n", **files})
    assert [found["rule"] for found in json.loads(linked(folder, "r", "--link", "off").out)] == []
    tree({CONFIG: "link: off\n"})
    assert "GL808" in {found["rule"] for found in json.loads(linked(folder, "r", "--rollup", "units.yaml").out)}
    assert linked(folder, "r", "--rollup", "units.yaml", "--link", "off").status == 2


def test_a_map_that_is_not_there_is_told_at_its_line(tree):
    folder = tree({CONFIG: "lang: en\nrollup: gone.yaml\n", "r/a.md": BAD})
    ran = run(folder, "check", "r")
    assert ran.status == 2
    assert f"{CONFIG}:2:1: there is no such file or folder: " in ran.err


def test_a_huge_map_is_not_read(tree, monkeypatch):
    monkeypatch.setattr("govlint.crosscheck.rollup_map.LARGEST", 100)
    folder = tree({CONFIG: "lang: en\nrollup: units.yaml\n", "units.yaml": MAP + "#" * 200, "r/a.md": BAD})
    ran = run(folder, "check", "r")
    assert (ran.status, "units.yaml:1:1: larger than 100 bytes" in ran.err) == (2, True)


def linked(folder, *arguments: str):
    return run(folder, "check", "--output-format", "json", "--select", "GL8", *arguments)


def test_every_key_of_the_schema_is_tried():
    """So that no key is added without a test of what it does."""
    texts = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")]
    assert [key for key in config_schema()["properties"] if not any(f"{key}: " in text for text in texts)] == []
