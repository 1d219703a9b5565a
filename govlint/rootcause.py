"""Broken equations → the one cell that explains them.

A wrong cell in a table of sums breaks a row total, a column balance and perhaps a third equation. Three
diagnostics for one slip help nobody; so where one change of one cell mends at least two broken equations and
breaks none, they become one diagnostic at that cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from govlint.checks.balance import equations_of
from govlint.checks.mending import rewritten
from govlint.checks.words import cell_params
from govlint.model.finding import EQUATION, Equation, Finding, Param, Related, Target
from govlint.model.report import CellAddress, Report
from govlint.model.rule import Rule

KIND = "root_cause"
"""The kind of check whose rule words the merged diagnostics; without such a rule nothing is merged."""

Found = tuple[Rule, Finding]


class Cause(NamedTuple):
    """A cell, the number that mends everything, and the broken equations that it mends."""

    cell: CellAddress
    value: Decimal
    mended: tuple[Equation, ...]


def merge(report: Report, rules: Sequence[Rule], found: Sequence[Found]) -> list[Found]:
    """The findings with those that one cell explains replaced by one at that cell."""
    rule = next((rule for rule in rules if rule.kind.name == KIND and rule.applies.to(report)), None)
    broken: dict[str, list[Found]] = {}
    for owner, finding in found:
        if finding.equation:
            broken.setdefault(finding.equation.name, []).append((owner, finding))
    if rule is None or len(broken) < 2:
        return list(found)
    every = equations_of(report, rules)
    kept = list(found)
    causes = list(find_causes(report, every))
    rows = [cause.cell[:2] for cause in causes]
    for cause in causes:
        names = {equation.name for equation in cause.mended} & broken.keys()
        merged = [entry for name in sorted(names) for entry in broken[name]]
        if len(names) < 2:
            continue
        kept = [entry for entry in kept if entry not in merged]
        sure = rows.count(cause.cell[:2]) == 1 and _is_whole(report, cause)
        kept.append((rule, _finding(report, cause, merged, sure=sure)))
    return kept


def find_causes(report: Report, every: Sequence[Equation]) -> Iterator[Cause]:
    """Cells whose change mends at least two broken equations and breaks none, the one that mends most first.

    Each cause is taken as mended before the next is sought. Where two cells would do equally well, none is named.
    """
    numbers = {operand.cell: operand.number for equation in every for operand in equation.operands}
    while True:
        causes = list(_candidates(report, every, numbers))
        if not causes:
            return
        most = max(len(cause.mended) for cause in causes)
        best = [cause for cause in causes if len(cause.mended) == most]
        alone = [c for c in best if not any(set(c.mended) & set(other.mended) for other in best if other is not c)]
        if not alone:
            return
        cause = alone[0]
        yield cause
        numbers[cause.cell] = cause.value


def _candidates(report: Report, every: Sequence[Equation], numbers: dict[CellAddress, Decimal]) -> Iterator[Cause]:
    off = {equation: _difference(equation, numbers) for equation in every}
    holding: dict[CellAddress, list[tuple[int, Equation]]] = {}
    for equation in every:
        for operand in equation.operands:
            holding.setdefault(operand.cell, []).append((operand.sign, equation))
    suspects = {operand.cell for equation in every if off[equation] for operand in equation.operands}
    for address in sorted(suspects):
        uses = holding[address]
        changes = {-off[equation] * sign for sign, equation in uses}
        if len(uses) < 2 or len(changes) != 1 or 0 in changes:
            continue
        value = numbers[address] + changes.pop()
        cell = report.cell(address)
        if cell is None or (value < 0 and not cell.form.signed):
            continue
        yield Cause(address, value, tuple(equation for _, equation in uses))


def _difference(equation: Equation, numbers: dict[CellAddress, Decimal]) -> Decimal:
    return sum((operand.sign * numbers[operand.cell] for operand in equation.operands), Decimal(0))


def _is_whole(report: Report, cause: Cause) -> bool:
    """Whether the row shows something at either end; else its values may be read a column too far."""
    row = report.table_by_id[cause.cell.table].row_by_id[cause.cell.row]
    return all(cell.value is not None and cell.value.kind != "blank" for cell in (row.cells[0], row.cells[-1]))


def _finding(report: Report, cause: Cause, merged: Sequence[Found], *, sure: bool) -> Finding:
    """The finding at the cell; it has edits if it is ``sure`` that the number stands in its column."""
    cell = report.cell(cause.cell)
    assert cell is not None and cell.span is not None
    related = [
        Related(finding.location, EQUATION, _equation_params(rule, finding), _address(finding))
        for rule, finding in merged
    ]
    params = {
        **cell_params(report, cell),
        "value": cause.value,
        "count": len({finding.equation.name for _, finding in merged if finding.equation}),
        "rules": ", ".join(sorted({rule.id for rule, _ in merged})),
    }
    return Finding(
        report.locate(cell.span),
        str(cause.cell),
        params,
        Target(*cause.cell),
        expected=f"{cause.value:f}",
        found=cell.text,
        related=tuple(related),
        edits=rewritten(report, cell, f"{cause.value:f}") if sure else (),
    )


def _equation_params(rule: Rule, finding: Finding) -> dict[str, Param]:
    """What is told of a broken equation; a right side that is one number is not told as a sum."""
    printed, total = str(finding.params["right"]), str(finding.params["right_sum"])
    right = printed if printed == total else f"{printed}={total}"
    return {**finding.params, "rule": rule.id, "right": right}


def _address(finding: Finding) -> CellAddress | None:
    return finding.target.address if finding.target else None
