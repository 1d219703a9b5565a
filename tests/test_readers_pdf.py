"""PDF → paragraphs and tables: however their lines are drawn, pages turned, and text printed."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from govlint.model.document import Document
from govlint.model.errors import ReadError
from govlint.model.source import Place
from govlint.readers import pdf as pdf_reader
from govlint.readers import read

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
WIDTH, HEIGHT = 600.0, 800.0
Draw = Callable[[Canvas], object]
Shown = list[str | list[str]]


def made(*pages: Draw, size: tuple[float, float] = (WIDTH, HEIGHT), **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, **options)
    for draw in pages:
        canvas.setFont(FONT, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def pdf(*pages: Draw) -> Document:
    return read(made(*pages), "a.pdf")


def shown(document: Document) -> Shown:
    return [
        [cell.text for cell in line.cells] if line.kind == "grid" else " ".join(cell.text for cell in line.cells)
        for line in document.lines
    ]


def geometry(document: Document) -> list[list[tuple[object, ...]]]:
    return [[(cell.text, *cell.grid[1:]) for cell in line.cells if cell.grid] for line in document.lines]


# ---------------------------------------------------------------- how lines are drawn

XS, YS = (100, 250, 330, 410), (700, 670, 640, 610)
ROWS = [["项目", "收到", "办结"], ["规章", "12", "0"], ["行政许可", "", "345"]]


def words(
    canvas: Canvas, rows: Sequence[Sequence[str]] = ROWS, xs: Sequence[float] = XS, ys: Sequence[float] = YS
) -> None:
    for row, top in zip(rows, ys, strict=False):
        for text, left in zip(row, xs, strict=False):
            canvas.drawString(left + 6, top - 20, text)


def by_lines(canvas: Canvas, xs: Sequence[float] = XS, ys: Sequence[float] = YS) -> None:
    for y in ys:
        canvas.line(xs[0], y, xs[-1], y)
    for x in xs:
        canvas.line(x, ys[0], x, ys[-1])


def by_rectangles(canvas: Canvas) -> None:
    for y in YS:
        canvas.rect(XS[0], y, XS[-1] - XS[0], 0.7, stroke=0, fill=1)
    for x in XS:
        canvas.rect(x, YS[-1], 0.7, YS[0] - YS[-1], stroke=0, fill=1)


def each_cell(canvas: Canvas, inset: float = 0.0, **mode: int) -> None:
    for left, right in pairwise(XS):
        for top, bottom in pairwise(YS):
            canvas.rect(left + inset, bottom + inset, right - left - 2 * inset, top - bottom - 2 * inset, **mode)


def by_boxes(canvas: Canvas) -> None:
    each_cell(canvas, stroke=1, fill=0)


def by_frames(canvas: Canvas) -> None:
    """A black box with a white one in it for each cell, as some browsers print borders."""
    for left, right in pairwise(XS):
        for top, bottom in pairwise(YS):
            for grey, inset in ((0, 0), (1, 0.7)):
                canvas.setFillGray(grey)
                canvas.rect(left + inset, bottom + inset, right - left - 2 * inset, top - bottom - 2 * inset, 0, 1)
    canvas.setFillGray(0)


def by_dashes(canvas: Canvas) -> None:
    for y in YS:
        for x in range(XS[0], XS[-1], 5):
            canvas.line(x, y, x + 3, y)
    for x in XS:
        canvas.line(x, YS[0], x, YS[-1])


def without_sides(canvas: Canvas) -> None:
    for y in YS:
        canvas.line(XS[0], y, XS[-1], y)
    for x in XS[1:-1]:
        canvas.line(x, YS[0], x, YS[-1])


def in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("lines")
    by_lines(canvas, [x - 50 for x in XS], [y - 50 for y in YS])
    canvas.endForm()
    canvas.saveState()
    canvas.translate(50, 50)
    canvas.doForm("lines")
    canvas.restoreState()


@pytest.mark.parametrize(
    "rule",
    [by_lines, by_rectangles, by_boxes, by_frames, by_dashes, without_sides, in_a_form],
    ids=lambda rule: rule.__name__,
)
def test_ways_to_draw_a_table(rule):
    document = pdf(lambda canvas: (rule(canvas), canvas.setFont(FONT, 12), words(canvas)))
    assert shown(document) == ROWS
    assert document.remarks == ()
    assert geometry(document)[2][2] == ("345", 2, 2, 1, 1)


def test_a_coloured_ground_is_no_table():
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.9)
        each_cell(canvas, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(100, 750, "某报告")

    assert shown(pdf(draw)) == ["某报告"]


def test_spans():
    def draw(canvas: Canvas) -> None:
        for y in YS:
            canvas.line(XS[0] if y != 640 else XS[1], y, XS[-1], y)
        for x in XS:
            canvas.line(x, YS[0] if x != 330 else 670, x, YS[-1])
        words(canvas, [["项目", "申请人情况"], ["结果", "1", "2"], ["", "3", "4"]])

    assert geometry(pdf(draw)) == [
        [("项目", 0, 0, 1, 1), ("申请人情况", 0, 1, 1, 2)],
        [("结果", 1, 0, 2, 1), ("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1)],
        [("3", 2, 1, 1, 1), ("4", 2, 2, 1, 1)],
    ]


def test_two_tables_on_a_page_and_text_between():
    def draw(canvas: Canvas) -> None:
        by_lines(canvas)
        words(canvas)
        canvas.drawString(100, 560, "三、收到和处理申请情况")
        lower = [y - 200 for y in YS]
        by_lines(canvas, ys=lower)
        words(canvas, ys=lower)

    document = pdf(draw)
    assert shown(document) == [*ROWS, "三、收到和处理申请情况", *ROWS]
    assert [line.cells[0].grid.table for line in document.lines if line.kind == "grid"] == [0] * 3 + [1] * 3


# ---------------------------------------------------------------- places


def test_places():
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 750, "某报告")
        by_lines(canvas)
        words(canvas)

    document = pdf(lambda canvas: canvas.drawString(100, 750, "首页"), draw)
    source = document.source
    places = {cell.text: source.place(cell.span().start) for line in document.lines for cell in line.cells}
    assert places["首页"] == Place(page=1)
    assert places["某报告"] == Place(page=2)
    cell = places["345"]
    assert (cell.page, cell.table, cell.row, cell.cell) == (2, 1, 3, 3)
    assert cell.box == pytest.approx((330, 610, 410, 640), abs=1)
    assert places[""] == source.place(document.lines[-1].cells[1].span().start)
    assert (places[""].row, places[""].cell) == (3, 2)


def around_the_middle(canvas: Canvas, angle: int) -> None:
    canvas.translate(WIDTH / 2, WIDTH / 2)
    canvas.rotate(angle)
    canvas.translate(-WIDTH / 2, -HEIGHT / 2)


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_pages_turned_for_display(angle):
    """The text is written upright, and a viewer turns the page."""
    document = pdf(lambda canvas: (canvas.setPageRotation(angle), by_lines(canvas), words(canvas)))
    assert shown(document) == ROWS
    place = document.source.place(document.lines[2].cells[2].span().start)
    assert place.box == pytest.approx((330, 610, 410, 640), abs=1)


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_text_turned_on_the_page(angle):
    def draw(canvas: Canvas) -> None:
        canvas.translate(400, 400)
        canvas.rotate(angle)
        canvas.translate(-255, -655)
        canvas.setFont(FONT, 12)
        by_lines(canvas)
        words(canvas)

    document = read(made(draw, size=(800, 800)), "a.pdf")
    assert shown(document) == ROWS
    left, bottom, right, top = document.source.place(document.lines[2].cells[2].span().start).box
    corners = {0: (475, 355), 90: (415, 475), 180: (245, 415), 270: (355, 245)}
    assert (left, bottom) == pytest.approx(corners[angle], abs=1)
    assert sorted((right - left, top - bottom)) == pytest.approx([30, 80], abs=1)


# ---------------------------------------------------------------- files that cannot be read


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "white")), 0, 0, WIDTH, HEIGHT)


def text_page(canvas: Canvas) -> None:
    canvas.drawString(100, 700, "本年度我局认真贯彻落实条例。")


def indented_page(canvas: Canvas) -> None:
    canvas.drawString(124, 700, "本年度我局认真贯彻落实条例。")


def reason_of(data: bytes) -> tuple[str, dict[str, object]]:
    with pytest.raises(ReadError) as error:
        read(data, "a.pdf")
    return error.value.reason, dict(error.value.params)


def test_scans_are_refused_by_page():
    assert reason_of(made(picture)) == ("no_text", {"pages": "1"})
    mixed = made(text_page, picture, picture, text_page, picture, text_page)
    assert reason_of(mixed) == ("no_text", {"pages": "2-3, 5"})


def test_text_drawn_as_shapes_is_refused():
    def curves(canvas: Canvas) -> None:
        for i in range(300):
            canvas.circle(100 + i, 300, 5)

    assert reason_of(made(curves)) == ("no_text", {"pages": "1"})


def test_pages_without_anything():
    assert shown(pdf(text_page, lambda canvas: None, indented_page)) == ["本年度我局认真贯彻落实条例。"] * 2
    assert reason_of(made(lambda canvas: None)) == ("empty", {})


def test_a_picture_beside_text_is_none_of_ours():
    assert shown(pdf(lambda canvas: (picture(canvas), text_page(canvas)))) == ["本年度我局认真贯彻落实条例。"]


def test_encrypted_files():
    assert reason_of(made(text_page, encrypt=StandardEncryption("secret"))) == ("encrypted", {})
    only_owner = made(text_page, encrypt=StandardEncryption("", "owner"))
    assert shown(read(only_owner, "a.pdf")) == ["本年度我局认真贯彻落实条例。"]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", made(text_page)[:300], b"%PDF-1.7\n" + bytes(500)])
def test_damaged_files(data):
    assert reason_of(data)[0] == "damaged"


def test_limits(monkeypatch):
    data = made(text_page, indented_page)
    monkeypatch.setattr(pdf_reader, "MAX_PAGES", 1)
    assert reason_of(data) == ("too_many_pages", {"count": 2, "limit": 1})
    monkeypatch.setattr(pdf_reader, "MAX_PAGES", 2)
    monkeypatch.setattr(pdf_reader, "MAX_GLYPHS", 20)
    assert reason_of(data)[0] == "too_complex"
    monkeypatch.setattr(pdf_reader, "MAX_GLYPHS", 40)
    assert len(read(data, "a.pdf").lines) == 2
    monkeypatch.setattr(pdf_reader, "MAX_OBJECTS", 3)
    assert reason_of(made(lambda canvas: (by_lines(canvas), words(canvas))))[0] == "too_complex"
