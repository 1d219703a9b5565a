"""Bound runs → the tables of a report: every row and cell of the layout, unbound ones empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govlint.binding.bound import BoundRow, BoundTable
from govlint.binding.tokens import Run, Token
from govlint.binding.wide import BoundWide
from govlint.chinese import cell_value, fold
from govlint.model.document import Phrase
from govlint.model.edition import RowForm, TableForm
from govlint.model.report import CellAddress, How, Table, TableCell, TableRow


def phrase(tokens: Iterable[Token]) -> Phrase | None:
    """The words of some tokens, None for none."""
    slices = tuple(token.slice for token in tokens)
    return Phrase(slices) if slices else None


def assemble_rows(bound: BoundTable, runs: Sequence[Run]) -> Table:
    """The table of rows as bound."""
    form = bound.form
    if not bound.found:
        return empty_table(form, bound.layout)
    tokens = sorted(_row_tokens(bound), key=lambda token: token.line)
    groups = {fold(group) for row in form.rows for group in row.groups} | {
        fold(text) for block in form.blocks for text in (block.caption, *block.headers, form.opening) if text
    }
    note = fold(form.note or "")
    lines = {token.line for token in tokens}
    first = min(row.run_number for row in bound.rows if row.run)
    for run in runs[first : bound.last + 1]:
        for token in run.labels:
            if token.folded in groups or (len(token.folded) > 2 and token.folded in note):
                lines.add(token.line)
    for number in bound.second_runs:
        lines.update(token.line for token in runs[number].values)
        lines.update(token.line for token in runs[number].labels[-2:] if len(token.folded) <= 40)
    for run in (*bound.unknown, *(run for run, _ in bound.again)):
        lines.update(token.line for token in (run.labels[-1], *run.values))
    rows = tuple(_row(form, row) for row in bound.rows)
    return Table(form, bound.layout, rows, True, phrase(_extent(tokens)), frozenset(lines))


def _extent(tokens: Sequence[Token]) -> Sequence[Token]:
    return (tokens[0], tokens[-1]) if tokens else ()


def _row_tokens(bound: BoundTable) -> Iterable[Token]:
    for row in bound.rows:
        yield from row.label
        if row.stray_label:
            yield row.stray_label
        if row.cells:
            yield from (token for token in row.cells if token)
        if row.run:
            yield from row.run.values
    for line in bound.stray_values:
        yield from line


def _row(form: TableForm, row: BoundRow) -> TableRow:
    tokens = row.cells or (None,) * len(row.form.columns)
    label = phrase(row.label) or (phrase([row.stray_label]) if row.stray_label else None)
    how: How | None = row.how  # type: ignore[assignment]
    return TableRow(row.form, _cells(form, row.form, tokens), how, label)


def _cells(form: TableForm, row: RowForm, tokens: Sequence[Token | None]) -> tuple[TableCell, ...]:
    cells = []
    for column, token in zip(row.columns, tokens, strict=True):
        address = CellAddress(form.id, row.id, column.id)
        printed = token.slice if token else None
        cells.append(TableCell(address, column, printed, cell_value(printed.text) if printed else None))
    return tuple(cells)


def assemble_wide(bound: BoundWide) -> Table:
    """The wide table as bound: its values dealt out to its rows in printed order."""
    form = bound.form
    if bound.run is None:
        return empty_table(form, bound.layout)
    width = len(form.rows[0].columns)
    cells = bound.placed.cells or (None,) * (width * len(form.rows))
    rows = tuple(
        TableRow(row, _cells(form, row, cells[i * width : (i + 1) * width]), "exact") for i, row in enumerate(form.rows)
    )
    tokens = [*bound.header, *bound.values]
    lines = {token.line for token in tokens}
    if bound.second:
        lines.update(token.line for token in bound.second.values)
    return Table(form, bound.layout, rows, True, phrase(_extent(tokens)), frozenset(lines))


def empty_table(form: TableForm, layout: str) -> Table:
    """A table of which nothing was found."""
    rows = tuple(TableRow(row, _cells(form, row, (None,) * len(row.columns))) for row in form.rows)
    return Table(form, layout, rows, False)
