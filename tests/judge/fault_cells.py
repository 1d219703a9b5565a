"""Faults of single cells: another number, blank, a mark, odd text, a sign, a decimal point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from .damage import Damage
from .figures import Value
from .form import Address
from .plan import Plan, Row, map_rows, map_tables
from .words import FAULT, Words

Choose = Callable[[Random, Value], tuple[str, Value | None]]


def print_in(plan: Plan, address: Address, text: str) -> Plan:
    """The plan with other text in one cell, tagged as the fault."""
    tag = ("cell", *address)

    def cell(words: Words) -> Words:
        return words.reworded(text).tagged(FAULT) if tag in words.tags else words

    def row(old: Row) -> tuple[Row, ...]:
        return (replace(old, cells=tuple(map(cell, old.cells))),)

    return map_tables(plan, lambda table: map_rows(table, row))


def _in_cell(table: str | None, choose: Choose) -> Callable[[Plan, Random], Damage]:
    def make(plan: Plan, rng: Random) -> Damage:
        report = plan.report
        fits = [a for a in report.values if table in (None, a[0]) and a[2] not in ("change", "amount")]
        address = rng.choice(fits)
        text, value = choose(rng, report.values[address])
        return Damage(
            print_in(plan, address, text),
            address,
            f"{address} 应为 {report.printed(address)}，印成“{text}”",
            {address: value},
        )

    return make


def _other(rng: Random, old: Value) -> tuple[str, Value | None]:
    new = int(old) + rng.choice((1, 1, 2, 3, 10))
    return str(new), new


def _blank(rng: Random, old: Value) -> tuple[str, Value | None]:
    return "", None


def _mark(rng: Random, old: Value) -> tuple[str, Value | None]:
    return rng.choice(("/", "—", "无", "-", "——")), None


def _odd(rng: Random, old: Value) -> tuple[str, Value | None]:
    return rng.choice(("见附件", "待统计", "不详", "零", "若干")), None


def _formula(rng: Random, old: Value) -> tuple[str, Value | None]:
    return rng.choice(("=SUM(D5:I5)", "=D7+D8", '=SUMIF(A2:A9,"x",D2:D9)')), None


def _negative(rng: Random, old: Value) -> tuple[str, Value | None]:
    return f"-{int(old) + 1}", -int(old) - 1


def _decimal(rng: Random, old: Value) -> tuple[str, Value | None]:
    return f"{int(old)}.5", Decimal(f"{int(old)}.5")


def _in_force(plan: Plan, rng: Random) -> Damage | None:
    """现行有效 below 制发 − 废止; the issued number is raised, so that one number is wrong."""
    if plan.report.edition != "2021":
        return None
    row = rng.choice(("regulations", "normative_documents"))
    values = plan.report.values
    repealed, in_force = (int(values["disclosure", row, column]) for column in ("repealed", "in_force"))
    issued = in_force + repealed + rng.randint(1, 9)
    address = ("disclosure", row, "issued")
    return Damage(
        print_in(plan, address, str(issued)),
        address,
        f"{row}：制发 {issued} − 废止 {repealed} 大于现行有效 {in_force}",
        {address: issued},
    )


MAKERS: dict[str, Callable[[Plan, Random], Damage | None]] = {
    "number_requests": _in_cell("requests", _other),
    "number_remedies": _in_cell("remedies", _other),
    "in_force_too_small": _in_force,
    "cell_blank": _in_cell(None, _blank),
    "cell_mark": _in_cell(None, _mark),
    "cell_odd": _in_cell(None, _odd),
    "cell_formula": _in_cell(None, _formula),
    "cell_negative": _in_cell(None, _negative),
    "cell_decimal": _in_cell(None, _decimal),
}
