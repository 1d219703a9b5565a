"""Plain text: one line of the file is one line of cells."""

from __future__ import annotations

import re

from govlint.model.document import Line
from govlint.readers.layout import lay_out, verbatim_cell
from govlint.readers.limits import check_lines

_SPACE_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|#160|#xa0);", re.I)


def read_text(text: str) -> list[Line]:
    """The lines of a plain text, positions as in ``text``.

    Literal ``&nbsp;`` left by an extraction are blanks; they are replaced by as many, so that offsets stay.
    Raises ReadError (``too_many_lines``).
    """
    check_lines(text)
    if "&" in text:
        text = _SPACE_ENTITY.sub(lambda entity: " " * len(entity[0]), text)
    lines = []
    at = 0
    for row in text.split("\n"):
        line = lay_out(row.removesuffix("\r"), verbatim_cell(row, at))
        if line is not None:
            lines.append(line)
        at += len(row) + 1
    return lines
