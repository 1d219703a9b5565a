"""The report as read: its lines as paragraphs and tables, with the marks on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from govlint.chinese import is_value
from govlint.model.diagnostic import Result
from govlint.model.document import Cell, Document, Line, Verbatim
from govlint.model.source import Source
from govlint.writers.language import Language
from govlint.writers.markup import Html, element, joined
from govlint.writers.page.blocks import Block, Row, blocks_of, rows_of
from govlint.writers.page.marking import badges, marked, targets
from govlint.writers.page.marks import Mark, lay
from govlint.writers.page.tables import Shown, table_of

_OWN_LINE = frozenset(("exact", "alias", "close", "number"))
"""How a heading was found that has its line to itself."""


class Paper:
    """One report on the page. ``number`` is that of the result, from 1, and makes its ids unique.

    ``ids`` are those of its sections (``s-<number>-<section>``) and tables (``t-<number>-<table>``), once written.
    """

    def __init__(self, result: Result, number: int, marks: Iterable[Mark], language: Language) -> None:
        self._number = number
        self._language = language
        self._report = result.report
        self._document = _document(result)
        self._lines = self._document.lines
        self._first = [0, *accumulate(len(line.cells) for line in self._lines)]
        self._all = [cell for line in self._lines for cell in line.cells]
        self._laid = lay(self._all, marks)
        sections = self._report.sections if self._report else ()
        tables = self._report.tables if self._report else ()
        self._headings = {section.heading_line: section for section in sections if section.heading_line is not None}
        self._tables = {min(table.lines): table.form.id for table in tables if table.lines}
        labels = [row.label for table in tables for row in table.rows if row.label]
        self._labels = {piece.cell.span().start for label in labels for piece in label.slices}
        self.ids: set[str] = set()

    def write(self) -> Html:
        """The whole report; what is about it as a whole stands first."""
        parts = [self._block(block) for block in blocks_of(self._document, self._report)]
        if self._laid.homeless:
            marks = (targets(self._laid.homeless), badges(self._laid.homeless))
            said = self._language.say("review", "whole_file")
            parts.insert(0, element("p", joined((*marks, said)), class_="whole"))
        return joined(parts, "\n")

    def _block(self, block: Block) -> Html:
        lines = range(block.start, block.stop)
        if block.kind == "grid":
            return joined((*map(self._target, lines), table_of([list(self._cells(number)) for number in lines])))
        if block.kind == "rows":
            return joined((*map(self._target, lines), self._rows(rows_of(block, self._lines, self._first))))
        text = joined(map(self._paragraph, lines), "\n")
        if block.kind == "text":
            return text
        cells = range(self._first[block.start], self._first[block.stop])
        is_marked = any(cell in self._laid.segments for cell in cells)
        said = self._language.say("web", "aside", {"count": block.stop - block.start})
        return element("details", joined((element("summary", said), text)), class_="aside", open=is_marked)

    def _rows(self, rows: list[Row]) -> Html:
        """Rows of cells that know no columns: as they are where all are alike, else the values one below the other."""
        sizes = {len(row.label) + len(row.values) for row in rows}
        if len(sizes) == 1 and not any(row.broken for row in rows):
            return table_of([[self._cell(number) for number in (*row.label, *row.values)] for row in rows])
        full = [row for row in rows if row.values]
        labels = max((1 if row.broken else len(row.label) for row in full if row.label), default=0)
        width = labels + max((len(row.values) for row in full), default=1)
        return table_of([self._row(row, labels, width) for row in rows])

    def _row(self, row: Row, labels: int, width: int) -> list[Shown]:
        if not row.values:
            pieces = (element("span", self._cell(number).content, class_="piece") for number in row.label)
            return [Shown(joined(pieces, " "), column_span=width)]
        label = [self._cell(number)._replace(tag="th") for number in row.label]
        if row.broken and label:
            label = [Shown(joined((cell.content for cell in label), " "), tag="th")]
        if label:
            label[-1] = label[-1]._replace(column_span=labels - len(label) + 1)
        elif labels:
            label = [Shown(Html(""), kind="void", column_span=labels)]
        return label + [self._cell(number) for number in row.values]

    def _paragraph(self, number: int) -> Html:
        section = self._headings.get(number)
        role = self._lines[number].role
        content = joined((self._target(number), joined((cell.content for cell in self._cells(number)), "\t")))
        if section is None:
            return element("p", content, class_=role if role != "body" else None)
        name = f"s-{self._number}-{section.form.number}"
        self.ids.add(name)
        return element("h4" if section.how in _OWN_LINE else "p", content, id=name)

    def _target(self, number: int) -> Html:
        """What links to a table of the form lead to, if it starts on this line."""
        table = self._tables.get(number)
        if table is None:
            return Html("")
        name = f"t-{self._number}-{table}"
        self.ids.add(name)
        return element("span", id=name)

    def _cells(self, number: int) -> Iterator[Shown]:
        return map(self._cell, range(self._first[number], self._first[number + 1]))

    def _cell(self, number: int) -> Shown:
        cell = self._all[number]
        is_label = bool(self._labels) and cell.span().start in self._labels
        return Shown(
            marked(cell.text, self._laid.segments.get(number, ())),
            cell.grid,
            "th" if is_label else "td",
            "v" if cell.text and is_value(cell.text) else None,
        )


def _document(result: Result) -> Document:
    """The document, or the lines of the source where no reader made any (the map of a roll-up)."""
    if result.document and result.document.lines:
        return result.document
    source = result.source or Source(result.path, result.path, "", "text")
    lines = []
    at = 0
    for text in source.text.split("\n"):
        if text.strip():
            lines.append(Line("plain", (Cell(text, Verbatim(at)),)))
        at += len(text) + 1
    return Document(source, tuple(lines))
