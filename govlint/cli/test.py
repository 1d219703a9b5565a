"""``govlint test``: run the examples of rules."""

from __future__ import annotations

from pathlib import Path

import click

from govlint.cli.output import language_option, make_language, say
from govlint.examples.running import run_examples
from govlint.linter import load_linter


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@language_option
def test(folder: Path | None, lang: str) -> int:
    """Run every example of every rule, or of the rules in DIR. 运行规则自带的示例。"""
    linter = load_linter(fresh=True, packs=(folder,) if folder else ())
    language = make_language(linter, lang)
    clean = linter.data("examples/clean.yaml")
    rules = [rule for rule in linter.rules if folder is None or Path(rule.origin).is_relative_to(folder)]
    failures = [failure for rule in rules for failure in run_examples(rule, clean, linter)]
    for failure in failures:
        say(f"{failure.rule.origin}:{failure.example.line}: {failure.rule.id} {failure.message}")
    examples = sum(len(rule.examples) for rule in rules)
    say(language.say("cli", "tested", {"rules": len(rules), "examples": examples, "failed": len(failures)}))
    return 1 if failures else 0
