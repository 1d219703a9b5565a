"""``govlint rules``, ``govlint rule ID`` and ``govlint schema``: what is checked, why, and how files look."""

from __future__ import annotations

import json
from pathlib import Path

import click

from govlint.cli.commands import Command
from govlint.cli.completing import complete_rule
from govlint.cli.output import emit, language_option, make_language, rules_option
from govlint.cli.settings import config_options, set_up
from govlint.cli.suggesting import did_you_mean
from govlint.config.config import DEFAULT, Origin
from govlint.config.ruling import ruled
from govlint.linter import Linter, load_linter
from govlint.model.rule import Rule
from govlint.writers.json_text import to_json
from govlint.writers.language import Language
from govlint.writers.places import printed_line


@click.command(cls=Command)
@rules_option
@click.option("--output-format", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@config_options
@language_option
def rules(packs: tuple[Path, ...], output_format: str, **_settings: object) -> int:
    """List all rules, as the configuration changes them."""
    linter, language, config, _ = set_up((), packs)
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
        emit(to_json(listed, indent=2) + "\n", None, language)
        return 0
    if output_format == "markdown":
        from govlint.handbook.printed import index_markdown

        emit(index_markdown(linter.rules, language, links=False), None, language)
        return 0
    lines = [
        printed_line(
            f"{rule.id:<6}  {language.words['severity'][rule.severity]:<7} {rule.name:<28} {language.of(rule.title)}"
            f"{_mark(on, origin, language)}"
        )
        for rule, on, origin in ruled(linter.rules, config.choices)
    ]
    emit("".join(f"{line}\n" for line in lines), None, language)
    return 0


@click.command(cls=Command)
@click.argument("name", metavar="ID", shell_complete=complete_rule)
@rules_option
@click.option("--output-format", type=click.Choice(["text", "markdown"]), default="text", show_default=True)
@config_options
@language_option
def rule(name: str, packs: tuple[Path, ...], output_format: str, **_settings: object) -> int:
    """Explain one rule, as the configuration changes it: what, why, on which basis, how to mend it, examples."""
    from govlint.handbook.printed import WIDE, as_markdown, as_text
    from govlint.handbook.rule_page import rule_page

    linter, language, _, _ = set_up((), packs)
    found = find_rule(linter, name, language)
    if output_format == "markdown":
        emit(as_markdown(rule_page(found, linter, language, WIDE), language), None, language)
    else:
        emit(as_text(rule_page(found, linter, language), language), None, language)
    return 0


def _mark(on: bool, origin: Origin, language: Language) -> str:
    """What is to be said of a rule that is not in force, or is because the configuration wants it."""
    if origin == DEFAULT:
        return "" if on else language.words["rule"]["optional"]
    return language.say("rule", "chosen" if on else "off", {"origin": str(origin)})


def find_rule(linter: Linter, name: str, language: Language) -> Rule:
    """The rule of an id or name. Raises click.UsageError, with a suggestion, when there is none."""
    found = next((rule for rule in linter.rules if name in (rule.id, rule.name)), None)
    if found is None:
        hint = did_you_mean(name, [word for rule in linter.rules for word in (rule.id, rule.name)], language)
        raise click.UsageError(language.say("cli", "unknown_rule", {"name": name, "hint": hint}))
    return found


@click.command(cls=Command)
@click.argument(
    "what",
    type=click.Choice(
        ["rule", "config", "waivers", "edition", "facts", "check", "check-full", "check-jsonl", "parse", "survey"]
    ),
    default="rule",
    metavar="[KIND]",
)
@language_option
def schema(what: str, lang: str) -> int:
    """Print the JSON Schema of files of data or of an output."""
    linter = load_linter()
    if what == "rule":
        from govlint.handbook.described import bundled_schema

        shown = bundled_schema(linter)
    elif what == "config":
        from govlint.handbook.config_guide import described_config_schema

        shown = described_config_schema(linter)
    elif what == "waivers":
        from govlint.handbook.waivers_guide import described_waivers_schema

        shown = described_waivers_schema(linter)
    elif what in ("edition", "facts"):
        from govlint.rulebook.form_schemas import EDITION, FACTS

        shown = dict(EDITION if what == "edition" else FACTS)
    else:
        from govlint.writers.schemas import SCHEMAS

        shown = dict(SCHEMAS[what])
    emit(json.dumps(shown, ensure_ascii=False, indent=2) + "\n", None, make_language(linter, lang))
    return 0
