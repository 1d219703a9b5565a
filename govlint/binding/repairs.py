"""Rows that the alignment left: out of order, renamed, doubled, or of no row at all."""

from __future__ import annotations

from collections.abc import Sequence

from govlint.binding.alignment import Step, fit
from govlint.binding.bound import BoundTable
from govlint.binding.labels import LabelIndex
from govlint.binding.tokens import Run
from govlint.chinese import fold

_SURE = 0.9
"""A label that matches so well names its row wherever it stands."""


def mop_up(table: BoundTable, runs: Sequence[Run], path: dict[int, Step], index: LabelIndex, edition: int) -> None:
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
        doubled = [
            row
            for row, match in sure[number].items()
            if match.score >= _SURE or run.labels[-1].folded == fold(rows[row].label)
        ]
        if number < table.first:
            doubled = [row for row in doubled if row in path and path[row].run == table.first]
        if doubled:
            row = doubled[0]
            if row in path and path[row].run == number + 1:
                path[row], run = Step(number, sure[number][row].how), runs[number + 1]
                table.first = min(table.first, number)
            table.again.append((run, rows[row]))
        elif (
            (table.first < number <= table.last or _in_grid_of(runs[table.last], run))
            and run.width >= max(1, most - 2)
            and len(run.labels[-1].folded) <= 40
        ):
            table.unknown.append(run)


def _in_grid_of(last: Run, run: Run) -> bool:
    """Whether a run stands in the very table of the file that the last row stands in."""
    grids = [token.cell.grid for token in (last.values[-1], run.labels[-1], run.values[-1])]
    return all(grid is not None for grid in grids) and len({grid.table for grid in grids if grid}) == 1


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
