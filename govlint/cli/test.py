"""``govlint test``: run the examples of rules."""

from __future__ import annotations

import click

from govlint.cli.output import say
from govlint.examples.running import run_examples
from govlint.linter import load_linter


@click.command()
def test() -> int:
    """Run every example of every rule. 运行规则自带的示例。"""
    linter = load_linter(fresh=True)
    clean = linter.data("examples/clean.yaml")
    failures = [failure for rule in linter.rules for failure in run_examples(rule, clean, linter)]
    for failure in failures:
        say(f"{failure.rule.origin}:{failure.example.line}: {failure.rule.id} {failure.message}")
    examples = sum(len(rule.examples) for rule in linter.rules)
    say(f"{len(linter.rules)} rules, {examples} examples, {len(failures)} failed")
    return 1 if failures else 0
