"""Rule packs of users: rules of their own, and overrides of severity and options by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

from govlint.datafiles import DataFile
from govlint.mistakes import schema_mistakes, suggest
from govlint.model.edition import Edition
from govlint.model.errors import Mistake, RuleError, Sentence
from govlint.model.rule import CheckKind, Rule
from govlint.rulebook.loading import make_rules
from govlint.rulebook.schema import OVERRIDE
from govlint.rulebook.validation import FormNames, check_options, validate_rules

_OVERRIDES = {"id", "severity", "options", "default"}


def add_pack(
    rules: tuple[Rule, ...],
    files: Sequence[DataFile],
    kinds: Mapping[str, CheckKind],
    editions: Sequence[Edition],
    known: Sequence[Mistake] = (),
) -> tuple[Rule, ...]:
    """The rules with those of a pack: files with nothing but id and overrides change a rule, others add one.

    Raises RuleError with every mistake of the pack, those ``known`` already among them.
    """
    by_id = {rule.id: rule for rule in rules}
    changes = [file for file in files if isinstance(file.data, dict) and set(file.data) <= _OVERRIDES]
    fresh = [file for file in files if file not in changes]
    mistakes = list(known)
    for file in changes:
        mistakes += _mistakes(file, by_id, editions)
    try:
        validate_rules(fresh, kinds, editions)
    except RuleError as error:
        mistakes += error.mistakes
    else:
        for file in fresh:
            for key in ("id", "name"):
                taken = next((rule for rule in rules if getattr(rule, key) == file.data[key]), None)
                if taken:
                    said = "{key} {value!r} is taken by {path}"
                    wrong = Sentence(said, key=key, value=file.data[key], path=taken.origin)
                    mistakes.append(file.yaml.mistake((key,), wrong))
    if mistakes:
        raise RuleError(sorted(mistakes, key=lambda mistake: (mistake.path, mistake.line, mistake.column)))
    for file in changes:
        by_id[file.data["id"]] = _changed(by_id[file.data["id"]], file)
    added = (replace(rule, of_user=True) for rule in make_rules(fresh, kinds))
    return tuple(sorted((*by_id.values(), *added), key=lambda rule: rule.id))


def _mistakes(file: DataFile, by_id: Mapping[str, Rule], editions: Sequence[Edition]) -> Iterator[Mistake]:
    for key, message in schema_mistakes(file.data, OVERRIDE):
        yield file.yaml.mistake(key, message)
    name, changed = file.data.get("id"), file.data.get("options", {})
    if not isinstance(name, str) or not isinstance(changed, dict):
        return
    rule = by_id.get(name)
    if rule is None:
        wrong = Sentence("no rule {name!r} to change{hint}", name=name, hint=suggest(name, by_id))
        yield file.yaml.mistake(("id",), wrong)
        return
    options = {**rule.options, **changed}
    for key, message in check_options(options, rule.kind, FormNames(editions)):
        yield file.yaml.mistake(key, message)


def _changed(rule: Rule, file: DataFile) -> Rule:
    """The rule as changed; its hash covers both files, so that results tell what judged them."""
    data = file.data
    return replace(
        rule,
        severity=data.get("severity", rule.severity),
        options={**rule.options, **data.get("options", {})},
        default=data.get("default", rule.default),
        hash=blake2b(f"{rule.hash}{file.hash}".encode(), digest_size=8).hexdigest(),
        changed_by=(*rule.changed_by, file.path),
        of_user=rule.of_user or "options" in data,
    )
