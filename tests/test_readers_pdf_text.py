"""PDF → text: what is printed twice, wrapped, far apart or on every page; tables without lines; tables over pages."""

from __future__ import annotations

import io
from itertools import count, pairwise

import docx
import pytest
from judge.office import soffice
from reportlab.pdfgen.canvas import Canvas
from test_readers_pdf import ROWS, XS, YS, Draw, by_lines, made, pdf, shown, words

from govlint.linter import load_linter
from govlint.readers import read

LONG = "本年度我局认真贯彻落实政府信息公开条例，持续推进政务公开工作。"


def lines(*texts: str, left: float = 100, top: float = 700, step: float = 20) -> Draw:
    """A page of lines."""

    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts):
            canvas.drawString(left, top - step * number, text)

    return draw


def printed_twice(canvas: Canvas) -> None:
    for shift in (0, 0.3):
        canvas.drawString(100 + shift, 700, "一、总体情况 11 件")


def test_text_printed_twice_to_look_bold():
    assert shown(pdf(printed_twice)) == ["一、总体情况 11 件"]


def test_bold_by_outline_is_read_once():
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(100, 700)
        text.setTextRenderMode(2)
        text.textOut("一、总体情况")
        canvas.drawText(text)

    assert shown(pdf(draw)) == ["一、总体情况"]


def test_wide_gaps_part_words():
    document = pdf(
        lambda canvas: (canvas.drawString(100, 700, "发布机构：甲局"), canvas.drawString(300, 700, "日期：今日"))
    )
    assert shown(document) == ["发布机构：甲局 日期：今日"]
    assert document.lines[0].kind == "gaps"


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("⼀、总体情况", "一、总体情况"), ("⾏政许可⽂件", "行政许可文件"), ("⻚", "页"), ("豈", "豈")],
)
def test_radicals_are_read_as_characters(written, wanted):
    """Some fonts say of 一 that it is the radical ⼀."""
    assert shown(pdf(lines(written))) == [wanted]


def in_cells(*cells: tuple[int, int, str, float]) -> Draw:
    """The ruled table with these texts, at (row, column), so many points below the top of the cell."""

    def draw(canvas: Canvas) -> None:
        by_lines(canvas)
        for row, column, text, down in cells:
            canvas.drawString(XS[column] + 3, YS[row] - down, text)

    return draw


def test_wrapped_words_and_numbers():
    head = ((0, 0, "项目", 20), (0, 1, "收到", 20), (0, 2, "办结", 20), (1, 0, "许可", 20))
    document = pdf(
        in_cells(*head, (1, 1, "4", 13), (1, 1, "8", 26), (1, 2, "行政", 13), (1, 2, "强制", 26), (2, 0, "末", 20))
    )
    assert shown(document) == [["项目", "收到", "办结"], ["许可", "48", "行政强制"], ["末", "", ""]]


def test_words_of_latin_letters_keep_their_blanks():
    assert shown(pdf(in_cells((0, 0, "see page 12", 20), (1, 1, "a", 13), (1, 1, "b", 26))))[0][0] == "see page 12"
    assert shown(pdf(in_cells((1, 1, "ab", 13), (1, 1, "cd", 26))))[1][1] == "ab cd"


def test_paragraphs_are_put_together():
    document = pdf(lines("\u3000\u3000" + LONG[:-2], LONG, "末句。", "\u3000\u3000" + LONG[:-2], "末尾。"))
    assert shown(document) == [LONG[:-2] + LONG + "末句。", LONG[:-2] + "末尾。"]


def with_edges(body: Draw, number: int) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 770, "青石县林草局年度报告")
        canvas.drawString(290, 30, f"— {number} —")
        canvas.drawString(400, 30, f"{number}")
        body(canvas)

    return draw


def test_headers_and_footers():
    document = pdf(
        *(with_edges(lines(LONG, text), number) for number, text in enumerate(("甲段。", "乙段。", "丙段。"), 1))
    )
    assert shown(document) == ["青石县林草局年度报告", LONG, "甲段。", LONG, "乙段。", LONG, "丙段。"]
    assert [line.role for line in document.lines] == ["header", *["body"] * 6]


def test_a_page_number_in_a_table_that_reaches_into_the_margin():
    xs, ys = (100, 250, 330, 410), (700, 670, 100, 20)

    def draw(canvas: Canvas) -> None:
        by_lines(canvas, xs, ys)
        words(canvas, [["项目", "收到", "办结"], ["许可", "12", "3"]], xs, ys)
        canvas.drawString(xs[0] + 40, 30, "— 3 —")
        canvas.drawString(xs[0] + 6, 80, "处罚")
        canvas.drawString(xs[1] + 6, 30, "7")

    assert shown(pdf(draw)) == [["项目", "收到", "办结"], ["许可", "12", "3"], ["处罚", "7", ""]]


# ---------------------------------------------------------------- tables without lines, and over pages


def test_a_table_without_lines_is_said_to_be_one():
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 750, "某报告")
        rows = [
            ["规章", "12", "0", "5"],
            ["行政许可", "1", "345", "6"],
            ["行政处罚", "2", "", "7"],
            ["行政强制", "2", "4", "7"],
        ]
        words(canvas, rows, (100, 250, 330, 410), (700, 670, 640, 610))

    document = pdf(draw, lambda canvas: words(canvas, ROWS * 2, (100, 250, 330), range(700, 500, -30)))
    assert shown(document)[:5] == [
        "某报告",
        ["规章", "12", "0", "5"],
        ["行政许可", "1", "345", "6"],
        ["行政处罚", "2", "", "7"],
        ["行政强制", "2", "4", "7"],
    ]
    assert [(one.kind, one.params["page"]) for one in document.remarks] == [("columns_by_position", 1)]
    place = document.source.place(document.lines[2].cells[2].span().start)
    assert (place.page, place.table, place.row, place.cell, place.box) == (1, 1, 2, 3, None)


def test_the_rule_says_it_once():
    rows = [["规章", "12", "0", "5"], ["行政许可", "1", "345", "6"], ["行政处罚", "2", "3", "7"]]
    data = made(*(lambda canvas: words(canvas, rows, (100, 250, 330, 410), (700, 670, 640)),) * 2)
    found = [one for one in load_linter().check_bytes(data, "a.pdf").diagnostics if one.rule.id == "GL008"]
    assert [one.finding.params["page"] for one in found] == [1]


BOTTOM = tuple(range(190, 90, -30))
TOP = tuple(range(740, 640, -30))


def test_a_table_over_two_pages_with_its_header_repeated():
    def part(rows: list[list[str]], ys: tuple[int, ...]) -> Draw:
        return lambda canvas: (by_lines(canvas, XS, ys), words(canvas, rows, XS, ys))

    second = [ROWS[0], ["行政处罚", "7", "8"], ["行政强制", "9", "0"]]
    document = pdf(with_edges(part(ROWS, BOTTOM), 1), with_edges(part(second, TOP), 2))
    assert shown(document)[1:] == [*ROWS, *second[1:]]
    source = document.source
    pages = {cell.text: source.place(cell.span().start) for line in document.lines for cell in line.cells if cell.grid}
    assert (pages["345"].page, pages["345"].row) == (1, 3)
    assert (pages["8"].page, pages["8"].row, pages["8"].cell) == (2, 4, 3)
    assert pages["8"].box == pytest.approx((330, 680, 410, 710), abs=1)


# ---------------------------------------------------------------- another reader of PDF


def ruled_pages() -> bytes:
    """Tables of many shapes: each page another grid, some cells merged."""

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            xs = [60 + 480 * i // (number + 1) for i in range(number + 2)]
            ys = [740 - 40 * i for i in range(number + 3)]
            cells = count(100 * number)
            for row, (top, bottom) in enumerate(pairwise(ys)):
                merged = row == 0 and number > 1
                for column, (left, right) in enumerate(pairwise(xs)):
                    canvas.line(left, top, right, top)
                    if not (merged and column == 1):
                        canvas.line(left, top, left, bottom)
                        canvas.drawString(left + 4, bottom + 12, str(next(cells)))
                canvas.line(xs[-1], top, xs[-1], bottom)
            canvas.line(xs[0], ys[-1], xs[-1], ys[-1])
            canvas.drawString(100, 400, "后文。" if number % 2 else "另一段后文。")

        return draw

    return made(*(page(number) for number in range(1, 6)))


def both(data: bytes) -> tuple[list[list[str]], list[list[str]]]:
    """The rows of all tables as govlint reads them, and as pdfplumber does; a wrapped text is one line."""
    plumber = pytest.importorskip("pdfplumber")
    with plumber.open(io.BytesIO(data)) as pages:
        rows = [row for page in pages.pages for table in page.extract_tables() for row in table]
    theirs = [[cell.replace("\n", "") for cell in row if cell is not None] for row in rows]
    return [[cell.text for cell in line.cells] for line in read(data, "a.pdf").lines if line.kind == "grid"], theirs


def test_another_reader_finds_the_same_tables():
    ours, theirs = both(ruled_pages())
    assert ours == theirs
    assert sum(len(row) for row in ours) == sum((n + 2) * (n + 1) - (n > 1) for n in range(1, 6))


@pytest.mark.skipif(soffice.found() is None, reason="soffice 不在")
def test_another_reader_finds_the_same_in_what_office_writes(tmp_path):
    document = docx.Document()
    for number in (2, 4):
        table = document.add_table(number + 1, number)
        table.style = "Table Grid"
        for at, cell in enumerate(cell for row in table.rows for cell in row.cells):
            cell.text = f"行政许可{at}" if at % number == 0 else "" if at % 5 == 0 else str(at)
        if number == 4:
            table.cell(0, 1).merge(table.cell(0, 2))
            table.cell(2, 0).merge(table.cell(3, 0)).text = "结果"
        document.add_paragraph("本年度我局认真贯彻落实条例。")
    buffer = io.BytesIO()
    document.save(buffer)
    ours, theirs = both(soffice.convert({"a": buffer.getvalue()}, "docx", "pdf", tmp_path)["a"])
    assert ours == theirs
    assert [len(row) for row in ours] == [2, 2, 2, 3, 4, 4, 3, 4]
