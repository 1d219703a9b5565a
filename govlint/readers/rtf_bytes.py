"""RTF at the level of bytes: its tokens, the end of a group that nobody reads, and what code pages make of text."""

from __future__ import annotations

import codecs
import re

from govlint.model.errors import ReadError

MAX_DEPTH = 10_000

TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?[0-9]{1,10})? ?"
    rb"|((?:\\'[0-9A-Fa-f]{2}){1,1000})"
    rb"|\\([^A-Za-z])"
    rb"|([{}])"
    rb"|([^\\{}\r\n]+)",
    re.S,
)
"""Groups: control word, its number, bytes in hexadecimal, control symbol, brace, plain text. Line ends are nothing."""

_BOUNDS = re.compile(rb"\\bin([0-9]{1,10}) ?|\\.|([{}])", re.S)

WESTERN = "cp1252"
SYMBOLS_ONLY = "symbols"
"""The codec of fonts whose characters are pictures, such as bullets: they say nothing."""
_CHARSETS = {
    2: SYMBOLS_ONLY,
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437",
}  # fmt: skip
"""Character sets of fonts; 0 and 1 are the document's own."""
_PAGES = {936: "gb18030", 54936: "gb18030", 10008: "gb18030", 950: "cp950", 65001: "utf-8", 10000: "mac_roman"}
CONTROLS = {code: None for code in (*range(0x20), 0x7F, *range(0xF000, 0xF100)) if code != 0x09} | {
    0x0A: "\n",
    0x0B: "\n",
}
"""Control characters show nothing, nor do pictures in private places of a font; but a tab does, and so do
line ends that are written as characters."""
_PAIRS = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]")


def codec_of_page(number: int) -> str:
    """The codec of a code page; the western one for those that nobody knows."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name if 0 < number < 100_000 else WESTERN
    except LookupError:
        return WESTERN


def codec_of_charset(number: int) -> str | None:
    """The codec of a font's character set; None where the document's own counts."""
    return _CHARSETS.get(number)


def decoded(data: bytes, codec: str) -> str:
    """Text in a code page. Careless writers declare none, or the western one, for pairs of Chinese bytes."""
    if codec == SYMBOLS_ONLY:
        return ""
    if codec == WESTERN and _HIGH.search(data) and not _HIGH.search(_PAIRS.sub(b"", data)):
        codec = "gb18030"
    return data.decode(codec, "replace").translate(CONTROLS)


def group_end(data: bytes, at: int) -> int:
    """The place of the brace that closes the group which ``at`` lies in; the end of the file where none does."""
    depth = 1
    while True:
        for bound in _BOUNDS.finditer(data, at):
            if bound[1] is not None:
                at = bound.end() + int(bound[1])
                break
            if bound[2] == b"{":
                depth += 1
                if depth > MAX_DEPTH:
                    raise ReadError("", "too_deep", {"limit": MAX_DEPTH})
            elif bound[2] == b"}":
                depth -= 1
                if not depth:
                    return bound.start()
        else:
            return len(data)
