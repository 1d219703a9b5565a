"""``govlint parse --output-format csv``: every cell once, as the file has it, and nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judge.case import make_case
from test_cli import CLEAN, here

from govlint.writers.csv_text import MARK, inert, plain, write_rows

HEADER = (
    "path agency unit_type year edition table table_label row row_label column column_label text value line column_no"
)


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


@pytest.fixture
def folder(tmp_path):
    """A folder with twelve made-up reports, and the cases by path."""
    cases = {}
    for seed in range(12):
        case = make_case(seed)
        path = tmp_path / case.name
        path.write_bytes(case.data)
        cases[str(path)] = case
    return tmp_path, cases


def test_every_cell_of_every_report(folder):
    """Against the truth: as many rows as cells, the right numbers at the right places."""
    path, cases = folder
    ran = here("parse", path, "--output-format", "csv")
    assert ran.status == 0
    rows = rows_of(ran.out)
    assert ran.out[1:].split("\r\n", 1)[0].split(",") == HEADER.split()
    assert len(rows) == sum(len(case.cells) for case in cases.values())
    for row in rows:
        case = cases[row["path"]]
        truth = case.cells[row["table"], row["row"], row["column"]]
        assert row["value"] == plain(None if truth.value is None else Decimal(str(truth.value)))
        assert (row["line"], row["column_no"]) == (str(truth.line), str(truth.column))
        assert (row["agency"], row["year"], row["edition"]) == (case.agency, str(case.year), case.edition)
        assert row["table_label"] in {"表二", "表三", "表四"}
        assert row["row_label"]
        assert row["column_label"]


def test_lines_end_as_rfc_4180_has_it(tmp_path):
    """In a file too: a mark for Excel at the start, and no line feed without its carriage return."""
    out = tmp_path / "cells.csv"
    assert here("parse", CLEAN, "--output-format", "csv", "-o", out).status == 0
    data = out.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfpath,")
    assert data.count(b"\n") == data.count(b"\r\n") == 1 + 10 + 25 * 7 + 15


def test_labels_are_in_the_language_asked_for():
    rows = rows_of(here("parse", CLEAN, "--output-format", "csv", "--lang", "en").out)
    assert {row["table_label"] for row in rows} == {"table 2", "table 3", "table 4"}


def test_formulas_and_marks_in_cells_are_inert(tmp_path):
    """What people or attackers type into cells stays what it was, behind an apostrophe; numbers stay numbers."""
    text = CLEAN.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("| 一、本年新收"))
    cells = row.split("|")
    cells[4:10] = ['=HYPERLINK("http://x")', "-5", "@SUM(A1)", "+cmd", "/", "-"]
    path = tmp_path / "=1+1.md"
    path.write_text(text.replace(row, "|".join(cells)), encoding="utf-8")
    ran = here("parse", path.name, "--output-format", "csv", cwd=tmp_path)
    rows = [entry for entry in rows_of(ran.out) if entry["row"] == "received"]
    texts = {entry["text"]: entry["value"] for entry in rows}
    assert texts["-5"] == "-5"
    assert texts['\'=HYPERLINK("http://x")'] == ""
    assert texts["'@SUM(A1)"] == texts["'+cmd"] == texts["'-"] == texts["/"] == ""
    assert {entry["path"] for entry in rows} == {"'=1+1.md"}
    assert not [cell for entry in rows_of(ran.out) for cell in entry.values() if cell.startswith(("=", "@", "+"))]


def test_an_unreadable_file_is_named_and_left_out(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "report.md").write_bytes(CLEAN.read_bytes())
    ran = here("parse", tmp_path, "--output-format", "csv")
    assert ran.status == 2
    assert "empty.txt" in ran.err
    assert {row["path"] for row in rows_of(ran.out)} == {str(tmp_path / "report.md")}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_begins_like_a_formula_gets_an_apostrophe(start):
    assert inert(start + "A1") == f"'{start}A1"


@pytest.mark.parametrize("text", ["-3", "+12", "-0.5", "12", "a=b", "", "第1项", "1-2"])
def test_what_is_no_formula_stays(text):
    assert inert(text) == text


def test_control_characters_are_shown():
    assert inert("a\x00b\u202ec") == "a\\x00b\\u202ec"


@given(st.lists(st.lists(st.text(), min_size=2, max_size=4), min_size=1, max_size=5))
def test_any_text_comes_back(rows):
    """Whatever the text, a reader of CSV finds the same rows and cells."""
    text = write_rows(rows)
    back = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert back == [[str(inert(cell)) for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("number", "text"),
    [(None, ""), (Decimal("5.00"), "5"), (Decimal("0.000001"), "0.000001"), (Decimal("-12"), "-12")],
)
def test_numbers_are_digits(number, text):
    assert plain(number) == text
