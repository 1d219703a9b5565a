"""The output for people: carets right under the place, no line too wide, colour only where it is wanted."""

from __future__ import annotations

import os
import random
import re
import sys
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from test_cli import CLEAN, FAULTY, govlint, here

from govlint.cli.output import make_language
from govlint.linter import load_linter
from govlint.model.diagnostic import Run
from govlint.model.source import Source, Span
from govlint.readers import SUFFIXES
from govlint.writers.pretty import excerpt, wrap, write

LINTER = load_linter()
REPORTS = sorted(path for path in FAULTY.parent.iterdir() if path.suffix in SUFFIXES)
WIDTH = 80
SGR = re.compile(r"\x1b\[[0-9;]*m")
CLOSING = "，。；：、！？）》”’」』"
HOSTILE = [
    "\x1b[31m红\x1b[0m",
    "\x1b]0;title\x07",
    "\u202e倒",
    "\u2066隔",
    "\x9b2J",
    "\r假",
    "\x08\x08",
    "\x00",
    "\x7f",
]


def columns(text: str) -> int:
    """How many columns a terminal gives the text, by Unicode's own tables."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def shown(line: str, part: str, *, occurrence: int = 0, width: int = WIDTH) -> list[str]:
    """The excerpt of a source of one line with the place where ``part`` stands."""
    start = -1
    for _ in range(occurrence + 1):
        start = line.index(part, start + 1)
    return excerpt(Source("s", "s.txt", line, "text"), Span(start, start + len(part)), width)


def carets(lines: list[str]) -> tuple[int, int]:
    """First column and number of the carets, counted from 0 behind the gutter."""
    source, marks = lines
    gutter = source.index("|") + 2
    assert marks[:gutter].strip() == "|"
    assert marks.index("| ") + 2 == gutter
    assert re.fullmatch(r" *\^+", marks[gutter:])
    return marks.index("^") - gutter, marks.count("^")


@cache
def run(path: Path) -> Run:
    return LINTER.run([LINTER.check_bytes(path.read_bytes(), path.name)])


@cache
def pretty(path: Path, lang: str = "zh", *, color: bool = False, width: int = WIDTH) -> str:
    return write(run(path), make_language(LINTER, lang), color=color, width=width)


# Carets


@pytest.mark.parametrize(
    ("line", "part", "expected"),
    [
        pytest.param("total 12", "12", ["    1 | total 12", "      |       ^^"], id="ascii"),
        pytest.param("本年新收3件", "3", ["    1 | 本年新收3件", "      |         ^"], id="behind-han"),
        pytest.param("本年新收3件", "新收", ["    1 | 本年新收3件", "      |     ^^^^"], id="han"),
        pytest.param("共１２３件", "２３", ["    1 | 共１２３件", "      |     ^^^^"], id="full-width-digits"),
        pytest.param(
            "（一）公开：“好”", "好", ["    1 | （一）公开：“好”", "      |              ^^"], id="punctuation"
        ),
        pytest.param("\t行\t7", "7", ["    1 |     行    7", "      |           ^"], id="behind-tabs"),
        pytest.param("行\t7", "\t", ["    1 | 行    7", "      |   ^^^^"], id="tab"),
        pytest.param("𠮷𡈽路5号", "5", ["    1 | 𠮷𡈽路5号", "      |       ^"], id="behind-astral"),
        pytest.param("住𠮷村", "𠮷", ["    1 | 住𠮷村", "      |   ^^"], id="astral"),
        pytest.param("x😀5", "5", ["    1 | x😀5", "      |    ^"], id="behind-emoji"),
        pytest.param("ｶﾞﾊﾞ5", "5", ["    1 | ｶﾞﾊﾞ5", "      |     ^"], id="half-width-kana"),
        pytest.param("　　五、问题", "五", ["    1 |   五、问题", "      |   ^^"], id="ideographic-blank"),
        pytest.param("a\u00a0b\u3000c", "c", ["    1 | a b  c", "      |      ^"], id="other-blanks"),
    ],
)
def test_carets_are_right_under_the_place(line, part, expected):
    lines = shown(line, part)
    if part == "c":  # blanks may be shown as they are or as plain ones, as long as the caret is right
        assert carets(lines)[0] == columns(lines[0].split("| ", 1)[1].split("c")[0])
    else:
        assert lines == expected


def test_blank_place_has_one_caret():
    source = Source("s", "s.txt", "| 许可 |  |", "text")
    at = source.text.index("|  |") + 2
    lines = excerpt(source, Span(at, at), WIDTH)
    assert carets(lines) == (columns("| 许可 | "), 1)


def test_place_at_the_end_of_the_line_and_of_the_file():
    source = Source("s", "s.txt", "许可\r\n处罚", "text")
    assert carets(excerpt(source, Span(2, 2), WIDTH)) == (4, 1)
    assert carets(excerpt(source, Span(len(source.text), len(source.text)), WIDTH)) == (4, 1)
    empty = Source("s", "s.txt", "", "text")
    assert carets(excerpt(empty, Span(0, 0), WIDTH)) == (0, 1)


def test_place_of_several_lines_is_marked_on_its_first():
    source = Source("s", "s.txt", "一二三\r\n四五六\n", "text")
    lines = excerpt(source, Span(1, 7), WIDTH)
    assert lines == ["    1 | 一二三", "      |   ^^^^"]


@pytest.mark.parametrize("number", [1, 9, 10, 99_999, 100_000, 1_234_567])
def test_line_number_does_not_move_the_carets(number):
    source = Source("s", "s.txt", "\n" * (number - 1) + "共3件", "text")
    lines = excerpt(source, Span(number, number + 1), WIDTH)
    assert lines[0].lstrip().startswith(f"{number} | 共3件")
    assert carets(lines) == (2, 1)


def test_carets_are_right_wherever_the_line_is_cut():
    """Lines of any mixture and length: the carets stand under the marked letters, nothing is too wide."""
    dice = random.Random(11)
    letters = "本年新收，。（１２|  \t\t𠮷😀abc123"
    for _ in range(400):
        before, after = ("".join(dice.choices(letters, k=dice.choice((0, 3, 40, 200)))) for _ in range(2))
        mark = dice.choice(["Z", "ZZZ", "Ｚ", "ＺＺ"])
        width = dice.choice([60, 80, 120])
        lines = shown(before + mark + after, mark, width=width)
        at, count = carets(lines)
        text = lines[0][8:]
        assert count == columns(mark)
        assert columns(text[: text.index(mark)]) == at, lines
        assert max(map(columns, lines)) <= width


def test_long_place_is_cut_with_its_carets():
    line = "前" * 100 + "标" * 300 + "后" * 100
    lines = shown(line, "标" * 300)
    assert max(map(columns, lines)) <= WIDTH
    at, count = carets(lines)
    text = lines[0][8:]
    assert at == columns(text[: text.index("标")])
    assert count == columns("".join(char for char in text if char == "标")) > 20
    assert lines[0].count("前") > 0


@pytest.mark.parametrize("hostile", HOSTILE)
def test_control_characters_take_one_column_and_do_nothing(hostile):
    lines = shown(f"题{hostile}目5", "5")
    text = lines[0].split("| ", 1)[1]
    assert all(char.isprintable() for char in text)
    assert carets(lines) == (columns(text[: text.index("5", text.index("目"))]), 1)


# Whole output


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_no_line_is_too_wide_and_every_caret_is_under_its_place(path, lang):
    text = pretty(path, lang)
    assert "\x1b" not in text
    (result,) = run(path).results
    source = result.source
    lines = text.splitlines()
    places = 0
    for index, line in enumerate(lines):
        assert columns(line) <= WIDTH, line
        assert line == line.rstrip()
        found = re.fullmatch(rf"  --> {re.escape(path.name)}:(\d+):(\d+)", line)
        if found is None:
            continue
        places += 1
        at = next(i for i in range(index, len(lines)) if re.fullmatch(r" +\| +\^+|      \| \^+", lines[i]))
        assert lines[at - 1].split("|")[0].strip() == found[1]
        column, count = carets(lines[at - 1 : at + 1])
        row = source.text.split("\n")[int(found[1]) - 1].rstrip("\r")
        marked = row[int(found[2]) - 1 :][:1]
        body = lines[at - 1].split("| ", 1)[1] + " "
        under = next(char for i, char in enumerate(body) if columns(body[:i]) == column and columns(char))
        assert under == marked or under.isspace()
        assert not under.isspace() or not marked.strip() or count == 1
    assert places == len(result.diagnostics) > 0


def test_sample_as_it_is():
    """One diagnostic in full; a snapshot, to be read by a person when it changes."""
    part = next(part for part in pretty(FAULTY, "en").split("\n\n") if "GL400" in part)
    assert part.split("\n") == [
        "error[GL400] one-wrong-cell",
        "  table 3, “（一）予以公开”, “商业企业” says 1, which breaks 2 totals; 0 would",
        "  mend them all",
        "  --> yunxi-water-2023.md:51:32",
        "      table 3 “（一）予以公开” × “商业企业” (line 51, column 32)",
        "   51 | 办理结果 | （一）予以公开 |  | 2 | 1 | 0 | 0 | 0 | 0 | 2 |",
        "      |                                    ^",
        "   = expected: 0",
        "   = 72:21: GL402: 1+1+0+0+0+0+0+0+0+0+0+0+0+0+0+0+0+0+0+0+0=2, not 1",
        "   = 51:52: GL403: 2+1+0+0+0+0=3, not 2",
        "   = why: Changing this one cell mends all the broken totals and breaks no",
        "     other, so it is most likely the one that is wrong.",
        "   = fix: Compare the cell with the records; if it is right, check the other",
        "     cells of the totals.",
        "   = basis: 国办公开办函〔2021〕30号 表三；国办公开办函〔2019〕60号 表三",
    ]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
def test_width_is_kept(width):
    assert max(map(columns, pretty(FAULTY, "zh", width=width).splitlines())) <= width


def test_clean_report_prints_nothing():
    assert pretty(CLEAN) == ""


# Colour


def test_colour_changes_no_letter():
    colored = pretty(FAULTY, color=True)
    assert SGR.search(colored)
    assert SGR.sub("", colored) == pretty(FAULTY)


@pytest.mark.parametrize(
    ("option", "environment", "colored"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"CLICOLOR_FORCE": "1"}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ([], {"NO_COLOR": "", "FORCE_COLOR": ""}, False),
        (["--color", "auto"], {"FORCE_COLOR": "1"}, True),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "always"], {"TERM": "dumb"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_follows_option_then_environment(option, environment, colored):
    unset = {"NO_COLOR": "", "FORCE_COLOR": "", "CLICOLOR_FORCE": ""}
    ran = here("check", "--output-format", "pretty", *option, FAULTY, **{**unset, **environment})
    assert ran.status == 1
    assert ("\x1b[" in ran.out) == colored
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("form", ["json", "json-full"])
def test_other_formats_have_no_colour(form):
    assert "\x1b" not in here("check", "--output-format", form, "--color", "always", FAULTY).out


def on_a_terminal(*arguments: object, **environment: str) -> str:
    """What the command shows on a terminal of 80 columns."""
    pty = pytest.importorskip("pty")
    drop = {"NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "GOVLINT_OUTPUT_FORMAT", "GOVLINT_LANG"}
    kept = {key: value for key, value in os.environ.items() if key not in drop}
    command = [sys.executable, "-m", "govlint", *map(str, arguments)]
    child, master = pty.fork()
    if child == 0:
        os.execve(sys.executable, command, {**kept, "COLUMNS": "80", **environment})
    data = b""
    while True:
        try:
            block = os.read(master, 65536)
        except OSError:
            break
        if not block:
            break
        data += block
    os.waitpid(child, 0)
    os.close(master)
    return data.decode("utf-8").replace("\r\n", "\n")


def test_terminal_gets_pretty_in_colour():
    text = on_a_terminal("check", FAULTY)
    assert SGR.search(text)
    plain = govlint("check", "--output-format", "pretty", FAULTY)
    assert SGR.sub("", text) == plain.out + plain.err
    assert "\x1b" not in on_a_terminal("check", FAULTY, NO_COLOR="1")
    assert "-->" not in on_a_terminal("check", "--output-format", "concise", FAULTY)


def test_file_gets_no_colour_though_a_terminal_looks_on(tmp_path):
    on_a_terminal("check", "--output-format", "pretty", "-o", tmp_path / "out.txt", FAULTY)
    assert "\x1b" not in (tmp_path / "out.txt").read_text(encoding="utf-8")
    on_a_terminal("check", "-o", tmp_path / "plain.txt", FAULTY)
    assert (tmp_path / "plain.txt").read_text(encoding="utf-8") == here("check", FAULTY).out


# Hostile text


@pytest.mark.parametrize("color", [False, True])
def test_hostile_text_in_a_report_does_nothing(tmp_path, color):
    text = FAULTY.read_text(encoding="utf-8")
    text = text.replace("改进措施", f"改进{''.join(HOSTILE)}措施").replace("其他需要", f"其他{HOSTILE[0]}需要")
    (tmp_path / "report.md").write_text(text, encoding="utf-8", newline="")
    shown = SGR.sub("", pretty(tmp_path / "report.md", color=color))
    assert "措施" in shown
    assert not [char for char in shown if not char.isprintable() and char != "\n"]
    assert "[31m" not in SGR.findall(pretty(tmp_path / "report.md", color=color))


def test_hostile_name_of_a_file_does_nothing(tmp_path):
    path = tmp_path / "a\x1b[31m\u202eb.md"
    path.write_bytes(FAULTY.read_bytes())
    ran = here("check", "--output-format", "pretty", path)
    assert ran.status == 1
    assert "\\x1b[31m\\u202eb.md:" in ran.out
    assert not {"\x1b", "\u202e"} & set(ran.out + ran.err)


# wrap


def test_wrap_leaves_short_text_alone():
    assert wrap("没有写明", 80, "  ", "  ") == ["  没有写明"]
    assert wrap("", 80, "  ", "  ") == [""]


def test_wrap_breaks_han_text_at_the_width():
    assert wrap("一二三四五六七八", 10, "  ", "    ") == ["  一二三四", "    五六七", "    八"]


def test_wrap_keeps_words_and_numbers_whole():
    assert wrap("the total says 1234567", 16, "  ", "  ") == ["  the total says", "  1234567"]
    assert wrap("共1234567件", 10, "", "") == ["共1234567", "件"]
    assert wrap("共计1234567件", 10, "", "") == ["共计", "1234567件"]


def test_wrap_breaks_what_is_longer_than_a_line():
    assert wrap("a" * 25, 10, "", "  ") == ["a" * 10, "  " + "a" * 8, "  " + "a" * 7]


def test_wrap_takes_astral_characters_for_wide():
    assert wrap("𠮷𠮷𠮷𠮷", 6, "", "") == ["𠮷𠮷𠮷", "𠮷"]


@pytest.mark.parametrize("text", ["一二三四五，六七", "一二三四）五", "一二三45，六七", "says total，next"])
def test_wrap_puts_no_closing_punctuation_first(text):
    for width in range(8, 13):
        for line in wrap(text, width, "", ""):
            assert line[0] not in CLOSING, width


def test_wrap_loses_nothing_and_is_never_too_wide():
    dice = random.Random(12)
    pieces = ["本年新收", "，", "。", "“", "”", "（一）", "the", " ", "  ", "1,234", "w" * 50, "𠮷", "😀", "/"]
    for _ in range(500):
        text = "".join(dice.choices(pieces, k=dice.choice((1, 5, 40))))
        width = dice.choice((20, 40, 80))
        lines = wrap(text, width, "   = 原因: ", " " * 5)
        assert max(map(columns, lines)) <= width, (text, lines)
        joined = lines[0].removeprefix("   = 原因:") + "".join(lines[1:])
        assert "".join(joined.split()) == "".join(text.split())
        assert all(line.startswith(" " * 5) for line in lines[1:])
