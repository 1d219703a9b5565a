"""A new rule file of any kind of check, with examples that pass: something to change, not to start from nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from govlint.handbook.guide import Guide, options_of
from govlint.handbook.yamltext import yaml_text
from govlint.model.rule import CheckKind, Rule
from govlint.writers.language import Language

SCHEMA_LINE = "# yaml-language-server: $schema="
"""The comment on top of a rule file by which editors find the schema."""
_ORDER = (
    "id", "name", "severity", "check", "scope", "default", "applies", "options", "title", "message", "why", "fix",
    "autofix", "basis", "examples",
)  # fmt: skip


def new_rule(id_: str, name: str, kind: CheckKind, rules: Sequence[Rule], guide: Guide) -> dict[str, Any]:
    """The data of a new rule: that of the guide's own example of the kind, else that of a rule of this kind.

    Raises LookupError when there is neither.
    """
    made_up = guide.example(kind.name)
    data = dict(made_up) if made_up else _like(_simplest(kind, rules))
    filled = {**data, "id": id_, "name": name, "check": kind.name, "basis": [{"document": "practice"}]}
    return {key: filled[key] for key in _ORDER if key in filled}


def _simplest(kind: CheckKind, rules: Sequence[Rule]) -> Rule:
    found = [rule for rule in rules if rule.kind.name == kind.name]
    if not found:
        raise LookupError(kind.name)
    return min(found, key=lambda rule: (not rule.default, len(str(rule.options)), rule.id))


def _like(rule: Rule) -> dict[str, Any]:
    """What a file that says the same as a rule would hold."""
    first, last, types = rule.applies
    years = {"years": f"{first or ''}..{last or ''}"} if first or last else {}
    applies = {**years, **({"unit_types": sorted(types)} if types else {})}
    return {
        "severity": rule.severity,
        **({"scope": rule.scope} if rule.scope != "report" else {}),
        **({"applies": applies} if applies else {}),
        **({"options": rule.options} if rule.options else {}),
        **{key: getattr(rule, key) for key in ("title", "message", "why", "fix", "autofix") if getattr(rule, key)},
        "examples": [{"bad" if example.bad else "good": example.edit} for example in rule.examples],
    }


def plain_text(data: Mapping[str, Any]) -> str:
    """A rule as a file without comments."""
    return yaml_text(data)


def commented_text(data: Mapping[str, Any], schema: str, kind: CheckKind, guide: Guide, language: Language) -> str:
    """A rule as a file whose every key is explained in a comment; ``schema`` is where its schema stands."""
    words = language.words["new_rule"]
    lines = [SCHEMA_LINE + schema + "\n", *_comment(words["head"])]
    for key, value in data.items():
        lines += _comment(language.of(guide.key(key)))
        if key == "check":
            lines += _comment(f"{kind.name}: {language.of(guide.kind(kind.name))}")
        elif key == "applies":
            lines += _named(((name, guide.key(f"applies.{name}")) for name in ("years", "unit_types")), language)
        elif key == "options":
            lines += _named(((path, guide.option(kind.name, path)) for path, _ in options_of(kind)), language)
        elif key == "message":
            lines += _named(((f"{{{name}}}", guide.param(kind.name, name)) for name in sorted(kind.params)), language)
        elif key == "examples":
            used = dict.fromkeys(name for entry in value for edit in entry.values() for name in edit)
            lines += _named(((name, guide.edit(name)) for name in used), language)
        lines.append(yaml_text({key: value}))
    return "".join(lines)


def _named(entries: Iterator[tuple[str, Mapping[str, str]]], language: Language) -> Iterator[str]:
    for name, words in entries:
        yield from _comment(f"  {name}: {language.of(words)}")


def _comment(text: str) -> Iterator[str]:
    """A comment, one line for each of the text; nothing for none."""
    for line in text.splitlines():
        yield f"# {line}\n"
