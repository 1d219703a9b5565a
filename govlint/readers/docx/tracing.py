"""Which elements of a Word document show the characters of its rendering."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from xml.etree import ElementTree as ET

from govlint.model.errors import ReadError
from govlint.model.source import Place, Span
from govlint.readers.docx.document import read_package
from govlint.readers.docx.inline import MAX_DEPTH
from govlint.readers.docx.located import Extent, locate
from govlint.readers.docx.names import fold_namespaces
from govlint.readers.docx.noting import Notebook
from govlint.readers.docx.origins import Stretch
from govlint.readers.docx.parts import Parts, main_name
from govlint.readers.rendering import Rendering


class Shown(NamedTuple):
    """Characters ``start:end`` of the text of a ``w:t`` element."""

    element: ET.Element
    start: int
    end: int


class Region(NamedTuple):
    """A line of a paragraph of the body, or a cell: where it stands in the rendering and in the file."""

    start: int
    end: int
    paragraphs: tuple[ET.Element, ...]
    """The ``w:p`` elements, blank ones too."""
    texts: tuple[ET.Element, ...]
    """The ``w:t`` elements of these paragraphs that are seen, or would be if they held text."""
    whole: bool
    """Whether all of its text stands in its own paragraphs."""
    cell: ET.Element | None = None
    place: Place | None = None
    """Of the cell."""


class Piece(NamedTuple):
    """``rendering[at : at + length]`` is shown by the text of ``element`` from ``start`` on."""

    at: int
    length: int
    element: ET.Element
    start: int


@dataclass(frozen=True, eq=False)
class Trace:
    """A document and where the characters of its rendering stand in it.

    ``part`` is the name of the main part, ``data`` its bytes, ``root`` their tree with the ``extents`` of all
    elements; ``rendering`` is what ``read_docx`` makes of the file. ``regions`` and ``pieces`` are in order.
    """

    part: str
    data: bytes
    root: ET.Element
    extents: Mapping[ET.Element, Extent]
    rendering: Rendering
    regions: tuple[Region, ...]
    pieces: tuple[Piece, ...]

    @cached_property
    def parents(self) -> Mapping[ET.Element, ET.Element]:
        """Element → the one that it stands in."""
        return {child: element for element in self.root.iter() for child in element}

    def shown(self, span: Span) -> tuple[Shown, ...]:
        """The parts of ``w:t`` elements that show the characters of a span, in order.

        Characters that Word makes (automatic numbers, tabs, breaks) have none, and those have none whose origin is
        not surely known: in headers, footers and notes, and where text runs on over a deleted paragraph mark.
        """
        return tuple(Shown(piece.element, piece.start, piece.start + piece.length) for piece in self.pieces_in(span))

    def pieces_in(self, span: Span) -> Iterator[Piece]:
        """The pieces that show the characters of a span, cut to these."""
        for index in range(self._first(span.start), len(self.pieces)):
            at, length, element, start = self.pieces[index]
            if at >= span.end:
                return
            first, last = max(span.start, at), min(span.end, at + length)
            yield Piece(first, last - first, element, start + first - at)

    def _first(self, offset: int) -> int:
        """The index of the first piece that ends behind an offset."""
        index = max(bisect_right(self.pieces, offset, key=lambda piece: piece.at) - 1, 0)
        if index < len(self.pieces) and self.pieces[index].at + self.pieces[index].length <= offset:
            index += 1
        return index

    def region(self, offset: int) -> Region | None:
        """The line or cell of the body that an offset lies in, its end included; None for all else."""
        index = bisect_left(self.regions, offset + 1, key=lambda region: region.start) - 1
        return self.regions[index] if index >= 0 and offset <= self.regions[index].end else None

    def paragraphs(self, offset: int) -> tuple[ET.Element, ...]:
        """The ``w:p`` elements of the paragraph or cell at an offset, in order; () in headers, footers and notes."""
        region = self.region(offset)
        return () if region is None else region.paragraphs


class LocatedParts(Parts):
    """A package whose main part is read with the extents of its elements."""

    def __init__(self, data: bytes) -> None:
        """Raises ReadError like ``read_docx``."""
        super().__init__(data)
        self.main = main_name(self)
        self.bytes = self.read(self.main) or b""
        self._root, self.extents = locate(self.bytes)

    def xml(self, name: str) -> ET.Element | None:
        """The root of a part; that of the main part always the same."""
        if getattr(self, "main", None) != name:
            return super().xml(name)
        self.vanishes = self.vanishes or b"vanish" in fold_namespaces(self.bytes)
        return self._root


def trace(data: bytes) -> Trace:
    """A whole .docx (.docm, .dotx) and where its text stands. Raises ReadError like ``read_docx``."""
    parts = LocatedParts(data)
    notebook = Notebook()
    try:
        rendering = read_package(parts, notebook.makers)
    except RecursionError as error:
        raise ReadError("", "too_deep", {"limit": MAX_DEPTH}) from error
    regions = tuple(_region(stretch, notebook) for stretch in notebook.stretches)
    pieces = tuple(piece for stretch in notebook.stretches for piece in _pieces(stretch, notebook))
    root = parts.xml(parts.main)
    assert root is not None
    return Trace(parts.main, parts.bytes, root, parts.extents, rendering, regions, pieces)


def _region(stretch: Stretch, notebook: Notebook) -> Region:
    origins = [notebook.origins.get(id(passage)) for passage in stretch.passages]
    whole = all(origin is not None and origin.whole for origin in origins)
    cell = None if stretch.place is None else notebook.cells[stretch.place]
    found = [origin.paragraph for origin in origins if origin is not None] if cell is None else cell.paragraphs
    texts = tuple(word.element for paragraph in found for word in notebook.words[paragraph])
    element = None if cell is None else cell.element
    return Region(stretch.start, stretch.end, tuple(found), texts, whole, element, stretch.place)


def _pieces(stretch: Stretch, notebook: Notebook) -> Iterator[Piece]:
    """What of the words of the passages can be seen in the stretch."""
    shift = stretch.start - stretch.skipped
    for passage in stretch.passages:
        origin = notebook.origins.get(id(passage))
        for element, at, start, length in () if origin is None else origin.words:
            first = max(shift + at, stretch.start)
            last = min(shift + at + length, stretch.end)
            if first < last:
                yield Piece(first, last - first, element, start + first - shift - at)
        shift += len(passage.text) + 1
