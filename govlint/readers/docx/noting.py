"""The ordinary reader of Word documents, noting meanwhile which elements each line and cell was read from.

Only those who write into a document use it; it makes of each file what ``read_docx`` makes of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from xml.etree import ElementTree as ET

from govlint.chinese import strip_slice
from govlint.model.document import Role
from govlint.model.source import Place
from govlint.readers.docx.blocks import Blocks, Flow, Passage, Row
from govlint.readers.docx.document import Makers
from govlint.readers.docx.inline import Inline
from govlint.readers.docx.names import TC
from govlint.readers.docx.numbering import Numbering
from govlint.readers.docx.origins import CellOrigin, Origin, Stretch, Words
from govlint.readers.docx.styles import Styles
from govlint.readers.rendering import Canvas, RowCell

_XML_BLANKS = " \t\r\n"


@dataclass(eq=False, slots=True)
class _Frame:
    """A flow that is being read."""

    paragraphs: list[ET.Element] = field(default_factory=list)
    nested: int = 0
    """How many items the text boxes of the paragraph made that is being read."""


class Notebook:
    """What is noted while one document is read; ``makers`` make those who note."""

    def __init__(self) -> None:
        self.words: dict[ET.Element, list[Words]] = {}
        """Paragraph → what its text is made of, by places in that text."""
        self.lengths: dict[ET.Element, int] = {}
        self.origins: dict[int, Origin] = {}
        """By the identity of passages."""
        self.cells: dict[Place, CellOrigin] = {}
        self.body: list[Passage | Row] = []
        """All that the body shows; it keeps the passages alive whose identities are noted."""
        self.stretches: list[Stretch] = []
        self.makers = Makers(self._inline, self._blocks, lambda: _NotingCanvas(self))

    def _inline(self, styles: Styles, *, vanishes: bool, preserves: bool) -> Inline:
        return _NotingInline(self, styles, vanishes=vanishes, preserves=preserves)

    def _blocks(self, styles: Styles, numbering: Numbering, inline: Inline) -> Blocks:
        return _NotingBlocks(self, styles, numbering, inline)


class _NotingInline(Inline):
    def __init__(self, notebook: Notebook, styles: Styles, *, vanishes: bool, preserves: bool) -> None:
        super().__init__(styles, vanishes=vanishes, preserves=preserves)
        self._notebook = notebook
        self._noted: list[tuple[ET.Element, int, int, int]] = []

    def read(self, paragraph: ET.Element, depth: int, *, hidden: bool = False) -> str:
        self._noted = []
        text = super().read(paragraph, depth, hidden=hidden)
        starts = [0, *accumulate(map(len, self._parts))]
        self._notebook.lengths[paragraph] = len(text)
        self._notebook.words[paragraph] = [
            Words(element, starts[index], start, length) for element, index, start, length in self._noted
        ]
        return text

    def _text(self, element: ET.Element, depth: int) -> None:
        if self._codes:
            return
        index = len(self._parts)
        super()._text(element, depth)
        text = element.text or ""
        length = len(self._parts[index]) if len(self._parts) > index else 0
        start = 0 if length == len(text) else len(text) - len(text.lstrip(_XML_BLANKS))
        self._noted.append((element, index, start, length))


class _NotingBlocks(Blocks):
    def __init__(self, notebook: Notebook, styles: Styles, numbering: Numbering, inline: Inline) -> None:
        super().__init__(styles, numbering, inline)
        self._notebook = notebook
        self._frames = [_Frame()]

    def read(self, container: ET.Element, place: Place | None = None) -> list[Passage | Row]:
        items = super().read(container, place)
        if place is None:
            self._notebook.body = items
        return items

    def _flow(self, container: ET.Element, place: Place | None, depth: int) -> list[Passage | Row]:
        frame = _Frame()
        self._frames.append(frame)
        items = super()._flow(container, place, depth)
        self._frames.pop()
        self._frames[-1].nested += len(items)
        if container.tag == TC and place is not None:
            self._notebook.cells[place] = CellOrigin(container, frame.paragraphs, items)
        return items

    def _paragraph(self, element: ET.Element, flow: Flow, depth: int) -> None:
        frame = self._frames[-1]
        frame.paragraphs.append(element)
        frame.nested = 0
        before, carried = len(flow.items), len(flow.carried)
        super()._paragraph(element, flow, depth)
        if len(flow.items) - before == frame.nested:
            return
        passage = flow.items[before]
        assert isinstance(passage, Passage)
        made = len(passage.text) - self._notebook.lengths[element]
        words = [word._replace(at=word.at + made) for word in self._notebook.words[element]]
        self._notebook.origins[id(passage)] = Origin(element, words, not carried)


class _NotingCanvas(Canvas):
    """Knows what of it stems from the body: that is put down in its order, and no place stands in it twice."""

    def __init__(self, notebook: Notebook) -> None:
        super().__init__()
        self._stretches = notebook.stretches
        self._cells_read = notebook.cells
        self._due = [item for item in reversed(notebook.body) if _place(item) != Place()]
        self._passage: Passage | None = None
        self._at = 0

    def paragraph(
        self, text: str, place: Place | None = None, role: Role = "body", later: Sequence[tuple[int, Place]] = ()
    ) -> None:
        item = self._next(place)
        self._passage = item if isinstance(item, Passage) else None
        self._at = 0
        super().paragraph(text, place, role, later)

    def _paragraph(self, text: str, place: Place | None, role: Role, later: Sequence[tuple[int, Place]]) -> None:
        before = self._length
        super()._paragraph(text, place, role, later)
        if self._passage is not None and self._length > before:
            skipped = self._at + strip_slice(text, 0, len(text))[0]
            self._stretches.append(Stretch(before, self._length - 1, (self._passage,), skipped))
        self._at += len(text) + 1

    def row(self, cells: Sequence[RowCell], role: Role = "body") -> None:
        at = self._length
        super().row(cells, role)
        if self._next(cells[0].place) is None:
            return
        for cell in cells:
            start, end = strip_slice(cell.text, 0, len(cell.text))
            if cell.place is not None:
                items = self._cells_read[cell.place].items
                passages = tuple(item for item in items if isinstance(item, Passage))
                self._stretches.append(Stretch(at, at + end - start, passages, start, cell.place))
            at += end - start + 1

    def _next(self, place: Place | None) -> Passage | Row | None:
        """What is put down now, if it is the next of the body."""
        return self._due.pop() if self._due and _place(self._due[-1]) == place else None


def _place(item: Passage | Row) -> Place | None:
    return item.place if isinstance(item, Passage) else item.cells[0].place
