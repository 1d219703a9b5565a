"""A blank report as a Word document (DOCX)."""

from __future__ import annotations

from govlint.blank.draft import Draft
from govlint.blank.typesetting import Typesetting
from govlint.blank.word.document import document_part
from govlint.blank.word.package import pack
from govlint.blank.word.styles import font_table, settings_part, styles_part


def write(draft: Draft, typesetting: Typesetting) -> bytes:
    """The file; the same bytes for the same draft."""
    return pack(
        {
            "document": document_part(draft, typesetting),
            "styles": styles_part(typesetting),
            "settings": settings_part(),
            "fontTable": font_table(typesetting),
        },
        draft,
        typesetting,
    )
