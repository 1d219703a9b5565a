"""What a table of rows lacks, has too much, or words otherwise than its form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from govlint.binding.bound import BoundRow, BoundTable
from govlint.binding.groups import group_gaps, note_gaps
from govlint.binding.header_gaps import TableHeaders
from govlint.binding.tokens import Run, Token, phrase_of, span_of, text_of
from govlint.chinese import any_number, fold
from govlint.model.edition import RowForm, TableForm
from govlint.model.report import Gap, Wording
from govlint.model.source import Span

_NEAR = 6
"""A row of the same group is the place of a missing one if it is no further away."""
_FURTHER = 3
"""A label goes on in no more tokens than this behind the values of its row."""
APART = 0.3
"""When so many rows have their label here and their values elsewhere, the table as a whole is unread."""


@dataclass(eq=False)
class RowTableGaps:
    """The gaps of one table. ``others`` are the forms of the table in all editions, ``due`` the one in force."""

    bound: BoundTable
    runs: Sequence[Run]
    due: TableForm | None
    due_id: str | None
    others: Sequence[TableForm]

    due_form: bool = True
    """Whether rows and headers are those of the form in force."""

    def __post_init__(self) -> None:
        self.form = self.bound.form
        self.other_form = self.due is not None and self.due_id != self.bound.layout and self.due != self.form
        detached = [row for row in self.bound.rows if row.stray_label or row.placed.problem == "ambiguous"]
        self.apart = detached if len(detached) >= max(3, APART * len(self.bound.rows)) else []
        self.headers = TableHeaders(self.bound, self.runs, self.due, self.others)

    def __iter__(self) -> Iterator[Gap]:
        if not self.bound.found:
            return
        if self.apart:
            place = self.apart[0].stray_label or self.apart[0].label[0]
            yield self._gap("unread", "table", place.span, how="apart", found=len(self.apart))
        other = self.headers.other_form()
        self.due_form = not self.other_form and other is None
        if other is not None:
            yield other
        yield from self._missing()
        yield from self._labels()
        yield from self._values()
        yield from self._surplus()
        if self.due_form and not self.apart:
            yield from self.headers.gaps()
        if not self.apart:
            yield from group_gaps(self.bound, self.due)
            yield from note_gaps(self.bound)
        yield from self._cut()

    def _gap(self, kind: str, scope: str, place: Span, **more: object) -> Gap:
        return Gap(kind, scope, place, self.form.id, **more)  # type: ignore[arg-type]

    def _missing(self) -> Iterator[Gap]:
        for block in self.form.blocks:
            rows = [row for row in self.bound.rows if row.form.block == block.id]
            lost = [row for row in rows if row.run is None and row.cells is None and row.stray_label is None]
            if self.other_form and self.due:
                lost = [row for row in lost if row.form.id in self.due.row_by_id]
            if not lost:
                continue
            place = self._nearest(lost[0])
            if len(lost) == len(rows) and block.caption and not self.headers.has_caption(block):
                yield self._gap("missing", "block", place, block=block.id, expected=block.caption)
                continue
            for row in lost:
                yield self._gap("missing", "row", self._nearest(row), row=row.form.id, expected=row.form.label)

    def _nearest(self, row: BoundRow) -> Span:
        """The label of a row of the same group, else of the row before, else of any."""
        rows = self.bound.rows
        at = rows.index(row)
        labelled = [i for i, other in enumerate(rows) if other.label]
        grouped = bool(row.form.groups) or len(self.form.blocks) > 1
        kin = [i for i in labelled if rows[i].form.groups == row.form.groups and rows[i].form.block == row.form.block]
        kin = [i for i in kin if abs(i - at) <= _NEAR] if grouped else []
        before = [i for i in labelled if i < at]
        near = min(kin, key=lambda i: (abs(i - at), i)) if kin else before[-1] if before else labelled[0]
        return span_of(rows[near].label)

    def _labels(self) -> Iterator[Gap]:
        for row in self.bound.rows:
            if row.moved:
                yield self._row_gap("order", row, span_of(row.label))
            if row.how == "unlabelled" and row.cells:
                cells = [token for token in row.cells if token]
                yield self._row_gap("unlabelled", row, span_of(cells))
            elif row.label and self._wording(row) == "renamed":
                wordings = (self._reworded(row, self._expected(row.form).label),) if self._is_surely(row) else ()
                yield self._row_gap("renamed", row, span_of(row.label), printed=text_of(row.label), wordings=wordings)

    def _is_surely(self, row: BoundRow) -> bool:
        """Whether the label itself tells the row, in a table on the form that is due."""
        return row.how != "place" and self.due_form

    def _row_gap(self, kind: str, row: BoundRow, place: Span, **more: object) -> Gap:
        expected = self._expected(row.form).label
        return self._gap(kind, "row", place, row=row.form.id, expected=expected, how=row.how, **more)

    def _expected(self, row: RowForm) -> RowForm:
        return (self.due.row_by_id.get(row.id) if self.due else None) or row

    def _wording(self, row: BoundRow) -> str | None:
        """``renamed`` or ``cut`` when the label is not the one due, else None."""
        expected = self._expected(row.form)
        right = {fold(expected.label), *map(fold, expected.accepted)}
        if row.how in ("exact", "unnumbered", "alias", "place"):
            known = row.how in ("exact", "unnumbered") and fold(row.form.label) in right
            return None if known or fold(text_of(row.label)) in right else "renamed"
        if row.run is None:
            return None
        if row.how == "close":
            return "renamed"
        window = self._around(row)
        if any(label in window or label[any_number(label)[1] :] in window for label in right):
            return None
        printed = fold(text_of(row.label))
        if printed.rstrip("),") not in fold(expected.label):
            return "renamed"
        lacking = _tail(fold(expected.label), window)
        return "renamed" if len(lacking.rstrip(")")) == 1 else "cut"

    def _around(self, row: BoundRow) -> str:
        """The label text of a row with what stands behind its values, where a wrapped label goes on."""
        assert row.run is not None
        return row.run.text + _joined(self._following(row))

    def _following(self, row: BoundRow) -> Sequence[Token]:
        """The label tokens behind the values of a row."""
        return self.runs[row.run_number + 1].labels[:_FURTHER] if row.run_number + 1 < len(self.runs) else ()

    def _reworded(self, row: BoundRow, expected: str) -> Wording:
        """The words of a label: without the end of the one before, with its own where that is printed further on."""
        label, more = list(row.label), list(self._following(row)) if row.run is not None else []
        tails = [more[:j] for j in range(len(more) + 1) if fold(expected).endswith(_joined(more[:j]))]
        stretches = [[*label[i:], *tail] for i in range(len(label)) for tail in tails]
        return Wording(phrase_of(max(stretches, key=lambda tokens: _likeness(tokens, expected))), expected)

    def _values(self) -> Iterator[Gap]:
        for row in self.bound.rows:
            wanted = len(row.form.columns)
            if row.stray_label is not None and row not in self.apart:
                yield self._row_gap("short", row, row.stray_label.span, found=0, wanted=wanted)
            elif row.run is not None and row.cells is None and row not in self.apart:
                values = [token for token in row.run.values if token.kind == "value"] or list(row.run.values)
                kind = row.placed.problem or "short"
                yield self._row_gap(kind, row, span_of(values), found=len(values), wanted=wanted)

    def _surplus(self) -> Iterator[Gap]:
        for run, form in self.bound.again:
            token = run.labels[-1]
            yield self._gap("duplicated", "row", token.span, row=form.id, expected=form.label, printed=token.text)
        for run in self.bound.unknown:
            place = span_of([run.labels[-1], run.values[-1]])
            yield self._gap("unknown", "row", place, printed=text_of(run.labels[-1:]))
        if not self.apart:
            for line in self.bound.stray_values:
                yield self._gap("unknown", "row", span_of(line), printed=text_of(line))
        if self.bound.second:
            yield self._gap("duplicated", "table", span_of(self.bound.second))

    def _cut(self) -> Iterator[Gap]:
        """All labels of the table that were cut short, as one gap."""
        rows = [row for row in self.bound.rows if row.label and self._wording(row) == "cut"]
        cut = [(row.form.label, list(row.label)) for row in rows]
        wordings = [self._reworded(row, row.form.label) for row in rows]
        if not self.other_form:
            headers = list(self.headers.cut())
            cut = [*headers, *cut]
            wordings = [*(Wording(phrase_of(printed), text) for text, printed in headers), *wordings]
        if cut:
            label, tokens = cut[0]
            related = tuple(("cut", span_of(more), text) for text, more in cut[1:])
            yield self._gap(
                "cut",
                "table",
                span_of(tokens),
                expected=label,
                printed=text_of(tokens),
                found=len(cut),
                related=related,
                wordings=tuple(wordings),
            )


def _joined(tokens: Sequence[Token]) -> str:
    return "".join(token.folded for token in tokens)


def _likeness(tokens: Sequence[Token], label: str) -> float:
    return SequenceMatcher(None, _joined(tokens), fold(label), autojunk=False).ratio()


def _tail(label: str, window: str) -> str:
    """What of a label is not printed: the rest behind its longest beginning that stands in the text."""
    bare = label[any_number(label)[1] :]
    size = len(bare)
    while size > 1 and bare[:size] not in window:
        size -= 1
    return bare[size:]
