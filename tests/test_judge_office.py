"""One report, written to every file type: identical numbers, headings and facts, and the same diagnostics.

Six clean reports for each type and each fault once by default, of the types that soffice or chromium has to make in
every third; with GOVLINT_FULL=1 in all. GOVLINT_CASES and GOVLINT_SEEDS, which count for the text layouts in all, take
as many more. Conversions run beside the tests, one call for a type; GOVLINT_OFFICE_CACHE keeps what they make.
GOVLINT_REQUIRE_OFFICE=1 fails where one of them is missing.
"""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import pypdfium2
import pytest
from judge.grid import make_grid
from judge.normal import plain
from judge.office import workbook
from judge.office.chosen import RULED, UNRULED, Files, Wanted, clean_files, faulty_files, planned
from judge.office.kinds import KINDS, FileKind
from judge.office.planned import Planned, web_page
from judge.office.slots import lay
from judge.plan import tables
from openpyxl import load_workbook
from test_judge_faults import EXPECTED, KNOWN_RULES, Expected

from govlint.linter import load_linter
from govlint.model.diagnostic import Diagnostic, Result
from govlint.model.source import Place
from govlint.writers.language import Language
from govlint.writers.places import where

LINTER = load_linter()
CLEAN = max(1, int(os.environ.get("GOVLINT_CASES", "150")) // 25)
SEEDS = max(1, int(os.environ.get("GOVLINT_SEEDS", "12")) // 12)
MARKUP = ("html", "mhtml")
PARTING = frozenset(' \t\n\r\u00a0\u2002\u3000,"')


def read(files: Files, wanted: Wanted) -> Result:
    kind: FileKind = KINDS[wanted.kind]
    if kind.missing:
        if os.environ.get("GOVLINT_REQUIRE_OFFICE") == "1":
            pytest.fail(kind.missing)
        pytest.skip(kind.missing)
    result = LINTER.check_bytes(files.data(wanted), wanted.case.name + kind.suffix)
    assert result.read_error is None, result.read_error
    return result


def squeezed(text: str) -> str:
    """The text without blanks: file types differ in these."""
    return "".join(text.split())


@lru_cache(maxsize=1)
def chinese() -> Language:
    return Language("zh", LINTER.data("locale/zh.yaml"))


def words_at(diagnostic: Diagnostic) -> str:
    """The words at its place, without what parts cells or elements."""
    source = diagnostic.source
    start, end = diagnostic.finding.location.span
    text = plain(source.text[start:end], ".html" if source.kind in MARKUP else "")
    return "".join(char for char in text if char not in PARTING)


class Said(NamedTuple):
    """A diagnostic as people understand it, wherever it stands."""

    rule: str
    severity: str
    target: str
    message: str
    words: str


def said(result: Result) -> list[Said]:
    return sorted(
        Said(
            d.rule.id,
            d.severity,
            ".".join(part for part in d.finding.target if part) if d.finding.target else "",
            squeezed(chinese().message(d)),
            words_at(d),
        )
        for d in result.diagnostics
    )


class Reference(NamedTuple):
    """What is said of the same report as a web page."""

    said: list[Said]
    facts: dict[str, object]


@cache
def reference(seed: int, fault: str | None) -> Reference:
    result = LINTER.check_bytes(web_page(planned(seed, fault)), "reference.html")
    return Reference(said(result), facts_of(result))


def facts_of(result: Result) -> dict[str, object]:
    facts = result.report.facts
    found = {name: getattr(facts, name) for name in ("title", "agency", "year", "period", "published", "signed")}
    return {name: fact and squeezed(fact.value) for name, fact in found.items()} | {"unit_type": facts.unit_type}


def misread(result: Result, case: Planned) -> list[str]:
    """Everything in which the reading of a clean file differs from the truth."""
    report = result.report
    read_cells = {
        tuple(cell.address): cell.number for table in report.tables for cell in table.cells if cell.span is not None
    }
    truth = case.values
    found = [
        f"{'.'.join(address)}: {read_cells.get(address)} for {truth.get(address)}"
        for address in {**truth, **read_cells}
        if read_cells.get(address) != truth.get(address) or address not in truth
    ]
    headings = {s.form.number: squeezed(s.heading.text) for s in report.sections if s.heading}
    numbers = {s.form.number: s.number for s in report.sections}
    ours = {section.number: squeezed(section.heading.text) for section in case.plan.sections}
    for what, seen, true in (
        ("headings", headings, ours),
        ("numbers", numbers, {number: number for number in ours}),
        ("facts", facts_of(result), reference(case.seed, None).facts),
        ("year", report.year, case.report.year),
        ("agency", report.facts.agency and report.facts.agency.value, case.report.agency),
        ("unit type", report.facts.unit_type, case.report.unit_type),
        ("due", report.due and report.due.id, case.report.edition),
        ("layouts", {t.layout for t in report.tables if t.form.id != "remedies"}, {case.report.edition}),
        ("diagnostics", [one for one in said(result) if one.rule not in allowed_notes(result)], []),
    ):
        if seen != true:
            found.append(f"{what}: {seen} for {true}")
    return found


def allowed_notes(result: Result) -> tuple[str, ...]:
    """CSV cannot tell its encoding; if that was guessed, a note says so."""
    encoding = result.source.encoding
    return ("GL005",) if encoding and encoding.origin == "guessed" else ()


# What a file type cannot show as what it is, and what may be reported instead.
# In a sheet a row that ends early cannot be told from one whose last cells are blank; LibreOffice fills rows up, and
# in a PDF the place of the missing cells is framed by their neighbours.
FULL_ROWS = ("xlsx", "xls", "ods", "csv", "tsv", "rtf", "doc", "pdf_libreoffice", "pdf_browser", "pdf_reportlab")
PADDED = {
    "value_count": Expected(("GL208", "GL301")),
    "values_apart": Expected(("GL215", "GL208", "GL301", "GL216"), ("GL206",), many=True),
    "nine_numbers": Expected(("GL214", "GL301"), many=True),
}
INHERENT = {(kind, fault): expected for kind in FULL_ROWS for fault, expected in PADDED.items()} | {
    # A character that its font lacks leaves nothing that could be read.
    ("pdf_reportlab", "characters_damaged"): Expected(()),
}

EVERYWHERE = {"number_requests", "row_label_lost", *(fault for _, fault in INHERENT)}
"""Faults that no type is without: those whose place is asked for, and those that some types show in their own way."""

# Files (type, seed, fault) that are not yet judged as they should be, and why. When one passes, its line can go.
OPEN: dict[Wanted, str] = {
    Wanted("mhtml", 20, "values_apart"): "a label without numbers is missing, not short, where the page is Word's",
}


def expected_for(wanted: Wanted) -> frozenset[str]:
    """The rules of which one must fire, wherever the file comes from."""
    rules = EXPECTED[wanted.fault].rules
    if wanted.fault == "row_label_lost":  # The group's name is taken for the label of its first row.
        rules = (*rules, "GL204")
    return KNOWN_RULES & set(rules)


def unlike(result: Result, right: Reference, wanted: Wanted) -> list[str]:
    """In which diagnostics a file differs from the same report as a web page."""
    notes = allowed_notes(result) if wanted.fault != "encoding_undeclared" else ()
    ours, theirs = ([one for one in every if one.rule not in notes] for every in (said(result), right.said))
    rules = expected_for(wanted)
    inherent = INHERENT.get((wanted.kind, wanted.fault))
    if inherent and ours != theirs:
        rules = frozenset(inherent.rules)
        wrong = [
            f"beside it: {one}" for one in ours if one.severity != "info" and one.rule not in (*rules, *inherent.also)
        ]
    else:
        wrong = [f"missing: {one}" for one in sorted((Counter(theirs) - Counter(ours)).elements())]
        wrong += [f"more: {one}" for one in sorted((Counter(ours) - Counter(theirs)).elements())]
    if rules and not rules & {one.rule for one in ours}:
        wrong.append(f"none of {sorted(rules)}")
    return wrong


def parameters(files: Iterable[Wanted]) -> list[object]:
    return [pytest.param(one, id=one.label, marks=list(_marks(one))) for one in files]


def _marks(wanted: Wanted) -> Iterator[pytest.MarkDecorator]:
    if wanted in OPEN:
        yield pytest.mark.xfail(reason=OPEN[wanted])
    if KINDS[wanted.kind].tool:
        yield pytest.mark.converted(list(KINDS).index(wanted.kind))


@pytest.mark.parametrize("wanted", parameters(clean_files(RULED, CLEAN)))
def test_clean_report(wanted, office_files):
    wrong = misread(read(office_files, wanted), wanted.case)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("wanted", parameters(clean_files((UNRULED,), CLEAN)))
def test_table_without_lines_gives_no_wrong_number(wanted, office_files):
    """What cannot be told is left open, most is read, and a note says that it was read by position."""
    result, truth = read(office_files, wanted), wanted.case.values
    cells = {tuple(cell.address): cell.number for table in result.report.tables for cell in table.cells}
    known = {address: number for address, number in cells.items() if number is not None}
    assert {address: number for address, number in known.items() if truth.get(address) != number} == {}
    assert len(known) > 0.8 * len(truth)
    assert "GL008" in {one.rule for one in said(result)}


@pytest.mark.parametrize("wanted", parameters(faulty_files(SEEDS, EVERYWHERE)))
def test_fault_says_the_same(wanted, office_files):
    wrong = unlike(read(office_files, wanted), reference(wanted.seed, wanted.fault), wanted)
    assert not wrong, "\n".join(wrong)


def placed(wanted: Wanted) -> tuple[tuple[str, ...], str, int, int]:
    """The wrong number of a file: its address, what is printed, row and column of its table, from 1."""
    case = wanted.case
    rows = next(lay(make_grid(table)) for table in tables(case.plan) if table.id == "requests")
    tag = ("cell", *case.fault.where)
    slot = next(slot for row in rows for slot in row if tag in slot.words.tags)
    return case.fault.where, slot.words.text, slot.row + 1, slot.column + 1


WRONG_NUMBERS = [one for one in faulty_files(SEEDS, EVERYWHERE) if one.fault == "number_requests"]
GRIDS = ("docx", "doc", "rtf")
SHEETS = ("xlsx", "xls", "ods")
PAGES = ("pdf_reportlab", "pdf_browser", "pdf_libreoffice")


def where_of(files: Files, wanted: Wanted) -> tuple[str, Result, Place]:
    """Where the wrong number is said to stand, in words and as a place."""
    result = read(files, wanted)
    address = placed(wanted)[0]
    cell = next(cell for table in result.report.tables for cell in table.cells if tuple(cell.address) == address)
    found = next(d for d in result.diagnostics if d.finding.target and d.finding.target.table == "requests")
    return where(found, result.report, chinese()), result, result.source.place(cell.span.start)


@pytest.mark.parametrize("wanted", parameters(one for one in WRONG_NUMBERS if one.kind in GRIDS))
def test_place_in_a_document(wanted, office_files):
    words, _, place = where_of(office_files, wanted)
    _, _, row, column = placed(wanted)
    assert (place.row, place.cell) == (row, column)
    assert re.fullmatch(r"表三 “.+” × “.+”（第[0-9]+行第[0-9]+列）", words)


@pytest.mark.parametrize("wanted", parameters(one for one in WRONG_NUMBERS if one.kind in SHEETS))
def test_place_in_a_sheet(wanted, office_files):
    """The cell that is named holds the number; LibreOffice leaves cells where they were."""
    words, _, place = where_of(office_files, wanted)
    book = load_workbook(io.BytesIO(workbook.write(wanted.case)))
    assert float(book[place.sheet][place.address].value) == float(placed(wanted)[1])
    assert re.fullmatch(r"表三 “.+” × “.+”，Sheet .+ [A-Z]+[0-9]+", words)


@pytest.mark.parametrize("wanted", parameters(one for one in WRONG_NUMBERS if one.kind in PAGES))
def test_place_on_a_page(wanted, office_files):
    """Cell and page are named; the box on that page shows the number."""
    words, _, place = where_of(office_files, wanted)
    page = pypdfium2.PdfDocument(office_files.data(wanted))[place.page - 1]
    assert placed(wanted)[1] in page.get_textpage().get_text_bounded(*place.box)
    assert re.fullmatch(r"表三 “.+” × “.+”（第[0-9]+行第[0-9]+列），第[0-9]+页", words)
