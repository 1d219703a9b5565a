"""The tree of an XML part, and where in its bytes each element is written."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Mapping
from typing import NamedTuple
from xml.etree import ElementTree as ET
from xml.parsers import expat

from govlint.model.errors import ReadError
from govlint.readers.docx.names import fold_name, fold_namespaces
from govlint.readers.packages import keep_xml_limits

_START_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*+>""")
_WIDE: Mapping[bytes, str] = {b"\xff\xfe": "little", b"<\0": "little", b"\xfe\xff": "big", b"\0<": "big"}
"""How a part in UTF-16 begins, with a mark or without; and its byte order."""


class Extent(NamedTuple):
    """Where an element is written, as offsets into the bytes of its part.

    ``start`` is its first "<", ``content`` lies behind its start tag, ``content_end`` is the "<" of its end tag,
    ``end`` lies behind it. An element without content that is written ``<x/>`` has the last three equal.
    """

    start: int
    content: int
    content_end: int
    end: int


def locate(data: bytes) -> tuple[ET.Element, Mapping[ET.Element, Extent]]:
    """The tree that the ordinary reader makes of a part, with the extent of each element.

    Raises ReadError like ``parse_xml``.
    """
    keep_xml_limits(fold_namespaces(data))
    width = 2 if data[:2] in _WIDE else 1
    builder = _Builder(_narrow(data) if width == 2 else data, width)
    parser = expat.ParserCreate("UTF-16" if width == 2 else None, "}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: builder.start(name, attributes, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda name: builder.end(parser.CurrentByteIndex)
    parser.CharacterDataHandler = builder.tree.data
    try:
        parser.Parse(data, True)
        return builder.tree.close(), builder.extents
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ReadError("", "damaged") from error


class _Builder:
    """Makes the tree while the parser calls. ``data`` has one byte for each ``width`` bytes of the part."""

    def __init__(self, data: bytes, width: int) -> None:
        self.tree = ET.TreeBuilder()
        self.extents: dict[ET.Element, Extent] = {}
        self._data = data
        self._width = width
        self._open: list[tuple[ET.Element, int, int]] = []
        self._names: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str], index: int) -> None:
        known = self._names
        element = self.tree.start(
            known.get(name) or self._name(name),
            {known.get(key) or self._name(key): value for key, value in attributes.items()},
        )
        tag = _START_TAG.match(self._data, index // self._width)
        self._open.append((element, index, (tag.end() if tag else 0) * self._width))

    def end(self, index: int) -> None:
        element, start, content = self._open.pop()
        self.tree.end(element.tag)
        at = content // self._width
        if self._data[at - 2 : at - 1] == b"/":  # A value in quotes ends before ">", so this slash stands alone.
            self.extents[element] = Extent(start, content, content, content)
        else:
            behind = self._data.index(b">", index // self._width) + 1
            self.extents[element] = Extent(start, content, index, behind * self._width)

    def _name(self, written: str) -> str:
        """The name of an element or attribute as ElementTree has it, with its namespace folded."""
        made = self._names[written] = fold_name("{" + written) if "}" in written else written
        return made


def _narrow(data: bytes) -> bytes:
    """A text in UTF-16 with one byte for each unit; what is not ASCII, and so no part of the markup, is a letter."""
    units = array("H")
    units.frombytes(data[: len(data) & ~1])
    if _WIDE[data[:2]] != sys.byteorder:
        units.byteswap()
    return bytes(unit if unit < 0x80 else 0x78 for unit in units)
