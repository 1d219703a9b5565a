"""How a number is written in a sentence."""

from __future__ import annotations

from .expressions import Number

_DIGITS = "零一二三四五六七八九"
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
STYLES = ("", "zh", "full", "sep", "blank")


def written(value: Number, style: str) -> str:
    """A number in Arabic digits, as a Chinese numeral, in full-width digits, with separators or between blanks."""
    if style == "zh":
        return chinese(int(value))
    if style == "full":
        return str(value).translate(_FULL)
    if style == "sep":
        return f"{int(value):,}"
    return str(value)


def chinese(number: int) -> str:
    """A count before a measure word, so 两 for 2; below a hundred million."""
    if number == 2:
        return "两"
    if number >= 10000:
        rest = number % 10000
        return _below(number // 10000) + "万" + ("零" if 0 < rest < 1000 else "") + (_below(rest) if rest else "")
    return _below(number)


def _below(number: int) -> str:
    """0 … 9999."""
    if number < 20:
        return _DIGITS[number] if number < 10 else "十" + (_DIGITS[number - 10] if number > 10 else "")
    text = ""
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += _DIGITS[digit] + unit
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")
