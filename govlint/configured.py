"""A configuration put to a linter: packs, severities and options; rules in force; what is said of single files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from govlint.config.config import Config, PerFileIgnore, Told
from govlint.config.ruling import changed, ruled
from govlint.linter import Linter, with_packs
from govlint.model.document import Document
from govlint.model.errors import ConfigError
from govlint.model.handling import ORDINARY, Acceptance, Handling
from govlint.model.rule import Rule
from govlint.writers.language import Language

STDIN = "-"
"""The path of what has no name, so that no pattern means it."""


class Book(Protocol):
    """Waivers, asked by the path of a report."""

    def accept(self, path: str) -> Callable[[Document], Acceptance]:
        """What gives the waivers for a report."""


def knowing(base: Linter, config: Config, packs: Sequence[Path], language: Language) -> Linter:
    """The linter with all rules to choose from, those of packs too, changed as the configuration says.

    ``packs`` are those of the command line; they change what the configuration says. Raises ConfigError for rules and
    options in the configuration that there are not, RuleError for mistakes in packs.
    """
    linter = with_packs(base, [Path(pack.value) for pack in config.packs])
    if not config.sources:
        return with_packs(linter, packs)
    from govlint.config.naming import wrong_names
    from govlint.config.options import wrong_options

    mistakes = wrong_options(config, linter.rules, linter.editions, language)
    linter = _changed(linter, config, linter.rules)
    if packs:
        settled = {rule.id for rule in linter.rules}
        linter = with_packs(linter, packs)
        fresh = [rule for rule in linter.rules if rule.id not in settled]
        mistakes += wrong_options(config, fresh, linter.editions, language)
        linter = _changed(linter, config, fresh)
    mistakes += wrong_names(config, linter.rules, language)
    if mistakes:
        raise ConfigError(sorted(set(mistakes), key=lambda mistake: (mistake.path, mistake.line, mistake.column)))
    return linter


def configured(linter: Linter, config: Config, book: Book | None = None) -> Linter:
    """The linter, which knows all rules, with those in force that are chosen, and what is said of files."""
    chosen = linter.with_rules(tuple(each.rule for each in ruled(linter.rules, config.choices) if each.in_force))
    if book is None and not config.per_file_ignores and not config.files:
        return chosen
    return chosen.handled(FileHandling(config.per_file_ignores, config.files, linter.rules, book))


def _changed(linter: Linter, config: Config, rules: Sequence[Rule]) -> Linter:
    """The linter with severities and options of the configuration for some of its rules."""
    by_id = {rule.id: rule for rule in changed(rules, config)}
    return linter.knowing(tuple(by_id.get(rule.id, rule) for rule in linter.rules))


class FileHandling:
    """What a configuration and waivers say of files, by their paths; the same answer for the same path."""

    def __init__(
        self, ignores: Sequence[PerFileIgnore], told: Sequence[Told], rules: Sequence[Rule], book: Book | None
    ) -> None:
        self._ignores = ignores
        self._told = told
        self._rules = rules
        self._book = book
        self._known: dict[str, Handling] = {}

    def __call__(self, path: str) -> Handling:
        if path not in self._known:
            self._known[path] = self._of(path)
        return self._known[path]

    def _of(self, path: str) -> Handling:
        accept = self._book.accept(path) if self._book else ORDINARY.accept
        if path == STDIN:
            return Handling(accept=accept)
        unit_type = agency = None
        for told in self._told:
            if told.glob.covers(path):
                unit_type, agency = told.unit_type or unit_type, told.agency or agency
        names = {name.value for entry in self._ignores if entry.glob.covers(path) for name in entry.rules}
        ignored = frozenset(rule.id for rule in self._rules if not names.isdisjoint(rule.prefixes))
        return Handling(ignored if names else frozenset(), unit_type, agency, accept)
