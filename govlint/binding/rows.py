"""Tables printed row by row: the runs of a document laid on the rows of the edition that fits best."""

from __future__ import annotations

from collections.abc import Sequence

from govlint.binding.alignment import Candidates, Ranked, align, rating
from govlint.binding.bound import BoundRow, BoundTable
from govlint.binding.labels import LabelIndex
from govlint.binding.repairs import mop_up
from govlint.binding.row_values import place_values
from govlint.binding.tokens import Run, Token
from govlint.chinese import fold
from govlint.model.edition import RowForm, TableForm

FOUND = 0.2
"""A table of which fewer rows than this share are recognised is not there."""
DUPLICATE = 0.6
"""A second table must show this share of the rows."""


def bind_rows(runs: Sequence[Run], forms: Sequence[tuple[str, TableForm]], index: LabelIndex) -> BoundTable:
    """Bind one table. ``forms`` are (edition id, form), in the order of the index; later editions win ties."""
    widths = [[len(row.columns) for row in form.rows] for _, form in forms]
    candidates = Candidates(runs, index, widths)
    paths = [align(candidates.of_edition(number), len(form.rows)) for number, (_, form) in enumerate(forms)]
    ratings = [rating(path, runs, widths[number]) for number, path in enumerate(paths)]
    chosen = max(range(len(forms)), key=lambda number: (ratings[number], number))
    edition, form = forms[chosen]
    path = paths[chosen]
    table = BoundTable(form, edition, [BoundRow(row) for row in form.rows])
    if len(path) < max(2, FOUND * len(form.rows)):
        return table
    table.found = True
    numbers = sorted(step.run for step in path.values())
    table.first, table.last = numbers[0], numbers[-1]
    mop_up(table, runs, path, index, chosen)
    _find_second(table, runs, candidates.of_edition(chosen, frozenset(step.run for step in path.values())))
    for row, step in path.items():
        bound = table.rows[row]
        bound.run, bound.run_number, bound.how = runs[step.run], step.run, step.how
        bound.label = label_tokens(runs[step.run], fold(bound.form.label), step.how)
    place_values(table, runs, path)
    for unbound in table.rows:
        if unbound.run is None and unbound.cells is None:
            unbound.stray_label = _stray_label(table, runs, unbound.form)
    return table


def label_tokens(run: Run, label: str, how: str) -> tuple[Token, ...]:
    """The label tokens at the end of a run that make up a row's label, and no more."""
    start = len(run.labels) - 1
    text = run.labels[start].folded
    while start > 0 and label not in text:
        longer = run.labels[start - 1].folded + text
        fits = len(longer) <= len(label) + 1 if how in ("close", "place") else longer in label or label in longer
        if not fits:
            break
        start -= 1
        text = longer
    return tuple(run.labels[start:])


def _find_second(table: BoundTable, runs: Sequence[Run], candidates: Ranked) -> None:
    again = align(candidates, len(table.form.rows))
    if len(again) < max(3, DUPLICATE * len(table.form.rows)):
        return
    numbers = sorted(step.run for step in again.values())
    table.second = (runs[numbers[0]].labels[-1], runs[numbers[-1]].values[-1])
    table.second_runs = frozenset(numbers)
    seconds = [runs[number] for number in numbers]
    table.again = [(run, row) for run, row in table.again if run not in seconds]
    table.unknown = [run for run in table.unknown if run not in seconds]


def _stray_label(table: BoundTable, runs: Sequence[Run], form: RowForm) -> Token | None:
    """Where the label of an unbound row stands, inside or right behind the table."""
    bound = {id(token) for row in table.rows for token in row.label}
    label = fold(form.label)
    for run in runs[max(table.first - 1, 0) : table.last + 2]:
        for token in run.labels:
            if id(token) not in bound and (token.folded == label or (len(label) > 6 and label in token.folded)):
                return token
    return None
