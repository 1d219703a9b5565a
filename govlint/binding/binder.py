"""The order of decisions: tables over the whole document, then sections, then facts, then the gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from govlint.binding.assemble import assemble_rows, assemble_wide, empty_table
from govlint.binding.bound import BoundTable
from govlint.binding.facts import find_facts, unit_type_of
from govlint.binding.labels import LabelIndex
from govlint.binding.patterns import FactPatterns
from govlint.binding.row_gaps import RowTableGaps
from govlint.binding.rows import bind_rows
from govlint.binding.sections import HeadingIndex, best_chain, find_headings, find_inline
from govlint.binding.structure import Structure
from govlint.binding.tokens import Run, make_runs, tokenize
from govlint.binding.unread import find_unread
from govlint.binding.wide import BoundWide, bind_wide
from govlint.binding.wide_gaps import wide_table_gaps
from govlint.model.document import Document
from govlint.model.edition import Edition
from govlint.model.report import Fact, Facts, Gap, Report, Table
from govlint.model.source import Span

_FEW = 3
"""With fewer headings on lines of their own, headings are sought inside running lines."""

_TELLING = 2
"""So many headings in the words of the form show that a text is such a report."""

Bound = BoundTable | BoundWide


class Binder:
    """Binds documents to the editions it was made with; made once, used for many."""

    def __init__(self, editions: Sequence[Edition], patterns: FactPatterns) -> None:
        self.editions = tuple(sorted(editions, key=lambda edition: edition.first))
        self.patterns = patterns
        self.headings = HeadingIndex(self.editions)
        forms = {table.id: table for table in self.editions[-1].tables}
        self.indices = {
            table: LabelIndex([edition.table_by_id[table].rows for edition in self.editions])
            for table, form in forms.items()
            if form.printed == "rows"
        }
        self.wide = [table for table, form in forms.items() if form.printed == "wide"]
        self.order = list(forms)
        self.known: frozenset[str] = frozenset().union(*(index.known for index in self.indices.values()))

    def bind(self, document: Document) -> Report:
        """Lay a document on the form."""
        runs = make_runs(tokenize(document.lines, self.known))
        bound = self._bind_tables(runs)
        tables = [
            assemble_rows(table, runs) if isinstance(table, BoundTable) else assemble_wide(table) for table in bound
        ]
        taken: frozenset[int] = frozenset().union(*(table.lines for table in tables))
        candidates = find_headings(document, self.headings, taken, self.known)
        chain = best_chain(candidates)
        if len(chain) < _FEW:
            chain = find_inline(document, self.headings, chain)
        heading_lines = sorted(heading.line for heading in chain.values())
        ends = (heading_lines[0], heading_lines[-1]) if heading_lines else (None, None)
        facts = find_facts(document, self.patterns, *ends)
        due = self._due(facts)
        tables = [_of_due(table, due) for table in tables]
        structure = Structure(document, due or self.editions[-1], candidates, chain, tables, facts)
        absent = self._absent_tables(document, tables, structure, taken)
        unread = any(gap.kind == "unread" for gap in absent)
        worded = sum(heading.how != "number" for heading in chain.values())
        shown = worded >= _TELLING or unread or any(table.found for table in tables)
        recognised = shown or bool(facts.title and facts.year)
        gaps: list[Gap] = []
        if recognised:
            gaps += structure.gaps()
            gaps += absent
            for table in bound:
                gaps += self._table_gaps(table, runs, due)
            end = len(document.source.text.rstrip())
            gaps = [gap for gap in gaps if not _follows_cut(gap, structure.cut_off, tables, end)]
        return Report(
            document, due, self.editions, facts, structure.sections, tuple(structure.tables), tuple(gaps), recognised
        )

    def told(self, report: Report, agency: str | None, unit_type: str | None) -> Report:
        """The report with an agency or a type of unit that is known from elsewhere.

        A name that is told has the place of the one that was read, else of the title, else the start of the file.
        """
        facts = report.facts
        if agency is not None:
            read = facts.agency or facts.title
            facts = facts._replace(agency=Fact(agency, read.span if read else Span(0, 0)))
            facts = facts._replace(unit_type=unit_type_of(agency, self.patterns))
        if unit_type is not None:
            facts = facts._replace(unit_type=unit_type)
        return report if facts is report.facts else replace(report, facts=facts)

    def _bind_tables(self, runs: list[Run]) -> list[Bound]:
        rows = {
            table: bind_rows(runs, [(edition.id, edition.table_by_id[table]) for edition in self.editions], index)
            for table, index in self.indices.items()
        }
        used = frozenset(
            number
            for table in rows.values()
            for number in (*table.second_runs, *(row.run_number for row in table.rows))
        )
        latest = self.editions[-1]
        wide = {table: bind_wide(runs, latest.table_by_id[table], latest.id, used) for table in self.wide}
        for table in rows.values():
            taken = {id(row.run) for other in rows.values() if other is not table for row in other.rows}
            table.give_up(taken | {id(other.run) for other in wide.values()})
        every: dict[str, Bound] = {**rows, **wide}
        return [every[table] for table in self.order]

    def _due(self, facts: Facts) -> Edition | None:
        year = int(facts.year.value) if facts.year else None
        return next((edition for edition in self.editions if year is not None and edition.covers(year)), None)

    def _absent_tables(
        self, document: Document, tables: Sequence[Table], structure: Structure, taken: frozenset[int]
    ) -> list[Gap]:
        """A gap for each table that is there but unread, or missing although its section is there."""
        gaps: list[Gap] = []
        for table in tables:
            if table.found:
                continue
            unread = find_unread(document, table.form, taken)
            if unread:
                gaps.append(unread)
            elif table.form.section not in structure.missing:
                place = structure.by_number[table.form.section].span or Span(0, 0)
                gaps.append(Gap("missing", "table", place, table.form.id))
        return gaps

    def _table_gaps(self, bound: Bound, runs: Sequence[Run], due: Edition | None) -> list[Gap]:
        if isinstance(bound, BoundWide):
            return list(wide_table_gaps(bound))
        forms = [edition.table_by_id[bound.form.id] for edition in self.editions]
        form = due.table_by_id[bound.form.id] if due else None
        return list(RowTableGaps(bound, runs, form, due.id if due else None, forms))


def _follows_cut(gap: Gap, last: int | None, tables: Sequence[Table], end: int) -> bool:
    """Whether a table, block or row is missing or incomplete only because the document breaks off at ``end``."""
    if last is None or gap.table is None:
        return False
    if gap.kind == "short" and gap.place.end >= end:
        return True
    if gap.kind != "missing":
        return False
    return next(table.form.section for table in tables if table.form.id == gap.table) >= last


def _of_due(table: Table, due: Edition | None) -> Table:
    """The table under the edition due, where that edition's form of it is the same, or nothing was found of it."""
    form = due.table_by_id.get(table.form.id) if due else None
    if due is None or form is None or table.layout == due.id:
        return table
    if not table.found:
        return empty_table(form, due.id)
    return replace(table, layout=due.id) if form.blocks == table.form.blocks else table
