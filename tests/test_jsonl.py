"""JSON Lines: the objects of ``json``, one a line, whatever stands in them."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from runs import LINTER, assert_as_kept, sample, write
from test_cli import CLEAN, FAULTY, here

from govlint.model.diagnostic import Run
from govlint.writers.schemas import SCHEMAS


def read(run: Run) -> list[dict[str, object]]:
    text = write("jsonl", run)
    assert text.splitlines() == text.split("\n")[:-1]  # Python ends lines at many characters; here at this one only.
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whole_output(lang):
    assert_as_kept(f"jsonl.{lang}.jsonl", write("jsonl", sample(), lang))


def test_the_objects_are_those_of_json():
    assert read(sample()) == json.loads(write("json", sample()))
    assert len(read(sample())) == 5


def test_every_line_is_what_its_schema_says():
    validator = Draft202012Validator(SCHEMAS["check-jsonl"])
    for entry in read(sample()):
        validator.validate(entry)
    assert not validator.is_valid([])
    assert here("schema", "check-jsonl").json == SCHEMAS["check-jsonl"]


@pytest.mark.parametrize("mark", list("\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e\r"))
def test_nothing_in_a_report_ends_a_line(mark):
    """Marks that other programs take for the end of a line, in the name of the file and in a cell."""
    data = FAULTY.read_text(encoding="utf-8").replace("| 3 | 1 |", f"| 三{mark}四 | 1 |").encode()
    result = LINTER.check_bytes(data, f"a{mark}b.md")
    run = LINTER.run([result])
    assert any(mark in (diagnostic.finding.found or "") for diagnostic in result.diagnostics)
    entries = read(run)
    assert len(entries) == len(result.diagnostics)
    assert {entry["path"] for entry in entries} == {f"a{mark}b.md"}
    assert any(mark in str(entry["found"]) for entry in entries)


def test_nothing_found_is_nothing_printed():
    assert write("jsonl", LINTER.run([LINTER.check_bytes(CLEAN.read_bytes(), "b.md")])) == ""
    assert write("jsonl", Run((), (), "0")) == ""


def test_what_cannot_be_read_and_what_is_waived_is_not_in_it():
    assert {entry["path"] for entry in read(sample())} == {"2023/水务局.txt", "2023/民政局.docx"}
    assert "GL501" not in {entry["rule"] for entry in read(sample())}
