"""The main part: paragraphs and tables in order, and the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govlint.blank.draft import Draft, FormTable, Paragraph, Words
from govlint.blank.typesetting import Typesetting
from govlint.blank.word.styles import STYLES, TODO
from govlint.blank.word.tables import table
from govlint.blank.word.xml import Xml, part, text_run, twips, w

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_APART = 1160
"""Two lines of text, in twentieths of a point."""
FOOTER_ID = "rId4"
"""The id under which the main part knows the footer."""


def document_part(draft: Draft, typesetting: Typesetting) -> bytes:
    """``word/document.xml``."""
    body = w("body", *_blocks(draft, typesetting), _page(typesetting))
    return part("document", body, r=RELATIONS)


def _blocks(draft: Draft, typesetting: Typesetting) -> Iterator[Xml]:
    parts = draft.parts
    for number, block in enumerate(parts):
        if isinstance(block, FormTable):
            yield table(block, typesetting)
            continue
        first = block.style == "signature" and not _is_signature(parts[number - 1])
        yield _paragraph(block, first=first, kept=block.style == "signature" and number + 1 < len(parts))


def _is_signature(block: Paragraph | FormTable) -> bool:
    return isinstance(block, Paragraph) and block.style == "signature"


def _paragraph(paragraph: Paragraph, *, first: bool, kept: bool) -> Xml:
    """A paragraph; the first line of the signature stands apart, and its lines together."""
    properties = w(
        "pPr",
        w("pStyle", val=STYLES[paragraph.style]),
        w("keepNext") if kept else Xml(""),
        w("spacing", before=_APART) if first else Xml(""),
    )
    return w("p", properties, *runs(paragraph.words))


def runs(words: Iterable[Words]) -> Iterator[Xml]:
    """What is to be filled in has a style of its own, which Word's Ctrl+Space takes off."""
    for each in words:
        yield text_run(each.text, w("rPr", w("rStyle", val=TODO)) if each.todo else None)


def _page(typesetting: Typesetting) -> Xml:
    page = typesetting.page
    sides = {side: twips(page[side]) for side in ("top", "right", "bottom", "left", "header", "footer")}
    return w(
        "sectPr",
        Xml(f'<w:footerReference w:type="default" r:id="{FOOTER_ID}"/>'),
        w("pgSz", w=twips(page["width"]), h=twips(page["height"])),
        w("pgMar", **sides, gutter=0),
    )
