"""Ruling lines → cells; tables over page breaks; furniture, paragraphs and columns: of hand-made lines and words."""

from __future__ import annotations

from itertools import count

import pytest

from govlint.model.errors import ReadError
from govlint.readers.pdf import lattice as lattices
from govlint.readers.pdf.columns import find_rows
from govlint.readers.pdf.furniture import find_furniture, is_worth_showing, without_numbers
from govlint.readers.pdf.glyphs import Glyph
from govlint.readers.pdf.lattice import Lattice, find_lattices
from govlint.readers.pdf.page import PageText
from govlint.readers.pdf.paragraphs import find_margins, make_paragraphs
from govlint.readers.pdf.rulings import Drawing, Points, Ruling, Rulings, Shape, find_rulings, merge
from govlint.readers.pdf.textlines import Chunk, TextLine, join, join_all, make_lines

# ---------------------------------------------------------------- rulings


def rulings(*lines: tuple[float, float, float]) -> list[Ruling]:
    return [Ruling(*line) for line in lines]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([(10, 0, 50), (10, 50, 90)], [(10, 0, 90)]),
        ([(10, 0, 50), (10, 52.9, 90)], [(10, 0, 90)]),
        ([(10, 0, 50), (10, 54, 90)], [(10, 0, 50), (10, 54, 90)]),
        ([(10, 0, 90), (10, 20, 30), (10, 85, 100)], [(10, 0, 100)]),
        ([(10, 0, 50), (11, 0, 50)], [(10.5, 0, 50)]),
        ([(10, 0, 50), (12, 0, 50)], [(10, 0, 50), (12, 0, 50)]),
        ([(10, 0, 3)], []),
        ([(10, i, i + 1) for i in range(0, 40, 2)], [(10, 0, 39)]),
        ([], []),
    ],
)
def test_merge(lines, wanted):
    assert merge(rulings(*lines)) == rulings(*wanted)
    assert merge(reversed(rulings(*lines))) == rulings(*wanted)


def box(left: float, bottom: float, right: float, top: float) -> Points:
    return [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]


def drawn(*shapes: Shape) -> tuple[list[tuple[float, ...]], list[tuple[float, ...]]]:
    found = find_rulings(Drawing(list(shapes), 0.0, len(shapes)), lambda x, y: (x, 100 - y))
    return [tuple(line) for line in found.horizontal], [tuple(line) for line in found.vertical]


@pytest.mark.parametrize(
    ("shapes", "wanted"),
    [
        ([Shape([(0, 90), (50, 90)], True)], ([(10, 0, 50)], [])),
        ([Shape(box(0, 90, 50, 91), False)], ([(9.5, 0, 50)], [])),
        ([Shape(box(20, 40, 21, 90), False)], ([], [(20.5, 10, 60)])),
        ([Shape(box(0, 40, 50, 90), True)], ([(10, 0, 50), (60, 0, 50)], [(0, 10, 60), (50, 10, 60)])),
        ([Shape(box(0, 40, 50, 90), False)], ([], [])),  # A coloured ground draws no line.
        (
            [Shape(box(0, 40, 50, 90), False), Shape(box(1, 41, 49, 89), False)],
            ([(10.5, 0, 50), (59.5, 0, 50)], [(0.5, 10, 60), (49.5, 10, 60)]),
        ),
        ([Shape([(0, 90), (20, 60), (50, 40)], True)], ([], [])),
        ([Shape(box(0, 90, 2, 92), False)], ([], [])),
        ([Shape([(0, 90), (30, 90), (30, 40)], True)], ([(10, 0, 30)], [(30, 10, 60)])),
    ],
    ids=["line", "thin", "upright", "box", "ground", "frame", "slope", "dot", "corner"],
)
def test_shapes_that_draw_lines(shapes, wanted):
    assert drawn(*shapes) == wanted


# ---------------------------------------------------------------- lattices


def lattice(rows: list[tuple[float, float, float]], columns: list[tuple[float, float, float]]) -> list[Lattice]:
    return find_lattices(Rulings(rulings(*rows), rulings(*columns)))


def slots(found: Lattice) -> list[tuple[int, int, int, int]]:
    return [slot[:4] for slot in found.slots]


THREE_ROWS = [(0, 0, 60), (20, 0, 60), (40, 0, 60), (60, 0, 60)]
PLAIN = [(row, column, 1, 1) for row in range(3) for column in range(3)]


def test_a_plain_grid():
    (found,) = lattice(THREE_ROWS, THREE_ROWS)
    assert slots(found) == PLAIN
    assert found.slots[4].box == (20, 20, 40, 40)
    assert [found.slot_at(*at) for at in ((1, 1), (59, 1), (21, 59), (-1, 5), (5, -1), (61, 5), (5, 61))] == [
        *(0, 2, 7),
        *(None,) * 4,
    ]


def test_spans():
    rows = [(0, 0, 60), (20, 0, 60), (40, 20, 60), (60, 0, 60)]
    columns = [(0, 0, 60), (20, 20, 60), (40, 0, 60), (60, 0, 60)]
    (found,) = lattice(rows, columns)
    assert slots(found) == [
        (0, 0, 1, 2),
        (0, 2, 1, 1),
        (1, 0, 2, 1),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (2, 1, 1, 1),
        (2, 2, 1, 1),
    ]


@pytest.mark.parametrize("apart", [1.0, 3.0, 4.9])
def test_double_lines_are_one(apart):
    rows = [(at + extra, 0, 60) for at, _, _ in THREE_ROWS for extra in (0, apart)]
    (found,) = lattice(rows, THREE_ROWS)
    assert slots(found) == PLAIN


def test_open_sides():
    """Left and right edges are not drawn, or top and bottom ones: the other lines reach to where they would be."""
    (found,) = lattice(THREE_ROWS, [(20, 0, 60), (40, 0, 60)])
    assert slots(found) == PLAIN
    assert found.xs == (0, 20, 40, 60)
    (found,) = lattice([(20, 0, 60), (40, 0, 60)], THREE_ROWS)
    assert slots(found) == PLAIN


def test_lines_that_stick_out_a_little_open_nothing():
    rows = [(at, -4, 64) for at, _, _ in THREE_ROWS]
    assert lattice(rows, THREE_ROWS)[0].xs == (0, 20, 40, 60)


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([(0, 0, 60), (60, 0, 60)], [(0, 0, 60), (60, 0, 60)]),  # A single box.
        (THREE_ROWS, []),
        ([], THREE_ROWS),
        ([(30, 0, 60)], [(30, 0, 60)]),  # A cross.
        (THREE_ROWS, [(at + 100, 0, 60) for at, _, _ in THREE_ROWS]),  # They do not meet.
    ],
)
def test_what_is_no_table(rows, columns):
    assert lattice(rows, columns) == []


def test_tables_apart_and_nested_ones_by_their_size():
    far = [(at + 300, 0, 60) for at, _, _ in THREE_ROWS]
    large = [(3 * at, 0, 180) for at, _, _ in THREE_ROWS]
    small = [(at, 70, 110) for at in (70, 90, 110)]
    found = lattice([*large, *far, *small], [*large, *((at, 300, 360) for at, _, _ in THREE_ROWS), *small])
    assert [len(one.slots) for one in found] == [4, 9, 9]
    assert found[0].area < found[1].area < found[2].area


def test_an_absurd_grid_is_refused(monkeypatch):
    monkeypatch.setattr(lattices, "MAX_POSITIONS", 16)
    assert len(lattice(THREE_ROWS, THREE_ROWS)) == 1
    monkeypatch.setattr(lattices, "MAX_POSITIONS", 15)
    with pytest.raises(ReadError) as error:
        lattice(THREE_ROWS, THREE_ROWS)
    assert error.value.reason == "too_many_cells"


# ---------------------------------------------------------------- words and lines


def glyphs(text: str, left: float = 0.0, base: float = 10.0, step: float = 10.0) -> list[Glyph]:
    return [Glyph(char, left + i * step, left + (i + 1) * step, base, 10.0, 0) for i, char in enumerate(text)]


def texts_of(items: list[Glyph]) -> list[str]:
    return [line.text for line in make_lines(items)]


def test_lines_of_glyphs():
    assert texts_of([*glyphs("下", base=30), *glyphs("上文")]) == ["上文", "下"]
    assert texts_of([*glyphs("甲"), *glyphs("乙", 14, base=11)]) == ["甲乙"]
    assert texts_of([*glyphs("甲"), *glyphs("乙", 24)]) == ["甲  乙"]
    assert texts_of([*glyphs("ab", step=5), *glyphs("cd", 13, step=5)]) == ["ab cd"]
    assert texts_of([*glyphs("甲乙"), *glyphs("甲乙", 0.5)]) == ["甲乙"], "printed twice"
    assert texts_of(glyphs("11", step=5)) == ["11"]
    assert make_lines([]) == []


@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [
        ("甲", "乙", "甲乙"),
        ("4", "8", "48"),
        ("ab", "cd", "ab cd"),
        ("甲a", "b", "甲a b"),
        ("a", "1", "a1"),
        ("", "甲", "甲"),
    ],
)
def test_join(one, two, wanted):
    assert join(one, two) == wanted
    assert join_all(make_lines([*glyphs("4"), *glyphs("8", base=30)])) == "48"


# ---------------------------------------------------------------- furniture, paragraphs, columns


def text(
    words: str, top: float = 100.0, page: int = 1, left: float = 0.0, height: float = 800.0, end: float = 0.0
) -> PageText:
    """A line of words, of which wide blanks part the chunks; characters are ten points wide."""
    chunks, at = [], left
    for part in words.split("  "):
        width = 10.0 * len(part) if part.strip() else 0
        if width:
            chunks.append(Chunk(part, at, at + width, tuple(at + 10.0 * i for i in range(len(part)))))
        at += width + 20
    line = TextLine(tuple(chunks), left, end or chunks[-1].right, top, 10.0)
    return PageText(line, page, height)


def test_furniture():
    pages = [
        [text("某局年报", 20, page), text("正文", 20 + 300, page), text(f"第{page}号", 780, page)] for page in (1, 2, 3)
    ]
    found = find_furniture(pages)
    assert found == {block for blocks in pages for block in blocks if block.in_margin}
    alone = [[text("标题", 20)], [text("他题", 20, 2)]]
    assert find_furniture(alone) == set()
    assert len(find_furniture([[text("— 1 —", 780)], []])) == 1
    assert find_furniture([[text("12", 780)], []]) == set()
    assert find_furniture([[text("甲", 400, page)] for page in (1, 2)]) == set()
    assert without_numbers("第１2页") == "第#页"
    assert [is_worth_showing(one) for one in ("— 1 —", "第1页", "12", "某局年报", "甲乙")] == [
        False,
        False,
        False,
        True,
        False,
    ]


FULL = "本年度我局认真贯彻落实条例要求推进公开工作"


def paragraphs(*lines: PageText) -> list[tuple[str, list[tuple[int, int]]]]:
    return list(make_paragraphs(lines, find_margins(lines)))


def shown(*lines: PageText) -> list[str]:
    return [words for words, _ in paragraphs(*lines)]


def test_full_lines_go_on():
    tops = count(100, 15)
    first = [text(FULL, next(tops)), text(FULL, next(tops)), text("完。", next(tops)), text(FULL, next(tops), left=20)]
    assert shown(*first) == [FULL + FULL + "完。", FULL]
    assert shown(text(FULL), text("一、总体情况", 115), text(FULL, 130)) == [FULL, "一、总体情况", FULL]
    assert shown(text(FULL), text(FULL, 115), text(FULL, 175)) == [FULL + FULL, FULL], "far below"


def test_paragraphs_over_a_page_break_know_their_pages():
    lines = [text(FULL, 690), text(FULL, 705), text("下页。", 100, 2), text("末", 130, 2)]
    assert paragraphs(*lines) == [(FULL + FULL + "下页。", [(0, 1), (2 * len(FULL), 2)]), ("末", [(0, 2)])]


def rows_of(*lines: str) -> dict[int, tuple[str, ...]]:
    found = find_rows([text(line, 100 + 20 * i) for i, line in enumerate(lines)])
    return {at: row.texts for at, (row, _) in found.items()}


def test_rows_without_ruling_lines():
    assert rows_of("某局年报", "规章  1  2", "许可  3  4", "处罚  5  6", "后文") == {
        1: ("规章", "1", "2"),
        2: ("许可", "3", "4"),
        3: ("处罚", "5", "6"),
    }
    assert rows_of("规章  1  2", "许可  3  4") == {}, "too few"
    assert rows_of("规章  1  2  3  4", "许可  3  4  5  6").keys() == {0, 1}
    assert rows_of("正文", "2024年1月20日", "共 12 件") == {}


def test_a_blank_number_keeps_its_column():
    lines = [text("规章  1  2  3", 100), text("许可  4  5  6", 120), text("处罚  7  8  9", 140)]
    short = text("强制  1", 160)
    chunks = (*short.line.chunks, lines[0].line.chunks[3]._replace(text="9"))
    short = short._replace(line=short.line._replace(chunks=chunks))
    found = find_rows([*lines, short])
    assert found[3][0].texts == ("强制", "1", "", "9")
