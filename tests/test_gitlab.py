"""``gitlab``: the Code Quality report, read as GitLab reads it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jsonschema import Draft7Validator
from linked import as_word, report
from runs import LINTER, SOME, STALE, assert_as_kept, sample, waiving, write

from govlint.model.diagnostic import Result, Run
from govlint.model.errors import ReadError

TEXT = {"type": "string", "minLength": 1}
ENTRY = {
    "type": "object",
    "required": ["description", "check_name", "fingerprint", "severity", "location"],
    "properties": {
        "description": TEXT,
        "check_name": TEXT,
        "fingerprint": TEXT,
        "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
        "location": {
            "type": "object",
            "required": ["path", "lines"],
            "properties": {
                "path": {**TEXT, "not": {"pattern": "^(\\./|/)"}},
                "lines": {
                    "type": "object",
                    "required": ["begin"],
                    "properties": {"begin": {"type": "integer", "minimum": 1}},
                },
            },
            "additionalProperties": False,
        },
    },
}
"""What GitLab's documentation asks for; ``positions`` may stand for ``lines``, but both must not be there."""
HOSTILE = '<img src=x onerror=alert(1)> "a" \\ ]]> ::error:: =cmd() \x1b[31m\x00\u202e\u2028 𠮷'
WORDING = {"heading": {5: "五、主要问题和改进情况"}}


def gitlab(run: Run, lang: str = "zh") -> list[dict]:
    """The entries, valid and each with a fingerprint of its own: GitLab stops at the first that is not valid."""
    out = write("gitlab", run, lang)
    assert out.startswith("[")
    assert out.endswith("]\n")
    entries = json.loads(out)
    for entry in entries:
        Draft7Validator(ENTRY).validate(entry)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    return entries


def prints(run: Run) -> set[str]:
    return {entry["fingerprint"] for entry in gitlab(run)}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_output_as_it_is(lang):
    """A snapshot, to be read by a person when it changes."""
    assert_as_kept(f"gitlab.{lang}.json", write("gitlab", sample(), lang))
    gitlab(sample(), lang)


def test_every_diagnostic_is_there_in_order():
    diagnostics = [diagnostic for result in sample().results for diagnostic in result.diagnostics]
    severities = {"error": "major", "warning": "minor", "info": "info"}
    told = [
        (
            diagnostic.rule.id,
            severities[diagnostic.severity],
            diagnostic.source.path,
            diagnostic.source.position(diagnostic.finding.location.span.start).line,
        )
        for diagnostic in diagnostics
    ]
    entries = [entry for entry in gitlab(sample()) if entry["check_name"].startswith("GL")]
    assert told == [
        (entry["check_name"], entry["severity"], entry["location"]["path"], entry["location"]["lines"]["begin"])
        for entry in entries
    ]


def test_clean_run_is_an_empty_array():
    assert write("gitlab", LINTER.run([LINTER.check_bytes(report(), "a.txt")])) == "[]\n"


def test_unreadable_files_and_stale_waivers_are_seen():
    unread = Result("坏.pdf", read_error=ReadError("", "encrypted"))
    entries = gitlab(replace(LINTER.run([unread]), stale=(STALE, STALE)))
    assert [entry["severity"] for entry in entries] == ["blocker", "minor", "minor"]
    assert "坏.pdf" in entries[0]["description"]
    assert "文件已加密" in entries[0]["description"]
    assert entries[1]["location"] == {"path": ".govlint-waivers.yaml", "lines": {"begin": 9}}


def test_what_is_waived_is_left_out():
    result = SOME.check_bytes(report(**WORDING), "a.txt")
    assert [entry["check_name"] for entry in gitlab(SOME.run([result]))] == ["GL102"]
    assert gitlab(SOME.run([waiving(result, "GL102")])) == []


def test_files_of_one_name_in_two_folders_are_told_apart():
    data = report(**WORDING)
    run = SOME.run([SOME.check_bytes(data, f"{folder}/2023.txt") for folder in ("甲局", "乙局")])
    assert len(prints(run)) == 2


def test_the_same_file_twice_is_told_apart():
    result = SOME.check_bytes(report(**WORDING), "a.txt")
    assert len(prints(SOME.run([result, SOME.check_bytes(report(**WORDING), "./a.txt")]))) == 2


def test_fingerprints_stay_on_a_rerun_and_an_edit_elsewhere(monkeypatch, tmp_path):
    edit = {**WORDING, "cell": {"requests.granted.business": "1"}}
    before = SOME.run([SOME.check_bytes(report(**edit), "a/2023.txt")])
    again = SOME.run([SOME.check_bytes(report(**edit), "a/2023.txt")])
    longer = report(**edit).replace("二、".encode(), "新加的一段。\n\n二、".encode(), 1)
    moved = SOME.run([SOME.check_bytes(longer, "a/2023.txt")])
    assert write("gitlab", again) == write("gitlab", before)
    assert [e["location"] for e in gitlab(moved)] != [e["location"] for e in gitlab(before)]
    assert prints(moved) == prints(before)
    monkeypatch.chdir(tmp_path)  # Another checkout of the same repository.
    elsewhere = SOME.run([SOME.check_bytes(report(**edit), str(tmp_path / "a" / "2023.txt"))], str(tmp_path))
    assert prints(elsewhere) == prints(before)
    assert len(prints(before)) == 2


def test_hostile_text_stays_text():
    result = SOME.check_bytes(report(cell={"remedies.review.upheld": HOSTILE}), f"{HOSTILE}\ud800.txt")
    (entry,) = gitlab(SOME.run([result]))
    assert '<img src=x onerror=alert(1)> "a" \\ ]]> ::error:: =cmd() \\x1b[31m' in entry["description"]
    assert "\\u202e" in entry["description"]
    assert entry["location"]["path"].endswith("𠮷\\ud800.txt")
    assert all(char.isprintable() for char in entry["description"] + entry["location"]["path"])


def test_places_in_files_without_lines_are_told_in_words():
    result = SOME.check_bytes(as_word(report(**WORDING)), "a.docx")
    (entry,) = gitlab(SOME.run([result]))
    place = result.source.place(result.diagnostics[0].finding.location.span.start)
    assert f"第{place.paragraph}段" in entry["description"]


def test_standard_input_has_a_name():
    (entry,) = gitlab(SOME.run([SOME.check_bytes(report(**WORDING), "-")]))
    assert entry["location"]["path"] == "stdin"
