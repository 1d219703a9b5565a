"""Mistakes in rule files: all of them at once, each at its line, with a suggestion for misspelt names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from string import Formatter
from typing import Any

from govlint.datafiles import DataFile
from govlint.mistakes import explain, schema_mistakes, suggest
from govlint.model.edition import Edition
from govlint.model.errors import Mistake, RuleError, Sentence
from govlint.model.rule import CheckKind
from govlint.rulebook.schema import rule_schema
from govlint.yamlfile import Key


def validate_rules(files: Sequence[DataFile], kinds: Mapping[str, CheckKind], editions: Sequence[Edition]) -> None:
    """Raises RuleError with every mistake found in the rule files."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(rule_schema(kinds))
    names = FormNames(editions)
    mistakes: list[Mistake] = []
    seen: dict[str, DataFile] = {}
    for file in files:
        wrong = [
            file.yaml.mistake(key, message)
            for error in validator.iter_errors(file.data)
            for key, message in explain(error)
        ]
        if not wrong:
            wrong = [file.yaml.mistake(key, message) for key, message in _meaning(file.data, kinds, names)]
            for key in ("id", "name"):
                other = seen.setdefault(f"{key} {file.data[key]}", file)
                if other is not file:
                    said = Sentence("{key} {value!r} is also in {path}", key=key, value=file.data[key], path=other.path)
                    wrong.append(file.yaml.mistake((key,), said))
        mistakes += wrong
    if mistakes:
        raise RuleError(sorted(set(mistakes), key=lambda mistake: (mistake.path, mistake.line, mistake.column)))


class FormNames:
    """The ids that rules may use: tables, rows and columns of any edition."""

    def __init__(self, editions: Sequence[Edition]) -> None:
        self.tables = sorted({table.id for edition in editions for table in edition.tables})
        self.rows: dict[str, list[str]] = {}
        self.columns: dict[str, list[str]] = {}
        for edition in editions:
            for table in edition.tables:
                rows = self.rows.setdefault(table.id, [])
                columns = self.columns.setdefault(table.id, [])
                rows += [row.id for row in table.rows if row.id not in rows]
                columns += [c.id for row in table.rows for c in row.columns if c.id not in columns]


def _meaning(data: Mapping[str, Any], kinds: Mapping[str, CheckKind], names: FormNames) -> Iterator[tuple[Key, str]]:
    """What a schema cannot tell: names of the form, patterns, names in messages."""
    kind = kinds[data["check"]]
    scope = data.get("scope", "report")
    if scope not in kind.scopes:
        wrong = Sentence("check {kind!r} needs scope {scopes}", kind=kind.name, scopes=_either(kind.scopes))
        yield ("scope" if "scope" in data else "check",), wrong
    if "autofix" in data and not kind.mends:
        yield ("autofix",), Sentence("check {kind!r} makes no fixes", kind=kind.name)
    for language, text in data["message"].items():
        yield from _message(("message", language), text, kind)
    yield from _names(data.get("options", {}), kind, names)


def _either(names: Collection[str]) -> str:
    said, *others = (repr(name) for name in sorted(names))
    for other in others:
        said = Sentence("{first} or {second}", first=said, second=other)
    return said


def check_options(options: Mapping[str, Any], kind: CheckKind, names: FormNames) -> Iterator[tuple[Key, str]]:
    """What is wrong in the options of a kind of check: their shape, patterns, names of the form."""
    wrong = [(("options", *key), message) for key, message in schema_mistakes(options, kind.options)]
    yield from wrong or _names(options, kind, names)


def _names(options: Mapping[str, Any], kind: CheckKind, names: FormNames) -> Iterator[tuple[Key, str]]:
    yield from _options(("options",), options, kind.options, names)
    table = options.get("table")
    if table in names.tables:
        by_row = options.get("each") == "row"
        for side in ("left", "right"):
            known = names.columns[table] if by_row else names.rows[table]
            yield from _known(("options", side), options.get(side, ()), known, "column" if by_row else "row")


def _known(key: Key, used: Sequence[str], known: Sequence[str], what: str) -> Iterator[tuple[Key, str]]:
    for number, name in enumerate(used):
        bare = name.lstrip("-")
        if bare not in known:
            yield (*key, number), unknown(what, bare, known)


def unknown(what: str, name: str, known: Sequence[str]) -> Sentence:
    """That the form has no table, row or column of that id."""
    return Sentence("unknown {what} {name!r}{hint}", what=Sentence(what), name=name, hint=suggest(name, known))


def _message(key: Key, text: str, kind: CheckKind) -> Iterator[tuple[Key, str]]:
    try:
        fields = [field for _, field, _, _ in Formatter().parse(text) if field is not None]
    except ValueError as error:
        yield key, Sentence("broken message: {error}", error=error)
        return
    for field in fields:
        if field not in kind.params:
            wrong = "unknown name {{{name}}}{hint} (this check has: {known})"
            known = ", ".join(sorted(kind.params)) or Sentence("none")
            yield key, Sentence(wrong, name=field, hint=suggest(field, kind.params), known=known)


def _options(
    key: Key, value: Any, schema: Mapping[str, Any], names: FormNames, table: str | None = None
) -> Iterator[tuple[Key, str]]:
    """Patterns that do not compile and names that no form has, wherever the schema says that one stands.

    Rows and columns are those of ``table``, the one named beside them or further out.
    """
    if isinstance(value, str):
        yield from _option(key, value, schema.get("format"), names, table)
    elif isinstance(value, Mapping):
        table = value.get("table", table)
        for name, inner in value.items():
            yield from _options((*key, name), inner, schema.get("properties", {}).get(name, {}), names, table)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _options((*key, number), inner, schema.get("items", {}), names, table)


def _option(key: Key, value: str, what: Any, names: FormNames, table: str | None) -> Iterator[tuple[Key, str]]:
    known: Sequence[str] = ()
    if what == "regex":
        try:
            re.compile(value)
        except re.error as error:
            yield key, Sentence("broken pattern: {error}", error=error)
    elif what == "table":
        known = names.tables
    elif what in ("row", "column") and table in names.tables:
        known = (names.rows if what == "row" else names.columns)[table]
    if known and value not in known:
        yield key, unknown(what, value, known)
