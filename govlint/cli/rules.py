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
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
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
    lines = [
        f"{rule.id}  {language.words['severity'][rule.severity]:<7} {rule.name:<28} {language.of(rule.title)}\n"
        for rule in linter.rules
    ]
    emit("".join(lines), None, language)
    return 0


@click.command()
@click.argument("name", metavar="ID")
@rules_option
@language_option
def rule(name: str, packs: tuple[Path, ...], lang: str) -> int:
    """Explain one rule: what, why, on which basis, how to mend it, examples. 说明一条规则。"""
    linter = load_linter(packs=packs)
    language = make_language(linter, lang)
    found = next((rule for rule in linter.rules if name in (rule.id, rule.name)), None)
    if found is None:
        hint = _hint(linter, name, language)
        raise click.UsageError(language.say("cli", "unknown_rule", {"name": name, "hint": hint}))
    emit(explain(found, language), None, language)
    return 0


def _hint(linter: Linter, name: str, language: Language) -> str:
    from difflib import get_close_matches

    known = [word for rule in linter.rules for word in (rule.id, rule.name)]
    close = get_close_matches(name, known, 1, 0.5)
    return language.say("cli", "did_you_mean", {"name": close[0]}) if close else ""


def explain(rule: Rule, language: Language) -> str:
    """A rule as a page of text."""
    head = language.words["rule"]
    first, last = rule.applies.first, rule.applies.last
    years = f"{first or ''}..{last or ''}" if first or last else head["all_years"]
    lines = [
        f"{rule.id} {rule.name}",
        language.of(rule.title),
        "",
        f"{head['severity']}: {language.words['severity'][rule.severity]}",
        f"{head['applies']}: {years}",
        "",
        f"{head['why']}: {language.of(rule.why)}",
    ]
    if rule.fix:
        lines.append(f"{head['fix']}: {language.of(rule.fix)}")
    lines += [f"{head['basis']}: {' '.join(entry.values())}" for entry in rule.basis]
    for bad, title in ((True, head["bad"]), (False, head["good"])):
        examples = [example for example in rule.examples if example.bad == bad]
        if examples:
            lines += ["", f"{title}:"]
            lines += [f"  {json.dumps(example.edit, ensure_ascii=False)}" for example in examples]
    return "\n".join(lines) + "\n"


@click.command()
@click.argument("what", type=click.Choice(["rule", "check", "check-full", "parse"]), default="rule")
@language_option
def schema(what: str, lang: str) -> int:
    """Print the JSON Schema of rule files or of an output. 输出 JSON Schema。"""
    linter = load_linter()
    if what == "rule":
        from govlint.checks import KINDS
        from govlint.rulebook.schema import rule_schema

        shown = rule_schema(KINDS)
    else:
        from govlint.writers.schemas import SCHEMAS

        shown = dict(SCHEMAS[what])
    emit(json.dumps(shown, ensure_ascii=False, indent=2) + "\n", None, make_language(linter, lang))
    return 0
