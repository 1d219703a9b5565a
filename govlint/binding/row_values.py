"""The values of the rows of a table: placed where they are certain, left out where that would be a guess."""

from __future__ import annotations

from collections.abc import Sequence

from govlint.binding.alignment import Step
from govlint.binding.bound import BoundRow, BoundTable
from govlint.binding.placing import Placed, learn_columns, place
from govlint.binding.tokens import ODD, Run, Token
from govlint.chinese import fold
from govlint.model.edition import TableForm


def place_values(table: BoundTable, runs: Sequence[Run], path: dict[int, Step]) -> None:
    """Place the values of every bound row, and of unlabelled lines that can only be the rows missing there."""
    rows = table.rows
    columns = learn_columns((row.run, len(row.form.columns)) for row in rows if row.run)
    for number, row in enumerate(rows):
        if row.run is None:
            continue
        wanted = len(row.form.columns)
        if _is_detached(row, number, rows, path):
            row.placed = Placed(None, "ambiguous")
            continue
        row.placed = place(row.run, wanted, columns)
        if row.placed.problem == "short":
            _join_odd_cell(table, row, runs, wanted)
    for number, row in enumerate(rows):
        if row.placed.rest:
            _place_unlabelled(table, number)


def _is_detached(row: BoundRow, number: int, rows: Sequence[BoundRow], path: dict[int, Step]) -> bool:
    """Whether the label stands apart from its values so that they may be another row's.

    That is so when they stand on another line, and the run holds the label of another row without values, or
    several lines of several values follow. Text of one cell a line has one value a line and is not meant.
    """
    run = row.run
    assert run is not None
    if run.labels[-1].line == run.values[0].line:
        return False
    first = [token for token in run.values if token.line == run.values[0].line]
    if len(first) == 1 < len(run.values):
        return False
    several = len(first) > 1 and len(first) < len(run.values)
    if several and (row.how != "exact" or len(first) < len(row.form.columns) or len(run.values) % len(first) == 0):
        return True
    text = "".join(token.folded for token in run.labels[-14:])
    return any(
        other != number and other not in path and len(folded := fold(rows[other].form.label)) > 4 and folded[:6] in text
        for other in range(len(rows))
    )


def _join_odd_cell(table: BoundTable, row: BoundRow, runs: Sequence[Run], wanted: int) -> None:
    """A cell with words in it (“12（含转办）”) splits a run; joined again where the number then fits."""
    assert row.run is not None
    number = row.run_number + 1
    if number >= len(runs):
        return
    after = runs[number]
    given = len(row.run.values)
    bound = any(other.run_number == number for other in table.rows)
    odd = len(after.labels) == 1 and len(after.labels[0].folded) <= ODD and bool(after.values)
    if not bound and odd and given + 1 + len(after.values) == wanted:
        row.placed = Placed((*row.run.values, after.labels[0]._replace(kind="value"), *after.values))
        table.unknown = [run for run in table.unknown if run is not after]
    elif bound and given + 1 == wanted and len(after.labels) > 1 and _closes(row.run, after.labels[0], table.form):
        row.placed = Placed((*row.run.values, after.labels[0]._replace(kind="value")))


def _closes(run: Run, token: Token, form: TableForm) -> bool:
    """Whether words are the last cell of a row: right behind its values, and no part of the form."""
    one_a_line = len({value.line for value in run.values}) == len(run.values)
    if token.line != run.values[-1].line and not one_a_line:
        return False
    words = [fold(text) for row in form.rows for text in (row.label, *row.groups, *row.accepted, *row.aliases)]
    words += [fold(text) for block in form.blocks for text in (block.caption or "", *block.headers)]
    return len(token.folded) <= 6 and not any(token.folded in word for word in words)


def _without_lead(line: tuple[Token, ...], wanted: int) -> tuple[Token, ...]:
    """A line of values without the blanks that stand where its label should."""
    while len(line) > wanted and line[0].kind != "value":
        line = line[1:]
    return line


def _place_unlabelled(table: BoundTable, number: int) -> None:
    """Lines of values without a label: bound only where exactly so many rows are missing, each line complete."""
    rows = table.rows
    rest = rows[number].placed.rest
    wanted = len(rows[number].form.columns)
    rest = tuple(line for line in rest if not (len(line) == 1 and wanted > 2))
    rest = tuple(_without_lead(line, wanted) for line in rest)
    end = number + 1
    while end < len(rows) and rows[end].run is None and rows[end].cells is None:
        end += 1
    missing = rows[number + 1 : end]
    if (
        rest
        and len(rest) == len(missing)
        and all(len(line) == len(row.form.columns) for line, row in zip(rest, missing, strict=True))
    ):
        for line, row in zip(rest, missing, strict=True):
            row.placed = Placed(tuple(line))
            row.how = "unlabelled"
    else:
        # A row without a single word or number is an empty strip of the table, no strange row.
        table.stray_values += [line for line in rest if any(token.kind == "value" for token in line)]
