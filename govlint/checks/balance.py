"""Sums that must agree: signed cells of a row or a column on two sides, equal or at least."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from govlint.checks.words import operand, table_key
from govlint.model.finding import Equation, Finding, NotAssessable, Operand, Target
from govlint.model.report import Report, Table, TableCell
from govlint.model.rule import CheckKind, Context, Options, Rule

Signed = tuple[int, TableCell]


def check(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """A finding for each row (or column) whose two sides do not agree; not assessable where a cell has no number."""
    report = context.report
    table = report.table_by_id.get(options["table"])
    if table is None or not table.found:
        yield NotAssessable("table_not_read", {"table": table_key(options["table"])})
        return
    unknown = 0
    for name, left, right in _lines(table, options):
        cells = [*left, *right]
        if not all(usable(cell) for _, cell in cells):
            unknown += 1
            continue
        sums = _total(left), _total(right)
        fine = sums[0] >= sums[1] if options.get("relation") == "at_least" else sums[0] == sums[1]
        if not fine:
            yield _finding(report, table, name, left, right, options)
    if unknown:
        yield NotAssessable("cells_without_number", {"count": unknown})


def _lines(table: Table, options: Options) -> Iterator[tuple[str, list[Signed], list[Signed]]]:
    """(label, left, right) of every row or column that has cells on both sides in this layout."""
    if options["each"] == "row":
        for row in table.rows:
            if row.form.id not in options.get("rows", [row.form.id]):
                continue
            cells = table.cells_by_row[row.form.id]
            left, right = (_pick(cells, options[side]) for side in ("left", "right"))
            if left and right and len(right) == len(options["right"]):
                yield row.form.label, left, right
        return
    for column in table.rows[0].form.columns:
        cells = table.cells_by_column[column.id]
        left, right = (_pick(cells, options[side]) for side in ("left", "right"))
        if left and right:
            yield column.label, left, right


def usable(cell: TableCell) -> bool:
    """Whether a cell holds a number that may stand there; one that may not has a rule of its own."""
    number = cell.number
    if number is None or (number < 0 and not cell.form.signed):
        return False
    return cell.form.value != "count" or number == number.to_integral_value()


def _pick(cells: Mapping[str, TableCell], names: Sequence[str]) -> list[Signed]:
    """The cells named, with their signs; names that this layout does not have are left out."""
    signed = ((-1, name.lstrip("-")) if name.startswith("-") else (1, name) for name in names)
    return [(sign, cells[name]) for sign, name in signed if name in cells]


def _total(side: Sequence[Signed]) -> Decimal:
    total = Decimal(0)
    for sign, cell in side:
        number = cell.number
        if number:
            total = total + number if sign > 0 else total - number
    return total


def _written(side: Sequence[Signed]) -> str:
    """The sum as people write it: 1+2−3."""
    text = "".join(f"{'+' if sign > 0 else '−'}{cell.number}" for sign, cell in side)
    return text.removeprefix("+")


class Relation(NamedTuple):
    """Signed cells that should sum to zero, or to no less (``at_least``), whether all of them have numbers or not."""

    cells: tuple[Signed, ...]
    total: TableCell
    """The cell that holds the sum, or the first of those on the right."""
    at_least: bool = False


def relations_of(report: Report, rules: Sequence[Rule]) -> list[Relation]:
    """What the rules of this kind state of the tables of a report, whatever their cells print."""
    found = []
    for rule in rules:
        ours = rule.kind.name == KIND.name and rule.applies.to(report)
        table = report.table_by_id.get(rule.options["table"]) if ours else None
        if table is None or not table.found:
            continue
        for _, left, right in _lines(table, rule.options):
            signed = (*left, *((-sign, cell) for sign, cell in right))
            found.append(Relation(signed, _result(right), rule.options.get("relation") == "at_least"))
    return found


def equations(report: Report, options: Options) -> Iterator[Equation]:
    """The equations that these options state of a report, kept or broken, where every cell has a number."""
    table = report.table_by_id.get(options["table"])
    if table is None or not table.found or options.get("relation") == "at_least":
        return
    for _, left, right in _lines(table, options):
        if all(usable(cell) for _, cell in (*left, *right)):
            yield _equation(report, table, left, right, options)


def equations_of(report: Report, rules: Sequence[Rule]) -> list[Equation]:
    """The equations that the rules of this kind state of a report, each once."""
    every = {
        equation.name: equation
        for rule in rules
        if rule.kind.name == KIND.name and rule.applies.to(report)
        for equation in equations(report, rule.options)
    }
    return list(every.values())


def _equation(
    report: Report, table: Table, left: Sequence[Signed], right: Sequence[Signed], options: Options
) -> Equation:
    operands = tuple(
        Operand(cell.address, sign * side, cell.number or Decimal(0), report.locate(cell.span))
        for side, cells in ((1, left), (-1, right))
        for sign, cell in cells
        if cell.span is not None
    )
    return Equation(_name(table, right, options), operands)


def _name(table: Table, right: Sequence[Signed], options: Options) -> str:
    """A stable name: the table, the row or column, and what is summed there."""
    cell = right[0][1]
    line = cell.address.row if options["each"] == "row" else cell.address.column
    sums = "+".join((*options["left"][:2], *options["right"]))
    return f"{table.form.id}.{options['each']}.{line}:{sums}"


def _finding(
    report: Report, table: Table, name: str, left: Sequence[Signed], right: Sequence[Signed], options: Options
) -> Finding:
    equal = options.get("relation") != "at_least"
    result = _result(right) if equal else left[0][1]
    assert result.span is not None
    sums = _total(left), _total(right)
    rest = _total([(sign, cell) for sign, cell in right if cell is not result])
    return Finding(
        report.locate(result.span),
        _name(table, right, options),
        {
            "table": table_key(table.form.id),
            "row": name,
            "column": name,
            "left": _written(left),
            "left_sum": sums[0],
            "right": _written(right),
            "right_sum": sums[1],
            "difference": abs(sums[0] - sums[1]),
        },
        Target(*result.address),
        f"{sums[0] - rest:f}" if equal else None,
        result.text,
        tuple(operand(report, cell) for _, cell in (*left, *right) if cell is not result and cell.span),
        _equation(report, table, left, right, options) if equal else None,
    )


def _result(right: Sequence[Signed]) -> TableCell:
    """The cell that is called the total, else the first."""
    return next((cell for _, cell in right if "total" in (cell.address.row, cell.form.id)), right[0][1])


_IDS = {"type": "array", "minItems": 1, "items": {"type": "string"}}

KIND = CheckKind(
    "balance",
    check,
    {
        "type": "object",
        "required": ["table", "each", "left", "right"],
        "additionalProperties": False,
        "properties": {
            "table": {"type": "string", "format": "table"},
            "each": {"enum": ["row", "column"]},
            "rows": {"type": "array", "items": {"type": "string", "format": "row"}},
            "left": _IDS,
            "right": _IDS,
            "relation": {"enum": ["equal", "at_least"]},
        },
    },
    frozenset({"table", "row", "column", "left", "left_sum", "right", "right_sum", "difference"}),
)
