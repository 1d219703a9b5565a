"""Chinese writing: folding of widths, brackets and punctuation with an index map; numerals, numbers, dates.

The only module of code with Han characters: it knows the script and its conventions, no report.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from govlint.model.report import Value

_OPEN = "（([［【〔〖{｛﹙︵"
_CLOSE = "）)]］】〕〗}｝﹚︶"
_STOPS = "、，,．.。·•‧∙・"
_QUOTES = "“”\"'‘’「」『』＂＇`´〝〞"
_DASHES = "-—–－―‐‑‒−﹣─━"
_PLACES = ("省", "市", "县", "区", "旗", "州", "盟", "镇", "乡")
_DROPPED = "*#_\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"


class _Folding(dict[int, str]):
    """Character → folded text, worked out at first sight: compatibility forms, then what labels vary in."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isspace() or char in _DROPPED or char in _QUOTES or unicodedata.category(char) == "Cc":
            folded = ""
        elif char in _OPEN:
            folded = "("
        elif char in _CLOSE:
            folded = ")"
        elif char in _STOPS:
            folded = ","
        elif char in _DASHES:
            folded = "-"
        else:
            plain = unicodedata.normalize("NFKC", char)
            folded = plain if plain == char else "".join(self[ord(part)] for part in plain)
            folded = folded.casefold() if folded.isascii() else folded
        self[code] = folded
        return folded


_FOLDING = _Folding()


def is_place(text: str) -> bool:
    """Whether the text may be the name of a province, city, county or township, or end in one."""
    return text.endswith(_PLACES)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The text as labels are compared: no blanks, quotes or markup; one kind of bracket, stop, dash and width."""
    return text.translate(_FOLDING)


def fold_mapped(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, the index in ``text`` that it comes from."""
    parts = list(map(_FOLDING.__getitem__, map(ord, text)))
    folded = "".join(parts)
    if len(folded) == len(text) and "" not in parts:  # One character for each, as in most text.
        return folded, list(range(len(text)))
    return folded, [index for index, part in enumerate(parts) for _ in part]


_RADICALS = str.maketrans(
    "⺁⺄⺆⺇⺈⺊⺌⺍⺕⺗⺘⺙⺠⺡⺢⺩⺪⺫⺭⺮⺰⺳⺶⺹⺻⺼⺾⺿⻁⻄⻅⻆⻈⻉⻊⻋⻌⻍⻏⻐⻑⻓⻔⻖⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乙冂几刀卜小小彐心扌攵民氵水王疋目礻竹纟网羊耂聿月艹艹虎西见角讠贝足车辶辶阝钅長长门阝青韦页风飞食饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
"""Radicals as symbols of their own (CJK Radicals Supplement), which have no official equivalent."""


@lru_cache(maxsize=8192)
def unify(char: str) -> str:
    """A character that only looks like another one, as fonts in PDF files name them, as that other one.

    Radicals and compatibility ideographs become ideographs; full-width forms and the like stay as they are.
    """
    if "\u2e80" <= char <= "\u2eff":
        return char.translate(_RADICALS)
    if "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff" or char >= "\U0002f800":
        return unicodedata.normalize("NFKC", char)
    return char


# ---------------------------------------------------------------- numerals

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "○": 0, "Ｏ": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
LONGEST_NUMERAL = 40
"""What has more characters is no numeral; Python refuses to make a number of thousands of digits."""
NUMERALS = "〇零一二三四五六七八九十百千万亿两"
TURNING = "本上前去今明不未无非失废累另"
"""Characters that make another quantity of a label: this year's or last year's, done or not done, in all."""
PARTICLE = "的"
"""The particle that headings may have or lack without meaning anything else."""
YEAR_SUFFIX = "度"
NUMERAL = "[〇零○一二三四五六七八九十百千万亿两]"
ORDINALS = "一二三四五六七八九十"


def numeral(text: str) -> int | None:
    """The value of a Chinese numeral (三十二, 二〇二四, 一百零五); None if it is none."""
    if (
        not text
        or len(text) > LONGEST_NUMERAL
        or any(c not in _DIGITS and c not in _UNITS and c not in _MYRIADS for c in text)
    ):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            total = (total + section + digit) * _MYRIADS[char]
            section = digit = 0
    return total + section + digit


def ordinal(number: int) -> str:
    """1 … 99 as a Chinese numeral."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else ORDINALS[tens - 1]) + "十" if tens else ""
    return head + (ORDINALS[ones - 1] if ones else "")


_TOP_NUMBER = re.compile(rf"第?({NUMERAL}{{1,3}})(?:[,:]|部分[,:]?)()")
_SUB_NUMBER = re.compile(rf"\(({NUMERAL}{{1,3}}|[0-9]{{1,2}})\),?|([0-9]{{1,2}})(?:[,:](?![0-9])|\))")


def top_number(folded: str) -> tuple[int, int]:
    """The number of a heading “一、…” in folded text and the length of its writing; (0, 0) without one.

    Numbers in brackets count parts of a section, never sections.
    """
    return _number_of(_TOP_NUMBER.match(folded))


def any_number(folded: str) -> tuple[int, int]:
    """Like ``top_number`` for any numbering: 一、 （一） 1. （1） 1）."""
    return _number_of(_TOP_NUMBER.match(folded) or _SUB_NUMBER.match(folded))


def _number_of(match: re.Match[str] | None) -> tuple[int, int]:
    if match is None:
        return 0, 0
    text = match[1] or match[2]
    return (int(text) if text.isascii() else numeral(text) or 0), match.end()


# ---------------------------------------------------------------- numbers in cells

MARKS = frozenset({"/", "\\", "-", "--", "---", "无", "(无)", "暂无", "n/a", "*", "×", "x"})
MONEY = ("万元", "亿元", "元")
UNITS = (*MONEY, "件", "条", "个", "次", "项", "份", "宗", "起", "人", "篇", "部")

ENDS_IN_VALUE = re.compile(rf"[0-9０-９/\\{_DASHES[0]}—－–無无*×][\s\u00a0\u3000]*(?:{'|'.join(UNITS)})?\Z")
"""Text whose end may be a number or a mark, a unit behind it."""
_PLAIN = re.compile(r"[+-]?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,6})?")
_LOOSE = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,3}(?:[,，][ \u00a0]?[0-9]{3})+"
    r"|[0-9](?:[0-9 \u00a0\u2002\u2003\u3000]{0,22}[0-9])?)"
    r"(?P<rest>[.．][0-9]{1,6})?[ \u00a0]?(?P<unit>" + "|".join(UNITS) + ")?"
)
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x2212: ord("-"), 0xFE63: ord("-")}
_BLANK = Value("blank")
_MARK = Value("mark")
_ODD = Value("odd")
_FORMULA = Value("formula")
_FORMULA_TEXT = re.compile(r"=[A-Za-z0-9_$(+\-.\['\"].{0,2000}", re.S)


@lru_cache(maxsize=8192)
def cell_value(text: str) -> Value:
    """What the text of a table cell says.

    Numbers with separators, full-width digits, inner blanks or a unit are read, their quirks named. Digits
    that start with a superfluous 0 are no number: they may be several cells run together.
    """
    text = text.strip(_STRIPPED)
    if not text:
        return _BLANK
    if _PLAIN.fullmatch(text):
        return Value("number", Decimal(text))
    if fold(text) in MARKS or not fold(text):
        return _MARK if fold(text) else _ODD
    narrow = text.translate(_NARROW)
    match = _LOOSE.fullmatch(narrow)
    if match is None:
        return _FORMULA if _FORMULA_TEXT.fullmatch(text) else _ODD
    whole = re.sub("[^0-9]", "", match["whole"])
    if len(whole) > 18 or (len(whole) > 1 and whole[0] == "0"):
        return _ODD
    quirks = []
    if narrow != text:
        quirks.append("full_width")
    if "," in match["whole"]:
        quirks.append("separator")
    elif not match["whole"].isdigit():
        quirks.append("space")
    if match["unit"]:
        quirks.append("unit")
    number = Decimal(match["sign"] + whole + (match["rest"] or ""))
    return Value("number", number, tuple(quirks), match["unit"])


_STRIPPED = " \t\r\n\f\v\u00a0\u2002\u2003\u2009\u3000\u200b\ufeff"


def is_value(text: str) -> bool:
    """Whether a piece of text is a number, a mark that stands for none, or a formula."""
    return cell_value(text).kind in ("number", "mark", "formula")


def is_page_number(text: str) -> bool:
    """Whether a line holds nothing but the number of a page: — 3 —, - 3 -, 第3页 共9页."""
    return _PAGE.fullmatch(text.strip(_STRIPPED)) is not None


_DASH = f"[{_DASHES}]"
_PAGE = re.compile(
    rf"{_DASH}{{1,3}}[ \u00a0\u3000]*[0-9０-９]{{1,4}}[ \u00a0\u3000]*{_DASH}{{1,3}}"
    r"|第?\s*[0-9０-９]{1,4}\s*页\s*[,，/／]?\s*(?:共\s*[0-9０-９]{1,4}\s*页)?"
    r"|[Pp]age\s*[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?"
)

# ---------------------------------------------------------------- dates

DATE = (
    r"(?P<year>(?:19|20)[0-9]{2}|[二一][〇零○Ｏ一二三四五六七八九]{3})\s*(?:年|[-./／－—])\s*"
    r"(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*(?:月|[-./／－—])\s*"
    r"(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?![0-9])(?:\s*日)?"
)
_DATE = re.compile(DATE)


def find_date(text: str, start: int = 0) -> tuple[date, int, int] | None:
    """The first calendar date written in ``text`` from ``start`` on, with its slice; None without one."""
    for match in _DATE.finditer(text, start):
        found = _date_of(match)
        if found:
            return found, match.start(), match.end()
    return None


def _date_of(match: re.Match[str]) -> date | None:
    year, month, day = (
        int(part) if part.isascii() else (numeral(part.replace("Ｏ", "〇")) or 0)
        for part in (match["year"], match["month"], match["day"])
    )
    try:
        return date(year, month, day)
    except ValueError:
        return None


# ---------------------------------------------------------------- comparing words


def contained(expected: str, found: str) -> float:
    """The share of the characters of ``expected`` that ``found`` has, each as often as it occurs."""
    left: dict[str, int] = {}
    for char in found:
        left[char] = left.get(char, 0) + 1
    hits = 0
    for char in expected:
        if left.get(char, 0):
            left[char] -= 1
            hits += 1
    return hits / len(expected) if expected else 1.0


def sentences(text: str) -> list[tuple[int, int]]:
    """The slices of the sentences of a paragraph, their closing mark included."""
    ends = [0, *(match.end() for match in re.finditer(r"[。！？；!?;](?:[”’」』）)])*|\n", text)), len(text)]
    return [(a, b) for a, b in pairwise(ends) if text[a:b].strip(_STRIPPED)]


def strip_slice(text: str, start: int, end: int) -> tuple[int, int]:
    """The slice without the blanks at its edges (an empty slice at ``start`` if nothing is left)."""
    while start < end and text[start] in _STRIPPED:
        start += 1
    while end > start and text[end - 1] in _STRIPPED:
        end -= 1
    return start, end
