"""Where diagnostics stand, in words: labels first, then the place as people find it in that type of file."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from judge.office.kinds import KINDS, make
from judge.office.planned import make_planned
from test_cli import FAULTY

from govlint.linter import load_linter
from govlint.model.diagnostic import Diagnostic, Result
from govlint.model.source import Place
from govlint.writers.language import Language
from govlint.writers.places import where

LINTER = load_linter()
LANGUAGES = [Language(name, LINTER.data(f"locale/{name}.yaml")) for name in ("zh", "en")]
TEXT = LINTER.check_bytes(FAULTY.read_bytes(), FAULTY.name)
MADE = {"pdf": "pdf_reportlab", "docx": "docx", "xlsx": "xlsx"}


def found(result: Result, rule: str) -> Diagnostic:
    return next(one for one in result.diagnostics if one.rule.id == rule)


def said(diagnostic: Diagnostic, result: Result) -> list[str | None]:
    """In Chinese and in English."""
    return [where(diagnostic, result.report, language) for language in LANGUAGES]


def moved(rule: str, place: Place) -> list[str | None]:
    """Where a diagnostic of the text file would stand if it were a file of another type, and it at this place."""
    diagnostic = found(TEXT, rule)
    return said(replace(diagnostic, source=replace(diagnostic.source, places=((0, place),))), TEXT)


def test_text_files_have_lines_and_columns():
    assert said(found(TEXT, "GL400"), TEXT) == [
        "表三 “（一）予以公开” × “商业企业”（第51行第32列）",
        "table 3 “（一）予以公开” × “商业企业” (line 51, column 32)",
    ]
    assert said(found(TEXT, "GL102"), TEXT) == [
        "五、存在的主要问题及改进措施（第83行第4列）",
        "五、存在的主要问题及改进措施 (line 83, column 4)",
    ]


CELL = "“（一）予以公开” × “商业企业”"
PLACES = [
    (Place(page=3, table=2, row=22, cell=7, box=(1, 2, 3, 4)), "（第22行第7列），第3页", " (row 22, column 7), page 3"),
    (Place(table=2, row=22, cell=7), "（第22行第7列）", " (row 22, column 7)"),
    (Place(page=3, row=22), "，第3页", ", page 3"),
    (Place(sheet="表三", address="D7"), "，Sheet 表三 D7", ", sheet 表三 D7"),
    (Place(sheet="'a' \"b\" {c}", address="AA10"), "，Sheet 'a' \"b\" {c} AA10", ", sheet 'a' \"b\" {c} AA10"),
]


@pytest.mark.parametrize(("place", "zh", "en"), PLACES)
def test_cells(place, zh, en):
    assert moved("GL400", place) == [f"表三 {CELL}{zh}", f"table 3 {CELL}{en}"]


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        (Place(page=4), "，第4页", ", page 4"),
        (Place(paragraph=28), "（第28段）", " (paragraph 28)"),
        (Place(sheet="正文", address="A47"), "，Sheet 正文 A47", ", sheet 正文 A47"),
    ],
)
def test_headings(place, zh, en):
    heading = "五、存在的主要问题及改进措施"
    assert moved("GL102", place) == [heading + zh, heading + en]


@pytest.mark.parametrize("kind", MADE)
def test_a_wrong_number_in_a_file(kind):
    planned = make_planned(3, "number_requests")
    data = make(KINDS[MADE[kind]], [planned])[planned.name]
    result = LINTER.check_bytes(data, f"report.{kind}")
    diagnostic = found(result, "GL400")
    place = diagnostic.source.place(diagnostic.finding.location.span.start)
    zh, en = said(diagnostic, result)
    assert zh is not None
    assert en is not None
    if kind == "xlsx":
        assert zh.endswith(f"，Sheet {place.sheet} {place.address}")
        assert en.endswith(f", sheet {place.sheet} {place.address}")
        value = openpyxl.load_workbook(io.BytesIO(data))[place.sheet][place.address].value
        span = diagnostic.finding.location.span
        assert str(value).removesuffix(".0") == diagnostic.source.text[span.start : span.end]
        return
    page = f"，第{place.page}页" if kind == "pdf" else ""
    assert zh.endswith(f"（第{place.row}行第{place.cell}列）{page}")
    assert en.endswith(f" (row {place.row}, column {place.cell})" + (f", page {place.page}" if page else ""))
    assert zh.startswith("表三 “")
    assert (place.page is None) == (kind == "docx")


@pytest.mark.parametrize("kind", MADE)
def test_a_sentence_in_a_file(kind):
    planned = make_planned(3, "plan_for_past")
    result = LINTER.check_bytes(make(KINDS[MADE[kind]], [planned])[planned.name], f"report.{kind}")
    diagnostic = found(result, "GL513")
    place = diagnostic.source.place(diagnostic.finding.location.span.start)
    tail = {
        "pdf": f"，第{place.page}页",
        "docx": f"（第{place.paragraph}段）",
        "xlsx": f"，Sheet {place.sheet} {place.address}",
    }
    zh, en = said(diagnostic, result)
    heading = next(section.heading.text for section in result.report.sections if section.form.number == 5)
    assert zh.startswith(f"{heading}：“下一步")
    assert zh.endswith(f"…”{tail[kind]}")
    assert en.startswith(f"{heading}: “下一步")
