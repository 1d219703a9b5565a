"""Chosen headings → the sections of the report and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from govlint.binding.sections import Heading
from govlint.chinese import fold, fold_mapped, top_number
from govlint.model.document import Document, Phrase, Slice
from govlint.model.edition import Edition, SectionForm
from govlint.model.report import Facts, Gap, GapKind, Section, Table, Wording
from govlint.model.source import Span

_SURE = 2.5
_HEADING_LIKE = 40
_EXACT = ("exact", "alias", "glued", "inline")


@dataclass(eq=False)
class Structure:
    """The sections of one document under one edition."""

    document: Document
    edition: Edition
    candidates: Sequence[Heading]
    chain: Mapping[int, Heading]
    tables: Sequence[Table]
    facts: Facts
    chosen: dict[int, Heading] = field(default_factory=dict)
    moved: list[Heading] = field(default_factory=list)
    again: list[Heading] = field(default_factory=list)
    replaced: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chosen = dict(self.chain)
        lines = {heading.line for heading in self.chain.values()}
        for heading in self.candidates:
            if heading.line in lines or heading.score < _SURE or heading.listed or not heading.number:
                continue
            if self.document.lines[heading.line].role == "link":
                continue
            lines.add(heading.line)
            if heading.section in self.chosen:
                self.again.append(heading)
            else:
                self.chosen[heading.section] = heading
                self.moved.append(heading)
        self.tables = [self._whole(table) for table in self.tables]
        self.table_lines = frozenset().union(*(table.lines for table in self.tables))
        self.order = sorted(self.chosen.values(), key=lambda heading: (heading.line, heading.section))
        self.sections = tuple(self._section(form) for form in self.edition.sections)
        self.by_number = {section.form.number: section for section in self.sections}
        for number, heading in self.chosen.items():
            if heading.how == "number" and not self._body_fits(self.by_number[number]):
                self.replaced.append(number)

    @property
    def missing(self) -> frozenset[int]:
        """Numbers of the sections that are not there or replaced by other matter."""
        absent = {section.form.number for section in self.sections if section.heading is None}
        return frozenset(absent | set(self.replaced))

    def _whole(self, table: Table) -> Table:
        """The table with all lines between its first and its last, headings left out."""
        if not table.lines:
            return table
        headings = {heading.line for heading in self.chosen.values()}
        lines = set(range(min(table.lines), max(table.lines) + 1)) - headings
        return replace(table, lines=frozenset(lines))

    @property
    def cut_off(self) -> int | None:
        """The number of the last section there, when the document ends in it or after it much too early.

        That is so when at least three sections behind it are missing, or two and its table breaks off.
        """
        if not self.order:
            return None
        last = max(self.chosen)
        lost = sum(1 for section in self.sections if section.form.number > last)
        tables = [table for table in self.tables if table.form.section == last]
        broken = any(_breaks_off(table) for table in tables)
        return last if lost > 2 or (lost > 1 and broken) else None

    # ------------------------------------------------------------ sections

    def _section(self, form: SectionForm) -> Section:
        heading = self.chosen.get(form.number)
        if heading is None:
            return Section(form)
        after = next((h for h in self.order if (h.line, h.section) > (heading.line, heading.section)), None)
        inside = heading.how in ("glued", "inline", "inline_close")
        end = after.line if after else len(self.document.lines)
        if after and after.how in ("inline", "inline_close"):
            end += 1
        lines = range(heading.line if inside else heading.line + 1, end)
        body = tuple(self._body(heading, after, lines))
        return Section(form, heading.phrase, heading.number, heading.how, heading.line, lines, body)

    def _body(self, heading: Heading, after: Heading | None, lines: range) -> Iterator[Slice]:
        for number in lines:
            if number in self.table_lines:
                continue
            if after is None and self._signed_above(number):
                return
            for cell in self.document.lines[number].cells:
                start, end = 0, len(cell.text)
                if number == heading.line and heading.phrase.slices[0].cell is cell:
                    start = heading.phrase.slices[-1].end
                if after and number == after.line and after.phrase.slices[0].cell is cell:
                    end = after.phrase.slices[0].start
                if cell.text[start:end].strip():
                    yield Slice(cell, start, end)

    def _signed_above(self, number: int) -> bool:
        """Whether the signature stands on a line above: what follows it is the page's, not the report's."""
        signed = self.facts.signed
        cell = next((cell for cell in self.document.lines[number].cells if cell.text), None)
        last = self.order[-1].phrase.span
        return bool(signed and cell and last.start < signed.span.start and signed.span.end < cell.span().start)

    def _body_fits(self, section: Section) -> bool:
        """Whether what stands under a heading of other words is what the section should hold."""
        form = section.form
        if form.table:
            return any(t.form.id == form.table and t.lines & set(section.lines) for t in self.tables if t.found)
        if not form.signs:
            return True
        text = [fold(piece.text) for piece in section.body]
        return any(re.search(sign, paragraph) for sign in form.signs for paragraph in text)

    def _is_signature(self, piece: Slice) -> bool:
        """Whether words under the last section are the agency's name or a date, or a link of the page."""
        words = fold(piece.text)
        agency = fold(self.facts.agency.value) if self.facts.agency else ""
        date = self.facts.signed
        signed = date is not None and piece.span.start <= date.span.start < piece.span.end
        return (signed and len(words) < _HEADING_LIKE) or (bool(words) and words == agency)

    # ------------------------------------------------------------ gaps

    def gaps(self) -> Iterator[Gap]:
        """Everything that is wrong with the sections, in the order of the form."""
        last = self.cut_off
        if last is not None:
            ending = self.chosen[last].phrase
            yield Gap(
                "cut_off", "document", ending.span, section=last, printed=ending.text, related=(("end", *self._end()),)
            )
        yield from (gap for gap in self._absent() if last is None or (gap.section or 0) <= last)
        for section in self.sections:
            heading = self.chosen.get(section.form.number)
            if heading is None or section.span is None or section.form.number in self.replaced:
                continue
            if heading in self.moved:
                yield self._gap("order", section, section.span, printed=heading.phrase.text)
            if heading.how not in _EXACT:
                yield self._reworded("renamed", section, heading)
            if not section.form.table and all(self._is_signature(piece) for piece in section.body):
                yield self._gap("empty", section, section.span, printed=heading.phrase.text)
        for heading in self.again:
            section = self.by_number[heading.section]
            yield self._gap("duplicated", section, heading.phrase.span, printed=heading.phrase.text)
        yield from self._numbers()
        yield from self._surplus()

    def _end(self) -> tuple[Span, str]:
        """The last words of the document."""
        cell = next(cell for line in reversed(self.document.lines) for cell in reversed(line.cells) if cell.text)
        return cell.span(), cell.text[-20:]

    def _gap(self, kind: GapKind, section: Section, place: Span, **more: object) -> Gap:
        return Gap(
            kind,
            "section",
            place,
            section=section.form.number,
            expected=section.form.heading,
            **more,  # type: ignore[arg-type]
        )

    def _reworded(self, kind: GapKind, section: Section, heading: Heading) -> Gap:
        phrase = heading.phrase
        wording = Wording(phrase, section.form.heading)
        return self._gap(kind, section, phrase.span, printed=phrase.text, how=heading.how, wordings=(wording,))

    def _absent(self) -> Iterator[Gap]:
        before = self.facts.title.span if self.facts.title else Span(0, 0)
        for section in self.sections:
            if section.form.number in self.replaced and section.heading and section.span:
                yield self._gap("replaced", section, section.span, printed=section.heading.text)
                before = section.span
            elif section.span is None:
                yield self._gap("missing", section, before)
            else:
                before = section.span

    def _numbers(self) -> Iterator[Gap]:
        """Wrong numbers before right words; numbers shifted by a section lost or added are its consequence."""
        wrong = []
        numbered = any(heading.number for heading in self.order)
        absent = {section.form.number for section in self.sections if section.heading is None}
        for heading in self.order:
            number, section = heading.number, heading.section
            if number == section or heading in self.moved or heading.how in ("number", "inline", "inline_close"):
                continue
            lost = sum(1 for other in absent if other < section)
            if number and number == section - lost:
                continue
            if number or (numbered and self.document.lines[heading.line].role != "heading"):
                wrong.append(heading)
        printed = [heading.number for heading in wrong]
        if len(wrong) > 1 and all(printed) and printed == sorted(set(printed)):
            heading = wrong[0]
            yield Gap(
                "restarted", "section", heading.phrase.span, section=heading.section,
                expected=self.by_number[heading.section].form.heading, printed=heading.phrase.text,
            )  # fmt: skip
            return
        for heading in wrong:
            yield self._reworded("misnumbered", self.by_number[heading.section], heading)

    def _surplus(self) -> Iterator[Gap]:
        """Numbered headings beyond the last section of the form."""
        last = max(section.form.number for section in self.sections)
        lines = {heading.line for heading in self.candidates}
        for number, line in enumerate(self.document.lines):
            cells = [cell for cell in line.cells if cell.text]
            if len(cells) != 1 or number in self.table_lines or number in lines or len(cells[0].text) > _HEADING_LIKE:
                continue
            folded = fold(cells[0].text)
            printed, length = top_number(folded)
            if printed == last + 1 and folded[:1] != "(" and length < len(folded) and folded[-1] not in ",;:":
                start = fold_mapped(cells[0].text)[1][0]
                phrase = Phrase((Slice(cells[0], start, len(cells[0].text)),))
                yield Gap("unknown", "section", phrase.span, printed=phrase.text)


def _breaks_off(table: Table) -> bool:
    """Whether the last third of a table's rows is missing."""
    rows = table.rows
    return table.found and not any(row.bound for row in rows[-max(1, len(rows) // 3) :])
