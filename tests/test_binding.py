"""Lines of cells laid on the form: the pitfalls known from real files, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judge.case import LAYOUTS, make_case
from judge.form import FORMS, HEADINGS, NUMERALS, FormRow

from govlint.linter import Linter, load_linter
from govlint.model.report import Gap, Report
from govlint.readers import read

AGENCY = "青石县林草局"
OPENING = ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"]
PROSE = {
    1: ["（一）主动公开。全年公布造林规划、护林通告等信息，便于查询。", "（二）监督保障。开展培训两次。"],
    5: ["存在的问题是解读形式单一。改进情况：已增加图解。"],
    6: ["本年度未收取信息处理费。"],
}


@cache
def linter() -> Linter:
    return load_linter()


def bind(lines: Iterable[str], *, suffix: str = ".txt", newline: str = "\n") -> Report:
    return linter().binder.bind(read(newline.join(lines).encode(), f"report{suffix}"))


# ---------------------------------------------------------------- a report as lines

Row = list[str]


def value(table: str, row: int, column: int) -> int:
    """A number that no other cell of the table has; every row of table 3 has its own total."""
    return {"disclosure": 100, "requests": 300, "remedies": 700}[table] + row * 10 + column


def printed(table: str, number: int, row: FormRow, columns: tuple[str, ...]) -> Row:
    return [row.label, *(str(value(table, number, i)) for i in range(len(columns)))]


def table_rows(table: str, edition: str = "2021") -> list[Row]:
    """The rows of a table as cells, headers included; groups stand before the first of their rows."""
    form = FORMS[edition].table(table)
    rows: list[Row] = []
    number = 0
    if table == "requests":
        rows += [OPENING, ["法人或其他组织"]]
    if table == "remedies":
        rows.append(["行政复议", "行政诉讼"])
        rows.append([*form.blocks[0].headers, "未经复议直接起诉", "复议后起诉"])
        rows.append([*form.blocks[0].headers, *form.blocks[0].headers])
        return [*rows, [str(value(table, i // 5, i % 5)) for i in range(15)]]
    for block in form.blocks:
        if block.caption:
            rows.append([block.caption])
        rows.append(list(block.headers))
        before: tuple[str, ...] = ()
        for row in block.rows:
            fresh = [group for group in row.groups if group not in before]
            rows.append([*fresh, *printed(table, number, row, block.columns)])
            before = row.groups
            number += 1
    return rows


def tabbed(rows: Iterable[Row]) -> list[str]:
    return ["\t".join(row) for row in rows]


def cell_per_line(rows: Iterable[Row]) -> list[str]:
    return [cell for row in rows for cell in row]


def piped(rows: Iterable[Row]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in rows]


def spaced(rows: Iterable[Row]) -> list[str]:
    return [" ".join(row) for row in rows]


def as_html(rows: Iterable[Row]) -> list[str]:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return [f"<table>{body}</table>"]


def heading(section: int) -> str:
    return f"{NUMERALS[section - 1]}、{HEADINGS[section - 1]}"


def report(
    *,
    year: int = 2023,
    disclosure: list[str] | None = None,
    requests: list[str] | None = None,
    remedies: list[str] | None = None,
    headings: dict[int, str | None] | None = None,
    prose: dict[int, list[str]] | None = None,
    top: list[str] | None = None,
    end: list[str] | None = None,
) -> list[str]:
    """The lines of a report on the form of its year; what is given stands in the place of what it names."""
    edition = "2021" if year > 2020 else "2019"
    tables = {2: ("disclosure", disclosure), 3: ("requests", requests), 4: ("remedies", remedies)}
    lines = top if top is not None else [f"{AGENCY}{year}年政府信息公开工作年度报告"]
    for section in range(1, 7):
        words = (headings or {}).get(section, heading(section))
        lines = [*lines, *([words] if words else [])]
        if section in tables:
            table, given = tables[section]
            lines += given if given is not None else tabbed(table_rows(table, edition))
        lines += {**PROSE, **(prose or {})}.get(section, [])
    return [*lines, *(end if end is not None else [AGENCY, f"{year + 1}年1月15日"])]


def change(rows: list[Row], label: str, how: Callable[[Row], list[Row]]) -> list[Row]:
    """The rows with those that have the label as a cell changed."""
    assert any(label in row for row in rows)
    return [new for row in rows for new in (how(list(row)) if label in row else [row])]


def lose(rows: list[Row], label: str) -> list[Row]:
    return change(rows, label, lambda row: [])


def put(rows: list[Row], label: str, *cells: str) -> list[Row]:
    """The rows with other cells behind a label."""
    return change(rows, label, lambda row: [[*row[: row.index(label) + 1], *cells]])


# ---------------------------------------------------------------- what was bound


def expected(table: str, edition: str = "2021") -> dict[str, tuple[int, ...]]:
    form = FORMS[edition].table(table)
    rows = [(row, len(block.columns)) for block in form.blocks for row in block.rows]
    return {row.id: tuple(value(table, n, i) for i in range(width)) for n, (row, width) in enumerate(rows)}


def numbers(bound: Report, table: str) -> dict[str, tuple[Decimal | None, ...]]:
    return {row.form.id: tuple(cell.number for cell in row.cells) for row in bound.table_by_id[table].rows}


def differing(bound: Report, table: str, edition: str = "2021") -> dict[str, tuple[Decimal | None, ...]]:
    """The rows that are not as the report above prints them."""
    wanted = expected(table, edition)
    found = numbers(bound, table)
    assert list(found) == list(wanted)
    return {row: cells for row, cells in found.items() if cells != wanted[row]}


def gaps(bound: Report) -> list[tuple[str, str, str]]:
    return [(gap.kind, gap.scope, gap.subject) for gap in bound.gaps]


def only_gap(bound: Report) -> Gap:
    assert len(bound.gaps) == 1, gaps(bound)
    return bound.gaps[0]


def words(bound: Report, gap: Gap) -> str:
    return bound.source.text[slice(*gap.place)]


def unbound(bound: Report, table: str) -> set[str]:
    return {row.form.id for row in bound.table_by_id[table].rows if not row.bound}


def iter_gaps(bound: Report, kind: str) -> Iterator[Gap]:
    return (gap for gap in bound.gaps if gap.kind == kind)


GRANTED, REPEATED, CONFIRMED = "（一）予以公开", "2.重复申请", "5.要求行政机关确认或重新出具已获取信息"
NOT_HELD, NOT_CREATED = "1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作"
UNCORRECTED = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
REQUESTS = table_rows("requests")
DISCLOSURE = table_rows("disclosure")
REMEDIES = table_rows("remedies")


# ---------------------------------------------------------------- clean reports


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2023])
def test_a_clean_report(year):
    edition = "2021" if year > 2020 else "2019"
    bound = bind(report(year=year))
    assert gaps(bound) == []
    assert bound.due is not None
    assert bound.due.id == edition
    assert [table.layout for table in bound.tables][:2] == [edition, edition]
    for table in ("disclosure", "requests", "remedies"):
        assert differing(bound, table, edition) == {}
    assert [section.how for section in bound.sections] == ["exact"] * 6


@pytest.mark.parametrize("style", [tabbed, cell_per_line, piped, spaced, as_html])
def test_every_way_of_printing_a_table(style):
    bound = bind(
        report(disclosure=style(DISCLOSURE), requests=style(REQUESTS), remedies=style(REMEDIES)),
        suffix=".html" if style is as_html else ".txt",
    )
    for table in ("disclosure", "requests", "remedies"):
        assert differing(bound, table) == {}
    assert [gap for gap in bound.gaps if gap.table] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_made_reports_have_every_cell_at_its_place(layout):
    for seed in range(4):
        case = make_case(seed, layout, "utf-8", charset="right")
        bound = linter().binder.bind(read(case.data, f"a{case.suffix}"))
        position = bound.source.position
        found = {
            tuple(cell.address): (cell.number, *position(cell.span.start), *position(cell.span.end))
            for table in bound.tables
            for cell in table.cells
            if cell.span is not None
        }
        assert found == {tuple(address): tuple(place) for address, place in case.cells.items()}, case.name


def test_a_text_that_is_no_report():
    bound = bind(["青石县造林工作总结", "一年来，全县造林三千亩。", "一、主要工作", "二、下一步打算"])
    assert not bound.recognised
    assert bound.gaps == ()
    assert all(row.cells for table in bound.tables for row in table.rows)
    assert not any(table.found for table in bound.tables)


# ---------------------------------------------------------------- pitfalls 1 to 21


@pytest.mark.parametrize("line", ["— 1 —", "- 12 -", "第 3 页 共 9 页"])
def test_01_page_numbers_between_rows(line):
    for label in ("二、上年结转政府信息公开申请数量", GRANTED, REPEATED):
        bound = bind(report(requests=tabbed(change(REQUESTS, label, lambda row: [[line], row]))))
        assert gaps(bound) == []
        assert differing(bound, "requests") == {}


def test_02_full_width_digits():
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    bound = bind(report(requests=[line.translate(wide) for line in tabbed(REQUESTS)]))
    assert differing(bound, "requests") == {}
    assert {cell.value.quirks for cell in bound.table_by_id["requests"].cells if cell.value} == {("full_width",)}


def test_03_number_torn_from_its_label():
    rows = [[" ".join(row)] for row in REQUESTS]
    lines = [row[0] for row in rows]
    at = next(i for i, line in enumerate(lines) if line.startswith(NOT_CREATED))
    lines[at - 1] += " 2"
    lines[at] = lines[at][1:]
    bound = bind(report(requests=lines))
    assert differing(bound, "requests") == {}
    assert gaps(bound) == []


def test_03_a_wrapped_label_may_go_on_behind_a_true_number():
    cells = [str(value("requests", 20, i)) for i in range(6)]
    rows = put(REQUESTS, UNCORRECTED, *cells, "0")
    lines = spaced(rows)
    at = next(i for i, line in enumerate(lines) if UNCORRECTED in line)
    head, tail = UNCORRECTED.split("、")
    lines[at] = lines[at].replace(f"、{tail}", "")
    assert head in lines[at]
    lines.insert(at + 1, f"、{tail}")
    bound = bind(report(requests=lines))
    assert numbers(bound, "requests")["other_uncorrected"] == (*map(Decimal, cells), 0)
    assert unbound(bound, "requests") == set()
    assert list(iter_gaps(bound, "renamed")) == []


def test_04_literal_nbsp():
    lines = [line.replace("\t", "&nbsp;\t&nbsp;") for line in tabbed(REQUESTS)]
    bound = bind(report(requests=lines))
    assert differing(bound, "requests") == {}
    cell = bound.table_by_id["requests"].row_by_id["granted"].cells[3]
    assert cell.span is not None
    assert bound.source.text[slice(*cell.span)] == str(value("requests", 2, 3))


def test_05_crlf_changes_no_line_and_no_column():
    lines = report()
    positions = []
    for newline in ("\n", "\r\n"):
        bound = bind(lines, newline=newline)
        assert gaps(bound) == []
        place = bound.source.position
        positions.append([place(cell.span.start) for table in bound.tables for cell in table.cells if cell.span])
    assert positions[0] == positions[1]


def test_06_captions_broken_in_two():
    rows = change(DISCLOSURE, "第二十条第（六）项", lambda row: [["第二十条第"], ["（六）项"]])
    bound = bind(report(disclosure=cell_per_line(rows)))
    assert differing(bound, "disclosure") == {}
    assert gaps(bound) == []


def test_06_header_words_broken_in_two():
    rows = REMEDIES
    for word in ("结果维持", "结果纠正", "其他结果", "尚未审结"):
        rows = [[piece for cell in row for piece in ([cell[:2], cell[2:]] if cell == word else [cell])] for row in rows]
    bound = bind(report(remedies=cell_per_line(rows)))
    assert differing(bound, "remedies") == {}
    assert gaps(bound) == []


def test_06_header_printed_a_character_a_line():
    lines = [char for row in REMEDIES[:-1] for cell in row for char in cell]
    bound = bind(report(remedies=[*lines, *REMEDIES[-1]]))
    assert differing(bound, "remedies") == {}
    assert gaps(bound) == []


def test_07_label_that_ends_behind_its_values():
    lines = []
    for line in spaced(REQUESTS):
        if line.startswith(CONFIRMED):
            lines += [line.replace("获取信息", ""), "获取信息"]
        else:
            lines.append(line)
    bound = bind(report(requests=lines))
    assert differing(bound, "requests") == {}
    assert gaps(bound) == []


def test_08_lost_cell_in_a_ragged_grid_is_bound_as_printed():
    rows = [[*row, ""] for row in REQUESTS]
    bound = bind(report(requests=piped(put(rows, GRANTED, "3", "0", "0", "0", "0", "3", ""))))
    assert numbers(bound, "requests")["granted"] == (3, 0, 0, 0, 0, 3, None)
    assert differing(bound, "requests").keys() == {"granted"}


def test_09_label_drifted_between_blanks():
    cells = [str(value("requests", 16, i)) for i in range(7)]
    bound = bind(report(requests=tabbed(put(REQUESTS, REPEATED, "", "", *cells, ""))))
    assert differing(bound, "requests") == {}


def test_10_all_blank_but_the_last():
    rows = [[*[""] * (10 - len(row)), *row] if len(row) > 7 else row for row in REQUESTS]
    rows = change(rows, REPEATED, lambda row: [["", "", "", "", REPEATED, "", "", "", "", "9"]])
    bound = bind(report(requests=tabbed(rows)))
    assert numbers(bound, "requests")["rejected_repeated"] == (None,) * 6 + (9,)
    assert differing(bound, "requests").keys() == {"rejected_repeated"}


def test_11_a_blank_in_cell_per_line_text_is_too_few_values():
    rows = change(REQUESTS, GRANTED, lambda row: [row[:-1]])
    bound = bind(report(requests=cell_per_line(rows)))
    assert differing(bound, "requests") == {"granted": (None,) * 7}
    gap = only_gap(bound)
    assert (gap.kind, gap.row, gap.found, gap.wanted) == ("short", "granted", 6, 7)
    assert words(bound, gap).split() == [str(value("requests", 2, i)) for i in range(6)]


def test_11_a_label_without_any_value():
    bound = bind(report(requests=cell_per_line(put(REQUESTS, "8.属于行政查询事项"))))
    assert differing(bound, "requests") == {"refused_query": (None,) * 7}
    gap = only_gap(bound)
    assert (gap.kind, gap.row, gap.found, gap.wanted) == ("short", "refused_query", 0, 7)
    assert words(bound, gap) == "8.属于行政查询事项"


def test_12_merged_cells_repeated_by_an_export():
    rows = change(DISCLOSURE, "行政许可", lambda row: [[row[0], *[row[1]] * 3]])
    repeated: list[Row] = []
    groups: list[str] = ["", ""]
    for row in REQUESTS[3:]:
        label = row[-8]
        if label.startswith("四、"):
            groups = ["", ""]
        for group in row[:-8]:
            groups = [group, group] if group.startswith("三、") else [groups[0], group]
        if label[:1] == "（":
            repeated.append([groups[0] or label, label, label, *row[-7:]])
        else:
            repeated.append([groups[0] or label, groups[1] or label, label, *row[-7:]])
    bound = bind(report(disclosure=piped(rows), requests=piped([*REQUESTS[:3], *repeated])), suffix=".md")
    assert differing(bound, "disclosure") == {}
    assert differing(bound, "requests") == {}
    assert gaps(bound) == []


def test_13_the_whole_label_decides():
    cells = [str(value("disclosure", 1, i)) for i in range(3)]
    bound = bind(report(disclosure=tabbed(change(DISCLOSURE, "行政规范性文件", lambda row: [["规范性文件", *cells]]))))
    assert differing(bound, "disclosure") == {}
    gap = only_gap(bound)
    assert (gap.kind, gap.row, gap.printed, gap.expected) == (
        "renamed",
        "normative_documents",
        "规范性文件",
        "行政规范性文件",
    )


def test_13_and_the_other_way_round_in_2019():
    rows = table_rows("disclosure", "2019")
    cells = [str(value("disclosure", 1, i)) for i in range(3)]
    lines = tabbed(change(rows, "规范性文件", lambda row: [["行政规范性文件", *cells]]))
    gap = only_gap(bind(report(year=2020, disclosure=lines)))
    assert (gap.kind, gap.row, gap.printed) == ("renamed", "normative_documents", "行政规范性文件")


def test_14_prose_and_tables_of_the_agencys_own():
    own = ["栏目\t条数", "通知公告\t120", "其他\t1,014", "总计\t1,134", "全年收到 6 件，办结 5 件，结转 1 件。"]
    for section in (1, 5):
        bound = bind(report(prose={section: [*own, *PROSE[section]]}))
        assert gaps(bound) == []
        for table in ("disclosure", "requests", "remedies"):
            assert differing(bound, table) == {}


def test_15_layout_tables_around_everything():
    inner = "".join(f"<p>{line}</p>" for line in report()[:2])
    page = f"<table><tr><td>栏目</td><td>{inner}{as_html(DISCLOSURE)[0]}<p>后</p></td></tr></table>"
    bound = bind([page], suffix=".html")
    assert bound.facts.title is not None
    assert bound.facts.title.value == f"{AGENCY}2023年政府信息公开工作年度报告"
    assert bound.sections[0].how == "exact"
    assert differing(bound, "disclosure") == {}


@pytest.mark.parametrize("blank", ["", "<o:p></o:p>", "&nbsp;", " <span> </span>"])
def test_16_blank_cells_of_a_page_are_blank(blank):
    cells = [str(value("requests", 2, i)) for i in range(7)]
    bound = bind(
        report(requests=as_html(put(REQUESTS, GRANTED, *cells[:2], blank, *cells[3:6], blank))), suffix=".html"
    )
    row = bound.table_by_id["requests"].row_by_id["granted"]
    assert [cell.value.kind if cell.value else None for cell in row.cells] == [
        *["number"] * 2, "blank", *["number"] * 3, "blank",
    ]  # fmt: skip
    assert differing(bound, "requests").keys() == {"granted"}
    place = row.cells[2].span
    assert place is not None
    assert bound.source.text[: place.start].endswith(f"<td>{cells[1]}</td><td>") or blank.startswith(" ")
    assert not bound.source.text[slice(*place)].strip() or blank == "&nbsp;"


def test_17_two_rows_on_a_line_and_glued_headers():
    penalty, coercion = (str(value("disclosure", n, 0)) for n in (3, 4))
    rows = change(DISCLOSURE, "行政强制", lambda row: [])
    rows = change(rows, "行政处罚", lambda row: [[f"行政处罚 {penalty} 行政强制 {coercion}"]])
    rows = [["".join(row)] if row[0] == "信息内容" and len(row) == 2 else row for row in rows]
    bound = bind(report(disclosure=spaced(rows)))
    assert differing(bound, "disclosure") == {}
    assert gaps(bound) == []


def test_17_one_number_glued_to_a_label_known_whole():
    rows = change(DISCLOSURE, "行政许可", lambda row: [["".join(row)]])
    assert differing(bind(report(disclosure=tabbed(rows))), "disclosure") == {}


def test_17_glued_digits_are_no_numbers():
    rows = change(DISCLOSURE, "规章", lambda row: [["规章000"]])
    bound = bind(report(disclosure=tabbed(rows)))
    assert differing(bound, "disclosure") == {"regulations": (None, None, None)}
    assert any(gap.row == "regulations" for gap in bound.gaps)


def test_18_numbering_that_restarts():
    again = {section: f"{NUMERALS[section - 2]}、{HEADINGS[section - 1]}" for section in range(2, 7)}
    lines = report(headings=dict(again), prose={1: ["第一项工作。", "二、监督", "第二项工作。"]})
    bound = bind(lines)
    gap = only_gap(bound)
    assert (gap.kind, words(bound, gap)) == ("restarted", "一、主动公开政府信息情况")
    assert all(section.heading for section in bound.sections)


@pytest.mark.parametrize("order", [1, -1])
def test_19_labels_apart_from_their_values(order):
    labels = [[cell for cell in row if not cell.isdigit()] for row in REQUESTS]
    values = [[cell for cell in row if cell.isdigit()] for row in REQUESTS[3:]][::order]
    bound = bind(report(requests=tabbed([*labels, *values])))
    assert not any(row.bound for row in bound.table_by_id["requests"].rows)
    gap = only_gap(bound)
    assert (gap.kind, gap.scope, gap.table) == ("unread", "table", "requests")


def test_19_one_group_apart_from_its_values():
    labels = [[row[-8]] for row in REQUESTS if row[-8:][0] in (NOT_HELD, NOT_CREATED)]
    assert len(labels) == 2
    values = [row[-7:] for row in REQUESTS if row[-8:][0] in (NOT_CREATED, NOT_HELD)][::-1]
    rows = change(REQUESTS, NOT_CREATED, lambda row: [])
    rows = change(rows, NOT_HELD, lambda row: [*labels, *values])
    bound = bind(report(requests=tabbed(rows)))
    assert differing(bound, "requests") == {
        "unavailable_not_held": (None,) * 7,
        "unavailable_not_created": (None,) * 7,
    }
    assert {gap.row for gap in bound.gaps} >= {"unavailable_not_held", "unavailable_not_created"}


def test_20_a_blank_cell_is_told_once():
    data = "\n".join(report(requests=tabbed(change(REQUESTS, GRANTED, lambda row: [[*row[:-1], ""]]))))
    found = linter().check_bytes(data.encode(), "a.txt").diagnostics
    assert [d.rule.id for d in found if "requests.granted" in d.finding.subject] == ["GL301"]


@pytest.mark.parametrize("cell", ["4<br>8", "<p>4</p><p>8</p>"])
def test_21_a_number_broken_over_lines_is_no_number(cell):
    """Whether 48 or two cells stacked was meant cannot be told."""
    cells = [str(value("requests", 2, i)) for i in range(7)]
    for column in (0, 3, 6):
        broken = [*cells[:column], cell, *cells[column + 1 :]]
        bound = bind(report(requests=as_html(put(REQUESTS, GRANTED, *broken))), suffix=".html")
        assert numbers(bound, "requests")["granted"][column] is None
        assert differing(bound, "requests").keys() == {"granted"}


def test_21_all_cells_of_two_rows_stacked():
    stacked = [f"{value('requests', 12, i)}<br>{value('requests', 13, i)}" for i in range(7)]
    rows = change(REQUESTS, NOT_CREATED, lambda row: [])
    rows = change(rows, NOT_HELD, lambda row: [[*row[:-8], f"{NOT_HELD}<br>{NOT_CREATED}", *stacked]])
    bound = bind(report(requests=as_html(rows)), suffix=".html")
    right = expected("requests")
    for row, cells in differing(bound, "requests").items():
        assert all(cell in (None, right[row][i]) for i, cell in enumerate(cells)), (row, cells)


# ---------------------------------------------------------------- values into columns


def test_lines_of_values_without_a_label():
    rows = change(REQUESTS, "二、上年结转政府信息公开申请数量", lambda row: [row[1:]])
    bound = bind(report(requests=tabbed(rows)))
    assert differing(bound, "requests") == {}
    gap = only_gap(bound)
    assert (gap.kind, gap.row) == ("unlabelled", "carried_in")
    assert words(bound, gap).split() == [str(value("requests", 1, i)) for i in range(7)]


def test_a_line_of_values_where_nothing_is_missing():
    strange = ["7", "8", "9", "7", "8", "9", "48"]
    bound = bind(report(requests=tabbed(change(REQUESTS, GRANTED, lambda row: [row, strange]))))
    assert differing(bound, "requests") == {}
    gap = only_gap(bound)
    assert (gap.kind, gap.scope, gap.printed) == ("unknown", "row", " ".join(strange))


def test_two_missing_labels_but_one_line_of_values():
    rows = change(REQUESTS, NOT_HELD, lambda row: [row[-7:]])
    rows = lose(rows, "8.属于行政查询事项")
    bound = bind(report(requests=tabbed(rows)))
    assert set(differing(bound, "requests")) == {"unavailable_not_held", "refused_query"}
    assert unbound(bound, "requests") == {"unavailable_not_held", "refused_query"}


def test_pieces_of_one_cell_are_one_value():
    cells = [str(value("requests", 2, i)) for i in range(7)]
    bound = bind(report(requests=tabbed(put(REQUESTS, GRANTED, cells[0], "1 2", *cells[2:]))))
    assert numbers(bound, "requests")["granted"] == (int(cells[0]), 12, *map(int, cells[2:]))
    (cell,) = [c for c in bound.table_by_id["requests"].cells if c.number == 12]
    assert cell.value is not None
    assert (cell.text, cell.value.quirks) == ("1 2", ("space",))


def test_too_many_values_are_no_values():
    bound = bind(report(requests=tabbed(change(REQUESTS, GRANTED, lambda row: [[*row, "5", "6"]]))))
    assert differing(bound, "requests") == {"granted": (None,) * 7}
    gap = only_gap(bound)
    assert (gap.kind, gap.row, gap.found, gap.wanted) == ("extra", "granted", 9, 7)


def test_spare_blanks_at_the_end_are_dropped_first():
    bound = bind(report(requests=tabbed(change(REQUESTS, GRANTED, lambda row: [[*row, "", "", ""]]))))
    assert differing(bound, "requests") == {}
    assert gaps(bound) == []


@pytest.mark.parametrize("odd", ["12（含转办）", "见附件", "O", "待定"])
@pytest.mark.parametrize("column", [0, 3, 6])
def test_odd_words_are_a_value_without_number(odd, column):
    for style in (tabbed, as_html):
        wanted = [str(value("requests", 16, i)) for i in range(7)]
        wanted[column] = odd
        rows = put(REQUESTS, REPEATED, *wanted)
        bound = bind(report(requests=style(rows)), suffix=".html" if style is as_html else ".txt")
        row = bound.table_by_id["requests"].row_by_id["rejected_repeated"]
        assert [cell.text for cell in row.cells] == wanted
        assert row.cells[column].value is not None
        assert row.cells[column].value.kind == "odd"
        assert differing(bound, "requests").keys() == {"rejected_repeated"}


@pytest.mark.parametrize("mark", ["/", "—", "－", "-", "无", "\\", "――"])
def test_marks_are_values_without_number(mark):
    bound = bind(report(requests=tabbed(put(REQUESTS, REPEATED, *[mark] * 7))))
    row = bound.table_by_id["requests"].row_by_id["rejected_repeated"]
    assert {cell.value.kind for cell in row.cells if cell.value} == {"mark"}
    assert differing(bound, "requests").keys() == {"rejected_repeated"}
    assert gaps(bound) == []


def test_too_few_values_are_never_filled_in():
    """The total would tell the lost one; it is not asked."""
    bound = bind(report(requests=spaced(put(REQUESTS, GRANTED, "1", "1", "1", "1", "1", "6"))))
    assert numbers(bound, "requests")["granted"] == (None,) * 7
    assert only_gap(bound).kind == "short"


def test_label_above_its_line_of_values():
    rows = change(REQUESTS, UNCORRECTED, lambda row: [row[:-7], row[-7:]])
    bound = bind(report(requests=tabbed(rows)))
    assert differing(bound, "requests") == {}
    assert gaps(bound) == []


# ---------------------------------------------------------------- the wide table


def test_three_blocks_of_five():
    rows = [
        row
        for number, name in enumerate(("行政复议", "未经复议直接起诉", "复议后起诉"))
        for row in ([name], REMEDIES[1][:5], REMEDIES[-1][number * 5 : number * 5 + 5])
    ]
    for style in (tabbed, cell_per_line):
        bound = bind(report(remedies=style(rows)))
        assert differing(bound, "remedies") == {}
        assert [gap for gap in bound.gaps if gap.kind not in ("missing", "renamed")] == []


def test_label_by_label():
    labels = REMEDIES[1][:5] * 3
    rows = [[label, number] for label, number in zip(labels, REMEDIES[-1], strict=True)]
    for place, name in ((10, "复议后起诉"), (5, "未经复议直接起诉"), (0, "行政复议")):
        rows.insert(place, [name])
    assert differing(bind(report(remedies=tabbed(rows))), "remedies") == {}


@pytest.mark.parametrize("given", [9, 14])
def test_too_few_for_the_wide_table(given):
    for style in (tabbed, cell_per_line):
        bound = bind(report(remedies=style([*REMEDIES[:-1], REMEDIES[-1][:given]])))
        assert unbound(bound, "remedies") == {"review", "direct", "after_review"}
        gap = only_gap(bound)
        assert (gap.kind, gap.table, gap.found, gap.wanted) == ("short", "remedies", given, 15)


def test_blank_cells_of_the_wide_table():
    cells = [*REMEDIES[-1]]
    cells[3] = cells[14] = ""
    bound = bind(report(remedies=as_html([*REMEDIES[:-1], cells])), suffix=".html")
    found = numbers(bound, "remedies")
    assert found["review"][3] is None
    assert found["after_review"][4] is None
    assert found["direct"] == expected("remedies")["direct"]


def test_a_second_wide_table():
    bound = bind(report(remedies=tabbed([*REMEDIES, *REMEDIES])))
    assert differing(bound, "remedies") == {}
    gap = only_gap(bound)
    assert (gap.kind, gap.scope, gap.table) == ("duplicated", "table", "remedies")
    assert bound.source.position(gap.place.start).line > bound.source.position(
        bound.table_by_id["remedies"].rows[0].cells[0].span.start  # type: ignore[union-attr]
    ).line  # fmt: skip


# ---------------------------------------------------------------- the form of the other edition


@pytest.mark.parametrize(("year", "other"), [(2023, "2019"), (2020, "2021")])
@pytest.mark.parametrize("table", ["disclosure", "requests"])
def test_a_table_on_the_other_form(year, other, table):
    bound = bind(report(year=year, **{table: tabbed(table_rows(table, other))}))
    assert bound.table_by_id[table].layout == other
    assert differing(bound, table, other) == {}
    (gap,) = (gap for gap in bound.gaps if gap.kind == "other_form")
    assert (gap.scope, gap.table) == ("table", table)
    rest = [gap for gap in bound.gaps if gap.kind != "other_form"]
    assert {(gap.kind, gap.row) for gap in rest} <= {("renamed", "normative_documents")}
    others = {"disclosure", "requests"} - {table}
    assert {bound.table_by_id[name].layout for name in others} == {"2021" if year > 2020 else "2019"}


def test_the_place_of_the_other_form_is_what_only_it_has():
    bound = bind(report(disclosure=tabbed(table_rows("disclosure", "2019"))))
    (gap,) = (gap for gap in bound.gaps if gap.kind == "other_form")
    assert "本年新制作数量" in words(bound, gap)
    told = [bound.source.text[slice(*span)] for _, span, _ in gap.related]
    assert any("其他对外管理服务事项" in text for text in told)
    assert any("第二十条第（九）项" in text for text in told)


def test_header_words_of_the_other_form_over_rows_of_this_one():
    exchanged = {"本年制发件数": "本年新制作数量", "本年废止件数": "本年新公开数量", "现行有效件数": "对外公开总数量"}
    rows = [[exchanged.get(cell, cell) for cell in row] for row in DISCLOSURE]
    bound = bind(report(disclosure=tabbed(rows)))
    assert bound.table_by_id["disclosure"].layout == "2021"
    assert differing(bound, "disclosure") == {}
    assert only_gap(bound).kind == "other_form"


# ---------------------------------------------------------------- rows


def test_rows_out_of_order():
    wanted = {row[-8]: row for row in REQUESTS if len(row) >= 8}
    first, second = wanted["2.其他法律行政法规禁止公开"], wanted["7.属于行政执法案卷"]
    rows = [second if row == first else first if row == second else row for row in REQUESTS]
    bound = bind(report(requests=tabbed(rows)))
    assert differing(bound, "requests") == {}
    assert {gap.kind for gap in bound.gaps} == {"order"}
    assert {gap.row for gap in bound.gaps} <= {"refused_by_law", "refused_enforcement"}


def test_a_renamed_row_between_two_known_ones():
    rows = change(REQUESTS, "4.保护第三方合法权益", lambda row: [["4.涉及企业经营", *row[1:]]])
    bound = bind(report(requests=tabbed(rows)))
    assert differing(bound, "requests") == {}
    gap = only_gap(bound)
    assert (gap.kind, gap.row, gap.printed, words(bound, gap)) == (
        "renamed", "refused_third_party", "4.涉及企业经营", "4.涉及企业经营",
    )  # fmt: skip


def test_a_misprinted_row():
    rows = change(REQUESTS, "6.属于四类过程性信息", lambda row: [["6.属于四类过层信息", *row[1:]]])
    bound = bind(report(requests=tabbed(rows)))
    assert differing(bound, "requests") == {}
    gap = only_gap(bound)
    assert (gap.kind, gap.row) == ("renamed", "refused_process")


def test_a_label_cut_short():
    rows = change(REQUESTS, UNCORRECTED, lambda row: [[*row[:-8], UNCORRECTED[:15], *row[-7:]]])
    bound = bind(report(requests=tabbed(rows)))
    assert differing(bound, "requests") == {}
    gap = only_gap(bound)
    assert (gap.kind, gap.scope, gap.found) == ("cut", "table", 1)


def test_numbers_before_labels_lost():
    rows = [[cell.split(".", 1)[-1] for cell in row] for row in REQUESTS]
    bound = bind(report(requests=tabbed(rows)))
    assert differing(bound, "requests") == {}
    assert gaps(bound) == []


def test_a_row_printed_twice():
    rows = change(REQUESTS, "1.信访举报投诉类申请", lambda row: [row, [*row[-8:]]])
    bound = bind(report(requests=tabbed(rows)))
    assert differing(bound, "requests") == {}
    gap = only_gap(bound)
    assert (gap.kind, gap.row) == ("duplicated", "rejected_petition")
    first = bound.source.text.index("1.信访举报投诉类申请")
    assert gap.place.start == bound.source.text.index("1.信访举报投诉类申请", first + 1)


def test_an_unknown_row():
    rows = change(REQUESTS, "8.属于行政查询事项", lambda row: [row, ["9.属于内部掌握", *"1234567"]])
    bound = bind(report(requests=tabbed(rows)))
    assert differing(bound, "requests") == {}
    gap = only_gap(bound)
    assert (gap.kind, gap.printed) == ("unknown", "9.属于内部掌握")


def test_a_missing_row_stands_at_its_kin():
    bound = bind(report(requests=tabbed(lose(REQUESTS, "3.要求提供公开出版物"))))
    assert differing(bound, "requests") == {"rejected_publication": (None,) * 7}
    gap = only_gap(bound)
    assert (gap.kind, gap.row, gap.expected) == ("missing", "rejected_publication", "3.要求提供公开出版物")
    assert words(bound, gap) in (REPEATED, "4.无正当理由大量反复申请")


def test_a_missing_block():
    at = next(i for i, row in enumerate(DISCLOSURE) if row == ["第二十条第（五）项"])
    bound = bind(report(disclosure=tabbed(DISCLOSURE[:at] + DISCLOSURE[at + 3 :])))
    assert differing(bound, "disclosure") == {"licensing": (None,)}
    gap = only_gap(bound)
    assert (gap.kind, gap.scope, gap.block) == ("missing", "block", "article_20_5")


def test_a_misspelt_column():
    rows = [["社会公益阻织" if cell == "社会公益组织" else cell for cell in row] for row in REQUESTS]
    bound = bind(report(requests=tabbed(rows)))
    assert differing(bound, "requests") == {}
    gap = only_gap(bound)
    assert (gap.kind, gap.scope, gap.column, gap.printed) == ("renamed", "column", "charity", "社会公益阻织")


def first_replaced(rows, old, new):
    """The rows with the first cell that reads ``old`` reading ``new``."""
    row, cell = next((i, row.index(old)) for i, row in enumerate(rows) if old in row)
    return [*rows[:row], [*rows[row][:cell], new, *rows[row][cell + 1 :]], *rows[row + 1 :]]


@pytest.mark.parametrize(
    ("old", "new"),
    [("尚未审结", "尚未审结件"), ("尚未审结", "尚未结审"), ("总计", "总计计"), ("复议后起诉", "复议后再起诉")],
)
def test_a_column_with_more_letters_or_in_another_order(old, new):
    bound = bind(report(remedies=tabbed(first_replaced(REMEDIES, old, new))))
    assert differing(bound, "remedies") == {}
    gap = only_gap(bound)
    assert (gap.kind, gap.scope, gap.expected, gap.printed) == ("renamed", "column", old, new)


@pytest.mark.parametrize("new", ["总计（件）", "总计：", "总 计"])
def test_a_column_with_a_unit_or_marks(new):
    assert gaps(bind(report(remedies=tabbed(first_replaced(REMEDIES, "总计", new))))) == []


def test_columns_that_share_a_cell():
    rows = first_replaced(first_replaced(REMEDIES, "尚未审结", "尚未审结总计"), "总计", "")
    assert gaps(bind(report(remedies=tabbed(rows)))) == []


@pytest.mark.parametrize("table", ["disclosure", "requests"])
def test_a_table_printed_twice(table):
    rows = tabbed(table_rows(table))
    other = [line.replace("1", "2") for line in rows]
    bound = bind(report(**{table: [*rows, *other]}))
    assert differing(bound, table) == {}
    gap = only_gap(bound)
    assert (gap.kind, gap.scope, gap.table) == ("duplicated", "table", table)
    assert words(bound, gap).count("\n") >= len(rows) // 2


@pytest.mark.parametrize("table", ["disclosure", "requests", "remedies"])
def test_a_missing_table(table):
    bound = bind(report(**{table: ["详见附件。"]}))
    assert not bound.table_by_id[table].found
    assert not any(row.bound for row in bound.table_by_id[table].rows)
    gap = only_gap(bound)
    assert (gap.kind, gap.scope, gap.table) == ("missing", "table", table)
    section = {"disclosure": 2, "requests": 3, "remedies": 4}[table]
    assert words(bound, gap) == heading(section)


@pytest.mark.parametrize("table", ["disclosure", "requests", "remedies"])
def test_a_table_run_together_in_one_line(table):
    bound = bind(report(**{table: ["".join(cell for row in table_rows(table) for cell in row)]}))
    assert not any(row.bound for row in bound.table_by_id[table].rows)
    gap = only_gap(bound)
    assert (gap.kind, gap.scope, gap.table, gap.how) == ("unread", "table", table, "together")


@pytest.mark.parametrize("year", [2020, 2023])
@pytest.mark.parametrize("table", ["disclosure", "requests"])
def test_a_table_that_is_not_there_is_on_the_form_that_is_due(table, year):
    edition = "2021" if year > 2020 else "2019"
    bound = bind(report(year=year, **{table: ["详见附件。"]}))
    assert unbound(bound, table) == set(expected(table, edition))
    assert bound.table_by_id[table].layout == edition


def test_labels_tell_the_form_also_when_the_values_stand_apart():
    labels = [[cell for cell in row if not cell.isdigit()] for row in REQUESTS]
    values = [[cell for cell in row if cell.isdigit()] for row in REQUESTS[3:]]
    assert bind(report(requests=tabbed([*labels, *values]))).table_by_id["requests"].layout == "2021"


# ---------------------------------------------------------------- never a wrong number

DAMAGE = st.sampled_from(["drop", "double", "next", "relabel", "unlabel", "apart", "join", "blank", "lose", "extra"])


def damaged(rows: list[Row], at: int, how: str, column: int) -> list[Row]:
    """The rows with one of them changed as broken exports change them."""
    row = list(rows[at])
    values = len([cell for cell in row if cell.isdigit()])
    first = len(row) - values
    place = first + column % values if values else len(row) - 1
    after = rows[at + 1 : at + 2]
    changed = {
        "drop": [],
        "double": [row, row],
        "next": [*after, row],
        "relabel": [[*row[: max(first - 1, 0)], "某项事务", *row[first:]]],
        "unlabel": [row[first:] or row],
        "apart": [row[:first], row[first:]] if first and values else [row],
        "join": [[*row, *(after[0] if after else [])]],
        "blank": [[*row[:place], "", *row[place + 1 :]]],
        "lose": [[*row[:place], *row[place + 1 :]]],
        "extra": [[*row, "8"]],
    }[how]
    rest = rows[at + 2 :] if how in ("next", "join") else rows[at + 1 :]
    return [*rows[:at], *[cells for cells in changed if cells], *rest]


def check_numbers(bound: Report) -> None:
    """Every number that was bound is the one of its cell, printed where it says."""
    for table in ("disclosure", "requests", "remedies"):
        right = expected(table) if bound.table_by_id[table].layout == "2021" else {}
        for row, cells in numbers(bound, table).items():
            wanted = right.get(row, (None,) * len(cells))
            assert all(cell is None or not right or cell == wanted[i] for i, cell in enumerate(cells)), (row, cells)
        for cell in bound.table_by_id[table].cells:
            if cell.span is not None and cell.number is not None:
                assert bound.source.text[slice(*cell.span)] == str(cell.number)
    for gap in bound.gaps:
        assert 0 <= gap.place.start <= gap.place.end <= len(bound.source.text)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["disclosure", "requests"]),
    st.sampled_from([tabbed, as_html, piped]),
    DAMAGE,
    st.integers(0, 100),
    st.integers(0, 6),
)
def test_one_damaged_row_gives_no_wrong_number(table, style, how, at, column):
    rows = table_rows(table)
    lines = style(damaged(rows, at % len(rows), how, column))
    check_numbers(bind(report(**{table: lines}), suffix=".html" if style is as_html else ".txt"))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(DAMAGE, st.integers(0, 100), st.integers(0, 6)), min_size=2, max_size=4))
def test_several_damaged_rows_give_no_wrong_number(damages):
    """At least three rows lie between two damaged ones."""
    rows = table_rows("requests")
    places = sorted({at % len(rows) // 4 * 4 for _, at, _ in damages}, reverse=True)
    for place, (how, _, column) in zip(places, damages, strict=False):
        rows = damaged(rows, place, how, column)
    check_numbers(bind(report(requests=tabbed(rows))))


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(["disclosure", "requests", "remedies"]), st.sampled_from(["drop", "double"]), st.integers(0, 500)
)
def test_one_damaged_line_of_a_cell_a_line_gives_no_wrong_number(table, how, at):
    lines = cell_per_line(table_rows(table))
    at %= len(lines)
    lines = [*lines[:at], *([lines[at]] * 2 if how == "double" else []), *lines[at + 1 :]]
    check_numbers(bind(report(**{table: lines})))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_pieces_of_a_report_are_bound_without_wrong_numbers(data):
    lines = report()
    start = data.draw(st.integers(0, len(lines) - 1))
    end = data.draw(st.integers(start + 1, len(lines)))
    check_numbers(bind(lines[start:end]))


# ---------------------------------------------------------------- headings


def test_a_lost_heading_costs_no_table():
    bound = bind(report(headings={3: None}))
    gap = only_gap(bound)
    assert (gap.kind, gap.scope, gap.section, words(bound, gap)) == ("missing", "section", 3, heading(2))
    assert differing(bound, "requests") == {}


def test_a_lost_first_heading_stands_at_the_title():
    gap = only_gap(bound := bind(report(headings={1: None})))
    assert (gap.kind, gap.section) == ("missing", 1)
    assert words(bound, gap) == f"{AGENCY}2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "printed", ["五、存在主要问题和改进措施", "五、问题与下一步打算", "五、存在的主要问题及改进情 况表"]
)
def test_a_renamed_heading(printed):
    bound = bind(report(headings={5: printed}))
    gap = only_gap(bound)
    assert (gap.kind, gap.section, words(bound, gap)) == ("renamed", 5, printed)
    assert [piece.text for piece in bound.section_by_number[5].body] == PROSE[5]


@pytest.mark.parametrize(
    "printed",
    [
        "五、存在的主要问题及改进情况：",
        "五、 存在的主要问题及改进情况",
        "五.存在的主要问题及改进情况",
        "五、政府信息公开工作存在的主要问题及改进情况",
        "第五部分 存在的主要问题及改进情况",
    ],
)
def test_headings_that_pass(printed):
    bound = bind(report(headings={5: printed}))
    assert gaps(bound) == []
    assert bound.section_by_number[5].heading is not None


def test_a_section_of_other_matter():
    gap = only_gap(bind(report(headings={4: "四、护林防火情况"}, remedies=["全年未发生火灾。"])))
    assert (gap.kind, gap.scope, gap.section, gap.printed) == ("replaced", "section", 4, "四、护林防火情况")


def test_sections_out_of_order():
    lines = report()
    four, five, six = (lines.index(heading(n)) for n in (4, 5, 6))
    bound = bind([*lines[:four], *lines[five:six], *lines[four:five], *lines[six:]])
    gap = only_gap(bound)
    assert (gap.kind, gap.scope) == ("order", "section")
    assert gap.section in (4, 5)
    assert differing(bound, "remedies") == {}


def test_a_section_twice():
    lines = report()
    at = lines.index(heading(6))
    bound = bind([*lines[:at], heading(5), "仍有不足，下一步改进。", *lines[at:]])
    gap = only_gap(bound)
    assert (gap.kind, gap.section) == ("duplicated", 5)
    assert bound.source.text[: gap.place.start].count(heading(5)) == 1


def test_a_list_of_contents():
    title = f"{AGENCY}2023年政府信息公开工作年度报告"
    contents = [heading(n) for n in range(1, 7)]
    for listed in (contents, [f"{words} …… {n}" for n, words in enumerate(contents, 1)]):
        bound = bind(report(top=[title, "目录", *listed]))
        assert gaps(bound) == []
        assert bound.section_by_number[1].heading_line == 8
        assert [piece.text for piece in bound.section_by_number[1].body] == PROSE[1]


def test_headings_glued_to_their_text():
    text = "全年公布造林规划、护林通告和采种许可等信息，公众可以在门户网站和窗口查询，也可以电话询问办公室工作人员。"
    bound = bind(report(headings={1: heading(1) + "。" + text}, prose={1: []}))
    assert gaps(bound) == []
    section = bound.section_by_number[1]
    assert section.heading is not None
    assert section.heading.text == heading(1)
    assert text in "".join(piece.text for piece in section.body)


def test_a_whole_report_in_one_line():
    bound = bind([" ".join(report()).replace("\t", " ")])
    assert [section.heading.text if section.heading else None for section in bound.sections] == [
        heading(n) for n in range(1, 7)
    ]
    assert "信息处理费" in bound.section_by_number[6].body[0].text


def test_a_wrong_number():
    gap = only_gap(bound := bind(report(headings={5: "六、存在的主要问题及改进情况"})))
    assert (gap.kind, gap.section, words(bound, gap)) == ("misnumbered", 5, "六、存在的主要问题及改进情况")


def test_a_seventh_section():
    bound = bind(report(end=["七、附表", "见后。", AGENCY, "2024年1月15日"]))
    gap = only_gap(bound)
    assert (gap.kind, gap.scope, gap.printed) == ("unknown", "section", "七、附表")


def test_an_empty_section():
    gap = only_gap(bound := bind(report(prose={5: []})))
    assert (gap.kind, gap.section, words(bound, gap)) == ("empty", 5, heading(5))


def test_the_last_section_is_empty_above_the_signature():
    gap = only_gap(bind(report(prose={6: []})))
    assert (gap.kind, gap.section) == ("empty", 6)


@pytest.mark.parametrize("style", [cell_per_line, tabbed])
def test_rows_that_look_like_headings(style):
    bound = bind(report(requests=style(REQUESTS)))
    lines = {section.form.number: section.heading for section in bound.sections}
    assert [phrase.text if phrase else None for phrase in lines.values()] == [heading(n) for n in range(1, 7)]


@pytest.mark.parametrize("style", [cell_per_line, tabbed])
def test_rows_are_no_headings_when_their_values_are_lost(style):
    rows = [[cell for cell in row if not cell.isdigit()] for row in REQUESTS]
    bound = bind(report(requests=style(rows)))
    assert [section.how for section in bound.sections] == ["exact"] * 6
    assert {gap.scope for gap in bound.gaps} == {"table"}


def test_prose_that_names_the_six_parts():
    named = f"本报告由{'、'.join(HEADINGS)}六个部分组成，所列数据的统计期限为2023年1月1日至2023年12月31日。"
    bound = bind(report(top=[f"{AGENCY}2023年政府信息公开工作年度报告", named]))
    assert gaps(bound) == []
    assert [section.how for section in bound.sections] == ["exact"] * 6


def test_headings_among_links_of_the_page():
    links = "".join(f"<li><a href='#{n}'>{heading(n)}</a></li>" for n in range(1, 7))
    page = "".join(f"<p>{line}</p>" for line in report(disclosure=[], requests=[], remedies=[]))
    tables = {2: DISCLOSURE, 3: REQUESTS, 4: REMEDIES}
    for section, rows in tables.items():
        page = page.replace(f"<p>{heading(section)}</p>", f"<p>{heading(section)}</p>{as_html(rows)[0]}")
    bound = bind([f"<ul>{links}</ul>", page], suffix=".html")
    assert gaps(bound) == []
    assert differing(bound, "requests") == {}
    assert all(section.heading_line and section.heading_line > 5 for section in bound.sections)


# ---------------------------------------------------------------- facts


def facts(*top: str, end: list[str] | None = None, year: int = 2023, suffix: str = ".txt") -> dict[str, str | None]:
    found = bind(report(top=list(top), end=end, year=year), suffix=suffix).facts
    return {
        name: fact.value if fact else None
        for name in ("title", "agency", "year", "period", "published", "signed")
        for fact in [getattr(found, name)]
    } | {"unit_type": found.unit_type}


TITLE = f"{AGENCY}2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([TITLE], TITLE),
        ([AGENCY, "2023年政府信息公开工作", "年度报告"], "2023年政府信息公开工作 年度报告"),
        ([f"{AGENCY}2023年", "政府信息公开工作年度报告"], f"{AGENCY}2023年 政府信息公开工作年度报告"),
        ([f"{AGENCY}2023年度", "政府信息公开", "工作年度报告"], f"{AGENCY}2023年度 政府信息公开 工作年度报告"),
        (["青石县林草局政府信息公开2023年年度报告"], "青石县林草局政府信息公开2023年年度报告"),
        ([f"标题： {TITLE}"], TITLE),
    ],
)
def test_titles(lines, title):
    found = facts(*lines)
    assert (found["title"], found["year"], found["agency"]) == (title, "2023", AGENCY)


def test_titles_of_other_years_on_the_portal():
    others = [f"{AGENCY}{year}年政府信息公开工作年度报告" for year in (2019, 2020, 2021, 2022)]
    found = facts("首页 当前位置 信息公开", *others, *[f"栏目{n}" for n in range(30)], TITLE)
    assert (found["title"], found["year"]) == (TITLE, "2023")


def test_titles_of_other_years_below_the_report():
    found = facts(TITLE, end=[AGENCY, "2024年1月15日", "上一篇：青石县林草局2022年政府信息公开工作年度报告"])
    assert (found["title"], found["year"]) == (TITLE, "2023")


@pytest.mark.parametrize("year", ["２０２３年", "二〇二三年", "二○二三年", "2023 年", "2023年度"])
def test_spellings_of_the_year(year):
    assert facts(f"{AGENCY}{year}政府信息公开工作年度报告")["year"] == "2023"


def test_the_year_above_the_title():
    assert facts("2023年度", "青石县林草局政府信息公开工作年度报告")["year"] == "2023"


def test_the_year_from_the_period_and_not_from_the_first_year_named():
    found = facts(
        "青石县林草局政府信息公开工作年度报告",
        "自2008年条例施行以来，本报告第一次按新格式编制。",
        "所列数据的统计期限为2023年1月1日至12月31日。",
    )
    assert found["year"] == "2023"


def test_no_year_at_all():
    bound = bind(report(top=["青石县林草局政府信息公开工作年度报告"], end=[]))
    assert (bound.year, bound.due) == (None, None)
    assert gaps(bound) == []


def test_the_place_of_year_and_agency():
    bound = bind(report(top=["", f"  {TITLE}"]))
    assert bound.facts.year is not None
    assert bound.facts.agency is not None
    assert bound.source.text[slice(*bound.facts.year.span)] == "2023"
    assert bound.source.text[slice(*bound.facts.agency.span)] == AGENCY
    assert bound.source.position(bound.facts.agency.span.start) == (2, 3)


@pytest.mark.parametrize(
    "lines",
    [
        [AGENCY, "2023年政府信息公开工作年度报告"],
        ["2023年青石县林草局政府信息公开工作年度报告"],
        ["2023年政府信息公开工作年度报告", f"发布机构：{AGENCY}"],
        [f"发布机构\t{AGENCY}\t索引号\t12345", "2023年政府信息公开工作年度报告"],
    ],
)
def test_the_agency_elsewhere(lines):
    assert facts(*lines)["agency"] == AGENCY


def test_no_agency():
    found = facts("2023年政府信息公开工作年度报告", end=[])
    assert (found["agency"], found["unit_type"]) == (None, None)


@pytest.mark.parametrize(
    ("agency", "unit_type"),
    [
        ("青石县林草局", "department"),
        ("青石县发展和改革委员会", "department"),
        ("青石县人民政府", "government"),
        ("青石县", "government"),
        ("青石市经济开发区管理委员会", "government"),
        ("青石县人民政府办公室", "office"),
        ("青石市人民政府办公厅", "office"),
        ("青石镇人民政府", "township"),
        ("青石县东河乡", "township"),
        ("东河街道办事处", "township"),
        ("青石镇林业站", "department"),
    ],
)
def test_unit_types(agency, unit_type):
    found = facts(f"{agency}2023年政府信息公开工作年度报告", end=[])
    assert (found["agency"], found["unit_type"]) == (agency, unit_type)


@pytest.mark.parametrize(
    "period",
    [
        "2023年1月1日至2023年12月31日",
        "2023年1月1日起至2023年12月31日止",
        "2023年1月1日至12月31日",
        "2023年01月01日—2023年12月31日",
        "2023年1月1日--12月31日",
        "2023 年 1 月 1 日 到 2023 年 12 月 31 日",
        "2023年1月1日～12月31日",
        "二〇二三年一月一日至十二月三十一日",
        "2023年1—12月",
        "2023年1月至2023年12月",
        "2023年度",
    ],
)
def test_spellings_of_the_period(period):
    bound = bind(report(top=[TITLE, f"本报告所列数据的统计期限为{period}。"]))
    assert bound.facts.period is not None
    assert bound.facts.period.value == "2023-01-01/2023-12-31"
    assert bound.source.text[slice(*bound.facts.period.span)] == period.removesuffix("止")


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("本报告统计数据截至2023年12月31日。", "2023-01-01/2023-12-31"),
        ("统计期限：2023年。", "2023-01-01/2023-12-31"),
        ("本报告数据统计期限为2023年1月至2月。", "2023-01-01/2023-02-28"),
        ("统计数据截至2024年1月10日。", None),
        ("统计年鉴发布后，截至2023年12月31日共受理申请3件。", None),
        ("2023年1—6月公布统计数据12条，2023年度没有新增统计期限。", None),
        ("2023年度数据真实。", None),
    ],
)
def test_a_period_without_days_counts_only_where_it_is_said_to_be_one(words, period):
    assert facts(TITLE, words)["period"] == period


def test_a_period_with_days_comes_before_one_without():
    found = facts(TITLE, "统计期限为2022年度。", "本报告数据的统计期限为2023年1月1日至12月31日。")
    assert found["period"] == "2023-01-01/2023-12-31"


def test_the_period_said_to_be_it_comes_before_other_periods():
    found = facts(
        TITLE,
        "2023年1月1日至2023年6月30日开展护林行动。",
        "本报告数据统计期限为2022年1月1日至2022年12月31日。",
    )
    assert found["period"] == "2022-01-01/2022-12-31"


@pytest.mark.parametrize(
    "lines",
    [
        ["发布日期：2024-01-20"],
        ["发布时间： 2024年1月20日 来源：办公室"],
        ["发布时间:2024/1/20 09:30"],
        ["发布日期\t2024-01-20\t文号\t无"],
        ["发布日期：", "2024-01-20"],
        ["索引号：123　　　公开日期：2024.01.20"],
    ],
)
def test_the_date_of_publication(lines):
    assert facts(TITLE, *lines, end=[])["published"] == "2024-01-20"


@pytest.mark.parametrize("line", ["采集时间：2024-03-20", "更新发布时间：2024-03-20", "打印发布时间：2024-03-20"])
def test_dates_of_the_machine_are_no_publication(line):
    assert facts(TITLE, line, end=[])["published"] is None


@pytest.mark.parametrize(
    "end",
    [
        [AGENCY, "2024年1月15日"],
        [f"{AGENCY}  2024年1月15日"],
        [AGENCY, "二〇二四年一月十五日"],
        [AGENCY, "2024 年 1 月 15 日"],
        [AGENCY, "2024-01-15"],
        ["2024年1月15日"],
    ],
)
def test_the_date_of_the_signature(end):
    assert facts(TITLE, end=end)["signed"] == "2024-01-15"


@pytest.mark.parametrize(
    "end",
    [
        ["2024-03-15", "2024-02-11"],
        ["关于护林防火的通知 2024-03-15", "关于造林的公告 2024-03-11"],
        ["2024年2月30日"],
        ["下一步，在2024年3月1日前完成。"],
    ],
)
def test_dates_that_are_no_signature(end):
    assert facts(TITLE, end=end)["signed"] is None


def test_dates_in_lists_of_links():
    page = "".join(f"<p>{line}</p>" for line in report(disclosure=[], requests=[], remedies=[], end=[]))
    links = "<ul><li><a href=x>关于护林的通知</a> 2024年3月15日</li></ul><a href=y>更多</a><p>2024年3月15日</p>"
    assert bind([page, links], suffix=".html").facts.signed is None


def test_a_broken_period_is_none():
    assert facts(TITLE, "统计期限为2023年1月至13月。")["period"] is None
