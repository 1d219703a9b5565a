"""Small changes in the bytes of an XML part, which leave all others as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from xml.etree import ElementTree as ET

from govlint.readers.docx.names import SPACE
from govlint.readers.docx.tracing import Trace

XML_BLANKS = " \t\r\n"
"""What stands at the edges of a text that is not preserved is not seen."""

_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_UNWRITABLE = re.compile("[^ -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"<([^\s/>]+)")
_DECLARED = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_SPACE = re.compile(r"""(\sxml:space\s*=\s*)(?:"[^"]*"|'[^']*')""")
_WIDE = {b"\xff\xfe": "utf-16-le", b"<\0": "utf-16-le", b"\xfe\xff": "utf-16-be", b"\0<": "utf-16-be"}


class Splice(NamedTuple):
    """The bytes ``start:end`` of a part give way to others."""

    start: int
    end: int
    content: bytes


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """The bytes with splices made in them, none of which overlaps another."""
    made: list[bytes] = []
    at = 0
    for start, end, content in sorted(splices):
        made += (data[at:start], content)
        at = end
    return b"".join((*made, data[at:]))


def is_writable(text: str) -> bool:
    """Whether a ``w:t`` can hold a text so that it is shown as it is: without control characters and breaks."""
    return _UNWRITABLE.search(text) is None


class Writer:
    """Makes splices in the main part of a document."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self._encoding = _encoding(trace.data)

    def text(self, element: ET.Element, text: str, *, preserve: bool) -> Splice:
        """A ``w:t`` with another text, and with its blanks preserved if that is wanted."""
        start, content, content_end, end = self.trace.extents[element]
        if content < end and not preserve:
            return Splice(content, content_end, self.encode(escaped(text)))
        tag = self._start_tag(element)
        if preserve and element.get(SPACE) is None:
            tag = f'{tag[:-1]} xml:space="preserve">'
        elif preserve:
            tag = _SPACE.sub(r'\1"preserve"', tag)
        written = self.encode(tag + escaped(text))
        return Splice(start, content_end, written) if content < end else self._closed(element, written)

    def appended(self, element: ET.Element, content: bytes) -> Splice:
        """An element with more content behind that which it has."""
        _, inner, content_end, end = self.trace.extents[element]
        if inner < end:
            return Splice(content_end, content_end, content)
        return self._closed(element, self.encode(self._start_tag(element)) + content)

    def name(self, element: ET.Element) -> str:
        """The name of an element as it is written, with its prefix if it has one."""
        found = _NAME.match(self._start_tag(element))
        assert found is not None
        return found[1]

    def encode(self, text: str) -> bytes:
        """Characters in the encoding of the part; those that it lacks by their numbers."""
        return text.encode(self._encoding, "xmlcharrefreplace")

    def _start_tag(self, element: ET.Element) -> str:
        """The start tag; that of an element without content as if it had some."""
        start, content, _, end = self.trace.extents[element]
        tag = self.trace.data[start:content].decode(self._encoding)
        return tag if content < end else f"{tag[:-2]}>"

    def _closed(self, element: ET.Element, opened: bytes) -> Splice:
        """An element that had no content, with all up to its end tag."""
        extent = self.trace.extents[element]
        return Splice(extent.start, extent.end, opened + self.encode(f"</{self.name(element)}>"))


def escaped(text: str) -> str:
    """A text as it stands in XML."""
    return text.translate(_ESCAPES)


def _encoding(data: bytes) -> str:
    wide = _WIDE.get(data[:2])
    if wide is not None:
        return wide
    declared = _DECLARED.match(data)
    return declared[1].decode("ascii") if declared else "utf-8"
