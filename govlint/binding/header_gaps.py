"""Headers of a table of rows against the form due: altered and missing labels, and the other edition's form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from govlint.binding.bound import BoundTable
from govlint.binding.header_order import misplaced
from govlint.binding.headers import HeaderFault, compare_header
from govlint.binding.tokens import Run, Token, phrase_of, span_of, text_of
from govlint.chinese import fold
from govlint.model.edition import BlockForm, TableForm
from govlint.model.report import Gap, Wording
from govlint.model.source import Span

MANY = 2
"""More faults than this in one header are one: the header as a whole is not the one due."""
_HEADER_TOKEN = 24
"""Header cells are no longer than this; a longer token is text before the table."""


@dataclass(eq=False)
class TableHeaders:
    """The headers of one bound table. ``due`` is the form in force, ``others`` the table's form in all editions."""

    bound: BoundTable
    runs: Sequence[Run]
    due: TableForm | None
    others: Sequence[TableForm]
    windows: dict[str, list[Token]] = field(default_factory=dict)
    """Per block the tokens of its caption and header."""
    _compared: dict[tuple[object, ...], list[HeaderFault]] = field(default_factory=dict)
    """What was found already: the same header is asked for its gaps, its cut labels and by each edition."""

    def __post_init__(self) -> None:
        self.form = self.bound.form
        self.windows = {block.id: self._window(block) for block in self.form.blocks}

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

    def has_caption(self, block: BlockForm) -> bool:
        caption = fold(block.caption or "")
        near = self.runs[max(self.bound.first - 1, 0) : self.bound.last + 2]
        return any(caption in "".join(token.folded for token in run.labels) for run in near)

    def _header_faults(self, block: BlockForm, form_block: BlockForm) -> list[HeaderFault]:
        opening, columns = form_block.caption or self.form.opening, form_block.rows[0].columns
        key = (block.id, opening, form_block.headers, columns)
        if key not in self._compared:
            labels = [*([opening] if opening else []), *form_block.headers]
            accepted = {column.label: column.accepted for column in columns}
            self._compared[key] = compare_header(self.windows[block.id], labels, accepted)
        return self._compared[key]

    def gaps(self) -> Iterator[Gap]:
        for block in self.form.blocks:
            if not any(row.run for row in self.bound.rows if row.form.block == block.id):
                continue
            place = self._header_place(block)
            faults = self._header_faults(block, block)
            faults = [fault for fault in faults if fault.kind != "cut"]
            if len(faults) > MANY or (len(faults) > 1 and all(fault.kind == "missing" for fault in faults)):
                lacking = " ".join(fault.label for fault in faults)
                yield Gap("missing", "column", place, self.form.id, block=block.id, expected=lacking)
                continue
            for found in misplaced(self.windows[block.id], block.rows[0].columns):
                column, printed = found.expected, text_of([found.token])
                yield Gap(
                    "order", "column", found.token.span, self.form.id,
                    block=block.id, column=column.id, expected=column.label, printed=printed,
                )  # fmt: skip
            for fault in faults:
                if fault.kind != "cut":
                    renamed = fault.token if fault.kind == "renamed" else None
                    yield Gap(
                        "renamed" if fault.kind == "renamed" else "missing",
                        "column",
                        fault.token.span if fault.token else place,
                        self.form.id,
                        block=block.id,
                        column=next((c.id for c in block.rows[0].columns if c.label == fault.label), None),
                        expected=fault.label,
                        printed=text_of([renamed]) if renamed else None,
                        wordings=(Wording(phrase_of([renamed]), fault.label),) if renamed else (),
                    )

    def _header_place(self, block: BlockForm) -> Span:
        window = self.windows[block.id]
        if window:
            return span_of(window[-1:])
        row = next(row for row in self.bound.rows if row.form.block == block.id and row.label)
        return span_of(row.label)

    def cut(self) -> Iterator[tuple[str, list[Token]]]:
        """Header labels that were cut short, each with what is printed of it."""
        for block in self.form.blocks:
            if self.windows[block.id]:
                for fault in self._header_faults(block, block):
                    if fault.kind == "cut" and fault.token:
                        yield fault.label, [fault.token]

    def other_form(self) -> Gap | None:
        """One gap for all that only another edition's form has, or for its header words over this one's rows."""
        if self.due is None:
            return None
        places: list[tuple[str, Span, str]] = []
        for block in self.form.blocks:
            places += self._deviations(block)
        if not places:
            return None
        (_, place, printed), *related = places
        return Gap("other_form", "table", place, self.form.id, printed=printed, related=tuple(related))

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
        text = "".join([token.folded for token in window])
        for other in self.others:
            form = other.block_by_id.get(block.id)
            if form is None or form.headers == due.headers:
                continue
            if not all(fold(label) in text for label in form.headers if label not in due.headers):
                continue
            if self._header_faults(block, form):
                continue
            if len("".join(form.headers)) <= len("".join(due.headers)) and not self._header_faults(block, due):
                continue
            wanted = "".join(map(fold, due.headers))
            opening = fold(due.caption or self.form.opening or "")
            return [
                token for token in window if token.folded and token.folded not in wanted and token.folded not in opening
            ]
        return []


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
