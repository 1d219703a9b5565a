"""Reviewdog's format: whole output, its fields and no others, and columns in bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from runs import LINTER, assert_as_kept, in_cells, sample, write
from test_cli import FAULTY

from govlint.fixes.mending import Mender
from govlint.model.diagnostic import Run
from govlint.model.source import Place

FAULTY_RESULT = LINTER.check_bytes(FAULTY.read_bytes(), "a/报告.md")
NUMBER = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
TEXT = {"type": "string", "minLength": 1, "pattern": "^[^\ud800-\udfff]*$"}


def message(required: str, **fields: Any) -> dict[str, Any]:
    """A message of the protocol. Its readers refuse fields that they do not know."""
    return {"type": "object", "required": required.split(), "additionalProperties": False, "properties": fields}


POSITION = message("line", line=NUMBER, column=NUMBER)
RANGE = message("start", start=POSITION, end=POSITION)
LOCATION = message("path", path=TEXT, range=RANGE)
RESULT = Draft202012Validator(
    message(
        "diagnostics",
        source=message("name", name=TEXT, url=TEXT),
        severity={"enum": ["ERROR", "WARNING", "INFO"]},
        diagnostics={
            "type": "array",
            "items": message(
                "message location severity",
                message=TEXT,
                location=LOCATION,
                severity={"enum": ["ERROR", "WARNING", "INFO"]},
                code=message("value", value=TEXT, url=TEXT),
                suggestions={
                    "type": "array",
                    "minItems": 1,
                    "items": message("range text", range=RANGE, text={"type": "string"}),
                },
                related_locations={
                    "type": "array",
                    "minItems": 1,
                    "items": message("location", message=TEXT, location=LOCATION),
                },
            ),
        },
    )
)
"""The messages of reviewdog.proto as JSON, as far as govlint has use for them."""


def read(run: Run, lang: str = "zh") -> list[dict[str, Any]]:
    result = json.loads(write("rdjson", run, lang))
    RESULT.validate(result)
    assert result["source"] == {"name": "govlint"}
    return result["diagnostics"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whole_output(lang):
    assert_as_kept(f"rdjson.{lang}.json", write("rdjson", sample(), lang))
    assert read(sample(), lang)


def test_every_diagnostic_is_there():
    assert [(entry["code"]["value"], entry["severity"]) for entry in read(LINTER.run([FAULTY_RESULT]))] == [
        (diagnostic.rule.id, diagnostic.severity.upper()) for diagnostic in FAULTY_RESULT.diagnostics
    ]


def marked(data: bytes, span: dict[str, Any]) -> bytes:
    """The bytes of a range, counted as the format counts them."""
    lines = data.split(b"\n")
    start, end = span["start"], span["end"]
    if start["line"] == end["line"]:
        return lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1]
    inner = lines[start["line"] : end["line"] - 1]
    return b"\n".join(
        [lines[start["line"] - 1][start["column"] - 1 :], *inner, lines[end["line"] - 1][: end["column"] - 1]]
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", "a", "é", "水务局", "𠮷野家😀", "e\u0301\u3000"])
def test_ranges_hold_the_same_text_in_bytes(before, newline):
    """Characters of one to four bytes before a place on its line."""
    text = FAULTY.read_text(encoding="utf-8").replace("|", f"{before}|").replace("\n", newline)
    result = LINTER.check_bytes(text.encode(), "a.txt")
    entries = read(LINTER.run([result]))
    assert entries
    for entry, diagnostic in zip(entries, result.diagnostics, strict=True):
        finding = diagnostic.finding
        places = [(entry["location"], finding.location)]
        places += zip(
            (related["location"] for related in entry.get("related_locations", [])),
            (related.location for related in finding.related),
            strict=True,
        )
        for found, location in places:
            assert marked(text.encode(), found["range"]).decode() == text[slice(*location.span)]


def test_safe_fixes_are_suggestions():
    """Applied to the bytes, they are what --fix makes."""
    (entry,) = (one for one in read(LINTER.run([FAULTY_RESULT])) if "suggestions" in one)
    assert entry["code"]["value"] == "GL102"
    (suggestion,) = entry["suggestions"]
    data = FAULTY.read_bytes()
    wrong = marked(data, suggestion["range"])
    assert (wrong.decode(), suggestion["text"]) == ("措施", "情况")
    mended = Mender(LINTER, unsafe=False).mend(data, "a.md").data
    assert mended == data.replace("改进措施".encode(), "改进情况".encode())


def test_columns_are_beyond_the_characters_where_the_line_is_chinese():
    (entry,) = (one for one in read(LINTER.run([FAULTY_RESULT])) if one["code"]["value"] == "GL301")
    diagnostic = next(one for one in FAULTY_RESULT.diagnostics if one.rule.id == "GL301")
    column = diagnostic.source.position(diagnostic.finding.location.span.start).column
    assert entry["location"]["range"]["start"]["column"] > column
    assert entry["location"]["range"]["start"] == entry["location"]["range"]["end"]  # A blank cell is an empty range.


def test_related_places_in_another_file_name_it():
    diagnostic = next(one for one in FAULTY_RESULT.diagnostics if one.finding.related)
    other = replace(diagnostic.source, id="other", path="2022/报告.md")
    related = diagnostic.finding.related[0]
    elsewhere = related._replace(location=related.location._replace(source_id="other"))
    changed = replace(diagnostic, finding=diagnostic.finding._replace(related=(elsewhere,)))
    run = LINTER.run([replace(FAULTY_RESULT, diagnostics=(changed,))])
    (entry,) = read(replace(run, sources={**run.sources, "other": other}))
    assert entry["location"]["path"] == "a/报告.md"
    assert entry["related_locations"][0]["location"]["path"] == "2022/报告.md"


def test_place_in_words_where_the_file_has_no_lines():
    sheet = in_cells(FAULTY_RESULT, Place(sheet="表三", address="D7"))
    assert all("Sheet 表三 D7" in entry["message"] for entry in read(LINTER.run([sheet])))
    assert not any("位置：" in entry["message"] for entry in read(LINTER.run([FAULTY_RESULT])))


def test_unreadable_file_is_an_error_without_a_range():
    (entry,) = (one for one in read(sample()) if one["code"]["value"] == "unreadable")
    assert entry["location"] == {"path": "2023/扫描件.pdf"}
    assert entry["severity"] == "ERROR"


def test_waiver_that_did_nothing_is_a_warning_where_it_stands():
    (entry,) = (one for one in read(sample()) if one["code"]["value"] == "stale-waiver")
    assert entry["location"] == {"path": ".govlint-waivers.yaml", "range": {"start": {"line": 9}}}
    assert entry["severity"] == "WARNING"


def test_waived_is_left_out():
    assert "GL501" not in {entry["code"]["value"] for entry in read(sample())}


def test_paths_are_from_the_root(tmp_path):
    data, path = FAULTY.read_bytes(), tmp_path / "年报" / "a.md"
    run = LINTER.run([LINTER.check_bytes(data, str(path))], root=tmp_path.resolve().as_posix())
    entries = read(run)
    places = [place for entry in entries for place in (entry, *entry.get("related_locations", []))]
    assert {place["location"]["path"] for place in places} == {"年报/a.md"}


def test_names_that_are_no_unicode_stay_readable():
    """The reader of reviewdog refuses lone surrogates, even as escapes."""
    (entry, *_) = read(LINTER.run([LINTER.check_bytes(FAULTY.read_bytes(), "a\udcff.md")]))
    assert entry["location"]["path"] == "a\\udcff.md"


def test_no_input_is_an_empty_list():
    assert read(Run((), (), "0")) == []
