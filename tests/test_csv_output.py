"""CSV of diagnostics: whole output, and that Excel and WPS show it as it is meant."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from runs import LANGUAGES, LINTER, STALE, WAIVER, assert_as_kept, sample, waiving, write
from test_cli import CLEAN, FAULTY

from govlint.model.diagnostic import Run, Waived
from govlint.writers.diagnostics_csv import COLUMNS
from govlint.writers.places import fingerprints


def read(run: Run, lang: str = "zh") -> list[dict[str, str]]:
    """The rows by the ids of their columns."""
    text = write("csv", run, lang)
    assert text[0] == "\ufeff"
    assert "\n" not in text.replace("\r\n", "")
    head, *rows = csv.reader(io.StringIO(text[1:], newline=""), strict=True)
    assert head == [LANGUAGES[lang].words["listing"][name] for name in COLUMNS]
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whole_output(lang):
    assert_as_kept(f"csv.{lang}.csv", write("csv", sample(), lang))


def test_headings_are_apart():
    for language in LANGUAGES.values():
        assert len({language.words["listing"][name] for name in COLUMNS}) == len(COLUMNS)


def test_rows_are_in_reading_order_with_the_waived_among_them():
    rows = read(sample())
    assert [row["rule"] for row in rows] == ["GL102", "GL400", "GL102", "GL501", "GL106", "GL302", "", "GL301"]
    lines = [int(row["line"]) for row in rows if row["path"] == "2023/水务局.txt"]
    assert lines == sorted(lines)


def test_status_says_what_is_left_to_do():
    rows = read(sample())
    assert [row["status"] for row in rows] == ["未处理"] * 3 + ["已豁免"] + ["未处理"] * 2 + [
        "未读成",
        "豁免没有起作用",
    ]
    (waived,) = (row for row in rows if row["status"] == "已豁免")
    assert (waived["reason"], waived["author"], waived["expires"]) == (WAIVER.reason, "王", "2024-12-31")
    assert waived["severity"] == "错误"
    assert {row["reason"] + row["author"] + row["expires"] for row in rows if row["status"] == "未处理"} == {""}
    assert (rows[-1]["path"], rows[-1]["line"], rows[-1]["reason"]) == (STALE.waiver.path, "9", STALE.waiver.reason)


def test_waiver_that_tells_no_author():
    bare = waiving(sample().results[0], "GL102", WAIVER._replace(author=None, expires=None))
    assert {(row["author"], row["expires"]) for row in read(LINTER.run([bare]))} == {("", "")}


def test_rows_tell_the_report_and_the_place():
    row = read(sample())[1]
    assert (row["agency"], row["year"], row["severity"]) == ("云溪县水务局", "2023", "错误")
    assert row["place"] == "表三 “（一）予以公开” × “商业企业”（第30行第21列）"
    assert (row["line"], row["column"], row["expected"], row["found"]) == ("30", "21", "0", "1")
    assert row["basis"] == "国办公开办函〔2021〕30号 表三"
    assert row["title"] == "一格填错，几处合计都不平"


def test_custom_is_called_so():
    row = next(row for row in read(sample()) if row["rule"] == "GL302")
    assert "没有文件规定" in row["basis"]


def test_fingerprints_are_those_of_the_other_outputs_and_know_no_waivers():
    run = sample()
    live = LINTER.run([LINTER.check_bytes(FAULTY.read_bytes(), "a.md")])
    prints = fingerprints(live)
    assert [row["fingerprint"] for row in read(live)] == [prints[id(d)] for d in live.results[0].diagnostics]
    (waived,) = run.results[0].waived
    assert read(run)[3]["fingerprint"] == fingerprints(run)[id(waived.diagnostic)]


def test_one_of_two_equal_findings_waived_leaves_the_other_its_fingerprint():
    result = LINTER.check_bytes(FAULTY.read_bytes(), "a.md")
    one = result.diagnostics[0]
    span = one.finding.location.span
    moved = one.finding.location._replace(span=span._replace(start=span.start + 1, end=span.end + 1))
    two = replace(one, finding=one.finding._replace(location=moved))
    both = fingerprints(LINTER.run([replace(result, diagnostics=(one, two))]))
    half = fingerprints(LINTER.run([replace(result, diagnostics=(two,), waived=(Waived(one, WAIVER),))]))
    assert both[id(one)] != both[id(two)]
    assert half == both


def test_unreadable_file_has_a_row_of_its_own():
    row = read(sample())[-2]
    assert (row["path"], row["status"]) == ("2023/扫描件.pdf", "未读成")
    assert "1-3" in row["message"]


def test_clean_reports_leave_the_heading_alone():
    assert read(LINTER.run([LINTER.check_bytes(CLEAN.read_bytes(), "b.md")])) == []
    assert read(Run((), (), "0")) == []


@pytest.mark.parametrize("formula", ["=1+1", "+cmd|'/C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", '=1,"x"'])
def test_no_cell_is_a_formula(formula):
    """In what is found, in reasons and authors, and in names of files."""
    (one, *_) = LINTER.check_bytes(FAULTY.read_bytes(), "a.md").diagnostics
    hostile = replace(one, finding=one.finding._replace(found=formula, expected=formula))
    result = replace(LINTER.check_bytes(FAULTY.read_bytes(), formula.strip()), diagnostics=(hostile,))
    run = LINTER.run([waiving(result, one.rule.id, WAIVER._replace(reason=formula, author=formula))])
    (row,) = csv_rows(write("csv", run))[1:]
    assert [cell.strip("'\t") for cell in row].count(formula.strip()) == 5
    assert not any(cell.startswith(tuple("=+-@\t＝")) for cell in row)


def test_a_row_is_a_line():
    (one, *_) = LINTER.check_bytes(FAULTY.read_bytes(), "a.md").diagnostics
    broken = replace(one, finding=one.finding._replace(found="上\r\n下\n=2", expected="\n1"))
    result = replace(LINTER.check_bytes(FAULTY.read_bytes(), "a\nb.md"), diagnostics=(broken,))
    text = write("csv", LINTER.run([result]))
    assert len(text.splitlines()) == 2
    (row,) = read(LINTER.run([result]))
    assert (row["path"], row["found"], row["expected"]) == ("a\\x0ab.md", "上 下 =2", " 1")


def csv_rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))
