"""Tables printed row by row: the runs of a document laid on the rows of the edition that fits best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from govlint.binding.alignment import Candidates, Ranked, Step, align, fit, rating
from govlint.binding.labels import LabelIndex
from govlint.binding.placing import NOTHING, Placed, learn_columns, place
from govlint.binding.tokens import Run, Token
from govlint.chinese import fold
from govlint.model.edition import RowForm, TableForm

FOUND = 0.2
"""A table of which fewer rows than this share are recognised is not there."""
DUPLICATE = 0.6
"""A second table must show this share of the rows."""
_SURE = 0.9


@dataclass(eq=False)
class BoundRow:
    """A row of the form and what of the document was bound to it."""

    form: RowForm
    run: Run | None = None
    run_number: int = -1
    how: str | None = None
    label: tuple[Token, ...] = ()
    placed: Placed = NOTHING
    moved: bool = False
    stray_label: Token | None = None
    """Its label where it stands without values, when nothing was bound."""

    @property
    def cells(self) -> tuple[Token | None, ...] | None:
        return self.placed.cells


@dataclass(eq=False)
class BoundTable:
    """One table as bound: its rows in the order of the form, and runs of it that are none of its rows."""

    form: TableForm
    layout: str
    rows: list[BoundRow]
    found: bool = False
    first: int = 0
    last: int = -1
    again: list[tuple[Run, RowForm]] = field(default_factory=list)
    unknown: list[Run] = field(default_factory=list)
    stray_values: list[tuple[Token, ...]] = field(default_factory=list)
    second: tuple[Token, Token] | None = None
    """First and last token of a second table of the kind."""
    second_runs: frozenset[int] = frozenset()


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
    _mop_up(table, runs, path, index, chosen)
    _find_second(table, runs, candidates.of_edition(chosen, frozenset(step.run for step in path.values())))
    for row, step in path.items():
        bound = table.rows[row]
        bound.run, bound.run_number, bound.how = runs[step.run], step.run, step.how
        bound.label = label_tokens(runs[step.run], fold(bound.form.label), step.how)
    _place_values(table, runs, path)
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


def _mop_up(table: BoundTable, runs: Sequence[Run], path: dict[int, Step], index: LabelIndex, edition: int) -> None:
    """Rows that the alignment left: out of order, renamed, doubled, or of no row at all."""
    rows = table.form.rows
    bound_runs = {step.run for step in path.values()}
    inside = [
        number
        for number in range(max(table.first - 1, 0), min(table.last + 4, len(runs)))
        if number not in bound_runs and runs[number].labels and runs[number].values
    ]
    row_of = {label: row for row, label in enumerate(index.rows[edition])}
    sure = {
        number: {row_of[label]: match for label, match in index.candidates(runs[number].text) if label in row_of}
        for number in inside
    }
    for number in list(inside):
        for row, match in sure[number].items():
            in_reach = number <= table.last + 1
            if (
                row not in path
                and match.score >= _SURE
                and in_reach
                and fit(runs[number], len(rows[row].columns)) >= 0.5
            ):
                path[row] = Step(number, match.how)
                table.rows[row].moved = True
                inside.remove(number)
                break
    opening = _misprinted_first_row(table, runs, path)
    if opening is not None:
        path[0] = Step(opening, "place")
        table.first = opening
    for number in list(inside):
        renamed = _only_missing_here(number, inside, path, len(rows))
        if renamed is not None and fit(runs[number], len(rows[renamed].columns)) >= _SURE:
            path[renamed] = Step(number, "place")
            inside.remove(number)
    most = max(len(row.columns) for row in rows)
    for number in inside:
        run = runs[number]
        if number > table.last + 1 or not run.width:
            continue
        doubled = [row for row, match in sure[number].items() if match.score >= _SURE]
        if number < table.first:
            doubled = [row for row in doubled if row in path and path[row].run == table.first]
        if doubled:
            row = doubled[0]
            if row in path and path[row].run == number + 1:
                path[row], run = Step(number, sure[number][row].how), runs[number + 1]
                table.first = min(table.first, number)
            table.again.append((run, rows[row]))
        elif table.first < number <= table.last and run.width >= max(1, most - 2) and len(run.labels[-1].folded) <= 40:
            table.unknown.append(run)


def _misprinted_first_row(table: BoundTable, runs: Sequence[Run], path: dict[int, Step]) -> int | None:
    """The run right before the table, if only the first row is missing and the header ends just before its label."""
    if 0 in path or 1 not in path or path[1].run != table.first or table.first == 0:
        return None
    run = runs[table.first - 1]
    first = table.form.rows[0]
    header = fold(table.form.block_by_id[first.block].headers[-1])
    if fit(run, len(first.columns)) < 1.0 or len(run.labels) < 2 or len(run.labels[-1].folded) > len(first.label) + 4:
        return None
    return table.first - 1 if "".join(t.folded for t in run.labels[:-1]).endswith(header) else None


def _only_missing_here(number: int, inside: Sequence[int], path: dict[int, Step], rows: int) -> int | None:
    """The one row that is missing between two bound ones, if this is the one run left between them."""
    before = max((row for row, step in path.items() if step.run < number), default=None)
    after = min((row for row, step in path.items() if step.run > number), default=None)
    if before is None or after is None:
        return None
    missing = [row for row in range(before + 1, after) if row not in path]
    low, high = path[before].run, path[after].run
    alone = sum(1 for other in inside if low < other < high) == 1
    return missing[0] if len(missing) == 1 and alone and after < rows else None


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


def _place_values(table: BoundTable, runs: Sequence[Run], path: dict[int, Step]) -> None:
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
    if not bound and len(after.labels) == 1 and given + 1 + len(after.values) == wanted:
        row.placed = Placed((*row.run.values, after.labels[0]._replace(kind="value"), *after.values))
        table.unknown = [run for run in table.unknown if run is not after]
    elif given + 1 == wanted and len(after.labels) > 1 and _is_odd(after.labels[0], table.form):
        row.placed = Placed((*row.run.values, after.labels[0]._replace(kind="value")))


def _is_odd(token: Token, form: TableForm) -> bool:
    """Short words that are no part of the form."""
    words = [fold(text) for row in form.rows for text in (row.label, *row.groups, *row.accepted, *row.aliases)]
    words += [fold(text) for block in form.blocks for text in (block.caption or "", *block.headers)]
    return len(token.folded) <= 6 and not any(token.folded in word for word in words)


def _place_unlabelled(table: BoundTable, number: int) -> None:
    """Lines of values without a label: bound only where exactly so many rows are missing, each line complete."""
    rows = table.rows
    rest = rows[number].placed.rest
    wanted = len(rows[number].form.columns)
    rest = tuple(line for line in rest if not (len(line) == 1 and wanted > 2))
    rest = tuple(line[1:] if len(line) == wanted + 1 and line[0].kind != "value" else line for line in rest)
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
        table.stray_values += rest


def _stray_label(table: BoundTable, runs: Sequence[Run], form: RowForm) -> Token | None:
    """Where the label of an unbound row stands, inside or right behind the table."""
    bound = {id(token) for row in table.rows for token in row.label}
    label = fold(form.label)
    for run in runs[max(table.first - 1, 0) : table.last + 2]:
        for token in run.labels:
            if id(token) not in bound and (token.folded == label or (len(label) > 6 and label in token.folded)):
                return token
    return None
