"""``html``: every finding is marked in the report at its place, and leads to its card and back; the page is its own."""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatch
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from judge.case import FAULTS, LAYOUTS, make_case
from judge.office.kinds import KINDS, make
from judge.office.planned import make_planned
from linked import link
from linked import report as linked_report
from runs import CLEAN, LANGUAGES, LINTER, sample, write
from web_page import Node, Page, read_page

from govlint.examples.running import build
from govlint.model.diagnostic import Diagnostic, Result
from govlint.model.document import Cell, Fixed, GridPlace, Piece, Pieces, Verbatim
from govlint.model.source import Span
from govlint.writers.markup import esc, esc_lines
from govlint.writers.page.marks import Mark, Segment, lay
from govlint.writers.page.tables import Shown, table_of
from govlint.writers.places import escape_controls

FIXTURES = Path(__file__).parent.parent / "fixtures"
STYLE = files("govlint.writers.page") / "page.css"
ZH = LANGUAGES["zh"]
OFFICE = ("docx", "xlsx", "csv", "mhtml", "pdf_reportlab")


def page_of(*results: Result, lang: str = "zh") -> Page:
    return read_page(write("html", LINTER.run(results), lang))


def check(name: str) -> Result:
    return LINTER.check_bytes((FIXTURES / name).read_bytes(), Path(name).name)


def squeezed(text: str) -> str:
    return "".join(text.split())


# Every finding is at its place


def covered(result: Result, diagnostic: Diagnostic) -> str:
    """The characters of the report that stem from the place of a diagnostic, found one by one."""
    start, end = diagnostic.finding.location.span
    found = []
    assert result.document
    for line in result.document.lines:
        for cell in line.cells:
            whole = cell.span()
            if whole.start < end and start < whole.end:
                for at, char in enumerate(cell.text):
                    first, last = cell.span(at, at + 1)
                    if first < end and start < last:
                        found.append((first, char))
    return "".join(char for _, char in sorted(found, key=lambda entry: entry[0]))


def assert_marked(result: Result) -> None:
    """Each finding has its card, its number in the text, its mark on just its characters; no text is lost."""
    page = page_of(result)
    assert result.document
    for number, diagnostic in enumerate(result.diagnostics, 1):
        card, place = page.ids[f"f-1-{number}"], page.ids[f"at-f-1-{number}"]
        assert card.find("p", "message")[0].text == escape_controls(ZH.message(diagnostic))
        assert (place.text, place.attributes["href"]) == (str(number), f"#f-1-{number}")
        assert f"#at-f-1-{number}" in {node.attributes.get("href") for node in card.all}
        text = page.marked(f"f-1-{number}")
        assert squeezed(text) == squeezed(escape_controls(covered(result, diagnostic)).replace("\\x0a", ""))
        if not text:
            home = page.paper()
            assert place in [node for whole in home.find("p", "whole") for node in whole.all] or any(
                f"f-1-{number}" in (gap.attributes["data-f"] or "").split() for gap in home.find("mark", "gap")
            )
    every = (escape_controls(cell.text).replace("\\x0a", "") for line in result.document.lines for cell in line.cells)
    assert squeezed(page.paper().shown) == squeezed("".join(every))


def text_cases() -> Iterator[Any]:
    for number, fault in enumerate(FAULTS):
        layout = LAYOUTS[number % len(LAYOUTS)]
        yield pytest.param(layout, fault, number, id=f"{layout}-{fault}")


@pytest.mark.parametrize(("layout", "fault", "seed"), [*text_cases()])
def test_faults_are_marked_where_they_are(layout, fault, seed):
    for attempt in range(seed, seed + 20):
        try:
            case = make_case(attempt, layout, "utf-8", fault)
        except ValueError:
            continue
        assert_marked(LINTER.check_bytes(case.data, case.name))
        return
    pytest.skip("no report of this kind can have that fault")


@pytest.mark.parametrize("kind", OFFICE)
def test_faults_are_marked_in_files_without_lines(kind):
    for seed, fault in ((3, "number_requests"), (5, "cell_blank"), (4, "heading_renamed"), (9, "row_dropped")):
        for data in make(KINDS[kind], [make_planned(seed, fault)]).values():
            result = LINTER.check_bytes(data, f"a{KINDS[kind].suffix}")
            assert result.diagnostics
            assert_marked(result)


def test_fixtures_are_marked_where_they_are():
    for path in sorted((FIXTURES / "faulty").iterdir()):
        if path.suffix in (".txt", ".html", ".markdown"):
            assert_marked(LINTER.check_bytes(path.read_bytes(), path.name))


# Marks on cells


def mark(start: int, end: int, name: str = "f-1-1", severity: str = "error", label: str = "1") -> Mark:
    return Mark(Span(start, end), "finding" if label else "related", severity, f"at-{name}", (name,), "", label)  # type: ignore[arg-type]


def pieces(segments: Sequence[Segment]) -> list[tuple[int, int, list[str]]]:
    return [(part.start, part.end, [mark.cards[0] for mark in part.marks]) for part in segments]


def test_marks_that_overlap_are_cut_where_they_meet():
    a, b = mark(2, 6, "a"), mark(4, 8, "b")
    laid = lay([Cell("0123456789", Verbatim(0))], [b, a])
    assert pieces(laid.segments[0]) == [
        (0, 2, []), (2, 4, ["a"]), (4, 6, ["a", "b"]), (6, 8, ["b"]), (8, 10, []),
    ]  # fmt: skip
    assert [tuple(one.cards[0] for one in part.opens) for part in laid.segments[0]] == [(), ("a",), ("b",), (), ()]


def test_the_gravest_mark_leads():
    laid = lay([Cell("0123", Verbatim(0))], [mark(0, 4, "r", label=""), mark(0, 4, "i", "info"), mark(0, 4, "e")])
    assert pieces(laid.segments[0]) == [(0, 4, ["e", "i", "r"])]


def test_a_mark_over_several_cells_opens_once():
    laid = lay([Cell("ab", Verbatim(0)), Cell("", Fixed(3, 3)), Cell("cd", Verbatim(4))], [mark(1, 5)])
    assert {cell: pieces(some) for cell, some in laid.segments.items()} == {
        0: [(0, 1, []), (1, 2, ["f-1-1"])],
        2: [(0, 1, ["f-1-1"]), (1, 2, [])],
    }
    assert [part.opens for part in laid.segments[2]] == [(), ()]


@pytest.mark.parametrize(
    ("span", "cell", "at"),
    [
        ((3, 3), 1, 0),  # the blank cell, although another ends there
        ((1, 1), 0, 1),  # inside of a cell
        ((9, 9), 2, 2),  # between cells: at the end of the one before
        ((7, 9), 2, 2),
        ((20, 30), 3, 2),  # behind all
    ],
)
def test_what_is_absent_stands_where_it_should_be(span, cell, at):
    cells = [Cell("abc", Verbatim(0)), Cell("", Fixed(3, 3)), Cell("de", Verbatim(5)), Cell("fg", Verbatim(10))]
    laid = lay(cells, [mark(*span)])
    assert list(laid.segments) == [cell]
    assert [part.start for part in laid.segments[cell] if part.opens] == [at]
    assert all(part.start == part.end for part in laid.segments[cell] if part.marks)


def test_what_is_about_the_whole_file_or_before_all_text_stands_nowhere():
    cells = [Cell("abc", Verbatim(4))]
    for span in ((0, 0), (1, 2)):
        laid = lay(cells, [mark(*span)])
        assert (laid.segments, len(laid.homeless)) == ({}, 1)


def test_characters_that_the_source_writes_otherwise_are_marked_whole():
    """``&amp;`` at 2 to 7 is one character, the blanks at 8 to 12 are one."""
    origin = Pieces((Piece(0, 2, 0, 2), Piece(2, 1, 2, 7), Piece(3, 1, 7, 8), Piece(4, 1, 8, 12), Piece(5, 2, 12, 14)))
    cell = Cell("ab&c de", origin)
    for span, expected in (((3, 5), "&"), ((1, 3), "b&"), ((7, 9), "c "), ((6, 13), "&c d"), ((12, 14), "de")):
        (marked,) = [part for part in lay([cell], [mark(*span)]).segments[0] if part.marks]
        assert cell.text[marked.start : marked.end] == expected


# The report as it is


def grid(table: Node) -> dict[tuple[int, int], str]:
    """Where a browser puts the cells of a table: row and column of each one's upper left corner."""
    taken: set[tuple[int, int]] = set()
    found = {}
    for row, line in enumerate(table.find("tr")):
        column = 0
        for cell in (node for node in line.inside if isinstance(node, Node)):
            while (row, column) in taken:
                column += 1
            height, width = (int(cell.attributes.get(name) or 1) for name in ("rowspan", "colspan"))
            taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
            if "void" not in cell.classes:
                found[row, column] = cell.shown
            column += width
    return found


@pytest.mark.parametrize("name", ["clean/2021-portal.html", "clean/2019-word.html", "faulty/blank-cells-2023.html"])
def test_tables_are_laid_out_as_in_the_file(name):
    result = check(name)
    assert result.document
    wanted: list[dict[tuple[int, int], str]] = []
    for line in result.document.lines:
        for cell in line.cells:
            if cell.grid:
                while cell.grid.table >= len(wanted):
                    wanted.append({})
                wanted[cell.grid.table][cell.grid.row, cell.grid.column] = cell.text
    shown = [grid(table) for table in page_of(result).paper().find("table")]
    assert [table for table in wanted if table and table not in shown] == []
    assert len(wanted) >= 3


def test_a_blank_cell_is_the_head_of_nothing():
    row = [Shown(esc(""), tag="th"), Shown(esc("a"), tag="th")]
    assert table_of([row]).count("<th") == 1


def test_absurd_extents_do_no_harm():
    cells = [Shown(esc("a"), GridPlace(0, 0, 0, 65534, 1000)), Shown(esc("b"), GridPlace(0, 0, 5000))]
    assert len(table_of([cells, [Shown(esc("c"), GridPlace(0, 1, 3))]])) < 300


def test_a_table_printed_one_cell_a_line_is_shown_as_a_table():
    page = page_of(check("clean/2021-cell-per-line-bom.txt"))
    tables = page.paper().find("table")
    assert len(tables) == 3
    rows = [[cell.shown for cell in row.find("td") + row.find("th")] for row in tables[1].find("tr")]
    values = [row for row in rows if len(row) == 8]
    assert len(values) == 25
    assert all(len(row) == 1 for row in rows if len(row) != 8), "headers and captions, whose columns nobody knows"
    labels = [row.find("th")[0].shown for row in tables[1].find("tr") if row.find("th")]
    assert len(labels) == 25


def test_values_stand_one_below_the_other_where_labels_take_several_cells():
    page = page_of(check("faulty/totals-2024.txt"))
    places = grid(page.paper().find("table")[-2])
    columns = {column for (_, column), text in places.items() if re.fullmatch(r"\d+", text)}
    assert columns == set(range(2, 9))


def test_what_is_beside_the_report_is_folded_unless_something_is_marked_there():
    result = check("clean/2021-portal.html")
    asides = page_of(result).paper().find("details", "aside")
    assert any("首页" in aside.text for aside in asides)
    assert not [aside for aside in asides if "open" in aside.attributes]
    assert result.source
    changed = LINTER.check_bytes(result.source.text.replace("政民互动", "政民互动。。", 1).encode(), "a.html")
    (aside,) = (one for one in page_of(changed).paper().find("details", "aside") if one.find("mark"))
    assert "open" in aside.attributes
    assert "政民互动。。" in aside.shown


def test_sections_and_tables_are_linked_from_the_results():
    page = page_of(check("faulty/totals-2024.txt"))
    links = {node.attributes["href"] for node in page.root.find("ul", "parts")[0].all if node.tag == "a"}
    assert links == {*(f"#s-1-{n}" for n in range(1, 7)), "#t-1-disclosure", "#t-1-requests", "#t-1-remedies"}
    assert page.ids["s-1-2"].shown == "二、主动公开政府信息情况"


# Cards


def test_a_card_says_all_that_is_known():
    result = check("faulty/totals-2024.txt")
    page = page_of(result)
    card = page.ids["f-1-4"]
    assert card.attributes["data-rule"] == "GL404"
    assert card.attributes["data-part"] == "remedies"
    for words in (
        "错误",
        "GL404",
        "位置",
        "第70行第41列",
        "现为",
        "应为",
        "改法",
        "原因",
        "依据",
        "国办公开办函〔2021〕30号",
    ):
        assert words in card.text
    related = card.find("ul")[0].find("li")
    assert [node.find("a")[0].attributes["href"].split("-")[0] for node in related] == ["#p"] * 4
    targets = [page.ids[node.find("a")[0].attributes["href"][1:]] for node in related]
    assert [target.text for target in targets] == ["6", "3", "4", "3"]
    assert {target.attributes["href"] for target in targets} == {"#f-1-4"}


def test_the_whole_file_is_marked_on_top():
    page = page_of(check("faulty/essay-2023.txt"))
    (whole,) = page.paper().find("p", "whole")
    assert whole.find("a")[0].attributes["id"] == "at-f-1-1"
    assert page.paper().inside[0] is whole


def test_blank_cells_show_where_a_number_lacks():
    page = page_of(check("faulty/blank-cells-2023.html"))
    gaps = page.paper().find("mark", "gap")
    assert [gap.attributes["data-f"] for gap in gaps] == ["f-1-1", "f-1-2", "f-1-3"]
    assert {node.shown for node in page.paper().find("td") if node.find("mark", "gap")} == {""}


def test_waived_findings_have_a_list_of_their_own_and_quiet_marks():
    page = read_page(write("html", sample()))
    card = page.ids["w-1-1"]
    for words in ("收费情况另行公布", "2024-12-31", ".govlint-waivers.yaml:3", "GL501"):
        assert words in card.text
    assert "data-rule" not in card.attributes, "filters are for what is open"
    (quiet,) = page.paper().find("mark", "waived")
    assert (quiet.attributes["data-f"], page.ids["at-w-1-1"].attributes["href"]) == ("w-1-1", "#w-1-1")
    assert not page.marked("f-1-1").startswith(quiet.shown)


def test_places_in_another_report_are_linked_there():
    results = link(
        {
            "2022.txt": linked_report(year=2022, cell={"requests.carried_out.total": "3"}),
            "2023.txt": linked_report(year=2023),
        }
    )
    found = [diagnostic.rule.id for diagnostic in results["2023.txt"].diagnostics]
    page = page_of(*results.values())
    card = page.ids[f"f-2-{found.index('GL801') + 1}"]
    target = page.ids[card.find("ul")[0].find("a")[0].attributes["href"][1:]]
    assert target in list(page.paper(1).all)
    assert target.text == "3"


def test_several_reports_have_an_overview():
    page = read_page(write("html", sample()))
    rows = [[cell.text for cell in row.find("th") + row.find("td")] for row in page.ids["overview"].find("tr")]
    assert rows[1:] == [
        ["2023/水务局.txt", "云溪县水务局", "2023", "1", "2", "1"],
        ["2023/民政局.docx", "云溪县水务局", "2023", "0", "1", "0"],
        ["2023/扫描件.pdf", "", "", "没有读成"],
    ]
    assert "没有文字层" in page.ids["r-3"].text
    assert "旧系统不能填0" in page.root.find("main")[0].text
    assert "overview" not in page_of(check("faulty/totals-2024.txt")).ids


def test_ids_stay_unique_when_a_file_is_given_twice():
    result = check("faulty/totals-2024.txt")
    page = page_of(result, result)
    assert page.marked("f-1-4") == page.marked("f-2-4") == "15"


def test_an_empty_run_is_a_page_too():
    assert read_page(write("html", replace(sample(), results=(), stale=()))).root.find("h1")


# The page is its own, and for everybody


def test_the_page_is_in_its_language():
    for lang, code in (("zh", "zh-CN"), ("en", "en")):
        page = read_page(write("html", sample(), lang))
        assert page.root.find("html")[0].attributes["lang"] == code
        assert {node.attributes.get("lang") for node in page.root.find("article")} == {"zh-CN"}


def test_the_page_needs_nothing_and_obeys_nothing_else():
    text = write("html", sample())
    page = read_page(text)
    policy = next(node.attributes["content"] for node in page.root.find("meta") if "http-equiv" in node.attributes)
    assert policy
    assert policy.startswith("default-src 'none'; ")
    for part in ("style", "script"):
        (own,) = page.root.find(part)
        digest = base64.b64encode(hashlib.sha256(own.text.encode()).digest()).decode()
        assert f"{part}-src 'sha256-{digest}'" in policy
        assert not re.search(r"@import|url\(|https?:|//|eval|innerHTML|Function\(", own.text)
    names = {name for node in page.root.all for name in node.attributes}
    assert not {name for name in names if name.startswith("on") or name in ("style", "src", "srcset", "action")}
    assert {node.tag for node in page.root.all} <= {
        "", "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "h4", "p", "main", "section",
        "table", "thead", "tbody", "tr", "th", "td", "div", "span", "a", "mark", "b", "small", "code", "dl", "dt", "dd",
        "ul", "ol", "li", "details", "summary", "article", "button", "fieldset", "legend", "label", "input", "select",
        "option", "output", "footer", "script",
    }  # fmt: skip


def test_headings_descend_and_landmarks_are_named():
    page = read_page(write("html", sample()))
    levels = [int(node.tag[1]) for node in page.root.all if re.fullmatch(r"h\d", node.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for node in page.root.find("section", "report"):
        assert page.ids[node.attributes["aria-labelledby"] or ""].tag == "h2"
    fields = page.root.find("select") + page.root.find("input")
    labelled = [node for label in page.root.find("label") for node in label.all]
    assert all(node in labelled for node in fields)
    assert all(node.text or node.attributes.get("title") for node in page.root.find("a"))


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def contrast(one: str, other: str) -> float:
    """By WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(scheme):
    """Every colour of text against every ground that it stands on, as AA asks."""
    first, second, *_ = re.findall(r":root \{(.*?)\}", STYLE.read_text(encoding="utf-8"), re.S)
    shown = {**colours(first), **(colours(second) if scheme == "dark" else {})}
    grounds = {
        "ink": ("paper", "page", "tint", "error-tint", "warning-tint", "info-tint"),
        "soft": ("paper", "page", "tint"),
        "accent": ("paper", "page", "tint"),
        "on": ("error", "warning", "info"),
        "passed": ("paper",),
        **dict.fromkeys(("error", "warning", "info"), ("paper", "page", "tint")),
    }
    low = [(a, b) for a, some in grounds.items() for b in some if contrast(shown[a], shown[b]) < 4.5]
    assert low == []


def test_everything_that_the_page_is_made_of_is_installed():
    """``pyproject.toml`` names it, else no wheel has it."""
    project = tomllib.loads((FIXTURES.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert "govlint.writers.page" in project["tool"]["setuptools"]["packages"]
    patterns = project["tool"]["setuptools"]["package-data"]["govlint.writers.page"]
    made_of = [file.name for file in files("govlint.writers.page").iterdir() if file.name.startswith("page.")]
    assert sorted(made_of) == ["page.css", "page.html", "page.js"]
    assert all(any(fnmatch(name, pattern) for pattern in patterns) for name in made_of)


# Size


@cache
def long_report(paragraphs: int) -> Result:
    """A report with a doubled stop in each of many paragraphs."""
    some = "\n".join(f"第{n}项工作按计划推进，公开信息{n}条。。" + "主动公开各类信息；" * 8 for n in range(paragraphs))
    return LINTER.check_bytes(build({"text": {"@section.1": some}}, CLEAN, LINTER).data, "a.txt")


def test_the_page_grows_with_the_report():
    small, large = long_report(60), long_report(240)
    assert len(large.diagnostics) >= 240
    assert len(write("html", LINTER.run([large]))) < 4.2 * len(write("html", LINTER.run([small])))


def test_text_keeps_its_lines_and_loses_its_controls():
    assert esc_lines("a\nb\tc\x00<\u202e") == "a\nb\tc\\x00&lt;\\u202e"
    assert esc_lines("年\u3000报") == "年\u3000报"
