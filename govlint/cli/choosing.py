"""Which rules are in force: ``--select``, ``--extend-select`` and ``--ignore``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import click

from govlint.cli.completing import complete_rules
from govlint.cli.output import say
from govlint.config.config import Origin, RuleChoice, Setting
from govlint.linter import Linter
from govlint.model.rule import Rule
from govlint.writers.language import Language

Decorated = TypeVar("Decorated", bound=Callable[..., object])


def choice_options(function: Decorated) -> Decorated:
    """The three options, as ``selected``, ``extended`` and ``ignored``."""
    for name, variable in (("--ignore", "ignored"), ("--extend-select", "extended"), ("--select", "selected")):
        function = click.option(name, variable, multiple=True, metavar="RULES", shell_complete=complete_rules)(function)
    return function


def split_names(values: Sequence[str]) -> list[str]:
    """Names given one by one or joined by commas."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def chosen_rules(
    linter: Linter, selected: Sequence[str], extended: Sequence[str], ignored: Sequence[str], language: Language
) -> RuleChoice:
    """What the options say of rules. Raises click.UsageError, with a suggestion, for a name that none has."""
    select, more, less = (
        tuple(Setting(name, Origin("command_line", option)) for name in split_names(values))
        for option, values in (("--select", selected), ("--extend-select", extended), ("--ignore", ignored))
    )
    must_exist(linter, [name.value for name in (*select, *more, *less)], language)
    return RuleChoice(select or None, more, less)


def must_exist(linter: Linter, names: Iterable[str], language: Language) -> None:
    """Raises click.UsageError, with a suggestion, for a name that no rule has."""
    known = {prefix for rule in linter.rules for prefix in rule.prefixes}
    for name in names:
        if name not in known:
            from govlint.cli.suggesting import did_you_mean

            hint = did_you_mean(name, sorted(known), language)
            raise click.UsageError(language.say("cli", "unknown_rule", {"name": name, "hint": hint}))


def warn_of_idle_rules(rules: Sequence[Rule], language: Language) -> None:
    """Say which rules cannot find anything because none of the rules that they stand on is in force."""
    kinds = {rule.kind.name for rule in rules}
    for rule in rules:
        if rule.kind.stands_on and not rule.kind.stands_on & kinds:
            say(language.say("cli", "idle_rule", {"name": rule.id, "kinds": ", ".join(sorted(rule.kind.stands_on))}))
