"""What a paragraph says of itself: style, list, outline level, and what became of its mark."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from govlint.readers.docx.inline import is_removed
from govlint.readers.docx.levels import plain_bullet
from govlint.readers.docx.names import (
    ANNOTATION,
    DEL,
    LEVEL_ID,
    MOVE_FROM,
    NUM_ID,
    NUM_PR,
    OUTLINE,
    P_STYLE,
    R_PR,
    SECTION,
    VAL,
    VANISH,
    WX,
    W,
    is_on,
    number,
)


@dataclass(eq=False, slots=True)
class Properties:
    """What a paragraph says of itself."""

    style: str | None = None
    num_id: str | None = None
    level: int | None = None
    outline: str | None = None
    section: ET.Element | None = None
    """The properties of the section that ends with the paragraph."""
    written_label: str | None = None
    """The number as Word 2003 wrote it down."""
    deleted: bool = False
    hidden: bool = False


UNSAID = Properties()
_LIST_2003 = W + "listPr"
_SAID = frozenset((P_STYLE, NUM_PR, OUTLINE, R_PR, SECTION, _LIST_2003))


def read_properties(element: ET.Element) -> Properties:
    """What a ``pPr`` says."""
    said = UNSAID
    for child in element:
        tag = child.tag
        if tag not in _SAID:
            continue
        if said is UNSAID:
            said = Properties()
        if tag == P_STYLE:
            said.style = child.get(VAL)
        elif tag == R_PR:
            for mark in child:
                if mark.tag == VANISH:
                    said.hidden = is_on(mark.get(VAL))
                elif mark.tag in (DEL, MOVE_FROM) or (mark.tag == ANNOTATION and is_removed(mark)):
                    said.deleted = True
        elif tag == NUM_PR:
            said.num_id, said.level = _numbered_by(child)
        elif tag == OUTLINE:
            said.outline = child.get(VAL)
        elif tag == SECTION:
            said.section = child
        else:
            said.written_label = _label_2003(child)
    return said


def _numbered_by(properties: ET.Element) -> tuple[str | None, int | None]:
    """What a ``numPr`` says: the list and the level; None where it is silent."""
    num_id = level = None
    for child in properties:
        if child.tag == NUM_ID:
            num_id = child.get(VAL)
        elif child.tag == LEVEL_ID:
            level = number(child.get(VAL))
    return num_id, level


def _label_2003(properties: ET.Element) -> str:
    written, font = properties.find(WX + "t"), properties.find(WX + "font")
    text = "" if written is None else written.get(WX + "val", "")
    family = "" if font is None else font.get(WX + "val", "")
    return text if any(char.isalnum() for char in text[1:]) else plain_bullet(text, family) or _short_number(text)


def _short_number(text: str) -> str:
    """A number of one character, such as a circled one or a bare digit; dots and squares are none."""
    return text if text.strip().isnumeric() else ""
