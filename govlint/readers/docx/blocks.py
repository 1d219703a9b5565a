"""Paragraphs and tables in reading order: what a Word document, cell, note or header shows, as passages and rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree import ElementTree as ET

from govlint.model.document import Role
from govlint.model.source import Place
from govlint.readers.docx.inline import Inline, alternative, deeper, is_removed
from govlint.readers.docx.names import (
    ALTERNATE,
    ANNOTATION,
    P_PR,
    SECTION,
    TBL,
    WRAPPERS,
    P,
    number,
)
from govlint.readers.docx.numbering import Numbering
from govlint.readers.docx.properties import UNSAID, read_properties
from govlint.readers.docx.styles import LAST_OUTLINE, Styles
from govlint.readers.docx.tables import Slot, arrange
from govlint.readers.layout import RUNNING_TEXT
from govlint.readers.rendering import RowCell


class Passage(NamedTuple):
    """A paragraph with text."""

    text: str
    place: Place
    role: Role = "body"


class Row(NamedTuple):
    """A row of a table."""

    cells: tuple[RowCell, ...]


@dataclass(eq=False, slots=True)
class Flow:
    """What has been read of the body, a cell, a text box or a note."""

    items: list[Passage | Row] = field(default_factory=list)
    place: Place | None = None
    """Where all of it stands; None in the body, whose paragraphs are counted."""
    carried: list[str] = field(default_factory=list)
    """Text of paragraphs whose mark is deleted or hidden: it runs on into the next."""

    def end(self) -> None:
        """Puts down what no paragraph takes over."""
        text = "".join(self.carried)
        if text and not text.isspace():
            self.items.append(Passage(text, self.place or Place()))
        self.carried = []


class Blocks:
    """Walks block elements. Numbers and places count on from one call to the next."""

    def __init__(self, styles: Styles, numbering: Numbering, inline: Inline) -> None:
        self.sections: list[ET.Element] = []
        """The section properties met so far."""
        self._styles = styles
        self._numbering = numbering
        self._inline = inline
        self._paragraphs = 0
        self._tables = 0
        self._handlers: dict[str, Callable[[ET.Element, Flow, int], None]] = {
            **dict.fromkeys(WRAPPERS, self._inner),
            P: self._paragraph,
            TBL: self._table,
            SECTION: self._section,
            ALTERNATE: self._alternate,
            ANNOTATION: self._annotation,
        }

    def read(self, container: ET.Element, place: Place | None = None) -> list[Passage | Row]:
        """All that a container shows; ``place`` is where it stands, None for the body."""
        return self._flow(container, place, 0)

    def _flow(self, container: ET.Element, place: Place | None, depth: int) -> list[Passage | Row]:
        flow = Flow([], place)
        self._walk(container, flow, depth)
        if flow.carried:
            flow.end()
        return flow.items

    def _walk(self, container: ET.Element, flow: Flow, depth: int) -> None:
        handlers = self._handlers
        for child in container:
            handler = handlers.get(child.tag)
            if handler is not None:
                handler(child, flow, depth)

    def _inner(self, element: ET.Element, flow: Flow, depth: int) -> None:
        self._walk(element, flow, deeper(depth))

    def _alternate(self, element: ET.Element, flow: Flow, depth: int) -> None:
        chosen = alternative(element)
        if chosen is not None:
            self._walk(chosen, flow, deeper(depth))

    def _annotation(self, element: ET.Element, flow: Flow, depth: int) -> None:
        if not is_removed(element):
            self._walk(element, flow, deeper(depth))

    def _section(self, element: ET.Element, flow: Flow, depth: int) -> None:
        self.sections.append(element)

    # ------------------------------------------------------------ paragraphs

    def _paragraph(self, element: ET.Element, flow: Flow, depth: int) -> None:
        place = flow.place
        if place is None:
            self._paragraphs += 1
            place = Place(paragraph=self._paragraphs)
        said = read_properties(element[0]) if len(element) and element[0].tag == P_PR else UNSAID
        if said.section is not None:
            self.sections.append(said.section)
        style = self._styles.paragraph(said.style)
        inline = self._inline
        text = inline.read(element, depth, hidden=style.hidden)
        linked, boxes = inline.linked, inline.boxes
        hidden = said.hidden or (style.hidden and not text)
        if said.deleted or (hidden and not text):
            flow.carried.append(text)
        else:
            if said.written_label is not None:
                text = said.written_label + text
            elif said.num_id is not None or style.num_id is not None:
                text = self._numbering.label(said.num_id, said.level, style) + text
            if hidden:
                flow.carried.append(text)
            else:
                if flow.carried:
                    text = "".join((*flow.carried, text))
                    flow.carried = []
                if text and not text.isspace():
                    flow.items.append(Passage(text, place, _role(style.role, said.outline, linked=linked)))
        for box in boxes:
            flow.items += self._flow(box, place, deeper(depth))

    # ------------------------------------------------------------ tables

    def _table(self, element: ET.Element, flow: Flow, depth: int) -> None:
        if flow.carried:
            flow.end()
        index = self._tables
        self._tables += 1
        inside = deeper(deeper(depth))
        for row in arrange(element, index):
            if row:
                self._row(row, flow, inside)

    def _row(self, slots: list[Slot], flow: Flow, depth: int) -> None:
        """A row of cells; or, where one of them holds a table or running text, their contents in order."""
        contents: list[list[Passage | Row]] = []
        layout = False
        cells: list[RowCell] = []
        for element, grid in slots:
            place = Place(table=grid.table + 1, row=grid.row + 1, cell=grid.column + 1)
            items = self._flow(element, place, depth)
            contents.append(items)
            if not items:
                cells.append(RowCell("", grid, place))
                continue
            text = items[0].text if len(items) == 1 and isinstance(items[0], Passage) else _joined(items)
            if text is None or len(text) > RUNNING_TEXT:
                layout = True
            else:
                cells.append(RowCell(text, grid, place))
        if layout or (len(contents) == 1 and len(contents[0]) > 1):
            for items in contents:
                flow.items += items
        else:
            flow.items.append(Row(tuple(cells)))


def _role(role: Role, outline: str | None, *, linked: bool) -> Role:
    """The role by style, unless the paragraph names a level itself or is nothing but links."""
    if outline is not None and role != "link":
        role = "heading" if 0 <= number(outline, 9) <= LAST_OUTLINE else "body"
    return "link" if linked and role == "body" else role


def _joined(items: list[Passage | Row]) -> str | None:
    """The paragraphs of a cell as its text; None where it holds a table."""
    passages = [item.text for item in items if isinstance(item, Passage)]
    return "\n".join(passages) if len(passages) == len(items) else None
