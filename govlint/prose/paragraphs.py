"""A bound report → its paragraphs in plain writing, each with the sub-heading that it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govlint.chinese import any_number, fold
from govlint.model.document import Phrase, Slice
from govlint.model.report import Report
from govlint.prose.plain import plain_mapped

_SHORT = 24
"""A line of at most so many characters may be a sub-heading; a line that is not broken by hand is longer."""

_ENDS = tuple("。！？!?；;：:.")


@dataclass(frozen=True)
class Paragraph:
    """Text in plain writing and where each of its characters stands; ``under`` is the sub-heading above it."""

    text: str
    places: tuple[tuple[Slice, int], ...]
    section: int
    under: str

    def phrase(self, start: int, end: int) -> Phrase:
        """The place of ``text[start:end]``: one slice per cell that it reaches over."""
        slices: list[Slice] = []
        for piece, index in self.places[start : max(end, start + 1)]:
            if slices and slices[-1].cell is piece.cell and slices[-1].end <= index:
                slices[-1] = Slice(piece.cell, slices[-1].start, index + 1)
            else:
                slices.append(Slice(piece.cell, index, index + 1))
        return Phrase(tuple(slices))


def paragraphs(report: Report) -> Iterator[Paragraph]:
    """The paragraphs of all sections; of the whole running text when no section was found."""
    parts = [(section.form.number, section.body) for section in report.sections if section.body]
    for number, pieces in parts or [(0, report.prose)]:
        under = ""
        for group in _joined(pieces):
            first = fold(group[0].text)
            length = any_number(first)[1]
            if first[:1].isdigit():
                under = under or _heading(first[length:])
            elif length or _is_short(first):
                under = _heading(first[length:])
            yield _paragraph(group, number, under)


def _joined(pieces: Sequence[Slice]) -> Iterator[list[Slice]]:
    """Pieces that a hard line end breaks in the middle of a sentence, together."""
    group: list[Slice] = []
    for piece in pieces:
        if not piece.text.strip():
            continue
        text = fold(piece.text)
        if group and (_closed(group[-1].text) or any_number(text)[1] or _is_short(fold(group[-1].text))):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _heading(folded: str) -> str:
    """The words before the first mark: text may go on behind a sub-heading."""
    return re.split("[,:;]", folded[:_SHORT], maxsplit=1)[0]


def _closed(text: str) -> bool:
    return text.rstrip().endswith(_ENDS)


def _is_short(folded: str) -> bool:
    return len(folded) <= _SHORT and "," not in folded


def _paragraph(group: Sequence[Slice], section: int, under: str) -> Paragraph:
    texts: list[str] = []
    places: list[tuple[Slice, int]] = []
    for piece in group:
        text, indices = plain_mapped(piece.text)
        texts.append(text)
        places += ((piece, piece.start + index) for index in indices)
    return Paragraph("".join(texts), tuple(places), section, under)
