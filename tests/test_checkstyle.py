"""Checkstyle XML: whole output, and what its readers rely on."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from runs import LINTER, WAIVER, assert_as_kept, in_cells, sample, write
from test_cli import CLEAN, FAULTY

from govlint.model.diagnostic import Run
from govlint.model.source import Place

FAULTY_RESULT = LINTER.check_bytes(FAULTY.read_bytes(), "a/报告.md")


def files(run: Run) -> dict[str, list[ElementTree.Element]]:
    """The errors of each file."""
    root = ElementTree.fromstring(write("checkstyle", run).encode())
    assert root.tag == "checkstyle"
    assert root.get("version")
    assert {file.tag for file in root} <= {"file"}
    return {file.get("name", ""): list(file) for file in root}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whole_output(lang):
    assert_as_kept(f"checkstyle.{lang}.xml", write("checkstyle", sample(), lang))


def test_every_diagnostic_is_an_error_of_its_file():
    (errors,) = files(LINTER.run([FAULTY_RESULT])).values()
    assert len(errors) == len(FAULTY_RESULT.diagnostics)
    for error, diagnostic in zip(errors, FAULTY_RESULT.diagnostics, strict=True):
        assert error.tag == "error"
        assert set(error.keys()) == {"line", "column", "severity", "message", "source"}
        start = diagnostic.source.position(diagnostic.finding.location.span.start)
        assert (int(error.get("line")), int(error.get("column"))) == start
        assert error.get("severity") == diagnostic.severity
        assert error.get("source") == f"govlint.{diagnostic.rule.id}"


def test_severities_are_those_that_readers_know():
    found = {error.get("severity") for errors in files(sample()).values() for error in errors}
    assert found == {"error", "warning", "info"}


def test_clean_files_are_named_and_empty():
    clean = LINTER.check_bytes(CLEAN.read_bytes(), "b.md")
    assert files(LINTER.run([clean])) == {"b.md": []}


def test_place_in_words_where_the_file_has_no_lines():
    diagnostics = FAULTY_RESULT.diagnostics
    sheet = in_cells(FAULTY_RESULT, Place(sheet="表三", address="D7"))
    (plain,) = files(LINTER.run([FAULTY_RESULT])).values()
    (placed,) = files(LINTER.run([sheet])).values()
    assert len(placed) == len(diagnostics)
    for before, after in zip(plain, placed, strict=True):
        assert after.get("message").startswith(before.get("message") + "；位置：")
        assert after.get("message").endswith("，Sheet 表三 D7")


def test_unreadable_file_is_an_error():
    (error,) = files(sample())["2023/扫描件.pdf"]
    assert (error.get("severity"), error.get("source")) == ("error", "govlint.unreadable")
    assert (error.get("line"), error.get("column")) == ("1", "1")
    assert "1-3" in error.get("message")


def test_waiver_that_did_nothing_is_a_warning_where_it_stands():
    (error,) = files(sample())[".govlint-waivers.yaml"]
    assert (error.get("line"), error.get("severity"), error.get("source")) == ("9", "warning", "govlint.stale-waiver")
    assert "GL301" in error.get("message")


def test_waived_is_left_out():
    assert "govlint.GL501" not in {error.get("source") for error in files(sample())["2023/水务局.txt"]}
    assert WAIVER.reason not in write("checkstyle", sample())


def test_paths_are_from_the_root(tmp_path):
    path = tmp_path / "年报" / "a.md"
    run = replace(LINTER.run([replace(FAULTY_RESULT, path=str(path))]), root=tmp_path.resolve().as_posix())
    assert list(files(run)) == ["年报/a.md"]


def test_no_input_is_an_empty_document():
    assert files(Run((), (), "0")) == {}
