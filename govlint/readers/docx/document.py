"""A whole Word document: page headers, body, notes, page footers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from govlint.model.document import Role
from govlint.model.errors import ReadError
from govlint.model.source import Place
from govlint.readers.docx.blocks import Blocks, Passage, Row
from govlint.readers.docx.inline import Inline, Note
from govlint.readers.docx.names import BODY, ID, RELATION, SPACE, TYPE, VAL, W, is_on
from govlint.readers.docx.numbering import Numbering
from govlint.readers.docx.parts import Parts, main_part
from govlint.readers.docx.styles import Styles
from govlint.readers.rendering import Canvas, Rendering

_NOWHERE = Place()
"""Headers, footers and notes stand in no paragraph of the body."""
_EDGES: dict[str, Role] = {
    W + "headerReference": "header",
    W + "footerReference": "footer",
    W + "hdr": "header",
    W + "ftr": "footer",
}


class Makers(NamedTuple):
    """What makes those who read; whoever wants to know more of a document puts others in their place."""

    inline: Callable[..., Inline] = Inline
    blocks: Callable[..., Blocks] = Blocks
    canvas: Callable[[], Canvas] = Canvas


_USUAL = Makers()


def read_package(parts: Parts, makers: Makers = _USUAL) -> Rendering:
    """The document whose parts these are. Raises ReadError ``damaged`` when it has no body."""
    name, root = main_part(parts)
    related = parts.related(name)
    by_kind = dict(related.values())

    def part(kind: str) -> ET.Element | None:
        return parts.xml(by_kind[kind]) if kind in by_kind else None

    styles = Styles(part("styles"))
    numbering = Numbering(part("numbering"), styles)
    inline = makers.inline(styles, vanishes=parts.vanishes, preserves=root.get(SPACE) == "preserve")
    blocks = makers.blocks(styles, numbering, inline)
    body = _body(root, blocks)
    settings = part("settings") if any(_kind(said) == "even" for said in _references(blocks.sections)) else None
    even = None if settings is None else settings.find(W + "evenAndOddHeaders")
    shown = _shown_edges(blocks.sections, even=even is not None and is_on(even.get(VAL)))
    notes = {kind: part(kind + "s") for kind in ("footnote", "endnote") if inline.notes}
    inline.vanishes = parts.vanishes

    def edges() -> Iterator[tuple[Role, ET.Element]]:
        for role, target in dict.fromkeys((role, related.get(said.get(RELATION, ""))) for role, said in shown):
            element = None if target is None else parts.xml(target[1])
            if element is not None:
                inline.vanishes = parts.vanishes
                yield role, element

    return _render(body, edges(), blocks, _notes(inline.notes, notes), makers.canvas())


def read_single(root: ET.Element, *, vanishes: bool) -> Rendering:
    """A document of Word 2003: one tree with everything in it. Raises ReadError ``damaged`` when it has no body."""
    styles = Styles(root.find(W + "styles"))
    inline = Inline(styles, vanishes=vanishes, preserves=root.get(SPACE) == "preserve")
    blocks = Blocks(styles, Numbering(None, styles), inline)
    body = _body(root, blocks)
    shown = _shown_edges(blocks.sections, even=root.find(f"{W}docPr/{W}evenAndOddHeaders") is not None)
    return _render(body, shown, blocks, _notes(inline.notes, {}), Canvas())


def _body(root: ET.Element, blocks: Blocks) -> list[Passage | Row]:
    body = root.find(BODY)
    if body is None:
        raise ReadError("", "damaged")
    return blocks.read(body)


def _render(
    body: list[Passage | Row],
    edges: Iterable[tuple[Role, ET.Element]],
    blocks: Blocks,
    notes: Iterable[ET.Element],
    canvas: Canvas,
) -> Rendering:
    at_edges: dict[Role, list[Passage | Row]] = {"header": [], "footer": []}
    for role, element in edges:
        at_edges[role] += blocks.read(element, _NOWHERE)
    _put(canvas, _once(at_edges["header"]), "header")
    _put(canvas, body, None)
    for note in notes:
        _put(canvas, blocks.read(note, _NOWHERE), "note")
    _put(canvas, _once(at_edges["footer"]), "footer")
    return canvas.done()


def _put(canvas: Canvas, items: Iterable[Passage | Row], role: Role | None) -> None:
    for item in items:
        if isinstance(item, Passage):
            canvas.paragraph(item.text, item.place, role or item.role)
        else:
            canvas.row(item.cells, role or "body")


def _once(items: Iterable[Passage | Row]) -> Iterator[Passage | Row]:
    """Each text once; rows without any are left out, and bare numbers, which are those of pages."""
    told: set[str] = set()
    for item in items:
        text = item.text if isinstance(item, Passage) else "\t".join(cell.text for cell in item.cells)
        if text.strip() and not text.strip().isdigit() and text not in told:
            told.add(text)
            yield item


def _references(sections: Iterable[ET.Element]) -> Iterator[ET.Element]:
    return (child for section in sections for child in section if child.tag in _EDGES)


def _shown_edges(sections: Iterable[ET.Element], *, even: bool) -> list[tuple[Role, ET.Element]]:
    """The headers and footers that are printed; those of first or even pages only where a section has such."""
    shown = []
    for section in sections:
        page = section.find(W + "titlePg")
        first = page is not None and is_on(page.get(VAL))
        for said in _references((section,)):
            kind = _kind(said)
            if (kind != "first" or first) and (kind != "even" or even):
                shown.append((_EDGES[said.tag], said))
    return shown


def _kind(said: ET.Element) -> str:
    return said.get(TYPE, "default")


def _notes(told: list[Note], parts: dict[str, ET.Element | None]) -> Iterator[ET.Element]:
    """The notes that the text refers to, footnotes first, each once; lines that part them from the text are none.

    ``told`` may grow while notes are read: what notes refer to is not followed.
    """
    told = list(told)
    for kind in ("footnote", "endnote"):
        root = parts.get(kind)
        written = {} if root is None else {note.get(ID): note for note in root if note.get(TYPE, "normal") == "normal"}
        for note_id in dict.fromkeys(note.id for note in told if note.kind == kind):
            if note_id in written:
                yield written[note_id]
    yield from (note.element for note in told if note.element is not None)
