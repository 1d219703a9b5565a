"""The form of an edition and the words of a blank report → the draft of one agency and year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from govlint.blank.draft import Draft, FormTable, Paragraph, Style, Words
from govlint.model.edition import Edition
from govlint.model.report import CellAddress

Data = Mapping[str, Any]


class Known(NamedTuple):
    """Numbers that stand in cells already, and for tables, by id, what their reader must know to fill others in."""

    numbers: Mapping[CellAddress, str]
    notes: Mapping[str, Sequence[str]]


NOTHING_KNOWN = Known({}, {})


def compose(
    data: Data,
    edition: Edition,
    year: int,
    agency: str,
    unit_type: str,
    known: Known = NOTHING_KNOWN,
) -> Draft:
    """The draft of a report. ``data`` are the words (``rules/blank/report.yaml``), ``known`` what last year's told."""
    composer = _Composer(data, edition, year, agency, unit_type)
    return Draft(composer.filled(data["title"]).replace("\n", ""), agency, tuple(composer.parts(known)))


class _Composer:
    def __init__(self, data: Data, edition: Edition, year: int, agency: str, unit_type: str) -> None:
        self.data, self.edition, self.year, self.unit_type = data, edition, year, unit_type
        self.blanks = {
            "year": year,
            "next": year + 1,
            "agency": agency,
            "notice": data["notices"][edition.id],
            "document": edition.basis[0]["document"],
        }
        opening, closing = (re.escape(data["marks"][mark]) for mark in ("open", "close"))
        self.todo = re.compile(f"({opening}.*?{closing})")

    def parts(self, known: Known) -> Iterator[Paragraph | FormTable]:
        yield Paragraph("title", (Words(self.filled(self.data["title"])),))
        for text in self.data["preamble"]:
            yield self._paragraph("text", text)
        for section in self.edition.sections:
            yield Paragraph("heading", (Words(section.heading),))
            yield from self._written(self.data["sections"].get(str(section.number), ()), "text")
            if section.table:
                yield FormTable(self.edition.table_by_id[section.table], known.numbers)
                yield from (Paragraph("text", (Words(note, todo=True),)) for note in known.notes.get(section.table, ()))
        yield from self._written(self.data["signature"], "signature")

    def filled(self, text: str) -> str:
        return text.format(**self.blanks)

    def _written(self, entries: Iterable[Data], style: Style) -> Iterator[Paragraph]:
        """The entries that hold for the year and the type of unit."""
        for entry in entries:
            if not entry.get("since", self.year) <= self.year <= entry.get("until", self.year):
                continue
            if self.unit_type not in entry.get("unit_types", (self.unit_type,)):
                continue
            if "heading" in entry:
                yield self._paragraph("subheading", entry["heading"])
            else:
                yield self._paragraph(style, entry["text"])

    def _paragraph(self, style: Style, text: str) -> Paragraph:
        """Text with blanks to be filled by people; these are told apart before names are put in."""
        pieces = [piece for piece in self.todo.split(text) if piece]
        words = (Words(self.filled(piece), self.todo.fullmatch(piece) is not None) for piece in pieces)
        return Paragraph(style, tuple(words))
