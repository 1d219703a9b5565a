"""Lines of cells → tokens → runs. A run is some label tokens and the values that follow them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from govlint.chinese import ENDS_IN_VALUE, NUMERALS, any_number, cell_value, fold, is_value
from govlint.model.document import Cell, Line, Phrase, Slice
from govlint.model.source import Span

TokenKind = Literal["label", "value", "blank", "soft"]
"""``soft`` blanks end a line that has no value: they count only where the run names a row."""

_PIECE = re.compile(r"[^\s\u00a0\u2002\u2003\u3000]+")
_GLUED = re.compile(r"(.*[^0-9.,，+\-])([0-9]+(?:\.[0-9]+)?)", re.S)
_TORN = re.compile(r"[.．][^0-9]")
RUNNING_TEXT = 90
"""A cell of more characters whose end is no number is running text; only its end matters."""
ODD, ODD_FIRST = 16, 8
"""Words in the place of a number are no longer than this, less where they stand in the first place."""
HEADER = 100
"""A header of several levels has no more tokens than this, printed a character a line."""
KEPT = 160
"""So many characters of a run's label text are looked at."""


class Token(NamedTuple):
    """A label, a value or a blank: a slice of a cell, with its line and column in the document."""

    kind: TokenKind
    folded: str
    cell: Cell
    start: int
    end: int
    line: int
    column: int

    @property
    def text(self) -> str:
        return self.cell.text[self.start : self.end]

    @property
    def slice(self) -> Slice:
        return Slice(self.cell, self.start, self.end)

    @property
    def span(self) -> Span:
        return self.cell.span(self.start, self.end)


class Run:
    """Label tokens, then values up to the next label token; ``text`` is the end of the folded labels."""

    __slots__ = ("labels", "text", "values", "width")

    def __init__(self, labels: Sequence[Token], values: Sequence[Token]) -> None:
        self.labels = labels
        self.values = values
        self.text = "".join(token.folded for token in labels[-14:])[-KEPT:]
        first = next((i for i, token in enumerate(values) if token.kind == "value"), len(values))
        last = next((i for i in range(len(values), first, -1) if values[i - 1].kind == "value"), first)
        self.width = last - first
        """Number of values from the first to the last that is not blank."""

    def header(self, tokens: int = HEADER) -> str:
        """A longer stretch of the folded label text, for headers that are read as a whole."""
        return "".join(token.folded for token in self.labels[-tokens:])[-400:]


def span_of(tokens: Sequence[Token]) -> Span:
    """From the first token to the last."""
    return tokens[0].span.to(tokens[-1].span)


def text_of(tokens: Sequence[Token]) -> str:
    """The words of some tokens as printed, blanks folded."""
    return " ".join(" ".join(token.text.split()) for token in tokens)


def phrase_of(tokens: Sequence[Token]) -> Phrase:
    """The words of some tokens, with their places."""
    return Phrase(tuple(token.slice for token in tokens))


def tokenize(lines: Iterable[Line], known: frozenset[str]) -> list[Token]:
    """The tokens of a document; ``known`` are folded labels, after which a number in the same cell is a value."""
    tokens: list[Token] = []
    for number, line in enumerate(lines):
        row: list[Token] = []
        grid = line.kind == "grid"
        for index, cell in enumerate(line.cells):
            column = cell.grid.column if cell.grid else index
            whole = _whole_cell(cell, number, column, grid)
            if whole:
                row.append(whole)
            else:
                row += _cell_tokens(cell, number, column, grid, known)
        if len(row) == 1 and row[0].kind == "label":
            tokens.append(row[0])
            continue
        if len(line.cells) > 1:
            _mark_odd_cells(row, known)
        kinds = [token.kind for token in row]
        if "blank" not in kinds:
            tokens += row
            continue
        behind = len(row) - kinds[::-1].index("label") if "label" in kinds else 0
        tokens += [token for token in row[:behind] if token.kind != "blank"]
        rest = row[behind:]
        tokens += rest if "value" in kinds else [token._replace(kind="soft") for token in rest]
    _mark_odd_first_cells(tokens, known)
    return tokens


def _mark_odd_cells(row: list[Token], known: frozenset[str]) -> None:
    """Words behind a value of the same line (“见附件”) are an odd value, unless a form knows them as a label."""
    valued = False
    for i, token in enumerate(row):
        if valued and token.kind == "label" and len(token.folded) <= ODD and token.folded not in known:
            row[i] = token._replace(kind="value", folded="")
        valued = valued or token.kind == "value"
    if not valued:
        _mark_odd_last_cell(row, known)


def _mark_odd_last_cell(row: list[Token], known: frozenset[str]) -> None:
    """Words with a number (“约5”, “五”) that close a line behind the label of a row are an odd value."""
    last = next((i for i in range(len(row) - 1, 0, -1) if row[i].kind != "blank"), 0)
    label, token = row[last - 1], row[last]
    if not last or token.kind != "label" or label.folded not in known or len(token.folded) > ODD_FIRST:
        return
    bare = token.folded[any_number(token.folded)[1] :]
    spoken = [char for char in bare if not (char.isdigit() or char in NUMERALS)]
    counts = len(spoken) < len(token.folded)
    if counts and len(label.folded) >= ODD_FIRST // 2 and not (spoken and any(bare in name for name in known)):
        row[last] = token._replace(kind="value", folded="")


def _mark_odd_first_cells(tokens: list[Token], known: frozenset[str]) -> None:
    """Short words that no form knows, between a row's label and its first value, are an odd value."""
    for i in range(1, len(tokens) - 1):
        label, token, value = tokens[i - 1], tokens[i], tokens[i + 1]
        if token.kind != "label" or label.kind != "label" or value.kind != "value" or len(token.folded) > ODD_FIRST:
            continue
        named = label.folded in known and len(label.folded) >= ODD_FIRST // 2
        if named and not any_number(token.folded)[0] and not any(token.folded in name for name in known):
            tokens[i] = token._replace(kind="value", folded="")


def _whole_cell(cell: Cell, line: int, column: int, grid: bool) -> Token | None:
    """The token of a cell that is one as a whole, as nearly all are; None for labels and values in one cell."""
    text = cell.text
    if not text:
        return Token("blank", "", cell, 0, 0, line, column)
    if len(text) > RUNNING_TEXT and not ENDS_IN_VALUE.search(text):
        return Token("label", fold(text[-KEPT:]), cell, 0, len(text), line, column)
    value = cell_value(text)
    if value.kind in ("mark", "formula") or (value.kind == "number" and (grid or "space" not in value.quirks)):
        return Token("value", "", cell, 0, len(text), line, column)
    if not ENDS_IN_VALUE.search(text):
        return Token("label", fold(text), cell, 0, len(text), line, column)
    return None


def _cell_tokens(cell: Cell, line: int, column: int, grid: bool, known: frozenset[str]) -> Iterator[Token]:
    """Labels and values that stand in one cell."""
    text = cell.text
    value = cell_value(text)
    pieces = [(match.start(), match.end()) for match in _PIECE.finditer(text)]
    if grid and value.kind != "number":
        folded = fold(text)
        trailing = _trailing_values(text, pieces)
        head = fold(text[: trailing[0][0]]) if trailing else folded
        if head and head not in known:
            yield from _glued(cell, line, column, known)
            return
    yield from _pieces(cell, pieces, line, column, known)


def _trailing_values(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    first = len(pieces)
    while first and is_value(text[slice(*pieces[first - 1])]):
        first -= 1
    return pieces[first:]


def _pieces(
    cell: Cell, pieces: list[tuple[int, int]], line: int, column: int, known: frozenset[str]
) -> Iterator[Token]:
    """Pieces between blanks: values at the end, and values right behind a known label."""
    text = cell.text
    trailing = _trailing_values(text, pieces)
    head = pieces[: len(pieces) - len(trailing)]
    if not trailing:
        yield from _glued(cell, line, column, known)
        return
    start = 0
    i = 0
    label, end = "", 0  # What stands from start on, folded up to end: no further than labels are long.
    while i < len(head):
        if i == start:
            label, end = "", head[start][0]
        if len(label) <= _longest(known):
            label += fold(text[end : head[i][1]])
            end = head[i][1]
        j = i + 1
        while j < len(head) and is_value(text[slice(*head[j])]):
            j += 1
        if j > i + 1 and label in known:
            yield Token("label", label, cell, head[start][0], head[i][1], line, column)
            for first, last in head[i + 1 : j]:
                yield Token("value", "", cell, first, last, line, column)
            start = j
        i = j
    if start < len(head):
        first, last = head[start][0], head[-1][1]
        yield Token("label", fold(text[first:last]), cell, first, last, line, column)
    for first, last in trailing:
        yield Token("value", "", cell, first, last, line, column)


@lru_cache(maxsize=8)
def _longest(known: frozenset[str]) -> int:
    return max(map(len, known), default=0)


def _glued(cell: Cell, line: int, column: int, known: frozenset[str]) -> Iterator[Token]:
    """A known label and one number written together (行政许可97); anything else is a label."""
    match = _GLUED.fullmatch(cell.text)
    if match and fold(match[1]) in known and is_value(match[2]):
        yield Token("label", fold(match[1]), cell, 0, match.end(1), line, column)
        yield Token("value", "", cell, match.start(2), match.end(2), line, column)
    else:
        yield Token("label", fold(cell.text), cell, 0, len(cell.text), line, column)


def make_runs(tokens: list[Token]) -> list[Run]:
    """The runs of a document, in order.

    A number torn from its label (“2” and “.没有现成信息”, as PDF text has it) goes back to it. Labels of a
    line that ends in soft blanks only flow on into the next run, because that line may be part of a header.
    """
    _mend_torn_numbers(tokens)
    runs: list[Run] = []
    labels: list[Token] = []
    values: list[Token] = []
    for token in tokens:
        if token.kind != "label":
            if values and values[-1].kind == "soft" and values[-1].line != token.line:
                values = [value for value in values if value.kind != "soft"]
            values.append(token)
            continue
        if values:
            runs.append(Run(labels, values))
            soft = all(value.kind == "soft" for value in values)
            labels, values = (labels[-40:] if soft else []), []
        labels.append(token)
    runs.append(Run(labels, values))
    return runs


def _mend_torn_numbers(tokens: list[Token]) -> None:
    for i in range(len(tokens) - 2, -1, -1):
        number, rest = tokens[i], tokens[i + 1]
        if number.kind == "value" and rest.kind == "label" and _TORN.match(rest.text):
            text = number.text
            if len(text) == 1 and text in "12345678" and len(rest.folded) > 2:
                tokens[i] = number._replace(kind="label", folded=fold(text))
