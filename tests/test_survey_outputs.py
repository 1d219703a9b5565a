"""The files that a survey writes: complete, read back by others, and harmless whatever the reports say."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import jsonschema
import openpyxl
import pytest

from govlint.linter import load_linter
from govlint.survey.columns import columns
from govlint.survey.outputs import OUTPUTS, SUFFIXES, form_of, write
from govlint.survey.rows import Row
from govlint.survey.settings import make_settings
from govlint.survey.totals import Survey
from govlint.writers.csv_text import inert
from govlint.writers.language import Language
from govlint.writers.schemas import SCHEMAS

LINTER = load_linter()
RULES = LINTER.rules
TITLES = {rule.id: rule.title["zh"] for rule in RULES}
SETTINGS = make_settings(LINTER.data("survey.yaml"))
LANGUAGES = {code: Language(code, LINTER.data(f"locale/{code}.yaml")) for code in ("zh", "en")}
ZH = LANGUAGES["zh"]
SCRIPT = "<script>alert('x')</script>"
NAMES = [
    "=cmd()", "+1+1", "-2+3", "@SUM(A1)", "\tTab", "＝1+1", SCRIPT, '"quoted", name', "a\x00b\x1b[31m", "\u202efdp",
    "]]>--><!--", "line\r\nbreak", "http://example.invalid/x", "\ufffe\uffff", "$title ${script} {name}",
    "云岫县水利局", "half \udc80 char", "長" * 40_000,
]  # fmt: skip
"""Names of units and files as nobody should give them."""


def survey(*rows: Row, listed: bool = True) -> Survey:
    return Survey(rows, RULES, SETTINGS, listed, "9.9")


def report(name: str, *, errors: int = 0, warnings: int = 0, infos: int = 0, **more: object) -> Row:
    row = Row(f"in/{name}.txt", "read", name, named=True, errors=errors, warnings=warnings, infos=infos)
    return replace(row, **more)


HOSTILE = survey(
    *(report(name, errors=number, rules={"GL403": number + 1}, year=2023) for number, name in enumerate(NAMES)),
    *(Row(name, "unreadable", name, reason="damaged") for name in NAMES),
    Row("x.txt", "unreadable", "x", reason="failed", params={"error": SCRIPT}),
    *(Row("", "missing", name, listed=name) for name in NAMES),
)
FOUR = survey(
    report(
        "甲", warnings=2, rules={"GL301": 2}, year=2022, unit_type="department", listed="甲", published="2023-01-05",
    ),
    report(
        "乙", errors=1, infos=1, rules={"GL403": 1, "GL301": 1}, year=2023, unit_type="government",
        figures={"received": Decimal(12), "granted": Decimal("0")},
    ),
    Row("丙.pdf", "unreadable", "丙", reason="no_text", params={"pages": "1、2"}),
    Row("", "missing", "丁", listed="丁", unit_type="township"),
)  # fmt: skip


def csv_rows(done: Survey) -> list[dict[str, str]]:
    text = write("csv", done, ZH).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheets(done: Survey, language: Language = ZH) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(write("xlsx", done, language)))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


class Page(HTMLParser):
    """A page taken apart: the cells of each table, the items of each list, all tags, and text outside of them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: dict[str, list[list[str]]] = {}
        self.items: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.parts: dict[str, str] = {"script": "", "style": "", "title": ""}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br", "rect"):
            self.inside.append(tag)
        if tag == "table":
            self.table = self.tables.setdefault(dict(attrs)["id"], [])
        elif tag == "tr":
            self.table.append([])
        elif tag in ("td", "th"):
            self.table[-1].append("")
        elif tag == "li":
            self.items.append("")

    def handle_endtag(self, tag):
        if tag not in ("rect",):
            assert self.inside.pop() == tag

    def handle_data(self, data):
        if self.inside and self.inside[-1] in self.parts:
            self.parts[self.inside[-1]] += data
        elif "td" in self.inside or "th" in self.inside:
            self.table[-1][-1] += data
        elif "li" in self.inside:
            self.items[-1] += data


def page(done: Survey, language: Language = ZH) -> Page:
    return Page(write("html", done, language).decode("utf-8"))


# CSV and JSON


def test_csv_has_one_row_a_report_and_a_column_a_rule_that_found_something():
    rows = csv_rows(FOUR)
    names = list(rows[0])
    assert names[:12] == (
        "unit listed_unit in_list unit_type year edition path outcome reason errors warnings infos".split()
    )
    assert names[12:14] == ["GL301", "GL403"]
    assert names[14:] == [*(figure.id for figure in SETTINGS.figures), "published"]
    assert [row["outcome"] for row in rows] == ["read", "read", "unreadable", "missing"]
    assert [row["in_list"] for row in rows] == ["yes", "no", "no", "yes"]
    assert [row["GL403"] for row in rows] == ["0", "1", "", ""]
    assert [row["errors"] for row in rows] == ["0", "1", "", ""]
    assert (rows[1]["received"], rows[1]["granted"], rows[1]["refused"]) == ("12", "0", "")
    assert rows[0]["published"] == "2023-01-05"
    assert "第 1、2 页没有文字层" in rows[2]["reason"]
    assert rows[3]["unit_type"] == "township"


def test_csv_without_a_list_says_nothing_of_lists():
    rows = csv_rows(replace(FOUR, listed=False))
    assert {row["in_list"] for row in rows} == {""}


def test_hostile_csv_comes_back_and_starts_no_formula():
    rows = csv_rows(HOSTILE)
    assert len(rows) == 3 * len(NAMES) + 1
    back = [row["unit"] for row in rows[: len(NAMES)]]
    assert back == [str(inert(name)).encode("utf-8", "backslashreplace").decode() for name in NAMES]
    assert not [cell for row in rows for cell in row.values() if re.match(r"[=+\-@\t\r＝＋－＠]", cell)]


def test_json_fits_its_schema():
    for done in (FOUR, HOSTILE, survey(), replace(FOUR, listed=False)):
        data = json.loads(write("json", done, ZH))
        jsonschema.validate(data, dict(SCHEMAS["survey"]))
        assert len(data["rows"]) == len(done.rows)
    data = json.loads(write("json", FOUR, LANGUAGES["en"]))
    assert [row["in_list"] for row in data["rows"]] == [True, False, False, True]
    assert data["rows"][1]["figures"]["received"] == 12
    assert data["rows"][1]["figures"]["refused"] is None
    assert data["rows"][2]["reason"].startswith("no text layer")
    assert {"id": "GL301", "reports": 2, "findings": 3}.items() <= next(
        rule for rule in data["rules"] if rule["id"] == "GL301"
    ).items()
    assert len(data["rules"]) == len(RULES)


def test_jsonl_has_the_rows_of_the_json():
    lines = write("jsonl", HOSTILE, ZH).decode().split("\n")
    assert [json.loads(line) for line in lines[:-1]] == json.loads(write("json", HOSTILE, ZH))["rows"]
    assert lines[-1] == ""


# XLSX


def test_workbook_has_reports_rules_and_what_is_not_there():
    book = sheets(FOUR)
    reports, rules, absent = book["报告"], book["规则"], book["未报送和未读成"]
    assert reports[0] == [column.label for column in columns(FOUR, ZH)]
    assert [row[0] for row in reports[1:]] == ["甲", "乙", "丙", "丁"]
    assert [row[7] for row in reports[1:]] == ["已读", "已读", "未读成", "未报送"]
    assert reports[2][9] == 1
    assert reports[3][9] is None
    assert rules[1] == ["GL301", TITLES["GL301"], "警告", 2, 3]
    assert len(rules) == 1 + len(RULES)
    assert [row[0] for row in absent[1:]] == ["丁", "丙"]


def test_workbook_is_made_for_reading():
    book = openpyxl.load_workbook(io.BytesIO(write("xlsx", FOUR, ZH)))
    for sheet in book:
        assert sheet.freeze_panes in ("A2", "B2")
        assert sheet.auto_filter.ref
        assert sheet.column_dimensions["A"].width > 8


def test_hostile_workbook_has_text_and_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(write("xlsx", HOSTILE, ZH)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    units = [row[0] for row in sheets(HOSTILE)["报告"][1:]]
    assert units[:4] == NAMES[:4]
    assert units[6] == SCRIPT
    assert len(max(units, key=len)) == 32_767
    assert len(units) == 3 * len(NAMES) + 1


def test_sheet_names_and_headers_in_english():
    assert list(sheets(FOUR, LANGUAGES["en"])) == ["Reports", "Rules", "Missing and unreadable"]


# HTML


def test_page_is_complete():
    found = page(FOUR)
    assert [row[0] for row in found.tables["reports"][1:]] == ["乙不在名单内", "甲"]
    assert found.tables["reports"][1][3:7] == ["1", "0", "1", "GL403 GL301 "]
    assert found.tables["unreadable"][1][:2] == ["丙.pdf", ZH.read_error(FOUR.rows[2].read_error)]
    assert found.items == ["丁 乡镇街道"]
    assert found.tables["rules"][1] == ["GL301", TITLES["GL301"], "警告", "2", "100.0%", "", "3"]
    assert found.tables["groups"][1][:5] == ["2023", "本级政府", "1", "1", "100.0%"]
    assert found.tables["groups"][2][:5] == ["2022", "部门", "1", "0", "0.0%"]
    assert found.tables["figures"][1][:3] == ["乙", "2023", "12"]


def test_page_shows_the_worst_first():
    rows = [report(f"{e}{w}{i}", errors=e, warnings=w, infos=i) for e in (0, 2, 1) for w in (1, 0) for i in (0, 3)]
    shown = [row[0] for row in page(survey(*rows, listed=False)).tables["reports"][1:]]
    assert shown == sorted(shown, reverse=True)


def test_rules_beyond_the_commonest_are_on_the_page_too():
    found = {rule.id: 1 for rule in RULES[:40]}
    tables = page(survey(report("甲", errors=1, rules=found))).tables
    listed = [row[0] for row in tables["rules"][1:] + tables["further-rules"][1:]]
    assert listed == sorted(found)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_hostile_page_has_no_tag_and_no_attribute_of_theirs(language):
    """The tags are those of the page itself; what the reports say is text, all of it there."""
    harmless = replace(HOSTILE, rows=[replace(row, path="p", unit="u", params={"error": "e"}) for row in HOSTILE.rows])
    found, wanted = page(HOSTILE, language), page(harmless, language)
    extra = {"br", "small"}  # “list: …” under a unit that has another name in the list
    assert [tag for tag, _ in found.tags if tag not in extra] == [tag for tag, _ in wanted.tags if tag not in extra]
    assert {name for _, attributes in found.tags for name in attributes} == {
        name for _, attributes in wanted.tags for name in attributes
    }
    texts = [row[0] for row in found.tables["reports"][1:]]
    assert any(text.startswith(SCRIPT) for text in texts)
    assert any("$title ${script} {name}" in text for text in texts)
    assert any(SCRIPT in row[1] for row in found.tables["unreadable"])
    assert len(texts) == len(NAMES)
    assert len(found.items) == len(NAMES)


def test_page_has_no_control_characters():
    text = write("html", HOSTILE, ZH).decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", text)


def test_page_needs_nothing_from_elsewhere_and_runs_nothing_else():
    """One style and one script, both named by their digests in the page's policy; no addresses, no handlers."""
    found = page(HOSTILE)
    names = [tag for tag, _ in found.tags]
    assert (names.count("script"), names.count("style")) == (1, 1)
    assert not {"link", "img", "iframe", "object", "embed", "form", "base"} & set(names)
    attributes = [(name, value) for _, every in found.tags for name, value in every.items()]
    assert not [name for name, _ in attributes if name.startswith("on") or name in ("style", "src")]
    assert all(value.startswith("#part-") for name, value in attributes if name == "href")
    policy = next(every["content"] for tag, every in found.tags if every.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    for part in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(found.parts[part].encode()).digest()).decode()
        assert f"{part}-src 'sha256-{digest}'" in policy
    assert not re.search(r"eval|Function\(|innerHTML|setTimeout\(['\"]|https?:|@import|url\(", found.parts["script"])
    assert not re.search(r"@import|url\(|https?:", found.parts["style"])


def test_links_lead_somewhere():
    found = page(FOUR)
    ids = {every["id"] for _, every in found.tags if "id" in every}
    targets = {every["href"] for _, every in found.tags if "href" in every}
    assert targets == {"#part-missing", "#part-unreadable"}
    assert targets <= {f"#{name}" for name in ids}


def test_page_of_nothing():
    assert page(survey(listed=False)).tables == {}


def test_language_of_the_page():
    found = page(FOUR, LANGUAGES["en"])
    assert found.tags[0] == ("html", {"lang": "en"})
    assert found.parts["title"].startswith("Survey")
    assert page(FOUR).tags[0] == ("html", {"lang": "zh-CN"})


# What all have in common


def test_every_suffix_has_its_writer():
    assert set(SUFFIXES.values()) == set(OUTPUTS)
    assert form_of("A.XLSX") == "xlsx"
    assert form_of("a.txt") is None


def test_figures_are_cells_of_a_form():
    """Each key figure is in the form of 2021, and each of its cells in one form or the other."""
    forms = {edition.id: {table.id: table for table in edition.tables} for edition in LINTER.editions}
    for figure in SETTINGS.figures:
        known = {
            edition: [
                cell
                for cell in figure.cells
                if cell.row in forms[edition][cell.table].row_by_id
                and cell.column in {column.id for column in forms[edition][cell.table].row_by_id[cell.row].columns}
            ]
            for edition in forms
        }
        assert known["2021"], figure.id
        assert set().union(*known.values()) == set(figure.cells)
        assert set(figure.label) == {"zh", "en"}


def test_types_of_units_are_those_of_reports():
    facts = LINTER.data("facts.yaml")
    assert set(SETTINGS.type_labels) == {entry["type"] for entry in facts["unit_types"]}
