"""Which rules are in force under a configuration, how grave they are, and what says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from govlint.config.config import DEFAULT, Config, Level, Names, Origin, RuleChoice, Setting
from govlint.model.rule import Rule

_EXACT = 1000


class Ruled(NamedTuple):
    """A rule, whether it is in force, and where that comes from."""

    rule: Rule
    in_force: bool
    origin: Origin


class OptionsSaid(NamedTuple):
    """Who says something of a rule's options, what it calls the rule, and the options that it replaces."""

    choice: RuleChoice
    name: str
    setting: Setting[Mapping[str, Any]]


def ruled(rules: Iterable[Rule], choices: Sequence[RuleChoice]) -> Iterator[Ruled]:
    """Each rule under the choices, the later of which stand upon the earlier."""
    for rule in rules:
        verdict = severity_of(rule, choices)
        on, origin = rule.default, DEFAULT
        for number, choice in enumerate(choices):
            if choice.select is not None:
                named = _naming(rule, choice.select)
                on = named is not None
                origin = named or (choice.select[0].origin if choice.select else origin)
            more, less = _naming(rule, choice.extend_select), _naming(rule, choice.ignore)
            if more:
                on, origin = True, more
            if less:
                on, origin = False, less
            if verdict and verdict[0] == number and verdict[1].value == "off":
                on, origin = False, verdict[1].origin
        yield Ruled(rule, on, origin)


def severity_of(rule: Rule, choices: Sequence[RuleChoice]) -> tuple[int, Setting[Level]] | None:
    """What is said of a rule's severity, and by which choice: the last that says anything, there the nearest name."""
    for number in reversed(range(len(choices))):
        said = choices[number].severity
        names = [name for name in said if name in rule.prefixes]
        if names:
            return number, said[max(names, key=lambda name: _nearness(rule, name))]
    return None


def options_of(rule: Rule, choices: Sequence[RuleChoice]) -> Iterator[OptionsSaid]:
    """What is said of a rule's options, in order."""
    for choice in choices:
        for name in (rule.id, rule.name):
            if name in choice.options:
                yield OptionsSaid(choice, name, choice.options[name])


def changed(rules: Iterable[Rule], config: Config) -> tuple[Rule, ...]:
    """The rules with the severities and options of a configuration."""
    return tuple(_changed(rule, config.choices) for rule in rules)


def _changed(rule: Rule, choices: Sequence[RuleChoice]) -> Rule:
    verdict = severity_of(rule, choices)
    said = list(options_of(rule, choices))
    level = verdict[1].value if verdict else "off"
    if level == "off" and not said:
        return rule
    severity = rule.severity if level == "off" else level
    options = dict(rule.options)
    for _, _, setting in said:
        options |= setting.value
    by = [*([verdict[1].origin] if verdict and level != "off" else ()), *(setting.origin for _, _, setting in said)]
    told = f"{rule.hash} {severity} {[setting.value for _, _, setting in said]}"
    from hashlib import blake2b

    return replace(
        rule,
        severity=severity,
        options=options,
        hash=blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
        changed_by=(*rule.changed_by, *dict.fromkeys(origin.name for origin in by)),
        of_user=rule.of_user or bool(said),
    )


def _naming(rule: Rule, names: Names) -> Origin | None:
    """Where a rule is named, by the nearest name."""
    found = [name for name in names if name.value in rule.prefixes]
    return max(found, key=lambda name: _nearness(rule, name.value)).origin if found else None


def _nearness(rule: Rule, name: str) -> int:
    if name == "ALL":
        return 0
    return _EXACT if name in (rule.id, rule.name) else len(name)
