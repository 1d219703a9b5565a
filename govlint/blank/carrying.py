"""Last year's report → the cells of this year's that follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from govlint.blank.composing import Known
from govlint.model.diagnostic import Diagnostic
from govlint.model.edition import ColumnForm, Edition, RowForm
from govlint.model.report import CellAddress, Report, TableCell

Doubt = Literal["other_form", "unread", "doubtful"]
"""Why a cell is left blank: last year's form has none such, holds no number there, or an error in it is known."""


class Note(NamedTuple):
    """How this year's number is worked out from last year's: ``{cells}`` in the text are these, each as ``each``."""

    text: str
    each: str
    joint: str


class Correspondence(NamedTuple):
    """Cells of the blank form, by table, row and column (None: each), and where last year's report has them.

    The numbers of several columns there are added up; None stands for the same row or column. With a ``note`` the
    sum is not what belongs into the cell.
    """

    table: str
    row: str | None
    column: str | None
    from_row: str | None
    from_columns: tuple[str, ...] | None
    note: Note | None


@dataclass(frozen=True)
class Carried:
    """What could be taken over.

    ``known`` goes into the new report, ``noted`` counts the cells that notes tell of, ``left`` those of which nothing
    can be said, by the reason.
    """

    known: Known
    noted: int
    left: Mapping[Doubt, int]


def make_correspondences(data: Sequence[Mapping[str, Any]]) -> tuple[Correspondence, ...]:
    """What corresponds to what, as ``rules/blank/carry.yaml`` tells."""
    return tuple(_correspondence(entry) for entry in data)


def _correspondence(entry: Mapping[str, Any]) -> Correspondence:
    there, here = entry.get("from", {}), entry["to"]
    columns = there.get("columns")
    return Correspondence(
        here["table"],
        here.get("row"),
        here.get("column"),
        there.get("row"),
        tuple(columns) if columns else None,
        Note(**entry["note"]) if "note" in entry else None,
    )


def carry(
    edition: Edition, last: Report, found_there: Sequence[Diagnostic], correspondences: Sequence[Correspondence]
) -> Carried:
    """What last year's report surely tells of the cells of a form.

    Numbers that have a part in an error that rules ``found_there`` are not sure.
    """
    numbers: dict[CellAddress, str] = {}
    notes: dict[str, list[str]] = {}
    noted = 0
    left: dict[Doubt, int] = {}
    wrong = _wrong_cells(found_there)
    for each in correspondences:
        found: list[tuple[CellAddress, str, str]] = []
        for row, column in _cells(edition, each):
            number = _number(last, each, row, column, wrong)
            if isinstance(number, Decimal):
                found.append((CellAddress(each.table, row.id, column.id), row.label, f"{number:f}"))
            else:
                left[number] = left.get(number, 0) + 1
        if each.note is None:
            numbers.update((address, number) for address, _, number in found)
        elif found:
            cells = [each.note.each.format(row=label, number=number) for _, label, number in found]
            notes.setdefault(each.table, []).append(each.note.text.format(cells=each.note.joint.join(cells)))
            noted += len(found)
    return Carried(Known(numbers, notes), noted, left)


def _cells(edition: Edition, each: Correspondence) -> Iterator[tuple[RowForm, ColumnForm]]:
    """The cells of the form that a correspondence speaks of."""
    for row in edition.table_by_id[each.table].rows:
        if each.row in (None, row.id):
            for column in row.columns:
                if each.column in (None, column.id):
                    yield row, column


def _number(
    last: Report, each: Correspondence, row: RowForm, column: ColumnForm, wrong: frozenset[CellAddress]
) -> Decimal | Doubt:
    """What last year's report says for a cell, or why that cannot be told."""
    names = each.from_columns or (column.id,)
    found = [last.cell(CellAddress(each.table, each.from_row or row.id, name)) for name in names]
    cells = [cell for cell in found if cell is not None]
    if len(cells) < len(found):
        return "other_form"
    numbers = [cell.number for cell in cells if _is_sound(cell)]
    if len(numbers) < len(cells):
        return "unread"
    total = sum((number for number in numbers if number is not None), Decimal(0))
    if any(cell.address in wrong for cell in cells) or (total < 0 and not column.signed):
        return "doubtful"
    return total


def _is_sound(cell: TableCell) -> bool:
    """Whether a cell holds a number of the kind that its column counts in."""
    number = cell.number
    return number is not None and (cell.form.value != "count" or number == number.to_integral_value())


def _wrong_cells(diagnostics: Sequence[Diagnostic]) -> frozenset[CellAddress]:
    """The cells that errors in the report are about, and all those of totals that do not add up."""
    wrong: set[CellAddress] = set()
    for diagnostic in diagnostics:
        if diagnostic.severity != "error":
            continue
        finding = diagnostic.finding
        if finding.target and finding.target.address:
            wrong.add(finding.target.address)
        if finding.equation:
            wrong.update(operand.cell for operand in finding.equation.operands)
    return frozenset(wrong)
