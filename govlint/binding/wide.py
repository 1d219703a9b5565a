"""Tables that print all their rows side by side in one line of values under a header of several levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govlint.binding.placing import NOTHING, Placed, place
from govlint.binding.tokens import HEADER, Run, Token
from govlint.chinese import fold
from govlint.model.edition import TableForm

_HEADER_HITS = 4
"""So many of the header's labels name the table."""
_BAG, _BAG_HITS = 60, 24
"""Headers printed a character a line: so many of the last characters are drawn from those of the header."""
_NEIGHBOURS = 15
_SHORT, _STRANGE = 6, 2
"""So many short tokens on end may be misprinted header cells."""
_WHOLE_HEADER = 12
"""So many labels make a second header of the kind, not a mention."""
_SHARED = 0.6
"""A token of the header has so many of its characters from the labels; a heading above it has fewer."""


@dataclass(eq=False)
class BoundWide:
    """A wide table as bound: its header, its cells in printed order, and other runs that look like it."""

    form: TableForm
    layout: str
    run: Run | None = None
    header: tuple[Token, ...] = ()
    placed: Placed = NOTHING
    values: tuple[Token, ...] = ()
    """All values found, bound or not."""
    second: Run | None = None

    @property
    def found(self) -> bool:
        return self.run is not None


class WideLabels:
    """The header labels of a wide table, folded, and the characters they are made of."""

    def __init__(self, form: TableForm) -> None:
        block = form.blocks[0]
        self.columns = [fold(column.label) for column in block.rows[0].columns]
        self.groups = [fold(row.label) for row in form.rows]
        self.others = [fold(text) for text in block.headers]
        self.opening = fold(form.opening or block.headers[0])
        self.characters = frozenset("".join((*self.columns, *self.groups, *self.others)))

    def hits(self, text: str) -> int:
        """How often labels of the header stand in ``text``."""
        return sum(text.count(label) for label in (*self.columns, *self.groups))

    def names(self, text: str) -> int:
        """``hits`` if the text is a header of this table, whole or a character at a time; 0 if not."""
        hits = self.hits(text)
        if hits >= _HEADER_HITS:
            return hits
        bag = sum(1 for char in text[-_BAG:] if char in self.characters)
        return max(hits, 1) if bag >= _BAG_HITS else 0


def bind_wide(runs: Sequence[Run], form: TableForm, layout: str, used: frozenset[int]) -> BoundWide:
    """The run under the best header; its values, or those of neighbours of the same kind if they complete it."""
    labels = WideLabels(form)
    wanted = sum(len(row.columns) for row in form.rows)
    narrow = len(form.rows[0].columns)
    table = BoundWide(form, layout)
    headers: list[tuple[int, int]] = []
    for number, run in enumerate(runs):
        if number in used or not run.labels or not run.values:
            continue
        if run.width < 2 and len(run.values) < narrow:
            continue
        hits = labels.names(run.header())
        if hits:
            headers.append((hits, number))
    if not headers:
        _bind_pairs(table, runs, labels, wanted)
        return table
    full = [entry for entry in headers if len(runs[entry[1]].values) >= wanted]
    hits, number = max(full or headers, key=lambda entry: (entry[0], -entry[1]))
    table.run = runs[number]
    table.header = _header(runs[number], labels)
    table.placed = Placed(None, "short") if _cut_off(runs[number], wanted) else place(runs[number], wanted, {})
    table.values = tuple(runs[number].values)
    if table.placed.cells is None:
        _join_odd_first_cells(table, wanted, labels)
    if table.placed.cells is None:
        _gather(table, runs, number, wanted, labels, used)
    same = runs[number].header()[-_BAG:]
    second = [n for h, n in full if n != number and (h >= min(hits, _WHOLE_HEADER) or runs[n].header()[-_BAG:] == same)]
    table.second = runs[second[0]] if second else None
    return table


def _join_odd_first_cells(table: BoundWide, wanted: int, labels: WideLabels) -> None:
    """Words in the first cells of the line of values were taken for a label: they are odd values."""
    assert table.run is not None
    line = table.run.values[0].line
    odd = [token for token in table.run.labels if token.line == line]
    if odd and len(odd) + len(table.run.values) == wanted and not any(labels.hits(token.folded) for token in odd):
        table.placed = Placed((*(token._replace(kind="value") for token in odd), *table.run.values))
        table.values = tuple(token for token in table.placed.cells or () if token)
        table.header = tuple(token for token in table.header if token not in odd)


def _cut_off(run: Run, wanted: int) -> bool:
    """Whether the line breaks off: several blanks at its end only, in a file that knows no columns.

    They may be padding of a row that lost cells, so which cell each number belongs to cannot be told.
    """
    values = run.values
    blanks = [i for i, token in enumerate(values) if token.kind != "value"]
    at_end = blanks == list(range(run.width, len(values))) and len(blanks) > 1
    return len(values) >= wanted > run.width > 0 and at_end and values[0].cell.grid is None


def _bind_pairs(table: BoundWide, runs: Sequence[Run], labels: WideLabels, wanted: int) -> None:
    """A table printed label by label, each with its one value: bound where all follow one another in order."""
    names = [label for _ in table.form.rows for label in labels.columns]
    chain: list[Run] = []
    for run in runs:
        text = "".join(token.folded for token in run.labels)
        fits = run.width == len(run.values) == 1 and run.text.endswith(names[len(chain) % wanted])
        if fits and (not chain or len(text) <= 20):
            chain.append(run)
        else:
            first = run.width == len(run.values) == 1 and run.text.endswith(names[0])
            chain = [run] if first else []
        if len(chain) == wanted:
            table.run = chain[0]
            table.values = tuple(run.values[0] for run in chain)
            table.placed = Placed(table.values)
            table.header = tuple(token for run in chain for token in _header(run, labels))
            return


def _gather(
    table: BoundWide, runs: Sequence[Run], number: int, wanted: int, labels: WideLabels, used: frozenset[int]
) -> None:
    """Blocks printed apart (5 + 5 + 5), or label by label: neighbours with headers of the same kind, until full."""
    first = last = number
    values = list(runs[number].values)
    while len(values) < wanted and last + 1 < len(runs) and last - number < _NEIGHBOURS:
        if not _belongs(runs[last + 1], labels) or last + 1 in used:
            break
        last += 1
        values += runs[last].values
    while len(values) < wanted and first > 0 and number - first < _NEIGHBOURS:
        if not _belongs(runs[first - 1], labels) or first - 1 in used:
            break
        first -= 1
        values = [*runs[first].values, *values]
    values = [value for value in values if value.kind != "soft"]
    if len(values) == wanted and first < last:
        table.placed = Placed(tuple(values))
        table.values = tuple(values)
        table.header = tuple(token for run in runs[first : last + 1] for token in _header(run, labels))


def _belongs(run: Run, labels: WideLabels) -> bool:
    text = "".join(token.folded for token in run.labels)
    return 0 < len(text) <= 80 and bool(run.values) and labels.hits(text) > 0


def _header(run: Run, labels: WideLabels) -> tuple[Token, ...]:
    """The tokens of the header: from its opening on, or the short tokens before the values."""
    tokens = list(run.labels)
    start = len(tokens)
    strange = 0
    text = ""
    for i in range(len(tokens) - 1, max(len(tokens) - HEADER, -1), -1):
        token = tokens[i]
        if sum(char in labels.characters for char in token.folded) < _SHARED * len(token.folded):
            strange += 1
            if len(token.folded) > _SHORT or strange > _STRANGE:
                break
            continue
        start, strange = i, 0
        text = token.folded + text
        if text.startswith(labels.opening) and i + 1 < len(tokens):
            break
    return tuple(tokens[start:])
