"""Blank reports, filled in and saved by LibreOffice as DOCX, PDF and HTML: clean in all, and as many pages as expected.

Skipped where LibreOffice is not installed; GOVLINT_REQUIRE_OFFICE=1 makes that a failure.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import pypdfium2
import pytest
from blank_reports import AGENCIES, blank, edition_of, filled_word, numbers
from judge.office import soffice
from linked import LINTER

YEARS = (2020, 2025)
KINDS = ("docx", "pdf", "html")
pytestmark = pytest.mark.long
MISSING = "LibreOffice (soffice) is not installed: blank reports were not tried in it"


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> Mapping[tuple[str, str], bytes]:
    """What LibreOffice made of the drafts, by name and type; three calls for all."""
    if not soffice.found():
        if os.environ.get("GOVLINT_REQUIRE_OFFICE") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    drafts = {f"filled{year}": filled_word(blank("docx", year), year) for year in YEARS}
    drafts |= {f"blank{year}": blank("docx", year) for year in YEARS}
    made = {}
    for kind in KINDS:
        files = soffice.convert(drafts, "docx", kind, tmp_path_factory.mktemp(kind) / "soffice")
        made |= {(name, kind): data for name, data in files.items()}
    return made


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("year", YEARS)
def test_a_filled_report_is_clean_whatever_it_is_saved_as(saved, year, kind):
    result = LINTER.check_bytes(saved[f"filled{year}", kind], f"report.{kind}")
    assert result.read_error is None
    assert [(d.rule.id, d.finding.found) for d in result.diagnostics] == []
    report = result.report
    assert (report.year, report.due) == (year, edition_of(year))
    assert "".join(report.facts.agency.value.split()) == AGENCIES["department"]
    assert [cell.text for table in report.tables for cell in table.cells] == list(numbers(year))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("year", YEARS)
def test_a_blank_report_lacks_just_what_is_to_be_filled_in(saved, year, kind):
    result = LINTER.check_bytes(saved[f"blank{year}", kind], f"report.{kind}")
    assert result.report.gaps == ()
    assert {d.rule.id for d in result.diagnostics} == {"GL901", "GL301"}


@pytest.mark.parametrize("year", YEARS)
def test_table_three_stands_on_one_page_under_its_heading(saved, year):
    pages = pypdfium2.PdfDocument(saved[f"filled{year}", "pdf"])
    texts = ["".join(page.get_textpage().get_text_range().split()) for page in pages]
    on = [number for number, text in enumerate(texts) if "本年新收政府信息公开申请数量" in text]
    assert on == [number for number, text in enumerate(texts) if "四、结转下年度继续办理" in text]
    assert "三、收到和处理政府信息公开申请情况" in texts[on[0]]
    assert len(texts) <= 5
    assert all(f"—{number}—" in text for number, text in enumerate(texts, 1))
