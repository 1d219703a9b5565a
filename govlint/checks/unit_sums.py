"""A government's numbers and those of its units: cell by cell the one is the sum of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from govlint.checks.balance import usable
from govlint.checks.words import cell_params, table_key
from govlint.model.finding import Finding, NotAssessable, Related, Target
from govlint.model.report import Report, TableCell, TableRow
from govlint.model.rule import CheckKind, Context, Options

_SHOWN = 12
"""So many units' cells are named."""


def check(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """A finding for each row of which cells differ from the sums of the units' cells.

    Where a unit's report cannot be used no sum can be made. Where a cell of a row has no number, in the government's
    report or in a unit's, that row is not judged.
    """
    report, parts = context.report, context.parts
    without = next((part for part in parts if part.report is None), None)
    if without is not None:
        yield NotAssessable("unit_absent" if without.absent else "unit_unusable", {"unit": without.name})
        return
    units = [part.report for part in parts if part.report is not None]
    unknown = 0
    for tables in options["cells"]:
        table = report.table_by_id[tables["table"]]
        if not table.found:
            yield NotAssessable("table_not_read", {"table": table_key(table.form.id)})
            continue
        for row in table.rows:
            if row.form.id not in tables.get("rows", [row.form.id]):
                continue
            others = [[unit.cell(cell.address) for unit in units] for cell in row.cells]
            known = [[cell for cell in cells if cell is not None and usable(cell)] for cells in others]
            if not all(usable(cell) for cell in row.cells) or any(len(cells) < len(units) for cells in known):
                unknown += 1
                continue
            finding = _finding(report, units, row, known)
            if finding:
                yield finding
    if unknown:
        yield NotAssessable("cells_without_number", {"count": unknown})


def _finding(
    report: Report, units: Sequence[Report], row: TableRow, others: Sequence[Sequence[TableCell]]
) -> Finding | None:
    """What is wrong in a row: the first cell that is not the sum of ``others``, and the names of all such columns."""
    wrong = [(cell, cells) for cell, cells in zip(row.cells, others, strict=True) if not _agree(cell, cells)]
    if not wrong:
        return None
    first, cells = wrong[0]
    assert first.span is not None
    total = _total(cells)
    contributing = [(unit, cell) for unit, cell in zip(units, cells, strict=True) if cell.number]
    return Finding(
        report.locate(first.span),
        f"{first.address.table}.{row.form.id}:{'+'.join(cell.form.id for cell, _ in wrong)}",
        {
            **cell_params(report, first),
            "number": first.number,
            "sum": total,
            "columns": "、".join(f"{cell.form.label} {cell.number:f}≠{_total(parts):f}" for cell, parts in wrong),
            "count": len(wrong),
            "units": len(units),
        },
        Target(*first.address),
        expected=f"{total:f}",
        found=first.text,
        related=tuple(_unit_cell(unit, cell) for unit, cell in contributing[:_SHOWN]),
        seen=tuple(f"{cell.form.id} {cell.number:f} {_total(parts):f}" for cell, parts in wrong),
    )


def _unit_cell(unit: Report, cell: TableCell) -> Related:
    assert cell.span is not None
    name = unit.facts.agency.value if unit.facts.agency else unit.source.path
    params = {**cell_params(unit, cell), "number": cell.number, "agency": name}
    return Related(unit.locate(cell.span), "unit_cell", params, cell.address)


def _agree(cell: TableCell, parts: Sequence[TableCell]) -> bool:
    """Whether a cell is the sum of others; amounts may be off by what rounding each of them takes."""
    assert cell.number is not None
    return abs(cell.number - _total(parts)) <= _rounding(cell, parts)


def _rounding(cell: TableCell, parts: Sequence[TableCell]) -> Decimal:
    """How much printed amounts may be off: half a unit of the last digit of each; whole numbers alone are exact."""
    digits = max(_decimals(each) for each in (cell, *parts))
    if cell.form.value != "amount" or digits == 0:
        return Decimal(0)
    half = Decimal("0.5")
    return half.scaleb(-_decimals(cell)) + sum(
        (half.scaleb(-(_decimals(part) or digits)) for part in parts if part.number), Decimal(0)
    )


def _decimals(cell: TableCell) -> int:
    assert cell.number is not None
    exponent = cell.number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _total(cells: Sequence[TableCell]) -> Decimal:
    return sum((cell.number or Decimal(0) for cell in cells), Decimal(0))


KIND = CheckKind(
    "unit_sums",
    check,
    {
        "type": "object",
        "required": ["cells"],
        "additionalProperties": False,
        "properties": {
            "cells": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["table"],
                    "additionalProperties": False,
                    "properties": {
                        "table": {"type": "string", "format": "table"},
                        "rows": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "row"}},
                    },
                },
            }
        },
    },
    frozenset({"table", "row", "column", "printed", "number", "sum", "columns", "count", "units"}),
    scopes=frozenset({"rollup"}),
)
