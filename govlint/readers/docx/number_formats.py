"""Numbers as lists show them: decimal, Roman, letters, enclosed, Chinese counting and digits."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from govlint.chinese import ORDINALS, ordinal

_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    )
)
_MOST_LETTERS = 780
"""Word counts letters up to 30 of a kind; then it writes digits."""
_CIRCLE = "\u25cb"
_DIGITS = ORDINALS[:9]
_SIMPLIFIED = "\u58f9\u8d30\u53c1\u8086\u4f0d\u9646\u67d2\u634c\u7396"
_TRADITIONAL = "\u58f9\u8cb3\u53c3\u8086\u4f0d\u9678\u67d2\u634c\u7396"
_STEMS = "\u7532\u4e59\u4e19\u4e01\u620a\u5df1\u5e9a\u8f9b\u58ec\u7678"
_BRANCHES = "\u5b50\u4e11\u5bc5\u536f\u8fb0\u5df3\u5348\u672a\u7533\u9149\u620c\u4ea5"
_UNITS = ("", ORDINALS[9], "\u767e", "\u5343")
_LEGAL_UNITS = ("", "\u62fe", "\u4f70", "\u4edf")
_MYRIAD, _MYRIAD_TRADITIONAL = "\u4e07", "\u842c"
_ZERO = "\u96f6"

_FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)}


def roman(value: int) -> str:
    """I, II, III … in small letters; digits where Romans had no number."""
    if not 0 < value < 32768:
        return str(value)
    written = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        written += letters * count
    return written


def letters(value: int) -> str:
    """a … z, aa, bb …"""
    if not 0 < value <= _MOST_LETTERS:
        return str(value)
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def english_ordinal(value: int) -> str:
    """1st, 2nd, 3rd …"""
    teen = value % 100 in (11, 12, 13)
    return f"{value}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


def _from(first: int, count: int) -> Callable[[int], str]:
    """Single characters that stand in a row in Unicode; digits beyond the last."""
    return lambda value: chr(first + value - 1) if 0 < value <= count else str(value)


def _among(characters: str) -> Callable[[int], str]:
    return lambda value: characters[value - 1] if 0 < value <= len(characters) else str(value)


def _stems_and_branches(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if 0 < value <= 60 else str(value)


def _digits(zero: str) -> Callable[[int], str]:
    """Digit by digit, as years are written."""
    table = {ord(str(i)): char for i, char in enumerate(zero + _DIGITS)}
    return lambda value: str(value).translate(table)


def _counting(value: int) -> str:
    """Tens up to 99; from 100 on digit by digit, with a circle as zero (MS-DOCX 2.4)."""
    return ordinal(value) if 0 < value < 100 else _digits(_CIRCLE)(value)


def _thousands(value: int, digits: str, units: tuple[str, ...], myriad: str) -> str:
    """Spelt with units: a gap is said once (一百零一), and tens below hundreds keep their one (一百一十)."""
    if not 0 < value < 10**8:
        return _ZERO if value == 0 else str(value)
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        rest = _thousands(low, digits, units, myriad) if low else ""
        return _thousands(high, digits, units, myriad) + myriad + (_ZERO if 0 < low < 1000 else "") + rest
    written = ""
    gap = False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            written += (_ZERO if gap and written else "") + digits[digit - 1] + units[power]
        gap = not digit
    return written


def _counting_thousand(value: int) -> str:
    return ordinal(value) if 0 < value < 100 else _thousands(value, _DIGITS, _UNITS, _MYRIAD)


def _japanese(value: int) -> str:
    """No zero and no one before a unit: 百一, 千百."""
    if not 0 < value < 10_000:
        return str(value)
    written = ""
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            written += ("" if digit == 1 and power else _DIGITS[digit - 1]) + _UNITS[power]
    return written


_SHOWN: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02d}",
    "upperRoman": lambda value: roman(value).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda value: letters(value).upper(),
    "lowerLetter": letters,
    "ordinal": english_ordinal,
    "numberInDash": lambda value: f"- {value} -",
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _from(0x2460, 20),
    "decimalEnclosedCircleChinese": _from(0x2460, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "ideographEnclosedCircle": _from(0x3220, 10),
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _counting_thousand,
    "taiwaneseCountingThousand": _counting_thousand,
    "japaneseCounting": _japanese,
    "koreanCounting": _japanese,
    "chineseLegalSimplified": lambda value: _thousands(value, _SIMPLIFIED, _LEGAL_UNITS, _MYRIAD),
    "ideographLegalTraditional": lambda value: _thousands(value, _TRADITIONAL, _LEGAL_UNITS, _MYRIAD_TRADITIONAL),
    "ideographDigital": _digits("\u3007"),
    "japaneseDigitalTenThousand": _digits("\u3007"),
    "taiwaneseDigital": _digits(_CIRCLE),
    "ideographTraditional": _among(_STEMS),
    "ideographZodiac": _among(_BRANCHES),
    "ideographZodiacTraditional": _stems_and_branches,
    "none": lambda value: "",
    "bullet": lambda value: "",
}


def formatted(value: int, name: str) -> str:
    """A number in the format of this name; formats that no report uses are shown as digits."""
    show = _SHOWN.get(name)
    return str(value) if show is None else show(value)
