"""An XML part as it is written, and changes of it that leave every other byte as it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from xml.etree import ElementTree as ET

from govlint.readers.docx.located import Extent, locate
from govlint.readers.docx.names import SPACE, W

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The main namespace of strict OOXML, which ``names`` folds into the usual one."""
XML_BLANKS = " \t\r\n"
"""What stands at the edges of a text that is not preserved is not seen."""

_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_UNWRITABLE = re.compile("[^ -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = re.compile(r"""(\sxml:space\s*=\s*)(?:"[^"]*"|'[^']*')""")
_NAME = re.compile(r"<([^\s/>]+)")
_DECLARED = re.compile(r"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PREFIX = "xmlns:w="


class Splice(NamedTuple):
    """Bytes ``start:end`` of a part give way to a text."""

    start: int
    end: int
    text: str


def is_writable(text: str) -> bool:
    """Whether a ``w:t`` can hold a text so that it is shown as it is: without control characters and breaks."""
    return _UNWRITABLE.search(text) is None


def escaped(text: str) -> str:
    """A text as it stands in XML."""
    return text.translate(_ESCAPES)


class Written:
    """A part: its tree, and how each element of it is written."""

    def __init__(self, data: bytes, root: ET.Element, extents: Mapping[ET.Element, Extent]) -> None:
        self.data = data
        self.root = root
        self.extents = extents
        self.encoding = _encoding(data)
        self.namespace = STRICT if STRICT in self.start_tag(root) else W[1:-1]
        """The namespace of the main elements, as this part writes it."""
        bound = re.search(rf"""\s{_PREFIX}["']{re.escape(self.namespace)}["']""", self.start_tag(root))
        alone = data.count(_PREFIX.encode(self.encoding)) == 1
        self.declaration = "" if bound and alone else f' {_PREFIX}"{self.namespace}"'
        """What an element with the prefix ``w`` must say besides, to be understood anywhere in this part."""

    def start_tag(self, element: ET.Element) -> str:
        """The start tag, brackets included."""
        extent = self.extents[element]
        return self.text(extent.start, extent.content)

    def name(self, element: ET.Element) -> str:
        """The name with the prefix that is written."""
        found = _NAME.match(self.start_tag(element))
        return found[1] if found else ""

    def text(self, start: int, end: int) -> str:
        """Some of the bytes as characters."""
        return self.data[start:end].decode(self.encoding, "replace")

    def width(self, text: str) -> int:
        """How many bytes a text takes."""
        return len(text.encode(self.encoding))

    def is_closed(self, element: ET.Element) -> bool:
        """Whether it is written as one tag (``<w:p/>``)."""
        extent = self.extents[element]
        return extent.content == extent.end

    def opened(self, element: ET.Element) -> tuple[int, int, str, str]:
        """The place at the end of its content: start and end of what gives way, what stands before and after."""
        extent = self.extents[element]
        if self.is_closed(element):
            return extent.end - self.width("/>"), extent.end, ">", f"</{self.name(element)}>"
        return extent.content_end, extent.content_end, "", ""

    def appended(self, element: ET.Element, text: str) -> Splice:
        """The change that puts a text to the end of an element."""
        start, end, before, after = self.opened(element)
        return Splice(start, end, f"{before}{text}{after}")

    def filled(self, element: ET.Element, text: str, *, preserve: bool) -> Splice:
        """The change that gives a ``w:t`` another text, with its blanks preserved if that is wanted."""
        extent = self.extents[element]
        closed = self.is_closed(element)
        if not closed and not preserve:
            return Splice(extent.content, extent.content_end, escaped(text))
        tag = self.start_tag(element)
        tag = f"{tag[:-2]}>" if closed else tag
        if preserve and element.get(SPACE) is None:
            tag = f'{tag[:-1]} xml:space="preserve">'
        elif preserve:
            tag = _SPACE.sub(r'\1"preserve"', tag)
        if closed:
            return Splice(extent.start, extent.end, f"{tag}{escaped(text)}</{self.name(element)}>")
        return Splice(extent.start, extent.content_end, tag + escaped(text))

    def spliced(self, splices: Iterable[Splice]) -> bytes:
        """The part with these changes, which must not overlap; those of one place come in the order given."""
        parts: list[bytes] = []
        at = 0
        for start, end, text in sorted(splices, key=lambda splice: splice[:2]):
            parts += (self.data[at:start], text.encode(self.encoding, "xmlcharrefreplace"))
            at = end
        return b"".join((*parts, self.data[at:]))


def parse(data: bytes) -> Written:
    """A part by its bytes. Raises ReadError for what is no safe XML."""
    return Written(data, *locate(data))


def _encoding(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if data[:2] in (b"<\0", b"\0<"):
        return "utf-16-le" if data[0] else "utf-16-be"
    found = _DECLARED.match(data[:200].removeprefix(codecs.BOM_UTF8).decode("ascii", "replace"))
    try:
        return codecs.lookup(found[1]).name if found else "utf-8"
    except LookupError:
        return "utf-8"
