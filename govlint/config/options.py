"""Options of rules in a configuration that their checks do not take, each at its line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from govlint.config.config import Config
from govlint.config.ruling import options_of
from govlint.datafiles import once
from govlint.model.edition import Edition
from govlint.model.errors import ConfigError, Mistake
from govlint.model.rule import Rule
from govlint.writers.language import Language


def wrong_options(
    config: Config, rules: Sequence[Rule], editions: Sequence[Edition], language: Language
) -> list[Mistake]:
    """What is wrong in the options of the files, for the checks of these rules, which are as yet unchanged.

    What was right once is not looked at again, as long as nothing of it changes.
    """
    concerned = [rule for rule in rules if any(True for _ in options_of(rule, config.choices))]
    if not concerned:
        return []

    def validate() -> None:
        mistakes = [found for rule in concerned for found in _wrong(rule, config, editions, language)]
        if mistakes:
            raise ConfigError(mistakes)

    said = [[setting.value for _, _, setting in options_of(rule, config.choices)] for rule in concerned]
    takes = [[rule.id, rule.options, rule.kind.options] for rule in concerned]
    rows = [(row.id, [column.id for column in row.columns]) for form in editions for t in form.tables for row in t.rows]
    try:
        once("options", json.dumps([said, takes, rows], default=str).encode(), validate)
    except ConfigError as error:
        return list(error.mistakes)
    return []


def _wrong(rule: Rule, config: Config, editions: Sequence[Edition], language: Language) -> Iterator[Mistake]:
    from govlint.mistakes import schema_faults
    from govlint.rulebook import validation

    options = dict(rule.options)
    for choice, name, setting in options_of(rule, config.choices):
        if choice.file is None:
            continue
        options |= setting.value
        faults = list(schema_faults(options, rule.kind.options))
        for fault in faults:
            yield choice.file.yaml.mistake(("options", name, *fault.key), language.fault(fault))
        if not faults:
            for key, message in validation.check_options(options, rule.kind, validation.FormNames(editions)):
                yield choice.file.yaml.mistake(("options", name, *key[1:]), message)
