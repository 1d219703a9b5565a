"""Rules as SARIF describes them, with all that code platforms show beside a result."""

from __future__ import annotations

from govlint.model.rule import Rule, Severity
from govlint.writers.language import Language
from govlint.writers.markdown_text import md
from govlint.writers.places import escape_controls
from govlint.writers.sarif_places import Json
from govlint.writers.sentences import basis_of

LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEM: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "recommendation"}
_PRECISION: dict[Severity, str] = {"error": "high", "warning": "high", "info": "medium"}
"""How often a finding is one: rules on what only may be wrong are notes."""
_LONGEST = 1024
"""So many characters GitHub takes of a description."""


def rule_descriptor(rule: Rule, language: Language) -> Json:
    """A rule as a ``reportingDescriptor``; no text in it is empty."""
    title = _text(language.of(rule.title)) or rule.name
    why = _text(language.of(rule.why)) or title
    fields, colon = _fields(rule, why, language), language.say("rule", "colon")
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": _cut(title)},
        "fullDescription": {"text": _cut(why)},
        "help": {
            "text": "\n".join(language.say("rule", "field", {"name": name, "text": text}) for name, text in fields),
            "markdown": "\n\n".join(f"**{name}**{colon}{md(text)}" for name, text in fields),
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": _tags(rule),
            "precision": _PRECISION[rule.severity],
            "problem.severity": _PROBLEM[rule.severity],
        },
    }


def _fields(rule: Rule, why: str, language: Language) -> list[tuple[str, str]]:
    words = language.words["rule"]
    fix = _text(language.of(rule.fix))
    fields = [(words["why"], why), *([(words["fix"], fix)] if fix else [])]
    return [*fields, (words["basis"], _text(basis_of(rule)) or words["practice"])]


def _tags(rule: Rule) -> list[str]:
    """The family, the kind of check, and the scope where it is more than one report; the same in every language."""
    family = rule.id[:3] if rule.id.startswith("GL") else rule.id.rstrip("0123456789")
    return [family, rule.kind.name, *([] if rule.scope == "report" else [rule.scope])]


def _text(text: str) -> str:
    return escape_controls(" ".join(text.split()))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
