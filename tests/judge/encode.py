"""Bytes and positions: encodings, line ends, 1-based lines and columns."""

from __future__ import annotations

import codecs
from bisect import bisect_right

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk", "gb2312")
NEWLINES = ("\n", "\r\n")


def fitting(text: str, how: str) -> str:
    """The encoding itself, or gb18030 where it cannot say all of the text."""
    try:
        text.encode(how)
    except UnicodeEncodeError:
        return "gb18030"
    return how


def encode(text: str, how: str, newline: str = "\n", broken: bool = False) -> bytes:
    """The file's bytes; utf-16 and utf-8-sig have a byte order mark. Broken: U+FFFD becomes bytes that say nothing."""
    if broken:
        how = fitting(text, how)
        pieces = [encode(piece, how, newline) for piece in text.split("\ufffd")]
        mark = codecs.BOM_UTF8 if how == "utf-8-sig" else codecs.BOM_UTF16_LE if how == "utf-16" else b""
        pieces[1:] = [piece.removeprefix(mark) for piece in pieces[1:]]
        return (b"\x00\xdc" if how.startswith("utf-16") else b"\xff").join(pieces)
    data = text.replace("\n", newline)
    if how == "utf-16":
        return codecs.BOM_UTF16_LE + data.encode("utf-16-le")
    return data.encode(fitting(text, how))


def declared(how: str, manner: str) -> str | None:
    """What an HTML page says of its charset: right, absent or wrong."""
    if manner == "absent":
        return None
    unicode = how.startswith("utf")
    if manner == "wrong":
        return "gb2312" if unicode else "utf-8"
    return {"utf-8-sig": "UTF-8", "utf-8": "utf-8", "utf-16": "utf-16", "utf-16-le": "utf-16"}.get(how, how)


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, 1-based, in code points; only \\n and \\r\\n end a line."""
    return Lines(text).position(offset)


def shifted(text: str, offset: int, newline: str) -> int:
    """The offset after the line ends have been changed."""
    return offset + text.count("\n", 0, offset) * (len(newline) - 1)


class Lines:
    """Positions in one text, found fast."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
