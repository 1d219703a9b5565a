"""The kinds of checks as Markdown: what each does, its options, the names for its messages, and a rule that uses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from govlint.handbook.guide import Guide, options_of
from govlint.handbook.skeleton import new_rule, plain_text
from govlint.model.rule import CheckKind, Rule
from govlint.writers.language import Language

EXAMPLE_ID = "XX001"
"""The id of every rule shown; each is a pack of its own."""


def kinds_markdown(
    kinds: Mapping[str, CheckKind], rules: Sequence[Rule], guide: Guide, language: Language, pages: str
) -> str:
    """A chapter for each kind; ``pages`` is the way to the folder of the rules' pages."""
    chapters = ("\n".join(_chapter(kind, rules, guide, language, pages)) for kind in kinds.values())
    return "\n\n".join(chapters) + "\n"


def _chapter(kind: CheckKind, rules: Sequence[Rule], guide: Guide, language: Language, pages: str) -> Iterator[str]:
    words = language.words["kinds"]
    yield from (f"### {kind.name}", "", language.of(guide.kind(kind.name)))
    options = list(options_of(kind))
    if options:
        yield from ("", words["options_head"], "|---|---|---|")
        required = set(_required("", kind.options))
        for path, schema in options:
            due = words["required"] if path in required else ""
            meaning = language.of(guide.option(kind.name, path))
            yield f"| `{path}`{due} | {_values(schema, words)} | {_cell(meaning)} |"
    else:
        yield from ("", words["no_options"])
    if kind.params:
        names = (f"`{{{name}}}` {_cell(language.of(guide.param(kind.name, name)))}" for name in sorted(kind.params))
        yield from ("", words["params"].format(names=words["and"].join(names)))
    users = [rule for rule in rules if rule.kind.name == kind.name]
    if users:
        links = (f"[{rule.id}]({pages}/{rule.id}.md)" for rule in users)
        yield from ("", words["used"].format(rules=words["and"].join(links)))
    try:
        data = new_rule(EXAMPLE_ID, example_name(kind, guide), kind, rules, guide)
    except LookupError:
        return
    yield from ("", "```yaml", plain_text(data).rstrip("\n"), "```")


def example_name(kind: CheckKind, guide: Guide) -> str:
    """The name of the rule shown for a kind."""
    made_up = guide.example(kind.name)
    return made_up["name"] if made_up else f"my-{kind.name.replace('_', '-')}"


def _required(before: str, schema: Mapping[str, Any]) -> Iterator[str]:
    for name in schema.get("required", ()):
        yield before + name
    for name, inner in schema.get("properties", {}).items():
        yield from _required(f"{before}{name}.", inner.get("items", inner))


def _values(schema: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """What an option may be, in short."""
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array":
        inner = schema.get("items", {})
        return words["list"].format(of=_values(inner, words)) if inner else words["array"]
    form = schema.get("format")
    if isinstance(form, str) and form in words:
        return words[form]
    low, high = schema.get("minimum"), schema.get("maximum")
    bounds = f" {'' if low is None else low}–{'' if high is None else high}" if {low, high} != {None} else ""
    return words[str(schema.get("type", "any"))] + bounds


def _cell(text: str) -> str:
    """Text in a cell of a table."""
    return text.replace("|", "\\|")
