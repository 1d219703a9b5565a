"""Every example of every rule, run as a test."""

from __future__ import annotations

import pytest

from govlint.examples.running import run_examples
from govlint.linter import load_linter

LINTER = load_linter(fresh=True)


@pytest.mark.parametrize("rule", LINTER.rules, ids=lambda rule: rule.id)
def test_examples(rule):
    failures = list(run_examples(rule, LINTER.data("examples/clean.yaml"), LINTER))
    assert not failures, "\n".join(f"{f.rule.origin}:{f.example.line}: {f.message}" for f in failures)
