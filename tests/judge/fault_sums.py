"""Faults of several cells at once that no one cell explains, and numbers in odd spellings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from .damage import Damage
from .fault_cells import print_in
from .figures import KINDS
from .form import Address, leaves
from .plan import Plan

Make = Callable[[Plan, Random], Damage | None]


def _print_all(plan: Plan, numbers: Mapping[Address, int], what: str) -> Damage:
    for address, value in numbers.items():
        plan = print_in(plan, address, str(value))
    return Damage(plan, next(iter(numbers)), what, numbers)


def _cell_and_total(rows: Callable[[Plan], tuple[str, ...]]) -> Make:
    """A cell and the total of its row, changed alike: the row is right, two columns are not."""

    def make(plan: Plan, rng: Random) -> Damage:
        row, kind, more = rng.choice(rows(plan)), rng.choice(KINDS), rng.choice((1, 2, 5))
        numbers = {("requests", row, column): plan.report.number(row, column) + more for column in (kind, "total")}
        return _print_all(plan, numbers, f"{row} 的 {kind} 和总计各多 {more}")

    return make


def _shifted(plan: Plan, rng: Random) -> Damage | None:
    """Some moved from one row to another in one column: the column is right, two rows are not."""
    names = leaves(plan.report.edition)
    fits = [(row, kind) for row in names for kind in KINDS if plan.report.number(row, kind)]
    if not fits:
        return None
    row, kind = rng.choice(fits)
    other = rng.choice([name for name in names if name != row])
    some = rng.randint(1, plan.report.number(row, kind))
    numbers = {
        ("requests", row, kind): plan.report.number(row, kind) - some,
        ("requests", other, kind): plan.report.number(other, kind) + some,
    }
    return _print_all(plan, numbers, f"{kind}：{row} 的 {some} 件写到了 {other}")


def _open_total(plan: Plan, rng: Random) -> Damage | None:
    """对外公开总数量 below 本年新公开数量."""
    if plan.report.edition != "2019":
        return None
    row = rng.choice(("regulations", "normative_documents"))
    opened = int(plan.report.values["disclosure", row, "open_total"]) + rng.randint(1, 9)
    return _print_all(plan, {("disclosure", row, "opened"): opened}, f"{row}：新公开多于公开总数")


def _irregular(plan: Plan, rng: Random) -> Damage:
    """1,234 or full-width digits or a unit behind: the number is still plain."""
    report = plan.report
    fits = [a for a in report.values if a[2] not in ("change", "amount")]
    address = rng.choice([a for a in fits if report.values[a] > 999] or fits)
    value = int(report.values[address])
    wide = str(value).translate({48 + i: 0xFF10 + i for i in range(10)})
    text = rng.choice((f"{value:,}" if value > 999 else wide, wide, f"{value}件"))
    return Damage(print_in(plan, address, text), address, f"{value} 印成“{text}”", {address: value})


def _inner_space(plan: Plan, rng: Random) -> Damage | None:
    """A blank between the digits of one number."""
    report = plan.report
    fits = [a for a in report.values if a[2] not in ("change", "amount") and report.values[a] > 9]
    if not fits:
        return None
    address = rng.choice(fits)
    value = str(report.values[address])
    at = rng.randint(1, len(value) - 1)
    text = f"{value[:at]} {value[at:]}"
    return Damage(print_in(plan, address, text), address, f"{value} 印成“{text}”", {address: int(value)})


def _yuan(plan: Plan, rng: Random) -> Damage | None:
    """收费金额 in 元 where 万元 is asked for."""
    if plan.report.edition != "2021":
        return None
    address = ("disclosure", "fees", "amount")
    value = rng.randint(100_001, 9_999_999)
    return Damage(print_in(plan, address, str(value)), address, f"金额 {value} 应以万元为单位", {address: value})


MAKERS: dict[str, Make] = {
    "balance_broken": _cell_and_total(lambda plan: ("received", "carried_in", "carried_out")),
    "dispositions_broken": _cell_and_total(lambda plan: leaves(plan.report.edition)),
    "row_totals_broken": _shifted,
    "open_total_too_small": _open_total,
    "cell_irregular": _irregular,
    "cell_inner_space": _inner_space,
    "amount_in_yuan": _yuan,
}
