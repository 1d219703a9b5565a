"""Streams of a PDF that unpack to far more than they hold are found before PDFium unpacks them."""

from __future__ import annotations

import re
import zlib

from govlint.model.errors import ReadError
from govlint.readers.packages import MAX_PART, MAX_RATIO

_STREAM = re.compile(rb"stream\r?\n")
_TWICE = re.compile(rb"/(?:FlateDecode|Fl)\s*/(?:FlateDecode|Fl|LZWDecode|LZW)\b")
_SAMPLE = 1 << 16
_SMALL = 1 << 15
"""Deflate packs a thousand to one at most, so that a stream of fewer bytes cannot unpack beyond a limit."""
MAX_STREAMS = 100_000


def refuse_bombs(data: bytes) -> None:
    """Raise ReadError ``package_bomb`` when a stream is packed twice, or packed as no text, font or picture is."""
    if _TWICE.search(data):
        raise ReadError("", "package_bomb", {"limit": MAX_PART >> 20})
    starts = [match.end() for match in _STREAM.finditer(data)]
    if len(starts) > MAX_STREAMS:
        raise ReadError("", "too_complex", {"limit": MAX_STREAMS})
    for start, following in zip(starts, [*starts[1:], len(data)], strict=False):
        if following - start < _SMALL:
            continue
        piece = data[start : start + _SAMPLE]
        try:
            unpacked = len(zlib.decompressobj().decompress(piece, MAX_RATIO * _SAMPLE + 1))
        except zlib.error:
            continue
        if unpacked > MAX_RATIO * len(piece):
            raise ReadError("", "package_bomb", {"limit": MAX_PART >> 20})
