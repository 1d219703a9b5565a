"""Tables of Word: merged cells, slivers, content controls, layout, limits."""

from __future__ import annotations

import time

import pytest
from test_readers_docx import DELETED, package, para, run, shown, shown_of

from govlint.model.document import GridPlace
from govlint.model.errors import ReadError
from govlint.model.source import Place
from govlint.readers import read
from govlint.readers.docx import read_docx
from govlint.readers.docx.inline import MAX_DEPTH


def cell(text: str = "", properties: str = "", width: int | None = None) -> str:
    sized = "" if width is None else f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{sized}{properties}</w:tcPr>{para(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, grid: tuple[int, ...] = ()) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return f"<w:tbl><w:tblPr/>{f'<w:tblGrid>{columns}</w:tblGrid>' if grid else ''}{''.join(rows)}</w:tbl>"


def span(count: object) -> str:
    return f'<w:gridSpan w:val="{count}"/>'


START, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def grid(body: str) -> list[list[tuple[object, ...]]]:
    """Per row (text, row, column, row span, column span)."""
    return [
        [(one.text, *one.grid[1:]) for one in line.cells if one.grid] for line in read_docx(package(body)).lines
    ]  # fmt: skip


def test_spans_down_and_across():
    body = table(
        row(cell("甲", START), cell("乙", span(2))),
        row(cell("", ON), cell("丙"), cell("丁", START)),
        row(cell("", ON), cell("戊"), cell("", ON)),
        row(cell("己", START), cell("庚"), cell("辛")),
        grid=(1000, 1000, 1000),
    )
    assert grid(body) == [
        [("甲", 0, 0, 3, 1), ("乙", 0, 1, 1, 2)],
        [("丙", 1, 1, 1, 1), ("丁", 1, 2, 2, 1)],
        [("戊", 2, 1, 1, 1)],
        [("己", 3, 0, 1, 1), ("庚", 3, 1, 1, 1), ("辛", 3, 2, 1, 1)],
    ]


def test_a_row_of_continued_cells_alone_is_no_line():
    body = table(row(cell("甲", START)), row(cell("", ON)), row(cell("乙")))
    assert grid(body) == [[("甲", 0, 0, 2, 1)], [("乙", 2, 0, 1, 1)]]


def test_continued_without_a_start_is_a_cell():
    assert grid(table(row(cell("甲", ON), cell("乙")))) == [[("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1)]]


def test_merge_across_of_old_files():
    start, on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    body = table(row(cell("甲", start), cell("", on), cell("乙")), row(cell("1"), cell("2"), cell("3")))
    assert grid(body)[0] == [("甲", 0, 0, 1, 2), ("乙", 0, 2, 1, 1)]


def test_columns_left_out():
    body = table(
        row(cell("1"), cell("2"), cell("3")),
        row(cell("甲"), cell("乙"), properties='<w:gridBefore w:val="1"/>'),
        row(cell("甲"), cell("乙"), properties='<w:gridAfter w:val="1"/>'),
        grid=(900, 900, 900),
    )
    assert [[one[2] for one in line] for line in grid(body)] == [[0, 1, 2], [1, 2], [0, 1]]


def test_columns_that_no_cell_starts_in_are_none():
    body = table(row(cell("甲", span(7)), cell("乙", span(3))), row(cell("丙", span(7)), cell("丁", span(3))))
    assert grid(body) == [[("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1)], [("丙", 1, 0, 1, 1), ("丁", 1, 1, 1, 1)]]


# ---------------------------------------------------------------- slivers


def columns(body: str) -> list[list[tuple[object, ...]]]:
    return [[(text, at, wide) for text, _, at, _, wide in line] for line in grid(body)]


def test_slivers_between_columns():
    """The edge between the second and third column was drawn a hair apart in the two rows."""
    body = table(
        row(cell("甲"), cell("乙"), cell("丙", span(2)), cell("丁")),
        row(cell("1"), cell("2", span(2)), cell("3"), cell("4")),
        grid=(1000, 1000, 20, 1000, 1000),
    )
    assert columns(body) == [
        [("甲", 0, 1), ("乙", 1, 1), ("丙", 2, 1), ("丁", 3, 1)],
        [("1", 0, 1), ("2", 1, 1), ("3", 2, 1), ("4", 3, 1)],
    ]


def test_slivers_under_merged_cells():
    body = table(
        row(cell("甲", START), cell("乙", START + span(2)), cell("丙")),
        row(cell("", ON + span(2)), cell("", ON), cell("丁")),
        grid=(1000, 30, 1000, 1000),
    )
    assert grid(body) == [
        [("甲", 0, 0, 2, 1), ("乙", 0, 1, 2, 1), ("丙", 0, 2, 1, 1)],
        [("丁", 1, 2, 1, 1)],
    ]


@pytest.mark.parametrize(
    ("wide", "narrow"), [("1800.5", "19.25"), ("3.2cm", "0.5mm"), ("90pt", "1pt"), ("2in", "0.01in")]
)
def test_ways_to_write_widths(wide, narrow):
    columns_xml = "".join(f'<w:gridCol w:w="{width}"/>' for width in (wide, narrow, wide))
    body = table(row(cell("甲"), cell("乙", span(2))), row(cell("1", span(2)), cell("2")))
    body = body.replace("<w:tblPr/>", f"<w:tblGrid>{columns_xml}</w:tblGrid>")
    assert columns(body) == [[("甲", 0, 1), ("乙", 1, 1)], [("1", 0, 1), ("2", 1, 1)]]


def test_blank_sliver_cells_are_none():
    body = table(
        row(cell("甲", width=1000), cell("乙", width=1000), cell("", width=20)),
        row(cell("1", width=1000), cell("2", span(2), width=1020)),
        grid=(1000, 1000, 20),
    )
    assert columns(body) == [[("甲", 0, 1), ("乙", 1, 1)], [("1", 0, 1), ("2", 1, 1)]]


def test_narrow_cells_with_text_stay():
    body = table(row(cell("甲"), cell("1"), cell("2"), cell("乙")), grid=(1000, 20, 20, 1000))
    assert columns(body) == [[("甲", 0, 1), ("1", 1, 1), ("2", 2, 1), ("乙", 3, 1)]]


@pytest.mark.parametrize("width", [0, 10])
def test_meaningless_column_widths(width):
    body = table(row(cell("甲"), cell(""), cell("丙")), row(cell("1"), cell("2"), cell("")), grid=(width,) * 3)
    assert [[one[1] for one in line] for line in columns(body)] == [[0, 1, 2], [0, 1, 2]]


def test_grid_that_is_too_short_is_not_used():
    body = table(row(cell("甲"), cell("乙"), cell("丙")), row(cell("1", span(2)), cell("2")), grid=(1000,))
    assert columns(body) == [[("甲", 0, 1), ("乙", 1, 1), ("丙", 2, 1)], [("1", 0, 2), ("2", 2, 1)]]


def test_widths_of_cells_where_spans_disagree():
    body = table(
        row(cell("甲", width=2000), cell("乙", width=2000)),
        row(cell("1", width=1010), cell("2", width=1000), cell("3", width=2000)),
    )
    assert columns(body) == [[("甲", 0, 2), ("乙", 2, 1)], [("1", 0, 1), ("2", 1, 1), ("3", 2, 1)]]


def test_ragged_rows_are_counted():
    body = table(row(cell("甲", width=900), cell("乙", width=900)), row(cell("1", width=900)))
    assert columns(body) == [[("甲", 0, 1), ("乙", 1, 1)], [("1", 0, 1)]]


# ---------------------------------------------------------------- wrappers, tracked changes


def test_content_controls_round_rows_and_cells():
    wrapped = f"<w:sdt><w:sdtContent>{cell('甲')}</w:sdtContent></w:sdt>"
    rows = f"<w:sdt><w:sdtPr/><w:sdtContent>{row(wrapped, cell('乙'))}</w:sdtContent></w:sdt>"
    inner = f"<w:tc><w:sdt><w:sdtContent>{para('丙')}</w:sdtContent></w:sdt></w:tc>"
    assert shown(table(rows, f"<w:customXml>{row(inner, cell('丁'))}</w:customXml>")) == [["甲", "乙"], ["丙", "丁"]]


def test_deleted_rows_and_cells_are_gone():
    body = table(
        row(cell("甲"), cell("乙")),
        row(cell("旧"), cell("行"), properties="<w:del/>"),
        row(cell("走", "<w:cellDel/>"), cell("丙"), properties="<w:ins/>"),
    )
    assert columns(body) == [[("甲", 0, 1), ("乙", 1, 1)], [("丙", 1, 1)]]
    assert grid(body)[1][0][1] == 1


# ---------------------------------------------------------------- layout


def test_nested_tables_are_layout():
    inner = table(row(cell("甲"), cell("1")))
    assert shown(table(row(cell("左"), f"<w:tc>{para('前')}{inner}{para('后')}</w:tc>"))) == [
        "左", "前", ["甲", "1"], "后",
    ]  # fmt: skip


def test_running_text_is_layout():
    body = table(row(cell("左"), cell("长" * 201)), row(cell("左"), cell("短" * 200)))
    assert shown(body) == ["左", "长" * 201, ["左", "短" * 200]]


def test_lone_cells_of_several_paragraphs_are_layout():
    body = table(row(f"<w:tc>{para('甲')}{para()}{para('乙')}</w:tc>"), row(f"<w:tc>{para('丙')}{para()}</w:tc>"))
    assert shown(body) == ["甲", "乙", ["丙"]]


def test_paragraphs_of_a_cell_are_its_lines():
    body = table(row(f"<w:tc>{para('甲')}{para(' ')}{para('乙')}</w:tc>", cell("丙")))
    assert shown(body) == [["甲\n乙", "丙"]]
    box = f"<w:p>{run('甲')}<w:r><w:pict><w:txbxContent>{para('框')}</w:txbxContent></w:pict></w:r></w:p>"
    assert shown(table(row(f"<w:tc>{box}</w:tc>", f"<w:tc><w:p>{DELETED}</w:p></w:tc>"))) == [["甲\n框", ""]]


def test_tables_count_from_the_outside():
    body = table(row(f"<w:tc>{table(row(cell('内'), cell('二')))}</w:tc>")) + table(row(cell("后")))
    lines = read_docx(package(body)).lines
    assert [line.cells[0].grid for line in lines] == [GridPlace(1, 0, 0), GridPlace(2, 0, 0)]


def test_places_of_cells():
    body = para("前") + table(row(cell("甲", START), cell("乙")), row(cell("", ON), cell("丙")))
    source = read(package(body), "x.docx").source
    assert source.place(source.text.index("丙")) == Place(table=1, row=2, cell=2)
    assert source.place(source.text.index("乙")) == Place(table=1, row=1, cell=2)


# ---------------------------------------------------------------- limits


def test_absurd_spans():
    body = table(
        row(cell("甲", span("999999999")), cell("乙", span("-4")), cell("丙", span("x")), cell("丁", span("9" * 5000))),
        row(cell("1"), properties='<w:gridBefore w:val="99999999"/>'),
    )
    assert [one[0] for one in columns(body)[0]] == ["甲", "乙", "丙", "丁"]


NESTED = {
    "tables": ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    "controls": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    "boxes": ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
}


def refused(body: str) -> None:
    with pytest.raises(ReadError) as error:
        read_docx(package(body))
    assert (error.value.reason, error.value.params) == ("too_deep", {"limit": MAX_DEPTH})


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 3000])
@pytest.mark.parametrize(("opening", "closing"), NESTED.values(), ids=list(NESTED))
def test_deep_blocks_are_refused(opening, closing, depth):
    refused(opening * depth + para("文") + closing * depth)


@pytest.mark.parametrize("name", ["w:ins", "w:hyperlink", "w:sdtContent", "w:fldSimple"])
def test_deep_runs_are_refused(name):
    def nested(depth: int) -> str:
        return "<w:p>" + f"<{name}>" * depth + run("文") + f"</{name}>" * depth + "</w:p>"

    assert shown(nested(MAX_DEPTH)) == ["文"]
    refused(nested(MAX_DEPTH + 1))
    refused(nested(20_000))


def test_deep_drawings_are_refused():
    box = f"<w:txbxContent>{para('文')}</w:txbxContent>"
    refused(f"<w:p><w:r><w:drawing>{'<a>' * 5000}{box}{'</a>' * 5000}</w:drawing></w:r></w:p>")
    assert shown(f"<w:p><w:r><w:drawing>{'<a>' * 5000}{'</a>' * 5000}</w:drawing></w:r>{run('文')}</w:p>") == ["文"]


def test_some_nesting_is_read():
    body = para("文")
    for _ in range(20):
        body = table(row(f"<w:tc>{body}</w:tc>"))
    assert shown(body) == [["文"]]


def test_many_rows_take_linear_time():
    def seconds(rows: int) -> float:
        data = package(table(*[row(cell("甲", START if i == 0 else ON), cell(str(i))) for i in range(rows)]))
        begun = time.process_time()
        assert len(shown_of(read_docx(data))) == rows
        return time.process_time() - begun

    seconds(100)
    assert seconds(30_000) < 40 * max(seconds(3_000), 0.02)
