"""Blank reports: on the right form, whole, marked where something is missing, and clean once they are filled in."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from random import Random
from xml.etree import ElementTree as ET

import docx
import pytest
from blank_reports import AGENCIES, TODO, blank, draft, edition_of, filled_text, filled_word, numbers, typesetting
from docx.oxml.ns import qn
from linked import LINTER

from govlint.binding.facts import unit_type_of
from govlint.blank.draft import FormTable, Paragraph
from govlint.blank.formats import FORMATS
from govlint.blank.grids import lay_out

YEARS = (2019, 2020, 2021, 2025)
BOTH = (2020, 2021)
"""The last year of the one form and the first of the other."""
FORMS = tuple(FORMATS)


def check(data: bytes, form: str):
    result = LINTER.check_bytes(data, f"report.{form}")
    assert result.read_error is None
    return result


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("unit_type", AGENCIES)
@pytest.mark.parametrize("year", BOTH)
def test_a_blank_report_binds_as_a_whole_and_every_mark_is_reported(year, unit_type, form):
    result = check(blank(form, year, unit_type), form)
    report = result.report
    assert report.facts.agency.value == AGENCIES[unit_type]
    assert report.facts.unit_type == unit_type
    assert report.year == year
    assert report.facts.period.value == f"{year}-01-01/{year}-12-31"
    assert (report.facts.published, report.facts.signed) == (None, None)
    assert [section.how for section in report.sections] == ["exact"] * 6
    assert report.gaps == ()
    edition = edition_of(year)
    for table in report.tables:
        assert (table.layout, table.form) == (edition.id, edition.table_by_id[table.form.id])
        assert all(row.how == "exact" for row in table.rows if table.form.printed == "rows")
        assert {cell.value.kind for cell in table.cells} == {"blank"}
    assert {d.rule.id for d in result.diagnostics} == {"GL901", "GL301"}
    marks = [d for d in result.diagnostics if d.rule.id == "GL901"]
    assert len(marks) == draft(year, unit_type).todo >= 13
    assert all(TODO.fullmatch(d.finding.found) for d in marks)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("unit_type", AGENCIES)
@pytest.mark.parametrize("year", BOTH)
def test_a_report_that_is_filled_in_is_clean(year, unit_type, form):
    data = blank(form, year, unit_type)
    data = filled_word(data, year) if form == "docx" else filled_text(data, year, check(data, form).report)
    result = check(data, form)
    assert [(d.rule.id, d.finding.found) for d in result.diagnostics] == []
    assert result.report.facts.signed.value == f"{year + 1}-01-20"
    assert all(cell.number is not None for table in result.report.tables for cell in table.cells)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("form", FORMS)
def test_a_report_that_is_half_filled_in_binds_as_a_whole(form, seed):
    """Whichever cells are blank, each number is the one of its cell."""
    rng, year = Random(seed), 2025
    share = rng.random()
    values = [str(rng.randrange(90)) if rng.random() < share else "" for _ in numbers(year)]
    data = blank(form, year)
    filled = filled_word(data, year, values) if form == "docx" else None
    result = check(filled or filled_text(data, year, check(data, form).report, values), form)
    assert [cell.text for table in result.report.tables for cell in table.cells] == values
    assert result.report.gaps == ()


@pytest.mark.parametrize("year", (2020, 2025))
def test_only_one_mark_left_is_still_reported(year):
    """Each of the marks by itself, in the midst of a report that is filled in otherwise."""
    source = blank("md", year)
    done = filled_text(source, year, check(source, "md").report).decode()
    marks = TODO.findall(source.decode())
    assert len(marks) == len(set(marks)) == draft(year).todo
    for mark in marks:
        changed = done.replace("编制本报告。", f"编制本报告。{mark}", 1)
        assert [d.finding.found for d in check(changed.encode(), "md").diagnostics] == [mark]


def test_names_of_agencies_tell_the_types_of_units():
    """The texts that differ by type are chosen by the name, as rules choose."""
    for unit_type, name in AGENCIES.items():
        assert unit_type_of(name, LINTER.binder.patterns) == unit_type


def test_governments_are_asked_for_what_only_they_must_tell():
    texts = {unit_type: " ".join(p.text for p in paragraphs(2025, unit_type)) for unit_type in AGENCIES}
    assert [unit_type for unit_type, text in texts.items() if "责任追究" in text] == ["government"]
    assert [unit_type for unit_type, text in texts.items() if "3月31日" in text] == ["government"]
    assert [unit_type for unit_type, text in texts.items() if "1月31日" in text] == ["department", "office"]


def test_fees_are_asked_for_from_the_report_on_2021():
    said = {year: any("信息处理费" in p.text for p in paragraphs(year)) for year in YEARS}
    assert said == {2019: False, 2020: False, 2021: True, 2025: True}


@pytest.mark.parametrize(("year", "number"), [(2020, "〔2019〕60号"), (2021, "〔2021〕30号")])
def test_the_notice_of_the_form_is_named(year, number):
    assert any(number in p.text for p in paragraphs(year))


def paragraphs(year: int, unit_type: str = "department") -> list[Paragraph]:
    return [part for part in draft(year, unit_type).parts if isinstance(part, Paragraph)]


# ---------------------------------------------------------------- tables


def tables(year: int) -> list[FormTable]:
    return [part for part in draft(year).parts if isinstance(part, FormTable)]


@pytest.mark.parametrize("edition", LINTER.editions, ids=lambda edition: edition.id)
def test_every_word_of_the_form_stands_in_its_table(edition):
    """Captions, heads, groups and labels, as often as the form has them, and the note."""
    for table in tables(edition.first):
        grid = lay_out(table, typesetting().tables[table.form.id])
        shown = Counter(cell.text for row in grid.rows for cell in row if cell.kind != "value")
        form = table.form
        wanted = Counter(row.label for row in form.rows) if form.printed == "rows" else Counter()
        groups = {(row.groups[:level], group) for row in form.rows for level, group in enumerate(row.groups)}
        wanted += Counter(group for _, group in groups)
        for block in form.blocks:
            wanted += Counter(block.headers) + Counter(filter(None, [block.caption]))
        if form.printed == "wide":
            wanted += Counter(column.label for row in form.rows for column in row.columns)
        wanted += Counter(filter(None, [form.note, form.opening if form.opening not in wanted else None]))
        assert shown == wanted


@pytest.mark.parametrize("edition", LINTER.editions, ids=lambda edition: edition.id)
def test_cells_cover_each_table_without_gap_or_overlap(edition):
    for table in tables(edition.first):
        grid = lay_out(table, typesetting().tables[table.form.id])
        covered = Counter(
            (number + down, cell.column + across)
            for number, row in enumerate(grid.rows)
            for cell in row
            for down in range(cell.rows)
            for across in range(cell.columns)
        )
        assert set(covered.values()) == {1}
        assert len(covered) == len(grid.rows) * len(grid.widths)
        assert sum(grid.widths) <= 210 - 28 - 26 + 0.01


def test_merged_cells_are_those_of_the_official_form():
    word = docx.Document(io.BytesIO(blank("docx", 2025)))
    disclosure, requests, remedies = word.tables
    assert (len(requests.rows), len(requests.columns)) == (3 + 25, 10)
    note, group = requests.cell(0, 0), requests.cell(5, 0)
    assert note._tc is requests.cell(2, 2)._tc
    assert note.text.startswith("（本列数据的勾稽关系为")
    assert group.text == "三、本年度办理结果"
    assert group._tc is requests.cell(26, 0)._tc
    assert requests.cell(7, 1)._tc is requests.cell(14, 1)._tc
    assert requests.cell(7, 1).text == "（三）不予公开"
    assert requests.cell(0, 3)._tc is requests.cell(0, 9)._tc
    assert requests.cell(1, 4)._tc is requests.cell(1, 8)._tc
    assert requests.cell(1, 9)._tc is requests.cell(2, 9)._tc
    assert requests.cell(27, 0)._tc is requests.cell(27, 2)._tc
    assert disclosure.cell(0, 0)._tc is disclosure.cell(0, 3)._tc
    assert disclosure.cell(5, 1)._tc is disclosure.cell(5, 3)._tc
    assert (len(remedies.rows), len(remedies.columns)) == (4, 15)
    assert remedies.cell(0, 5)._tc is remedies.cell(0, 14)._tc
    assert remedies.cell(1, 0)._tc is remedies.cell(2, 0)._tc


# ---------------------------------------------------------------- Word


def test_a_word_document_is_typeset_as_offices_do():
    word = docx.Document(io.BytesIO(blank("docx", 2025)))
    (section,) = word.sections
    sides = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(side.mm) for side in (*sides, section.left_margin, section.right_margin)] == [
        210,
        297,
        37,
        35,
        28,
        26,
    ]
    by_style = {p.style.name for p in word.paragraphs}
    assert by_style == {"Title", "Heading 1", "Heading 2", "Normal Indent", "Signature"}
    assert [p.text for p in word.paragraphs if p.style.name == "Heading 1"] == [
        section.heading for section in edition_of(2025).sections
    ]
    assert word.styles["Title"].font.name == "方正小标宋简体"
    assert word.styles["Title"].font.size.pt == 22
    assert word.styles["Heading 1"].font.name == "黑体"
    assert word.styles["Heading 2"].font.name == "楷体_GB2312"
    assert word.styles["Normal"].paragraph_format.line_spacing.pt == 29
    assert section.footer.paragraphs[0].text == "— 1 —"
    assert word.core_properties.title == draft(2025).title
    assert word.core_properties.language == "zh-CN"
    for table, heads in zip(word.tables, (0, 3, 3), strict=True):
        assert len(list(table._tbl.iter(qn("w:tblHeader")))) == heads
        assert len(list(table._tbl.iter(qn("w:cantSplit")))) == len(table.rows)


def test_every_part_of_a_word_document_is_named_and_well_formed():
    with zipfile.ZipFile(io.BytesIO(blank("docx", 2019))) as archive:
        parts = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    named = {part.get("PartName") for part in parts["[Content_Types].xml"] if part.get("PartName")}
    assert named == {f"/{name}" for name in parts if not name.endswith(".rels") and name != "[Content_Types].xml"}
    targets = {part.get("Target") for part in parts["word/_rels/document.xml.rels"]}
    assert targets == {"styles.xml", "settings.xml", "fontTable.xml", "footer.xml"}
    styles = {style.get(qn("w:styleId")) for style in parts["word/styles.xml"]}
    used = {
        style.get(qn("w:val"))
        for name in ("word/document.xml", "word/footer.xml", "word/styles.xml")
        for tag in ("pStyle", "rStyle", "basedOn")
        for style in parts[name].iter(qn(f"w:{tag}"))
    }
    assert used <= styles
    fonts = {font.get(qn("w:name")) for font in parts["word/fontTable.xml"]}
    assert {font.get(qn("w:eastAsia")) for font in parts["word/styles.xml"].iter(qn("w:rFonts"))} == fonts


@pytest.mark.parametrize("form", FORMS)
def test_the_same_draft_is_the_same_file(form):
    assert blank(form, 2025) == blank(form, 2025)


def test_a_web_page_needs_nothing_from_elsewhere_and_tells_what_heads_are():
    page = blank("html", 2025).decode()
    assert not any(words in page for words in ("<script", "http", "src=", "@import", "url("))
    assert page.count("<mark>") == draft(2025).todo
    assert 'scope="col"' in page
    assert '<th scope="rowgroup" rowspan="22">三、本年度办理结果</th>' in page
    assert '<td rowspan="3" colspan="3">（本列数据的勾稽关系为' in page
