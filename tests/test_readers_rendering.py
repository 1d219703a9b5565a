"""The canvas: paragraphs and rows as one text, where every cell has its span and its place in the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govlint.model.document import GridPlace
from govlint.model.errors import ReadError
from govlint.model.source import Place, Source
from govlint.readers import limits
from govlint.readers.rendering import Canvas, Rendering, RowCell


def check_spans(made: Rendering) -> None:
    """Each cell's span gives its text in the rendering; only line ends in cells are shown as blanks."""
    for line in made.lines:
        for cell in line.cells:
            start, end = cell.span()
            assert made.text[start:end] == cell.text.translate(str.maketrans("\n\r\x0b\x0c", "    "))
    starts = [start for start, _ in made.places]
    assert starts == sorted(starts)


def drawn(*paragraphs: str) -> list[tuple[str, list[str]]]:
    canvas = Canvas()
    for text in paragraphs:
        canvas.paragraph(text)
    made = canvas.done()
    check_spans(made)
    return [(line.kind, [cell.text for cell in line.cells]) for line in made.lines]


def source_of(made: Rendering) -> Source:
    return Source("a", "a", made.text, "pdf", None, made.places)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("甲", [("plain", ["甲"])], id="plain"),
        pytest.param("\u3000\u3000甲 ", [("plain", ["甲"])], id="indented"),
        pytest.param("甲\n\n乙\n", [("plain", ["甲"]), ("plain", ["乙"])], id="lines"),
        pytest.param("首页 | 概况 | 公开", [("plain", ["首页 | 概况 | 公开"])], id="pipes"),
        pytest.param("首页│概况｜公开", [("plain", ["首页│概况｜公开"])], id="other-pipes"),
        pytest.param("|", [("plain", ["|"])], id="only-a-pipe"),
        pytest.param("\t甲", [("plain", ["甲"])], id="tab-indents"),
        pytest.param("甲\t乙", [("plain", ["甲 乙"])], id="one-tab"),
        pytest.param("一、\t甲\n", [("plain", ["一、 甲"])], id="tab-behind-a-number"),
        pytest.param("甲\t1\t2", [("grid", ["甲", "1", "2"])], id="tabs-part-columns"),
        pytest.param("\t\t甲\t1\t2\t", [("grid", ["甲", "1", "2"])], id="tabs-at-edges"),
        pytest.param("甲\t\t2", [("grid", ["甲", "", "2"])], id="two-tabs-together"),
        pytest.param("甲|乙\t1\t2", [("grid", ["甲|乙", "1", "2"])], id="pipes-and-tabs"),
        pytest.param("发布机构：甲   日期：乙", [("gaps", ["发布机构：甲", "日期：乙"])], id="gaps"),
        pytest.param("甲\r\n乙\r丙\x0b丁\x0c戊", [("plain", ["甲"]), ("plain", ["乙 丙 丁 戊"])], id="controls"),
        pytest.param("— 1 —\n第 3 页\n甲", [("plain", ["甲"])], id="page-numbers"),
        pytest.param("12", [("plain", ["12"])], id="a-number-alone"),
        pytest.param("𠮷𠮷甲", [("plain", ["𠮷𠮷甲"])], id="astral"),
        pytest.param(" \t\n\u3000", [], id="blank"),
    ],
)
def test_paragraphs(text, wanted):
    assert drawn(text) == wanted


def test_one_line_of_text_for_each_line():
    """Line ends inside a paragraph's line, of whatever sort, do not part it in the rendering."""
    canvas = Canvas()
    canvas.paragraph("甲\r乙\x0b丙\x0c丁\x85戊\u2028己")
    canvas.row([RowCell("甲\n乙\r丙"), RowCell("丁\t戊")])
    made = canvas.done()
    assert made.text.count("\n") == len(made.lines) == 2
    assert "\r" not in made.text


def test_rows():
    canvas = Canvas()
    canvas.paragraph("前")
    canvas.row([RowCell(" 甲\n乙 ", GridPlace(0, 0, 0, 2, 1)), RowCell(""), RowCell("\u3000"), RowCell("1\t2")])
    canvas.row([RowCell("", GridPlace(0, 1, 1)), RowCell("")], "header")
    canvas.paragraph("后", role="heading")
    made = canvas.done()
    assert made.text == "前\n甲 乙\t\t\t1 2\n\t\n后\n"
    assert [[cell.text for cell in line.cells] for line in made.lines] == [
        ["前"],
        ["甲\n乙", "", "", "1 2"],
        ["", ""],
        ["后"],
    ]
    assert [line.role for line in made.lines] == ["body", "body", "header", "heading"]
    assert made.lines[1].cells[0].grid == (0, 0, 0, 2, 1)
    assert [tuple(cell.span()) for cell in made.lines[1].cells] == [(2, 5), (6, 6), (7, 7), (8, 11)]
    assert tuple(made.lines[3].cells[0].span()) == (14, 15)
    check_spans(made)


def test_places_of_cells_and_paragraphs():
    canvas = Canvas()
    canvas.paragraph("第一段\n又一行", Place(paragraph=1))
    canvas.row(
        [RowCell("甲", None, Place(cell=1)), RowCell("", None, Place(cell=2)), RowCell("乙", None, Place(cell=3))]
    )
    canvas.paragraph("— 1 —", Place(paragraph=2))
    canvas.paragraph("末段", Place(paragraph=3))
    made = canvas.done()
    source = source_of(made)
    check_spans(made)
    assert [source.place(cell.span().start) for line in made.lines for cell in line.cells] == [
        Place(paragraph=1),
        Place(paragraph=1),
        Place(cell=1),
        Place(cell=2),
        Place(cell=3),
        Place(paragraph=3),
    ]
    assert source.place(10_000) == Place(paragraph=3)
    assert source.place(-1) == Place(paragraph=1)
    assert Source("a", "a", "甲", "text").place(0) is None


ONE, TWO, THREE = Place(page=1), Place(page=2), Place(page=3)


@pytest.mark.parametrize(
    ("text", "later", "pages"),
    [
        ("甲乙丙", [(1, TWO)], {"甲": 1, "乙": 2, "丙": 2}),
        ("  甲乙丙", [(3, TWO), (4, THREE)], {"甲": 1, "乙": 2, "丙": 3}),
        ("\t\t甲\t乙\t丙", [(4, TWO)], {"甲": 1, "乙": 2, "丙": 2}),
        ("甲\n乙丙", [(3, TWO)], {"甲": 1, "乙": 1, "丙": 2}),
        ("甲乙\n丙", [(1, TWO)], {"甲": 1, "乙": 2, "丙": 2}),
        ("甲乙\n丙", [(3, TWO)], {"甲": 1, "乙": 1, "丙": 2}),
        ("甲乙丙   ", [(6, TWO)], {"甲": 1, "乙": 1, "丙": 1}),
        ("— 3 —\n甲乙丙", [(2, TWO)], {"甲": 2, "乙": 2, "丙": 2}),
    ],
)
def test_later_places(text, later, pages):
    canvas = Canvas()
    canvas.paragraph(text, ONE, later=later)
    canvas.paragraph("丁", THREE)
    made = canvas.done()
    check_spans(made)
    found = {char: source_of(made).place(made.text.index(char)).page for char in [*pages, "丁"]}
    assert found == {**pages, "丁": 3}


def test_remarks_are_kept_once_and_where_they_belong():
    canvas = Canvas()
    canvas.paragraph("甲")
    canvas.remark("a", {"page": 1})
    canvas.remark("b")
    canvas.paragraph("乙")
    canvas.remark("a", {"page": 2})
    assert [(one.kind, one.span.start, dict(one.params)) for one in canvas.done().remarks] == [
        ("a", 2, {"page": 1}),
        ("b", 2, {}),
    ]


@pytest.mark.parametrize(
    ("limit", "reason", "most"),
    [("MAX_CELLS", "too_many_cells", 3), ("MAX_LINES", "too_many_lines", 3), ("MAX_CHARACTERS", "too_much_text", 12)],
)
def test_limits(limit, reason, most, monkeypatch):
    monkeypatch.setattr(limits, limit, most)
    canvas = Canvas()
    for _ in range(3):
        canvas.row([RowCell("一二三")])
    with pytest.raises(ReadError) as error:
        canvas.row([RowCell("")])
    assert error.value.reason == reason


TEXTS = st.text(alphabet="甲𠮷1 \t\n\r\x0b\x85\u3000|｜-—第页\u2028", max_size=14)


@given(st.lists(st.one_of(TEXTS, st.lists(TEXTS, min_size=1, max_size=4)), max_size=6))
@settings(max_examples=200, deadline=None)
def test_whatever_is_put_down_stands_where_it_says(items):
    canvas = Canvas()
    for number, item in enumerate(items):
        if isinstance(item, str):
            later = [(at, Place(paragraph=number, run=at)) for at in range(0, len(item), 3)]
            canvas.paragraph(item, Place(paragraph=number), later=later)
        else:
            canvas.row([RowCell(text, None, Place(table=number, cell=i)) for i, text in enumerate(item)])
    made = canvas.done()
    check_spans(made)
    source = source_of(made)
    assert made.text.count("\n") == len(made.lines)
    for line in made.lines:
        assert len({source.position(cell.span().start).line for cell in line.cells}) == 1
        places = [source.place(cell.span().start) for cell in line.cells]
        assert len({(place.table, place.paragraph) for place in places}) == 1
        if line.kind == "grid" and places[0].table is not None:
            assert [place.cell for place in places] == list(range(len(places)))
