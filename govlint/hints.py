"""What may have gone wrong where a sum does not hold and no single cell explains it.

A hint is a further place of the finding, never a finding of its own: two digits exchanged, a row counted twice or
left out, two columns of a row exchanged or its values one column off. It is given only where few cells fit, because a
small difference equals many a cell by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from govlint.checks.balance import equations_of
from govlint.checks.words import cell_params
from govlint.model.finding import Equation, Finding, Operand, Related
from govlint.model.report import CellAddress, Report
from govlint.model.rule import Rule

Found = tuple[Rule, Finding]
_FEW = 2
"""More cells than this that would explain a difference explain nothing."""
_LEAST = 2
"""So many broken equations must be mended by moving the values of a row."""


def add_hints(report: Report, rules: Sequence[Rule], found: Sequence[Found]) -> list[Found]:
    """The findings, those of broken equations with hints before their other places."""
    broken = [finding.equation for _, finding in found if finding.equation and finding.equation.difference]
    if not broken:
        return list(found)
    every = equations_of(report, rules)
    moved = _moved(report, list(every), {equation.name for equation in broken})
    hinted = []
    for rule, finding in found:
        hints: list[Related] = []
        if finding.equation and finding.equation.difference:
            hints = [*moved.get(finding.equation.name, ()), *_of_cells(report, finding.equation)]
        hinted.append((rule, finding._replace(related=(*hints, *finding.related)) if hints else finding))
    return hinted


def _of_cells(report: Report, equation: Equation) -> Iterator[Related]:
    """Cells of an equation that explain its difference by themselves."""
    off = equation.difference
    exchanged = [(o, wanted) for o in equation.operands if _exchanged(o.number, wanted := o.number - off * o.sign)]
    if 0 < len(exchanged) <= _FEW:
        for operand, wanted in exchanged:
            yield _hint(report, operand, "hint_digits", {"value": wanted})
    side = _parts_sign(equation)
    same = [operand for operand in equation.operands if operand.sign == side and operand.number == abs(off)]
    if 0 < len(same) <= _FEW:
        twice = (off > 0) != (side > 0)
        for operand in same:
            yield _hint(report, operand, "hint_twice" if twice else "hint_left_out", {})


def _parts_sign(equation: Equation) -> int:
    """The sign of the parts when the other side is one total; 0 when the equation has no total."""
    signs = [operand.sign for operand in equation.operands]
    return 1 if signs.count(-1) == 1 else -1 if signs.count(1) == 1 else 0


def _exchanged(number: Decimal, wanted: Decimal) -> bool:
    """Whether two neighbouring digits of one number exchanged give the other."""
    if wanted < 0 or number == wanted or number != number.to_integral_value() or (number - wanted) % 9:
        return False
    one, other = f"{number:f}", f"{wanted:f}"
    if len(one) != len(other):
        return False
    differing = [index for index in range(len(one)) if one[index] != other[index]]
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    first, second = differing
    return one[first] == other[second] and one[second] == other[first]


def _moved(report: Report, every: Sequence[Equation], broken: set[str]) -> Mapping[str, list[Related]]:
    """For each broken equation the rows whose values, put in other columns, mend it and others and break none."""
    hints: dict[str, list[Related]] = {}
    numbers = {operand.cell: operand.number for equation in every for operand in equation.operands}
    using: dict[CellAddress, list[Equation]] = {}
    for equation in every:
        for operand in equation.operands:
            using.setdefault(operand.cell, []).append(equation)
    explained: list[tuple[set[str], Related]] = []
    for table in report.tables:
        for row in table.rows:
            cells = [cell.address for cell in row.cells if cell.address in numbers and cell.form.id != "total"]
            for changed in _rearranged(cells, numbers):
                touched = {equation.name: equation for address in changed for equation in using[address]}
                states = {name: _sum(equation, {**numbers, **changed}) for name, equation in touched.items()}
                mended = {name for name, off in states.items() if not off and name in broken}
                if len(mended) >= _LEAST and not any(off and name not in broken for name, off in states.items()):
                    operand = next(o for e in touched.values() for o in e.operands if o.cell in changed)
                    values = "、".join(f"{changed.get(address, numbers[address]):f}" for address in cells)
                    explained.append((mended, _hint(report, operand, "hint_columns", {"values": values})))
    if len(explained) <= _FEW:
        for names, hint in explained:
            for name in names:
                hints.setdefault(name, []).append(hint)
    return hints


def _rearranged(
    cells: Sequence[CellAddress], numbers: Mapping[CellAddress, Decimal]
) -> Iterator[dict[CellAddress, Decimal]]:
    """The values of a row in other columns: two neighbours exchanged, or all of them one column on or back."""
    if len(cells) < _LEAST:
        return
    for one, other in pairwise(cells):
        if numbers[one] != numbers[other]:
            yield {one: numbers[other], other: numbers[one]}
    values = [numbers[address] for address in cells]
    shifts = ((values[0], [*values[1:], Decimal(0)]), (values[-1], [Decimal(0), *values[:-1]]))
    for lost, shifted in shifts:
        changed = {a: new for a, new in zip(cells, shifted, strict=True) if numbers[a] != new}
        if not lost and len(changed) > 2:
            yield changed


def _sum(equation: Equation, numbers: Mapping[CellAddress, Decimal]) -> Decimal:
    return sum((operand.sign * numbers[operand.cell] for operand in equation.operands), Decimal(0))


def _hint(report: Report, operand: Operand, role: str, params: dict[str, Decimal | str]) -> Related:
    cell = report.cell(operand.cell)
    assert cell is not None
    return Related(
        operand.location, role, {**cell_params(report, cell), **params, "number": operand.number}, operand.cell
    )
