"""Names of rules in a configuration that no rule has, each at its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from govlint.config.config import Config, Origin, Setting
from govlint.mistakes import Fault
from govlint.model.errors import Mistake
from govlint.model.rule import Rule
from govlint.writers.language import Language


def wrong_names(config: Config, rules: Sequence[Rule], language: Language) -> list[Mistake]:
    """Every name of a rule in the files that no rule has, and rules that are named twice where once will do."""
    prefixes = {prefix for rule in rules for prefix in rule.prefixes}
    whole = {name: rule for rule in rules for name in (rule.id, rule.name)}
    mistakes = []
    for name, known in _names(config, prefixes, whole):
        if name.value not in known and name.origin.kind == "file":
            mistakes.append(_mistake(name.origin, _unknown(name.value, whole), language))
    for choice in config.choices:
        for said in (choice.severity, choice.options):
            seen: dict[str, str] = {}
            for called, setting in said.items():
                rule = whole.get(called)
                if rule and seen.setdefault(rule.id, called) != called:
                    fault = Fault((), "rule_twice", {"first": seen[rule.id], "second": called})
                    mistakes.append(_mistake(setting.origin, fault, language))
    return mistakes


def _names(
    config: Config, prefixes: Collection[str], whole: Collection[str]
) -> Iterator[tuple[Setting[str], Collection[str]]]:
    """Every name of a rule, and those that it may be one of."""
    for choice in config.choices:
        for names in (choice.select or (), choice.extend_select, choice.ignore):
            for name in names:
                yield name, prefixes
        yield from ((Setting(name, setting.origin), prefixes) for name, setting in choice.severity.items())
        yield from ((Setting(name, setting.origin), whole) for name, setting in choice.options.items())
    for entry in config.per_file_ignores:
        yield from ((name, prefixes) for name in entry.rules)


def _unknown(name: str, whole: Collection[str]) -> Fault:
    from govlint.mistakes import closest

    return Fault((), "no_rule", {"name": name}, closest(name, sorted(whole)))


def _mistake(origin: Origin, fault: Fault, language: Language) -> Mistake:
    return Mistake(origin.name, origin.line, origin.column, language.fault(fault))
