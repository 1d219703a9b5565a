"""Every example of every rule, run as a test."""

from __future__ import annotations

import json

import pytest

from govlint.examples.running import run_examples
from govlint.linter import load_linter

LINTER = load_linter(fresh=True)


@pytest.mark.parametrize("rule", LINTER.rules, ids=lambda rule: rule.id)
def test_examples(rule):
    failures = list(run_examples(rule, LINTER.data("examples/clean.yaml"), LINTER))
    assert not failures, "\n".join(f"{f.rule.origin}:{f.example.line}: {f.message}" for f in failures)


def test_every_rule_has_one_good_and_two_different_bad_examples():
    lacking = []
    for rule in LINTER.rules:
        bad = {json.dumps(example.edit, sort_keys=True) for example in rule.examples if example.bad}
        good = sum(not example.bad for example in rule.examples)
        if len(bad) < 2 or not good:
            lacking.append(f"{rule.id}: {len(bad)} bad, {good} good")
    assert not lacking, "\n".join(lacking)
