"""Rule packs of users: rules of their own, and overrides of severity and options by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from govlint.datafiles import DataFile
from govlint.model.edition import Edition
from govlint.model.errors import Mistake, RuleError
from govlint.model.rule import CheckKind, Rule
from govlint.rulebook.loading import make_rules
from govlint.rulebook.validation import FormNames, check_options, suggest, validate_rules

_OVERRIDES = {"id", "severity", "options", "default"}
SEVERITIES = ("error", "warning", "info")


def add_pack(
    rules: tuple[Rule, ...], files: Sequence[DataFile], kinds: Mapping[str, CheckKind], editions: Sequence[Edition]
) -> tuple[Rule, ...]:
    """The rules with those of a pack: files with nothing but id and overrides change a rule, others add one.

    Raises RuleError with every mistake of the pack.
    """
    by_id = {rule.id: rule for rule in rules}
    changes = [file for file in files if isinstance(file.data, dict) and set(file.data) <= _OVERRIDES]
    fresh = [file for file in files if file not in changes]
    mistakes: list[Mistake] = []
    for file in changes:
        mistakes += _mistakes(file, by_id, editions)
    try:
        validate_rules(fresh, kinds, editions)
    except RuleError as error:
        mistakes += error.mistakes
    else:
        for file in fresh:
            if file.data["id"] in by_id:
                mistakes.append(
                    file.yaml.mistake(("id",), f"id {file.data['id']!r} is taken by {by_id[file.data['id']].origin}")
                )
    if mistakes:
        raise RuleError(sorted(mistakes, key=lambda mistake: (mistake.path, mistake.line, mistake.column)))
    for file in changes:
        by_id[file.data["id"]] = _changed(by_id[file.data["id"]], file.data)
    return tuple(sorted((*by_id.values(), *make_rules(fresh, kinds)), key=lambda rule: rule.id))


def _mistakes(file: DataFile, by_id: Mapping[str, Rule], editions: Sequence[Edition]) -> Iterator[Mistake]:
    name = file.data.get("id")
    rule = by_id.get(name)
    if rule is None:
        yield file.yaml.mistake(("id",), f"no rule {name!r} to change{suggest(str(name), by_id)}")
        return
    severity = file.data.get("severity", rule.severity)
    if severity not in SEVERITIES:
        hint = suggest(str(severity), SEVERITIES)
        yield file.yaml.mistake(("severity",), f"{severity!r} is not one of {', '.join(SEVERITIES)}{hint}")
    if "options" in file.data:
        options = {**rule.options, **file.data["options"]}
        for key, message in check_options(options, rule.kind, FormNames(editions)):
            yield file.yaml.mistake(key, message)


def _changed(rule: Rule, data: Mapping[str, Any]) -> Rule:
    return replace(
        rule,
        severity=data.get("severity", rule.severity),
        options={**rule.options, **data.get("options", {})},
        default=data.get("default", rule.default),
    )
