"""The values of a run → the cells of a row: by number, by column only where the number does not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from govlint.binding.tokens import Run, Token


class Learnt(NamedTuple):
    """The columns of the values of a full row: of the table, or ``behind`` the label, where padding is at the end."""

    columns: tuple[int, ...]
    behind: bool = False

    def of(self, run: Run) -> tuple[int, ...]:
        """The columns of the values of a row."""
        start = run.labels[-1].column if self.behind and run.labels else 0
        return tuple(start + column for column in self.columns)


Columns = Mapping[int, Learnt]
"""Number of values → the cell columns that full rows of that many values use in this table."""


class Placed(NamedTuple):
    """The cells of a row (None where nothing is printed), or why there are none; ``rest`` are further lines."""

    cells: tuple[Token | None, ...] | None
    problem: Literal["short", "extra", "ambiguous"] | None = None
    rest: tuple[tuple[Token, ...], ...] = ()


NOTHING = Placed(None)


def learn_columns(rows: Iterable[tuple[Run, int]]) -> Columns:
    """The most frequent columns of the rows that have exactly their number of values on one line.

    Spare blanks before and behind the values do not count, where the row shows a value at either end. Values of one
    running line all stand in its one cell: such a line has no columns to learn.
    """
    seen: dict[int, Counter[Learnt]] = {}
    for run, wanted in rows:
        values = run.values
        if len(values) > wanted == run.width:
            first = next(i for i, token in enumerate(values) if token.kind == "value")
            values = values[first : first + wanted]
        columns = tuple(token.column for token in values)
        one_line = len({token.line for token in values}) == 1
        if len(columns) == wanted == len(set(columns)) and one_line:
            counts = seen.setdefault(wanted, Counter())
            counts[Learnt(columns)] += 1
            if run.labels and run.labels[-1].line == values[0].line:
                label = run.labels[-1].column
                counts[Learnt(tuple(column - label for column in columns), behind=True)] += 1
    return {wanted: counts.most_common(1)[0][0] for wanted, counts in seen.items()}


def place(run: Run, wanted: int, columns: Columns) -> Placed:
    """Exactly ``wanted`` cells for the values of a run, or the reason why that would be a guess."""
    lines = by_line(run.values)
    if len(lines) > 1 and len(lines[0]) > 1 and len(run.values) > wanted:
        own = _place(run, lines[0], wanted, columns)
        if own.cells:
            return own._replace(rest=tuple(lines[1:]))
    return _place(run, run.values, wanted, columns)


def by_line(values: Sequence[Token]) -> list[tuple[Token, ...]]:
    """The values line by line."""
    lines: list[list[Token]] = []
    for token in values:
        if lines and lines[-1][-1].line == token.line:
            lines[-1].append(token)
        else:
            lines.append([token])
    return [tuple(line) for line in lines]


def _place(run: Run, values: Sequence[Token], wanted: int, columns: Columns) -> Placed:
    if len(values) > wanted:
        joined = _join_pieces(values)
        values = joined if len(joined) == wanted else values
    if len(values) == wanted:
        return Placed(tuple(values))
    hard = [i for i, token in enumerate(values) if token.kind == "value"]
    one_line = len({token.line for token in values}) == 1
    if len(values) > wanted:
        if one_line and _repeats_merged_cell(run, values, wanted):
            return Placed(tuple(values[:wanted]))
        if not hard:
            return Placed(tuple(values[:wanted]))
    learnt = columns.get(wanted)
    if one_line and learnt and wanted < 2 * len(hard) < 2 * wanted:
        cells = _by_column(values, learnt.of(run), surplus=len(values) > wanted)
        if cells:
            return Placed(cells)
    if len(values) > wanted:
        stretch = _stretch(values, hard, wanted)
        if stretch:
            return Placed(stretch)
    if one_line and learnt and hard:
        cells = _by_column(values, learnt.of(run), surplus=len(values) > wanted)
        if cells:
            return Placed(cells)
    return Placed(None, "extra" if len(values) > wanted else "short")


def _join_pieces(values: Sequence[Token]) -> list[Token]:
    """Numbers that stand in one cell with blanks between, as one value each."""
    joined: list[Token] = []
    for token in values:
        last = joined[-1] if joined else None
        if last and last.cell is token.cell and last.kind == token.kind == "value" and "\n" not in token.cell.text:
            joined[-1] = last._replace(end=token.end)
        else:
            joined.append(token)
    return joined


def _repeats_merged_cell(run: Run, values: Sequence[Token], wanted: int) -> bool:
    """Whether an export printed a merged cell once per column: in the only column, or in header and row alike."""
    if wanted == 1:
        return len({token.text for token in values}) == 1 and values[0].kind == "value"
    labels = run.labels
    return (
        len(values) == wanted + 1
        and values[-1].text == values[-2].text
        and len(labels) > 2
        and labels[-2].folded == labels[-3].folded
        and labels[-2].line == labels[-3].line
    )


def _stretch(values: Sequence[Token], hard: Sequence[int], wanted: int) -> tuple[Token, ...] | None:
    """Too many values: those from the first to the last that is not blank, spare blanks kept only as needed."""
    first, last = hard[0], hard[-1] + 1
    if last - first == wanted:
        return tuple(values[first:last])
    if last - first > wanted:
        return None
    start, end = 0, len(values)
    while end - start > wanted and values[end - 1].kind != "value":
        end -= 1
    while end - start > wanted and values[start].kind != "value":
        start += 1
    return tuple(values[start:end]) if end - start == wanted else None


def _by_column(values: Sequence[Token], columns: tuple[int, ...], *, surplus: bool) -> tuple[Token | None, ...] | None:
    """Cells by their columns, if every value stands on a column that full rows use.

    A row with fewer values than cells must show blanks and reach to the last column; else a lost cell and an
    empty one look the same.
    """
    at = {token.column: token for token in values}
    hard = [token.column for token in values if token.kind == "value"]
    if not set(hard) <= set(columns) or len(set(hard)) < len(hard):  # Two in one cell: broken, or run together.
        return None
    if not surplus and (values[-1].column != columns[-1] or all(token.kind == "value" for token in values)):
        return None
    return tuple(at.get(column) for column in columns)
