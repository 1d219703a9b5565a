"""What cells without a number should say: 0 where there was nothing to count, else what their sums tell.

A numeral in words is its number. A blank or a stroke mostly means none. Where the sums that the cell stands in say
otherwise, the cell gets the number that they agree on; where they do not, nobody can tell, and nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from govlint.checks.balance import Relation, relations_of, usable
from govlint.checks.mending import rewritten
from govlint.chinese import numeral
from govlint.model.finding import Finding
from govlint.model.handling import Found
from govlint.model.report import CellAddress, Report, TableCell
from govlint.model.rule import Rule

CELLS = "cells"
"""The kind of check whose findings are cells without a number."""
_EMPTY = ("blank", "mark")
_AGREED = 2
"""So many sums must tell a number that is not 0, unless the cell is itself the total of one."""


def add_fillings(report: Report, rules: Sequence[Rule], found: Sequence[Found]) -> list[Found]:
    """The findings, those of cells without a number with edits that fill all of their cells, or with none."""
    empty = {id(finding): cells for rule, finding in found if (cells := _cells(report, rule, finding))}
    if not empty:
        return list(found)
    values = fillings(report, rules)
    filled: list[Found] = []
    for rule, finding in found:
        cells = empty.get(id(finding), ())
        known = [(cell, values[cell.address]) for cell in cells if cell.address in values]
        each = [rewritten(report, cell, f"{value:f}") for cell, value in known]
        edits = [edit for edits in each for edit in edits] if len(known) == len(cells) and all(each) else []
        filled.append((rule, finding._replace(edits=tuple(edits)) if edits else finding))
    return filled


def fillings(report: Report, rules: Sequence[Rule]) -> Mapping[CellAddress, Decimal]:
    """The numbers of the cells that print a blank, a stroke or a numeral, for those of which it can be told.

    The sums are those that ``rules`` state. All of them hold once every cell has the number given here.
    """
    relations = relations_of(report, rules)
    cells = {cell.address: cell for table in report.tables if table.found for cell in table.cells if _is_empty(cell)}
    values = _solved(relations, cells)
    rest = cells.keys() - values.keys()
    zero = dict.fromkeys(rest, Decimal(0))
    while True:
        broken = [relation for relation in relations if _breaks(relation, {**zero, **values})]
        doubtful = {cell.address for relation in broken for _, cell in relation.cells if cell.address in zero}
        doubtful |= {cell.address for relation in broken for _, cell in relation.cells if cell.address in values}
        if not doubtful:
            return {**zero, **values}
        zero = {address: number for address, number in zero.items() if address not in doubtful}
        values = {address: number for address, number in values.items() if address not in doubtful}


def _cells(report: Report, rule: Rule, finding: Finding) -> tuple[TableCell, ...]:
    """The cells without a number that a finding is about; none if it is about something else."""
    if rule.kind.name != CELLS or finding.edits:
        return ()
    cells = [report.cell(CellAddress(*name.split("."))) for name in finding.seen]
    known = tuple(cell for cell in cells if cell is not None and cell.printed is not None and _is_empty(cell))
    return known if len(known) == len(finding.seen) else ()


def _is_empty(cell: TableCell) -> bool:
    return cell.value is not None and (cell.value.kind in _EMPTY or numeral(cell.text or "") is not None)


def _solved(relations: Sequence[Relation], cells: Mapping[CellAddress, TableCell]) -> dict[CellAddress, Decimal]:
    """Numbers that sums tell, each where it is the only one that a sum lacks; one found may lead to the next."""
    values = {
        address: Decimal(said) for address, cell in cells.items() if (said := numeral(cell.text or "")) is not None
    }
    while True:
        told: dict[CellAddress, list[tuple[Decimal, bool]]] = {}
        for relation in relations:
            if relation.at_least:
                continue
            lacking = [(s, c) for s, c in relation.cells if c.address in cells and c.address not in values]
            known = _sum(relation, values, lacking)
            if len(lacking) == 1 and known is not None:
                sign, cell = lacking[0]
                told.setdefault(cell.address, []).append((0 - known * sign, cell is relation.total))
        fresh = {address: numbers[0][0] for address, numbers in told.items() if _agree(cells[address], numbers)}
        if not fresh:
            return values
        values.update(fresh)


def _agree(cell: TableCell, told: Sequence[tuple[Decimal, bool]]) -> bool:
    """Whether what the sums tell of a cell is one number that may stand there, and certain."""
    numbers = {number for number, _ in told}
    number = told[0][0]
    if len(numbers) > 1 or (number < 0 and not cell.form.signed):
        return False
    return number == 0 or len(told) >= _AGREED or any(total for _, total in told)


def _sum(
    relation: Relation, values: Mapping[CellAddress, Decimal], leaving: Iterable[tuple[int, TableCell]] = ()
) -> Decimal | None:
    """The sum of the cells but those left out; None where one of them has no number."""
    left_out = [cell.address for _, cell in leaving]
    total = Decimal(0)
    for sign, cell in relation.cells:
        if cell.address in left_out:
            continue
        number = values.get(cell.address, cell.number if usable(cell) else None)
        if number is None:
            return None
        total += sign * number
    return total


def _breaks(relation: Relation, values: Mapping[CellAddress, Decimal]) -> bool:
    """Whether a sum that is filled in does not hold."""
    if not any(cell.address in values for _, cell in relation.cells):
        return False
    total = _sum(relation, values) or Decimal(0)
    return total < 0 if relation.at_least else total != 0
