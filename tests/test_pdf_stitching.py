"""Tables over page breaks: headers said again or not, rows cut in two, cells that span the break."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from test_pdf_geometry import text

from govlint.readers.pdf.page import Block, PageCell, PageTable, PageText
from govlint.readers.pdf.stitching import Table, stitch

EDGES = (0.0, 100.0, 150.0, 200.0)
Spanning = tuple[str, int, int]
"""A cell's text, rows and columns."""


def table(
    *rows: Sequence[str | Spanning | None], page: int = 1, xs: tuple[float, ...] = EDGES, full: str = ""
) -> PageTable:
    """A table whose cells are texts, or texts with their spans; None where another cell covers the place.

    ``full``: texts that fill the line on which they end.
    """
    cells = []
    for row, line in enumerate(rows):
        for column, item in enumerate(line):
            if item is not None:
                words, down, across = (item, 1, 1) if isinstance(item, str) else item
                cells.append(
                    PageCell(row, column, down, across, words, bool(full) and words in full.split(), page, (0, 0, 1, 1))
                )
    return PageTable(xs, len(rows), tuple(cells), page, 100.0, 700.0)


def rows_of(found: Table) -> list[list[str]]:
    return [[cell.text for cell in sorted(found.cells) if cell.row == row] for row in range(found.rows)]


def joined(*pages: Sequence[Block]) -> list[list[list[str]] | str]:
    return [one.line.text if isinstance(one, PageText) else rows_of(one) for one in stitch(pages)]


HEAD = ("项目", "收到", "办结")
ONE, TWO, THREE = ("规章", "1", "2"), ("许可", "3", "4"), ("处罚", "5", "6")
WHOLE = [[*HEAD], [*ONE], [*TWO], [*THREE]]


def test_a_repeated_header_is_said_once():
    assert joined([table(HEAD, ONE)], [table(HEAD, TWO, THREE, page=2)]) == [WHOLE]


def test_a_header_that_is_not_repeated():
    assert joined([table(HEAD, ONE)], [table(TWO, THREE, page=2)]) == [WHOLE]


def test_over_three_pages_with_blank_ones_between():
    assert joined([table(HEAD, ONE)], [], [table(HEAD, TWO, page=2)], [table(HEAD, THREE, page=3)]) == [WHOLE]


def test_a_header_of_two_rows_with_spans():
    head = (("项目", 2, 1), ("总计", 1, 2), None), (None, "收到", "办结")
    (found,) = stitch([[table(*head, ONE)], [table(*head, TWO, page=2)]])
    assert rows_of(found) == [["项目", "总计"], ["收到", "办结"], [*ONE], [*TWO]]


def test_equal_rows_of_numbers_are_no_header():
    assert joined([table(ONE, TWO)], [table(ONE, THREE, page=2)]) == [[[*ONE], [*TWO], [*ONE], [*THREE]]]


def test_cells_know_their_pages():
    (found,) = stitch([[table(HEAD, ONE)], [table(HEAD, TWO, page=2)]])
    assert [cell.page for cell in found.cells] == [1] * 6 + [2] * 3


@pytest.mark.parametrize(
    ("upper", "lower", "full", "wanted"),
    [
        pytest.param(("行政许", "3", "4"), ("可数", "", ""), "行政许", ("行政许可数", "3", "4"), id="label wrapped"),
        pytest.param(("行政许可", "3", ""), ("", "", "4"), "", ("行政许可", "3", "4"), id="each has what one lacks"),
        pytest.param(("行政", "3", "4"), ("许可", "", ""), "", ("行政许可", "3", "4"), id="stumps"),
        pytest.param(("1.信访举", "3", "4"), ("报投诉", "", ""), "", ("1.信访举报投诉", "3", "4"), id="broken by hand"),
        pytest.param(("许可", "45", "2"), ("", "6", ""), "45", ("许可", "456", "2"), id="number wrapped"),
        pytest.param(("许可", "", ""), ("", "3", "4"), "", ("许可", "3", "4"), id="numbers below"),
    ],
)
def test_a_row_cut_in_two(upper, lower, full, wanted):
    pages = [table(HEAD, ONE, upper, full=full)], [table(lower, THREE, page=2)]
    assert joined(*pages) == [[[*HEAD], [*ONE], [*wanted], [*THREE]]]
    pages = [table(HEAD, ONE, upper, full=full)], [table(HEAD, lower, THREE, page=2)]
    assert joined(*pages) == [[[*HEAD], [*ONE], [*wanted], [*THREE]]], "also below a repeated header"


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        pytest.param(("行政许可", "3", "4"), ("行政强制", "", ""), id="a label alone, its numbers blank"),
        pytest.param(("许可", "", ""), ("强制", "3", "4"), id="a row of blanks above"),
        pytest.param(("许可", "3", "4"), ("", "5", "6"), id="numbers in the same columns"),
        pytest.param(("许可", "3", "4"), ("", "7", ""), id="a number below one that is not full"),
    ],
)
def test_rows_that_are_whole(upper, lower):
    assert joined([table(HEAD, ONE, upper)], [table(lower, THREE, page=2)]) == [
        [[*HEAD], [*ONE], [*upper], [*lower], [*THREE]]
    ]


def test_a_header_cell_that_is_wrapped_over_the_break():
    upper = table(("项目", "制发件", "废止件"), full="制发件 废止件")
    assert joined([upper], [table(("", "数", "数"), ONE, page=2)]) == [[["项目", "制发件数", "废止件数"], [*ONE]]]


def test_a_blank_strip_at_the_break():
    """LibreOffice leaves the edge of a cut row on the next page, or begins it on this one."""
    blank = ("", "", "")
    assert joined([table(HEAD, ONE)], [table(blank, TWO, page=2)]) == [[[*HEAD], [*ONE], [*TWO]]]
    assert joined([table(HEAD, ONE, blank)], [table(TWO, page=2)]) == [[[*HEAD], [*ONE], [*TWO]]]
    assert joined([table(HEAD, ONE)], [table(HEAD, blank, TWO, page=2)]) == [[[*HEAD], [*ONE], [*TWO]]]


def test_a_group_over_the_break():
    upper = table(HEAD, (("结果", 2, 1), "1", "2"), (None, "3", "4"))
    for again in ("", "结果"):
        lower = table(((again, 2, 1), "5", "6"), (None, "7", "8"), page=2)
        (found,) = stitch([[upper], [lower]])
        assert rows_of(found) == [[*HEAD], ["结果", "1", "2"], ["3", "4"], ["5", "6"], ["7", "8"]]
        assert next(cell.rows for cell in found.cells if cell.text == "结果") == 4


def test_a_group_that_ends_at_the_break():
    upper = table(HEAD, (("结果", 2, 1), "1", "2"), (None, "3", "4"))
    lower = table((("复议", 2, 1), "5", "6"), (None, "7", "8"), page=2)
    (found,) = stitch([[upper], [lower]])
    assert [(cell.text, cell.rows) for cell in found.cells if cell.column == 0] == [
        ("项目", 1),
        ("结果", 2),
        ("复议", 2),
    ]


@pytest.mark.parametrize("moved", [0.0, 3.0, 30.0])
def test_margins_of_left_and_right_pages_differ(moved):
    xs = tuple(edge + moved for edge in EDGES)
    assert joined([table(HEAD, ONE)], [table(TWO, page=2, xs=xs)]) == [[[*HEAD], [*ONE], [*TWO]]]


@pytest.mark.parametrize("xs", [(0.0, 50.0, 250.0, 300.0), (0.0, 40.0, 80.0, 120.0)])
def test_tables_of_other_columns_stay_apart(xs):
    assert len(joined([table(HEAD, ONE)], [table(HEAD, TWO, page=2, xs=xs)])) == 2


def test_tables_with_text_between_stay_apart():
    heading = text("三、收到和处理", 100, 2)
    assert joined([table(HEAD, ONE)], [heading, table(HEAD, TWO, page=2)]) == [
        [[*HEAD], [*ONE]],
        "三、收到和处理",
        [[*HEAD], [*TWO]],
    ]
    assert len(joined([table(HEAD, ONE), text("后文", 700)], [table(HEAD, TWO, page=2)])) == 3
    assert len(joined([table(HEAD, ONE), table(HEAD, TWO)])) == 2, "on one page"


def test_an_edge_that_only_one_part_has():
    """A row with a cell too many: the other rows' cells lie over both of its columns."""
    upper = table(HEAD, ONE)
    lower = table(
        (("许可", 1, 1), ("3", 1, 2), None, "4"), ("处罚", "5", "5", "6"), page=2, xs=(0.0, 100.0, 125.0, 150.0, 200.0)
    )
    (found,) = stitch([[upper], [lower]])
    assert found.xs == (0.0, 100.0, 125.0, 150.0, 200.0)
    assert [(cell.column, cell.columns) for cell in found.cells if cell.row == 1] == [(0, 1), (1, 2), (3, 1)]


def test_a_page_that_repeats_only_the_header():
    assert joined([table(HEAD, ONE)], [table(HEAD, page=2)]) == [[[*HEAD], [*ONE]]]
