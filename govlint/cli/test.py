"""``govlint test``: run the examples of rules, or damage the clean reports and see what the rules notice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from govlint.cli.commands import Command
from govlint.cli.completing import complete_rule
from govlint.cli.output import language_option, make_language, say
from govlint.cli.rules import find_rule
from govlint.examples.differences import difference
from govlint.examples.running import run_examples
from govlint.linter import load_linter
from govlint.model.rule import Rule


@click.command(cls=Command)
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--rule", "names", multiple=True, metavar="ID", shell_complete=complete_rule)
@click.option(
    "--mutate",
    is_flag=True,
)
@language_option
def test(folder: Path | None, names: tuple[str, ...], mutate: bool, lang: str) -> int:
    """Run every example of every rule, or of the rules in DIR.

    A rule that DIR changes by its id is run as changed. Exit status 1 when an example does not come out as it says.
    """
    packs = (folder,) if folder else ()
    linter = load_linter(fresh=True, packs=packs)
    language = make_language(linter, lang)
    if mutate:
        from govlint.cli.mutate import report_mutations

        if names:
            raise click.UsageError(language.say("cli", "not_together", {"first": "--rule", "second": "--mutate"}))
        return report_mutations(packs, language)
    clean = linter.data("examples/clean.yaml")
    chosen = [find_rule(linter, name, language) for name in names] or list(_of(linter.rules, folder))
    failures = [failure for rule in chosen for failure in run_examples(rule, clean, linter)]
    for failure in failures:
        say("\n".join(difference(failure, linter, language)), lines=True)
    examples = sum(len(rule.examples) for rule in chosen)
    say(language.say("cli", "tested", {"rules": len(chosen), "examples": examples, "failed": len(failures)}))
    return 1 if failures else 0


def _of(rules: Sequence[Rule], folder: Path | None) -> Sequence[Rule]:
    """The rules that a folder has or changes; all of them when there is none."""
    if folder is None:
        return rules
    return [
        rule for rule in rules if any(Path(path).is_relative_to(folder) for path in (rule.origin, *rule.changed_by))
    ]
