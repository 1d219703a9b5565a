"""How every rule ended: the ledger, --strict, --statistics; and JSON that is what its schema says."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from test_cli import CLEAN, ESSAY, FAULTY, IN_FORCE, PNG
from test_cli import here as govlint

from govlint.datafiles import bundled_folder
from govlint.readers import SUFFIXES
from govlint.yamlfile import parse_yaml

FIXTURES = FAULTY.parent.parent
REPORTS = sorted(path for path in (FIXTURES / "faulty").iterdir() if path.suffix in SUFFIXES)
OPEN = CLEAN.read_text(encoding="utf-8").replace("2024年1月20日", "")
"""A report without a fault in which the rules about its date cannot be judged."""


@cache
def schema(name: str) -> Draft202012Validator:
    shown = govlint("schema", name).json
    Draft202012Validator.check_schema(shown)
    return Draft202012Validator(shown)


def valid(name: str, data: object) -> bool:
    """Whether the data is what the schema says; pytest shows the first error otherwise."""
    schema(name).validate(data)
    return True


@pytest.fixture
def inputs(tmp_path) -> dict[str, Path]:
    """One input of every fate."""
    contents = {
        "clean": CLEAN.read_bytes(),
        "faulty": FAULTY.read_bytes(),
        "open": OPEN.encode(),
        "essay": ESSAY.encode(),
        "unreadable": PNG,
    }
    for name, content in contents.items():
        (tmp_path / f"{name}.md").write_bytes(content)
    return {name: tmp_path / f"{name}.md" for name in contents}


@cache
def full(*arguments: object) -> dict:
    data = govlint("check", "--output-format", "json-full", *arguments).json
    assert valid("check-full", data)
    return data


def ledger(file: dict) -> dict[str, str]:
    return {entry["rule"]: entry["outcome"] for entry in file["ledger"]}


# The ledger


def test_every_rule_has_one_outcome_on_every_report(inputs):
    data = full(*inputs.values())
    assert [rule["id"] for rule in data["rules"]] == IN_FORCE
    assert [file["path"] for file in data["files"]] == [str(path) for path in inputs.values()]
    for file in data["files"]:
        expected = [] if file["outcome"] == "unreadable" else IN_FORCE
        assert [entry["rule"] for entry in file["ledger"]] == expected
        for entry in file["ledger"]:
            assert bool(entry["reason"]) == (entry["outcome"] == "not_assessable")


def test_outcome_of_every_fate(inputs):
    data = full(*inputs.values())
    outcomes = dict(zip(inputs, data["files"], strict=True))
    assert {name: file["outcome"] for name, file in outcomes.items()} == {
        "clean": "passed",
        "faulty": "failed",
        "open": "not_assessable",
        "essay": "failed",
        "unreadable": "unreadable",
    }
    assert {name for name, file in outcomes.items() if file["error"]} == {"unreadable"}
    assert "failed" not in ledger(outcomes["clean"]).values()
    assert ledger(outcomes["faulty"])["GL301"] == "failed"
    assert ledger(outcomes["faulty"])["GL404"] == "passed"
    assert ledger(outcomes["open"])["GL701"] == "not_assessable"
    assert ledger(outcomes["essay"])["GL001"] == "failed"
    assert ledger(outcomes["essay"])["GL403"] == "not_applicable"


def test_whatever_is_found_is_a_failure_in_the_ledger():
    """No rule has a diagnostic and yet “passed”."""
    data = full(*REPORTS)
    ended = {(file["path"], rule): outcome for file in data["files"] for rule, outcome in ledger(file).items()}
    found = {(entry["path"], entry["rule"]) for entry in data["diagnostics"]}
    assert {f"{rule} {ended[path, rule]}" for path, rule in found if ended[path, rule] != "failed"} == set()


def test_every_failure_is_shown_or_merged():
    data = full(*REPORTS)
    shown = {(entry["path"], entry["rule"]) for entry in data["diagnostics"]}
    for file in data["files"]:
        failed = {rule for rule, outcome in ledger(file).items() if outcome == "failed"}
        missing = {rule for rule in failed if (file["path"], rule) not in shown}
        assert not missing or (file["path"], "GL400") in shown
        assert missing <= {"GL401", "GL402", "GL403"}


def test_full_output_has_the_diagnostics_of_the_array(inputs):
    paths = list(inputs.values())
    array = govlint("check", "--output-format", "json", *paths).json
    assert full(*paths)["diagnostics"] == array


def test_full_output_has_only_the_rules_in_force(inputs):
    data = full("--select", "GL403,GL301", inputs["faulty"])
    assert [rule["id"] for rule in data["rules"]] == ["GL301", "GL403"]
    assert ledger(data["files"][0]) == {"GL301": "failed", "GL403": "failed"}


def test_partial_judgement_is_a_failure(tmp_path):
    """One row is wrong, in another a number lacks: the rule failed, with no reason beside it."""
    row = "|  | 2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"
    text = FAULTY.read_text(encoding="utf-8")
    assert row in text
    (tmp_path / "report.md").write_text(text.replace(row, row.replace("0", " ", 1)), encoding="utf-8")
    (file,) = full("--select", "GL403", tmp_path / "report.md")["files"]
    assert file["ledger"] == [{"rule": "GL403", "outcome": "failed", "reason": None}]


def test_summary_goes_to_standard_error(inputs):
    paths = list(inputs.values())
    plain = govlint("check", *paths, "--lang", "en")
    ran = govlint("check", *paths, "--lang", "en", "--summary")
    assert (ran.status, ran.out) == (plain.status, plain.out)
    extra = ran.err.splitlines()
    for line in plain.err.splitlines():
        extra.remove(line)
    data = full("--lang", "en", *paths)
    expected = []
    for file in data["files"]:
        if file["outcome"] == "unreadable":
            expected.append(f"{file['path']}: not read")
            continue
        counts = Counter(ledger(file).values())
        expected.append(
            f"{file['path']}: {counts['passed']} passed, {counts['failed']} failed, "
            f"{counts['not_assessable']} not assessable, {counts['not_applicable']} not applicable"
        )
        for entry in file["ledger"]:
            if entry["outcome"] == "failed":
                expected.append(f"  {entry['rule']} … failed")
            if entry["outcome"] == "not_assessable":
                expected.append(f"  {entry['rule']} … not assessable ({entry['reason']})")
    shortened = [f"{line[:7]} … {line.split(': ', 1)[1]}" if line.startswith("  GL") else line for line in extra]
    assert shortened == expected


def test_summary_leaves_json_alone(inputs):
    ran = govlint("check", "--output-format", "json", "--summary", "--quiet", inputs["open"])
    assert valid("check", ran.json)
    assert "GL701" in ran.err
    assert "没有发布日期" in ran.err


def test_reasons_are_said_in_both_languages(inputs):
    for lang in ("zh", "en"):
        for file in full("--lang", lang, inputs["open"], FIXTURES / "faulty" / "blank-cells-2023.html")["files"]:
            for entry in file["ledger"]:
                reason = entry["reason"] or ""
                assert "{" not in reason
                assert lang == "zh" or reason.isascii()
                assert lang == "en" or not reason or not reason.isascii()


# --strict


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ([], 0),
        (["--strict"], 1),
        (["--strict", "--fail-on", "never"], 1),
        (["--strict", "--exit-zero"], 0),
        (["--strict", "--ignore", "GL7"], 0),
        (["--strict", "--select", "GL403"], 0),
        (["--strict", "--output-format", "json"], 1),
        (["--strict", "--statistics"], 1),
    ],
)
def test_strict_is_1_for_what_could_not_be_judged(inputs, options, status):
    assert govlint("check", *options, inputs["open"]).status == status


def test_strict_changes_nothing_else(inputs):
    assert govlint("check", "--strict", inputs["clean"]).status == 0
    assert govlint("check", "--strict", inputs["faulty"]).status == 1
    assert govlint("check", "--strict", inputs["clean"], inputs["unreadable"]).status == 2
    assert govlint("check", "--strict", inputs["open"]).out == govlint("check", inputs["open"]).out


# --statistics


def test_statistics_count_the_diagnostics():
    array = full(FAULTY.parent)["diagnostics"]
    counts = Counter(entry["rule"] for entry in array)
    ran = govlint("check", "--statistics", "--lang", "en", FAULTY.parent)
    lines = [line.split("\t") for line in ran.out.splitlines()]
    assert {rule: int(count) for count, rule, *_ in lines} == counts
    assert [(-int(count), rule) for count, rule, *_ in lines] == sorted((-n, rule) for rule, n in counts.items())
    assert {(rule, severity) for _, rule, severity, _ in lines} == {(e["rule"], e["severity"]) for e in array}
    assert all(title for *_, title in lines)
    assert ran.status == 1
    assert ran.err.startswith(f"reports checked: {len(REPORTS)}; problems found: {len(array)} (")


def test_statistics_of_nothing_are_nothing(inputs):
    ran = govlint("check", "--statistics", inputs["clean"])
    assert (ran.status, ran.out) == (0, "")


def test_statistics_in_chinese_and_in_a_file(tmp_path):
    ran = govlint("check", "--statistics", "-o", tmp_path / "counts.tsv", FAULTY)
    assert (ran.status, ran.out) == (1, "")
    assert "1\tGL301\t警告\t空白的单元格\n" in (tmp_path / "counts.tsv").read_text(encoding="utf-8")


# Schemas


@pytest.mark.parametrize("name", ["rule", "check", "check-full", "check-jsonl", "parse"])
def test_schema_is_a_schema_and_refuses_something(name):
    assert not schema(name).is_valid([{"surely": "not"}])
    assert schema(name).schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_schema_alone_is_that_of_rules():
    assert govlint("schema").json == govlint("schema", "rule").json
    assert govlint("schema", "rules").status == 2


@pytest.mark.parametrize("path", sorted(bundled_folder().glob("national/*.yaml")), ids=lambda path: path.stem[:5])
def test_rules_are_valid(path):
    assert valid("rule", parse_yaml(path.read_text(encoding="utf-8"), str(path)).data)


@pytest.mark.parametrize("fate", ["clean", "faulty", "open", "essay", "unreadable"])
def test_output_of_every_fate_is_valid(inputs, fate):
    statuses = {
        govlint("check", "--output-format", form, "--lang", "en", inputs[fate]).status for form in ("json", "json-full")
    }
    assert statuses == {{"clean": 0, "open": 0, "unreadable": 2}.get(fate, 1)}
    assert valid("check", govlint("check", "--output-format", "json", inputs[fate]).json)
    assert full(inputs[fate])["schema_version"] == 2
    assert valid("parse", govlint("parse", inputs[fate]).json)


def test_output_for_every_fixture_is_valid():
    assert valid("check", govlint("check", "--output-format", "json", *REPORTS).json)
    assert full(*REPORTS)
    assert valid("parse", govlint("parse", *REPORTS).json)


def test_every_key_is_documented():
    """Each key of each schema stands in docs/json.md."""
    text = (FIXTURES.parent / "docs" / "json.md").read_text(encoding="utf-8")

    def keys(part: object) -> set[str]:
        if isinstance(part, list):
            return {key for entry in part for key in keys(entry)}
        if not isinstance(part, dict):
            return set()
        own = part.get("properties", {})
        return set(own) | {key for inner in (*part.values(), *own.values()) for key in keys(inner)}

    every = {key for name in ("check", "check-full", "parse") for key in keys(schema(name).schema)}
    every -= {"properties", "required", "additionalProperties", "items", "anyOf", "type", "enum", "pattern", "const"}
    assert len(every) > 40
    assert [key for key in sorted(every) if f"`{key}`" not in text and f'"{key}"' not in text] == []


def test_output_for_missing_inputs_is_valid(tmp_path):
    for name in ("missing.txt", "."):
        assert valid("check", govlint("check", "--output-format", "json", tmp_path / name).json)
        (file,) = full(tmp_path / name)["files"]
        assert file["outcome"] == "unreadable"
        assert file["error"]


def test_rule_sources_are_the_same_on_every_machine():
    for rule in full(CLEAN)["rules"]:
        assert rule["source"].startswith(f"national/{rule['id']}-")
        assert len(rule["hash"]) == 16


def test_output_is_json_also_where_a_text_is_no_unicode(tmp_path):
    (tmp_path / "a\udcff.md").write_bytes(FAULTY.read_bytes())
    ran = govlint("check", "--output-format", "json-full", tmp_path)
    assert valid("check-full", json.loads(ran.out))
