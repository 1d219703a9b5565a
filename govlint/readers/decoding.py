"""Bytes → text: byte order mark, UTF-16 by its zero bytes, UTF-8, the declared encoding, damage, GB18030."""

from __future__ import annotations

import codecs
import re
from itertools import islice

from govlint.model.source import Encoding, Span

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_FAMILY = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "utf8": "utf-8", "unicode": "utf-8", "big5-hkscs": "big5hkscs", "utf-16": "utf-8",
}  # fmt: skip
"""A declared gb2312 or gbk means GB18030, whose characters pages really use; no UTF-16 page can declare so."""

_TELLING = frozenset({"utf-8", "gb18030", "big5", "big5hkscs"})
"""Encodings that a declaration can be verified for; in single-byte ones every byte is valid, so it proves nothing."""

_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)
_DAMAGE = re.compile("[\ufffd\x00-\x08\x0e-\x1f\x7f]+")
_WELL_FORMED = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+")
_HIGH = bytes(range(0x80, 0x100))
_LIKELY = "[\t\n\r -~\u00a0-\u00ff\u2000-\u206f\u2100-\u27bf\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]"
"""Compiled when some bytes may be UTF-16: that takes as long as reading a short report."""
MAX_DAMAGED = 1000
"""So many damaged places are kept; more tell nobody more."""


def decode(data: bytes, *, markup: bool = False) -> tuple[str, Encoding]:
    """The text of ``data`` without its byte order mark, and how it was read.

    ``markup``: also look for the encoding that an HTML ``meta`` declares; it is verified, never believed.
    Damaged UTF-8 is told from GB18030 by its share of well-formed sequences (75 % of the high bytes), which
    measured right for texts from ten characters on.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _damaged(data[len(mark) :].decode(name, "replace"), name, "bom")
    utf16 = _zero_byte_utf16(data)
    if utf16:
        return _damaged(data.decode(utf16, "replace"), utf16, "detected")
    declared = _declared(data) if markup else None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        honest = declared in (None, "utf-8") or text.isascii()
        return _damaged(text, "utf-8", "valid" if honest else "guessed")
    if not _mostly_utf8(data):
        for candidate, origin in ((declared, "declared"), ("gb18030", "guessed")):
            if candidate is None or candidate == "utf-8":
                continue
            try:
                return _damaged(data.decode(candidate), candidate, origin)
            except (UnicodeDecodeError, LookupError):
                continue
        return _damaged(
            data.decode("gb18030", "replace"), "gb18030", "declared" if declared == "gb18030" else "guessed"
        )
    return _damaged(data.decode("utf-8", "replace"), "utf-8", "declared" if declared == "utf-8" else "guessed")


def mark_of(data: bytes) -> bytes:
    """The byte order mark that the bytes begin with, if any."""
    return next((mark for mark, _ in _MARKS if data.startswith(mark)), b"")


def noise(text: str) -> float:
    """The share of characters that no text has: control characters and undecodable bytes."""
    return sum(len(run) for run in _DAMAGE.findall(text)) / len(text) if text else 0.0


def _declared(data: bytes) -> str | None:
    match = _META.search(data, 0, 4096)
    if match is None:
        return None
    name = match[1].decode("ascii").lower()
    name = _FAMILY.get(name, name)
    return name if name in _TELLING else None


def _mostly_utf8(data: bytes) -> bool:
    high = len(data) - len(data.translate(None, _HIGH))
    formed = sum(match.end() - match.start() for match in _WELL_FORMED.finditer(data))
    return formed >= 0.75 * high


def _zero_byte_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: some zero bytes, and read so it looks like text, which other bytes never do."""
    head = data[: 1 << 16]
    head = head[: len(head) // 2 * 2]
    zeros = head.count(0)
    if zeros < 3 or zeros < 0.002 * len(head) or (zeros < 0.3 * len(head) and _is_utf8(head[:-4])):
        return None
    for name in ("utf-16-le", "utf-16-be"):
        text = head.decode(name, "replace")
        if len(re.findall(_LIKELY, text)) >= 0.97 * len(text):
            return name
    return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(data) - 4
    return True


def damaged_places(text: str) -> tuple[Span, ...]:
    """Where characters stand that no text has, at most ``MAX_DAMAGED`` of them."""
    return tuple(Span(match.start(), match.end()) for match in islice(_DAMAGE.finditer(text), MAX_DAMAGED))


def _damaged(text: str, name: str, origin: str) -> tuple[str, Encoding]:
    return text, Encoding(name, origin, damaged_places(text))
