"""Numbers in running text against the cells of the form that they speak of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fnmatch import fnmatchcase

from govlint.checks.words import operand, table_key
from govlint.model.claim import CellClaim, Sum
from govlint.model.finding import Finding, NotAssessable, Target
from govlint.model.report import Report, Table, TableCell
from govlint.model.rule import CheckKind, Context, Options


def check(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """A finding for each claim of the families asked for that none of the sums it may mean bears out.

    ``denied`` asks for claims in words (“none received”), else for numbers. A claim is not judged when a cell of
    a sum that it may mean has no number. With ``state: other_reading``: a finding for each claim that only another
    than the first sum bears out, when the text nowhere speaks of the cells that are added.
    """
    report = context.report
    unknown = 0
    for claim in report.claims.cells:
        if claim.family not in options["families"] or claim.denied != options.get("denied", False):
            continue
        table = report.table_by_id.get(claim.table)
        if table is None or not table.found:
            yield NotAssessable("table_not_read", {"table": table_key(claim.table)})
            continue
        sums = [cells for cells in (_cells(table, sum_) for sum_ in claim.sums) if cells]
        values = [_total(cells) for cells in sums]
        if options.get("state") == "other_reading":
            if claim.value in values[1:] and values[0] not in (None, claim.value) and not _is_told(report, claim):
                yield _finding(report, claim, sums)
            continue
        if not values or claim.value in values or _is_sum_of_row(table, sums[0], claim.value):
            continue
        if None in values:
            unknown += 1
            continue
        yield _finding(report, claim, sums)
    if unknown:
        yield NotAssessable("cells_without_number", {"count": unknown})


def _cells(table: Table, wanted: Sum) -> list[TableCell]:
    """The cells of a sum; rows may be patterns. None when the layout has not all of them."""
    cells: list[TableCell] = []
    for row_pattern, column in wanted:
        by_row = table.cells_by_column.get(column, {})
        if row_pattern in by_row:
            cells.append(by_row[row_pattern])
            continue
        found = [cell for row, cell in by_row.items() if fnmatchcase(row, row_pattern)]
        if not found:
            return []
        cells += found
    return cells


def _total(cells: Sequence[TableCell]) -> Decimal | None:
    total = Decimal(0)
    for cell in cells:
        if cell.number is None:
            return None
        total += cell.number
    return total


def _is_sum_of_row(table: Table, cells: Sequence[TableCell], value: Decimal) -> bool:
    """Whether a total that the claim contradicts is itself not the sum of its row, which the claim is."""
    if len(cells) != 1 or cells[0].form.id != "total":
        return False
    others = [cell.number for cell in table.row_by_id[cells[0].address.row].cells if cell.form.id != "total"]
    return None not in others and sum(number for number in others if number is not None) == value


def _is_told(report: Report, claim: CellClaim) -> bool:
    """Whether the text itself gives the cells that another reading of a claim adds, or the first reading."""
    more = {cell for sum_ in claim.sums[1:] for cell in sum_} - set(claim.sums[0])
    told = {cell for other in report.claims.cells if other is not claim for sum_ in other.sums[:1] for cell in sum_}
    return bool(told & {(row, "total") for row, _ in more}) or len(claim.sums) > 2


def _finding(report: Report, claim: CellClaim, sums: Sequence[Sequence[TableCell]]) -> Finding:
    cells = list(dict.fromkeys(cell for group in sums for cell in group if cell.span))
    first = sums[0]
    form = report.table_by_id[claim.table].form
    return Finding(
        report.locate(claim.place.span),
        _subject(claim, first),
        {
            "table": table_key(claim.table),
            "printed": claim.place.text,
            "value": claim.value,
            "row": "、".join(dict.fromkeys(form.row_by_id[cell.address.row].label for cell in first)),
            "column": "、".join(dict.fromkeys(cell.form.label for cell in first)),
            "sums": " / ".join(dict.fromkeys(_written(group) for group in sums)),
        },
        Target(claim.table, *((first[0].address.row, first[0].address.column) if len(first) == 1 else ())),
        expected=f"{_total(first):f}",
        found=claim.place.text,
        related=tuple(operand(report, cell) for cell in cells),
    )


def _subject(claim: CellClaim, cells: Sequence[TableCell]) -> str:
    """The cells that the claim speaks of."""
    return "text:" + "+".join(str(cell.address) for cell in cells)


def _written(cells: Sequence[TableCell]) -> str:
    """The sum as people write it, its result behind it where there are several cells."""
    total = f"{_total(cells):f}"
    shown = [cell for cell in cells if cell.number] or cells[:1]
    return total if len(shown) == 1 else "+".join(f"{cell.number}" for cell in shown) + f"={total}"


KIND = CheckKind(
    "quantity",
    check,
    {
        "type": "object",
        "required": ["families"],
        "additionalProperties": False,
        "properties": {
            "families": {"type": "array", "minItems": 1, "items": {"type": "string"}},
            "denied": {"type": "boolean"},
            "state": {"enum": ["contradicted", "other_reading"]},
        },
    },
    frozenset({"table", "row", "column", "printed", "value", "sums"}),
)
