"""What a wide table lacks or words otherwise than its form."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.binding.header_gaps import MANY
from govlint.binding.header_order import misplaced_in_groups
from govlint.binding.headers import compare_header
from govlint.binding.tokens import phrase_of, span_of, text_of
from govlint.binding.wide import BoundWide
from govlint.model.report import Gap, Wording


def wide_table_gaps(bound: BoundWide) -> Iterator[Gap]:
    """Too few or too many values, header labels missing, altered or cut, a second table."""
    if bound.run is None:
        return
    table = bound.form.id
    rows = bound.form.rows
    wanted = sum(len(row.columns) for row in rows)
    if bound.placed.cells is None:
        values = [token for token in bound.values if token.kind == "value"] or list(bound.values)
        yield Gap(
            bound.placed.problem or "short", "table", span_of(values), table, found=len(bound.values), wanted=wanted
        )
    for found in misplaced_in_groups(bound.header, rows[0].columns, len(rows)):
        wrong, text = found.expected, text_of([found.token])
        yield Gap("order", "column", found.token.span, table, column=wrong.id, expected=wrong.label, printed=text)
    labels = [*bound.form.blocks[0].headers, *(column.label for row in rows for column in row.columns)]
    faults = compare_header(bound.header, labels, {}) if bound.header else []
    cut = [fault for fault in faults if fault.kind == "cut" and fault.token]
    place = span_of(bound.header[-1:] or bound.values[:1])
    others = [fault for fault in faults if fault not in cut]
    if len(others) > MANY or (len(others) > 1 and all(fault.kind == "missing" for fault in others)):
        lacking = " ".join(fault.label for fault in others)
        yield Gap("missing", "column", others[0].token.span if others[0].token else place, table, expected=lacking)
        others = []
    for fault in others:
        renamed = fault.token if fault.kind == "renamed" else None
        printed = text_of([renamed]) if renamed else None
        wordings = (Wording(phrase_of([renamed]), fault.label),) if renamed else ()
        where = fault.token.span if fault.token else place
        column = next((c.id for c in rows[0].columns if c.label == fault.label), None)
        yield Gap(
            fault.kind, "column", where, table,  # type: ignore[arg-type]
            column=column, expected=fault.label, printed=printed, wordings=wordings,
        )  # fmt: skip
    if cut:
        first, *more = cut
        assert first.token is not None
        related = tuple(("cut", fault.token.span, fault.label) for fault in more if fault.token)
        yield Gap(
            "cut", "table", first.token.span, table, expected=first.label, printed=text_of([first.token]),
            found=len(cut), related=related,
            wordings=tuple(Wording(phrase_of([fault.token]), fault.label) for fault in cut if fault.token),
        )  # fmt: skip
    if bound.second:
        yield Gap("duplicated", "table", span_of(bound.second.values), table)
