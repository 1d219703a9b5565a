"""A blank report as a sequence of paragraphs and tables, before it is written to any file type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from govlint.model.edition import TableForm
from govlint.model.report import CellAddress


class Words(NamedTuple):
    """Some words of a paragraph; ``todo`` when they only say what is to be filled in."""

    text: str
    todo: bool = False


Style = Literal["title", "heading", "subheading", "text", "signature"]


class Paragraph(NamedTuple):
    """A paragraph and what it is."""

    style: Style
    words: tuple[Words, ...]

    @property
    def text(self) -> str:
        return "".join(words.text for words in self.words)


class FormTable(NamedTuple):
    """A table of the form; ``values`` are the cells that are not blank."""

    form: TableForm
    values: Mapping[CellAddress, str]

    def value(self, address: CellAddress) -> str:
        """What stands in a cell."""
        return self.values.get(address, "")


@dataclass(frozen=True)
class Draft:
    """A blank report: its title, whose it is, and its parts in order."""

    title: str
    agency: str
    parts: tuple[Paragraph | FormTable, ...]

    @property
    def todo(self) -> int:
        """How many places in the text are to be filled in."""
        return sum(words.todo for part in self.parts if isinstance(part, Paragraph) for words in part.words)

    @property
    def open_cells(self) -> int:
        """How many cells are blank."""
        return sum(not text for text in self._cells())

    def _cells(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, FormTable):
                for row in part.form.rows:
                    for column in row.columns:
                        yield part.value(CellAddress(part.form.id, row.id, column.id))
