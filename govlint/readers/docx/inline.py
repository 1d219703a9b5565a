"""The text of a paragraph as a person sees it: insertions in, deletions, hidden text and field codes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple
from xml.etree import ElementTree as ET

from govlint.model.errors import ReadError
from govlint.readers.docx.names import (
    ALTERNATE,
    ANNOTATION,
    CHOICE,
    FALLBACK,
    ID,
    R_PR,
    R_STYLE,
    REMOVED,
    SDT,
    SDT_CONTENT,
    SPACE,
    TEXT_BOX,
    TYPE,
    VAL,
    VANISH,
    WRAPPERS,
    M,
    R,
    T,
    W,
    is_on,
)
from govlint.readers.docx.styles import Styles

MAX_DEPTH = 100
"""Elements in one another, tables counted twice; Word nests a handful."""

_PLAIN: Mapping[str, str] = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_XML_BLANKS = " \t\r\n"
_FIELD = W + "fldChar"
_FIELD_STEP = W + "fldCharType"
_PRIVATE = range(0xE000, 0xF900)

_Handler = Callable[[ET.Element, int], None]


class Note(NamedTuple):
    """A footnote or endnote where the text refers to it: by its id, or (Word 2003) as the element itself."""

    kind: str
    id: str
    element: ET.Element | None = None


def deeper(depth: int) -> int:
    """One level further in. Raises ReadError ``too_deep`` beyond the limit."""
    if depth >= MAX_DEPTH:
        raise ReadError("", "too_deep", {"limit": MAX_DEPTH})
    return depth + 1


def alternative(element: ET.Element) -> ET.Element | None:
    """The one of several ways to say the same that counts: the first choice, else the fallback."""
    choice = element.find(CHOICE)
    return element.find(FALLBACK) if choice is None else choice


def is_removed(annotation: ET.Element) -> bool:
    """Whether an annotation of Word 2003 holds what is no part of the text."""
    return annotation.get(TYPE) in REMOVED


class Inline:
    """Reads paragraphs; collects the notes that they refer to."""

    def __init__(self, styles: Styles, *, vanishes: bool, preserves: bool) -> None:
        self.notes: list[Note] = []
        self.boxes: list[ET.Element] = []
        """Text boxes anchored in the paragraph that was read last."""
        self.linked = False
        """Whether that paragraph is nothing but links."""
        self._styles = styles
        self.vanishes = vanishes
        """Whether runs may be hidden; if none speaks of it, none is asked."""
        self._preserves = preserves
        self._parts: list[str] = []
        self._links = 0
        self._fields: list[bool] = []
        self._codes = 0
        self._hidden = False
        self._handlers: dict[str, _Handler] = {
            **dict.fromkeys(WRAPPERS | {W + "dir", W + "bdo", W + "fldSimple"}, self._inner),
            **dict.fromkeys(_PLAIN, self._plain),
            **dict.fromkeys((W + "drawing", W + "pict", W + "object"), self._drawing),
            **dict.fromkeys((W + "hyperlink", W + "hlink"), self._link),
            **dict.fromkeys((W + "footnoteReference", W + "endnoteReference"), self._refer),
            **dict.fromkeys((W + "footnote", W + "endnote"), self._note),
            **dict.fromkeys((M + "oMath", M + "oMathPara"), self._math),
            R: self._run,
            T: self._text,
            SDT: self._control,
            ALTERNATE: self._alternate,
            ANNOTATION: self._annotation,
            _FIELD: self._field,
            W + "sym": self._symbol,
            W + "ruby": self._ruby,
        }

    def read(self, paragraph: ET.Element, depth: int, *, hidden: bool = False) -> str:
        """The text of a paragraph, whose style may hide it; ``boxes`` and ``linked`` speak of it until the next."""
        parts = self._parts = []
        self.boxes = []
        self._links = self._codes = 0
        if self._fields:
            self._fields = []
        self._hidden = hidden
        self._walk(paragraph, depth)
        self.linked = self._links > 0 and self._links == len(parts)
        return parts[0] if len(parts) == 1 else "".join(parts)

    def _walk(self, element: ET.Element, depth: int) -> None:
        handlers = self._handlers
        for child in element:
            handler = handlers.get(child.tag)
            if handler is not None:
                handler(child, depth)

    def _run(self, run: ET.Element, depth: int) -> None:
        if self.vanishes and self._is_hidden(run):
            for child in run.iterfind(_FIELD):
                self._field(child, depth)
            return
        handlers = self._handlers
        for child in run:
            tag = child.tag
            if tag == T:
                self._text(child, depth)
            elif tag != R_PR:
                handler = handlers.get(tag)
                if handler is not None:
                    handler(child, depth)

    def _is_hidden(self, run: ET.Element) -> bool:
        properties = run.find(R_PR)
        if properties is None:
            return self._hidden
        own = properties.find(VANISH)
        if own is not None:
            return is_on(own.get(VAL))
        style = properties.find(R_STYLE)
        return self._hidden != (style is not None and self._styles.character(style.get(VAL)).hidden)

    def _text(self, element: ET.Element, depth: int) -> None:
        text = element.text
        if not text or self._codes:
            return
        if (
            (text[0] in _XML_BLANKS or text[-1] in _XML_BLANKS)
            and not self._preserves
            and element.get(SPACE) != "preserve"
        ):
            text = text.strip(_XML_BLANKS)
        self._parts.append(text.replace("\n", " ") if "\n" in text else text)

    def _plain(self, element: ET.Element, depth: int) -> None:
        if not self._codes:
            self._parts.append(_PLAIN[element.tag])

    def _inner(self, element: ET.Element, depth: int) -> None:
        self._walk(element, deeper(depth))

    def _link(self, element: ET.Element, depth: int) -> None:
        before = len(self._parts)
        self._walk(element, deeper(depth))
        self._links += len(self._parts) - before

    def _control(self, element: ET.Element, depth: int) -> None:
        content = element.find(SDT_CONTENT)
        if content is not None:
            self._walk(content, deeper(depth))

    def _alternate(self, element: ET.Element, depth: int) -> None:
        chosen = alternative(element)
        if chosen is not None:
            self._walk(chosen, deeper(depth))

    def _annotation(self, element: ET.Element, depth: int) -> None:
        if not is_removed(element):
            self._walk(element, deeper(depth))

    def _ruby(self, element: ET.Element, depth: int) -> None:
        base = element.find(W + "rubyBase")
        if base is not None:
            self._walk(base, deeper(depth))

    def _field(self, element: ET.Element, depth: int) -> None:
        """Between begin and separate stands the code; what follows until the end is what people see.

        Fields that cross paragraphs are ended with each: their results are seen, and a lost end hides nothing.
        """
        step = element.get(_FIELD_STEP)
        fields = self._fields
        if step == "begin":
            fields.append(True)
            self._codes += 1
        elif step == "separate":
            if fields and fields[-1]:
                fields[-1] = False
                self._codes -= 1
        elif step == "end" and fields and fields.pop():
            self._codes -= 1

    def _symbol(self, element: ET.Element, depth: int) -> None:
        """Characters of symbol fonts stand in the private area and have no meaning of their own."""
        try:
            code = int(element.get(W + "char", ""), 16)
        except ValueError:
            return
        if 0x20 < code < 0x110000 and code not in _PRIVATE and not 0xD800 <= code < 0xE000 and not self._codes:
            self._parts.append(chr(code))

    def _math(self, element: ET.Element, depth: int) -> None:
        if not self._codes:
            self._parts += (text.text or "" for text in element.iter(M + "t"))

    def _refer(self, element: ET.Element, depth: int) -> None:
        self.notes.append(
            Note("footnote" if element.tag == W + "footnoteReference" else "endnote", element.get(ID, ""))
        )

    def _note(self, element: ET.Element, depth: int) -> None:
        self.notes.append(Note("", "", element))

    def _drawing(self, element: ET.Element, depth: int) -> None:
        if next(element.iter(TEXT_BOX), None) is not None and not self._codes:
            self._find_boxes(element, deeper(depth))

    def _find_boxes(self, element: ET.Element, depth: int) -> None:
        """Outermost text boxes only: what stands in them is read with them."""
        for child in element:
            if child.tag == TEXT_BOX:
                self.boxes.append(child)
            elif child.tag == ALTERNATE:
                chosen = alternative(child)
                if chosen is not None:
                    self._find_boxes(chosen, deeper(depth))
            elif len(child):
                self._find_boxes(child, deeper(depth))
