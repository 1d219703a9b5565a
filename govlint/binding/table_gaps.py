"""What a table of rows lacks, has too much, or words otherwise than its form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govlint.binding.headers import HeaderFault, compare_header
from govlint.binding.rows import BoundRow, BoundTable
from govlint.binding.tokens import Run, Token
from govlint.chinese import any_number, fold
from govlint.model.edition import BlockForm, RowForm, TableForm
from govlint.model.report import Gap
from govlint.model.source import Span

APART = 0.3
"""When so many rows have their label here and their values elsewhere, the table as a whole is unread."""
_HEADER_TOKEN = 24
"""Header cells are no longer than this; a longer token is text before the table."""


def span_of(tokens: Sequence[Token]) -> Span:
    """From the first token to the last."""
    return tokens[0].span.to(tokens[-1].span)


def text_of(tokens: Sequence[Token]) -> str:
    """The words of some tokens as printed, blanks folded."""
    return " ".join(" ".join(token.text.split()) for token in tokens)


@dataclass(eq=False)
class RowTableGaps:
    """The gaps of one table. ``others`` are the forms of the table in all editions, ``due`` the one in force."""

    bound: BoundTable
    runs: Sequence[Run]
    due: TableForm | None
    due_id: str | None
    others: Sequence[TableForm]

    def __post_init__(self) -> None:
        self.form = self.bound.form
        self.other_form = self.due is not None and self.due_id != self.bound.layout and self.due != self.form
        detached = [row for row in self.bound.rows if row.stray_label or row.placed.problem == "ambiguous"]
        self.apart = detached if len(detached) >= max(3, APART * len(self.bound.rows)) else []
        self.windows = {block.id: self._window(block) for block in self.form.blocks}

    def __iter__(self) -> Iterator[Gap]:
        if not self.bound.found:
            return
        if self.apart:
            place = self.apart[0].stray_label or self.apart[0].label[0]
            yield self._gap("unread", "table", place.span, how="apart", found=len(self.apart))
        other = self._other_form()
        if other is not None:
            yield other
        yield from self._missing()
        yield from self._labels()
        yield from self._values()
        yield from self._surplus()
        if not self.other_form and other is None and not self.apart:
            yield from self._headers()
        yield from self._cut()

    def _gap(self, kind: str, scope: str, place: Span, **more: object) -> Gap:
        return Gap(kind, scope, place, self.form.id, **more)  # type: ignore[arg-type]

    # ------------------------------------------------------------ rows

    def _missing(self) -> Iterator[Gap]:
        for block in self.form.blocks:
            rows = [row for row in self.bound.rows if row.form.block == block.id]
            lost = [row for row in rows if row.run is None and row.cells is None and row.stray_label is None]
            if self.other_form and self.due:
                lost = [row for row in lost if row.form.id in self.due.row_by_id]
            if not lost:
                continue
            place = self._nearest(lost[0])
            if len(lost) == len(rows) and block.caption and not self._has_caption(block):
                yield self._gap("missing", "block", place, block=block.id, expected=block.caption)
                continue
            for row in lost:
                yield self._gap("missing", "row", self._nearest(row), row=row.form.id, expected=row.form.label)

    def _nearest(self, row: BoundRow) -> Span:
        """The label of a row of the same group, else of the row before, else of any."""
        rows = self.bound.rows
        at = rows.index(row)
        labelled = [i for i, other in enumerate(rows) if other.label]
        kin = [i for i in labelled if rows[i].form.groups == row.form.groups and rows[i].form.block == row.form.block]
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
                yield self._row_gap("renamed", row, span_of(row.label), printed=text_of(row.label))

    def _row_gap(self, kind: str, row: BoundRow, place: Span, **more: object) -> Gap:
        expected = self._expected(row.form).label
        return self._gap(kind, "row", place, row=row.form.id, expected=expected, how=row.how, **more)

    def _expected(self, row: RowForm) -> RowForm:
        return (self.due.row_by_id.get(row.id) if self.due else None) or row

    def _wording(self, row: BoundRow) -> str | None:
        """``renamed`` or ``cut`` when the label is not the one due, else None."""
        expected = self._expected(row.form)
        right = {fold(expected.label), *map(fold, expected.accepted)}
        if row.how in ("exact", "unnumbered"):
            if fold(row.form.label) in right or fold(text_of(row.label)) in right:
                return None
            return "renamed"
        if row.how in ("alias", "place"):
            return "renamed"
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
        following = self.runs[row.run_number + 1].labels[:3] if row.run_number + 1 < len(self.runs) else ()
        return row.run.text + "".join(token.folded for token in following)

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

    # ------------------------------------------------------------ headers

    def _window(self, block: BlockForm) -> list[Token]:
        """The tokens printed between the rows before a block and its first row: caption and header."""
        rows = [row for row in self.bound.rows if row.form.block == block.id and row.run and row.label]
        if not rows:
            return []
        first = min(rows, key=lambda row: row.run_number)
        assert first.run is not None
        tokens = list(first.run.labels[: len(first.run.labels) - len(first.label)])
        doubled = [run for run, form in self.bound.again if form.block == block.id]
        if doubled and doubled[0].labels[-1].line < first.label[0].line:
            tokens = list(doubled[0].labels[:-1])
        opening = fold(block.caption or self.form.opening or "")
        start = _find_text(tokens, opening)
        if start is not None:
            return tokens[start:]
        window: list[Token] = []
        for token in reversed(tokens[-2 * (len(block.headers) + 2) :]):
            if len(token.folded) > _HEADER_TOKEN:
                break
            window.insert(0, token)
        return window

    def _has_caption(self, block: BlockForm) -> bool:
        caption = fold(block.caption or "")
        near = self.runs[max(self.bound.first - 1, 0) : self.bound.last + 2]
        return any(caption in "".join(token.folded for token in run.labels) for run in near)

    def _header_faults(self, block: BlockForm, form_block: BlockForm) -> list[HeaderFault]:
        opening = form_block.caption or self.form.opening
        labels = [*([opening] if opening else []), *form_block.headers]
        accepted = {column.label: column.accepted for column in form_block.rows[0].columns}
        return compare_header(self.windows[block.id], labels, accepted)

    def _headers(self) -> Iterator[Gap]:
        for block in self.form.blocks:
            if not any(row.run for row in self.bound.rows if row.form.block == block.id):
                continue
            place = self._header_place(block)
            faults = self._header_faults(block, block)
            if len(faults) > 1 and all(fault.kind == "missing" for fault in faults):
                lacking = " ".join(fault.label for fault in faults)
                yield self._gap("missing", "column", place, block=block.id, expected=lacking)
                continue
            for fault in faults:
                if fault.kind != "cut":
                    yield self._gap(
                        fault.kind,
                        "column",
                        fault.token.span if fault.token else place,
                        block=block.id,
                        column=next((c.id for c in block.rows[0].columns if c.label == fault.label), None),
                        expected=fault.label,
                        printed=text_of([fault.token]) if fault.token and fault.kind == "renamed" else None,
                    )

    def _header_place(self, block: BlockForm) -> Span:
        window = self.windows[block.id]
        if window:
            return span_of(window[-1:])
        row = next(row for row in self.bound.rows if row.form.block == block.id and row.label)
        return span_of(row.label)

    def _cut(self) -> Iterator[Gap]:
        """All labels of the table that were cut short, as one gap."""
        cut = [
            (row.form.label, list(row.label)) for row in self.bound.rows if row.label and self._wording(row) == "cut"
        ]
        if not self.other_form:
            for block in self.form.blocks:
                if self.windows[block.id]:
                    faults = self._header_faults(block, block)
                    cut = [(f.label, [f.token]) for f in faults if f.kind == "cut" and f.token] + cut
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
            )

    # ------------------------------------------------------------ the other edition's form

    def _other_form(self) -> Gap | None:
        """One gap for all that only another edition's form has, or for its header words over this one's rows."""
        if self.due is None:
            return None
        places: list[tuple[str, Span, str]] = []
        for block in self.form.blocks:
            places += self._deviations(block)
        if not places:
            return None
        (_, place, printed), *related = places
        return self._gap("other_form", "table", place, printed=printed, related=tuple(related))

    def _deviations(self, block: BlockForm) -> Iterator[tuple[str, Span, str]]:
        assert self.due is not None
        due = self.due.block_by_id.get(block.id)
        window = self.windows[block.id]
        rows = [row for row in self.bound.rows if row.form.block == block.id and row.label]
        if due is None:
            if window:
                yield "other_form", span_of(window), text_of(window[:1])
            for row in rows:
                yield "other_form", span_of(row.label), text_of(row.label)
            return
        strange = self._strange_headers(block, due)
        if strange:
            yield "other_form", span_of(strange), text_of(strange)
        for row in rows:
            if row.form.id not in self.due.row_by_id:
                yield "other_form", span_of(row.label), text_of(row.label)

    def _strange_headers(self, block: BlockForm, due: BlockForm) -> list[Token]:
        """Header tokens that belong to another edition's header of this block and not to the one due."""
        window = self.windows[block.id]
        if not window:
            return []
        fits = not self._header_faults(block, due)
        for other in self.others:
            form = other.block_by_id.get(block.id)
            if form is None or form.headers == due.headers or self._header_faults(block, form):
                continue
            if fits and len("".join(form.headers)) <= len("".join(due.headers)):
                continue
            text = "".join(token.folded for token in window)
            if not all(fold(label) in text for label in form.headers if label not in due.headers):
                continue
            wanted = "".join(map(fold, due.headers))
            opening = fold(due.caption or self.form.opening or "")
            return [
                token for token in window if token.folded and token.folded not in wanted and token.folded not in opening
            ]
        return []


def _tail(label: str, window: str) -> str:
    """What of a label is not printed: the rest behind its longest beginning that stands in the text."""
    bare = label[any_number(label)[1] :]
    size = len(bare)
    while size > 1 and bare[:size] not in window:
        size -= 1
    return bare[size:]


def _find_text(tokens: Sequence[Token], text: str) -> int | None:
    """The token in which the last occurrence of ``text`` starts, in the joined text of the tokens."""
    if not text:
        return None
    joined = "".join(token.folded for token in tokens)
    at = joined.rfind(text)
    if at < 0:
        return None
    for number, token in enumerate(tokens):
        if at < len(token.folded):
            return number
        at -= len(token.folded)
    return None
