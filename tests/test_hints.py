"""Hints for sums that no single cell explains: digits exchanged, counted twice, left out, in other columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from govlint.examples.running import build
from govlint.linter import Linter, load_linter, select
from govlint.model.finding import Related

ROWS = {
    "received": (54, 12, 0),
    "granted": (30, 0, 0),
    "partly_granted": (24, 7, 0),
    "refused_query": (0, 5, 0),
    "total": (54, 12, 0),
}


@cache
def linter() -> Linter:
    whole = load_linter()
    return whole.with_rules(select(whole.rules, ["GL4"], ()))


def hints(changed: Mapping[str, object], *roles: str) -> list[tuple[str, str, Related]]:
    """The hints of a report with these cells: role, cell without its table, and all of it."""
    cells = {}
    for row, (natural, business, research) in ROWS.items():
        numbers = {"natural_person": natural, "business": business, "research": research}
        cells |= {f"requests.{row}.{column}": str(number) for column, number in numbers.items()}
        cells[f"requests.{row}.total"] = str(natural + business + research)
    cells |= {name: str(value) for name, value in changed.items()}
    built = build({"cell": cells}, load_linter().data("examples/clean.yaml"), load_linter())
    result = linter().check_bytes(built.data, built.path)
    found = [related for diagnostic in result.diagnostics for related in diagnostic.finding.related]
    kept = [related for related in found if related.role.startswith("hint") and (not roles or related.role in roles)]
    return [(related.role, f"{related.cell.row}.{related.cell.column}", related) for related in kept]


def test_a_report_in_order_has_none():
    assert hints({}) == []


def test_two_digits_exchanged():
    found = hints({"remedies.review.upheld": 54, "remedies.review.total": 45})
    assert {(role, cell, str(related.params["value"])) for role, cell, related in found} == {
        ("hint_digits", "review.upheld", "45"),
        ("hint_digits", "review.total", "54"),
    }


@pytest.mark.parametrize(("part", "total"), [(54, 63), (54, 27), (10, 1), (111, 120)])
def test_a_difference_of_nines_alone_is_no_exchange(part, total):
    assert hints({"remedies.review.upheld": part, "remedies.review.total": total}, "hint_digits") == []


def test_a_row_counted_twice_and_a_row_left_out():
    parts = {"remedies.review.upheld": 12, "remedies.review.corrected": 3}
    assert [found[:2] for found in hints(parts | {"remedies.review.total": 18})] == [("hint_twice", "review.corrected")]
    assert [found[:2] for found in hints(parts | {"remedies.review.total": 12})] == [
        ("hint_left_out", "review.corrected")
    ]


def test_many_cells_that_fit_explain_nothing():
    parts = {f"remedies.review.{column}": 2 for column in ("upheld", "corrected", "other")}
    assert hints(parts | {"remedies.review.total": 8}) == []


def test_two_columns_of_a_row_exchanged():
    found = hints({"requests.partly_granted.natural_person": 7, "requests.partly_granted.business": 24})
    assert {role for role, _, _ in found} == {"hint_columns"}
    assert all(related.params["values"].startswith("24、7、0") for _, _, related in found)


def test_a_row_one_column_on():
    moved = {"natural_person": 0, "business": 54, "research": 12}
    found = hints({f"requests.received.{column}": number for column, number in moved.items()}, "hint_columns")
    assert len(found) == 3, "one hint for each equation that breaks"
    assert all(related.params["values"].startswith("54、12、0") for _, _, related in found)


def test_balances_have_no_part_that_could_be_left_out():
    found = hints({"requests.carried_in.natural_person": 54, "requests.carried_in.total": 54})
    assert not [role for role, _, _ in found if role in ("hint_twice", "hint_left_out")]


def test_hints_come_before_the_operands():
    parts = {"remedies.review.upheld": 12, "remedies.review.corrected": 3, "remedies.review.total": 18}
    built = build({"cell": {k: str(v) for k, v in parts.items()}}, load_linter().data("examples/clean.yaml"), linter())
    (diagnostic,) = linter().check_bytes(built.data, built.path).diagnostics
    assert [related.role for related in diagnostic.finding.related][:2] == ["hint_twice", "operand"]
