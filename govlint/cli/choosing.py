"""Which rules are in force: ``--select``, ``--extend-select`` and ``--ignore``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from govlint.cli.output import say
from govlint.linter import Linter, select
from govlint.model.rule import Rule
from govlint.writers.language import Language

Decorated = TypeVar("Decorated", bound=Callable[..., object])


def choice_options(function: Decorated) -> Decorated:
    """The three options, as ``selected``, ``extended`` and ``ignored``."""
    for name, variable, text in (
        ("--ignore", "ignored", "Not these rules."),
        ("--extend-select", "extended", "These rules as well."),
        ("--select", "selected", "Only these rules (id, prefix or name)."),
    ):
        function = click.option(name, variable, multiple=True, metavar="RULES", help=text)(function)
    return function


def split_names(values: Sequence[str]) -> list[str]:
    """Names given one by one or joined by commas."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def chosen_rules(
    linter: Linter, selected: Sequence[str], extended: Sequence[str], ignored: Sequence[str], language: Language
) -> tuple[Rule, ...]:
    """The rules that the options leave. Raises click.UsageError, with a suggestion, for a name that none has."""
    wanted, more, unwanted = split_names(selected), split_names(extended), split_names(ignored)
    known = {prefix for rule in linter.rules for prefix in rule.prefixes}
    for name in (*wanted, *more, *unwanted):
        if name not in known:
            from difflib import get_close_matches

            close = get_close_matches(name, sorted(known), 1, 0.6)
            hint = language.say("cli", "did_you_mean", {"name": close[0]}) if close else ""
            raise click.UsageError(language.say("cli", "unknown_rule", {"name": name, "hint": hint}))
    chosen = {rule.id for rule in select(linter.rules, wanted, unwanted)}
    if more:
        chosen |= {rule.id for rule in select(linter.rules, more, unwanted)}
    return tuple(rule for rule in linter.rules if rule.id in chosen)


def warn_of_idle_rules(rules: Sequence[Rule], language: Language) -> None:
    """Say which rules cannot find anything because none of the rules that they stand on is in force."""
    kinds = {rule.kind.name for rule in rules}
    for rule in rules:
        if rule.kind.stands_on and not rule.kind.stands_on & kinds:
            say(language.say("cli", "idle_rule", {"name": rule.id, "kinds": ", ".join(sorted(rule.kind.stands_on))}))
