"""Two faults at once, of different parts of the report: both are found, and nothing else is called wrong."""

from __future__ import annotations

import os
from itertools import combinations

import pytest
from judge.case import LAYOUTS, Case, make_case

from govlint.linter import load_linter

from test_judge_faults import EXPECTED  # isort: skip

SEEDS = int(os.environ.get("GOVLINT_SEEDS", "3"))
LINTER = load_linter()

PARTS = (
    ("number_requests", "other_edition_requests"),
    ("number_remedies", "nine_numbers"),
    ("in_force_too_small", "other_edition_disclosure"),
    ("section_wrong_number", "section_doubled"),
    ("fee_removed",),
    ("published_late",),
    ("date_malformed_period", "period_wrong"),
)
"""Kinds of faults by the part of the report that they are in."""

PAIRS = [(one, two) for first, second in combinations(PARTS, 2) for one in first for two in second]


def cases(one: str, two: str) -> list[Case]:
    """So many cases with both faults, over the layouts in turn."""
    made: list[Case] = []
    seed = 0
    start = PAIRS.index((one, two))
    while len(made) < SEEDS and seed < 60 * SEEDS:
        try:
            layout = LAYOUTS[(start + len(made)) % len(LAYOUTS)]
            made.append(make_case(seed, layout, None, one, second=two, charset="right"))
        except ValueError:  # This report cannot have one of them.
            pass
        seed += 1
    return made


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_both_faults_are_found_and_no_other(one: str, two: str) -> None:
    found = cases(one, two)
    assert found
    for case in found:
        result = LINTER.check_bytes(case.data, case.name)
        serious = {d.rule.id for d in result.diagnostics if d.severity != "info"}
        told = {d.rule.id for d in result.diagnostics}
        for kind in (one, two):
            assert told & set(EXPECTED[kind].rules), (case.name, kind, told)
        fair = {rule for kind in (one, two) for rule in (*EXPECTED[kind].rules, *EXPECTED[kind].also)}
        assert serious <= fair, (case.name, serious - fair)
