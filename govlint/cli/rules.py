"""``govlint rules``, ``govlint rule ID`` and ``govlint schema``: what is checked, why, and how files look."""

from __future__ import annotations

import json
from pathlib import Path

import click

from govlint.cli.output import emit, language_option, make_language, rules_option
from govlint.linter import Linter, load_linter
from govlint.model.rule import Rule
from govlint.writers.language import Language


@click.command()
@rules_option
@click.option("--output-format", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@language_option
def rules(packs: tuple[Path, ...], output_format: str, lang: str) -> int:
    """List all rules. 列出全部规则。"""
    linter = load_linter(packs=packs)
    language = make_language(linter, lang)
    if output_format == "json":
        listed = [
            {
                "id": rule.id,
                "name": rule.name,
                "severity": rule.severity,
                "check": rule.kind.name,
                "default": rule.default,
                "title": language.of(rule.title),
                "basis": [dict(entry) for entry in rule.basis],
                "hash": rule.hash,
            }
            for rule in linter.rules
        ]
        emit(json.dumps(listed, ensure_ascii=False, indent=2) + "\n", None, language)
        return 0
    if output_format == "markdown":
        from govlint.handbook.printed import index_markdown

        emit(index_markdown(linter.rules, language, links=False), None, language)
        return 0
    lines = [
        f"{rule.id:<6}  {language.words['severity'][rule.severity]:<7} {rule.name:<28} {language.of(rule.title)}"
        f"{'' if rule.default else language.words['rule']['optional']}\n"
        for rule in linter.rules
    ]
    emit("".join(lines), None, language)
    return 0


@click.command()
@click.argument("name", metavar="ID")
@rules_option
@click.option("--output-format", type=click.Choice(["text", "markdown"]), default="text", show_default=True)
@language_option
def rule(name: str, packs: tuple[Path, ...], output_format: str, lang: str) -> int:
    """Explain one rule: what, why, on which basis, how to mend it, examples. 说明一条规则。"""
    from govlint.handbook.printed import WIDE, as_markdown, as_text
    from govlint.handbook.rule_page import rule_page

    linter = load_linter(packs=packs)
    language = make_language(linter, lang)
    found = find_rule(linter, name, language)
    if output_format == "markdown":
        emit(as_markdown(rule_page(found, linter, language, WIDE), language), None, language)
    else:
        emit(as_text(rule_page(found, linter, language), language), None, language)
    return 0


def find_rule(linter: Linter, name: str, language: Language) -> Rule:
    """The rule of an id or name. Raises click.UsageError, with a suggestion, when there is none."""
    found = next((rule for rule in linter.rules if name in (rule.id, rule.name)), None)
    if found is None:
        hint = _hint(linter, name, language)
        raise click.UsageError(language.say("cli", "unknown_rule", {"name": name, "hint": hint}))
    return found


def _hint(linter: Linter, name: str, language: Language) -> str:
    from difflib import get_close_matches

    known = [word for rule in linter.rules for word in (rule.id, rule.name)]
    close = get_close_matches(name, known, 1, 0.5)
    return language.say("cli", "did_you_mean", {"name": close[0]}) if close else ""


@click.command()
@click.argument(
    "what", type=click.Choice(["rule", "edition", "facts", "check", "check-full", "parse", "survey"]), default="rule"
)
@language_option
def schema(what: str, lang: str) -> int:
    """Print the JSON Schema of files of data or of an output. 输出 JSON Schema。"""
    linter = load_linter()
    if what == "rule":
        from govlint.handbook.described import bundled_schema

        shown = bundled_schema(linter)
    elif what in ("edition", "facts"):
        from govlint.rulebook.form_schemas import EDITION, FACTS

        shown = dict(EDITION if what == "edition" else FACTS)
    else:
        from govlint.writers.schemas import SCHEMAS

        shown = dict(SCHEMAS[what])
    emit(json.dumps(shown, ensure_ascii=False, indent=2) + "\n", None, make_language(linter, lang))
    return 0
