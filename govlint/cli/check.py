"""``govlint check``: lint reports."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from govlint.cli.inputs import check_inputs
from govlint.cli.output import emit, language_option, make_language, rules_option, say, say_summary, say_unread
from govlint.linter import Linter, load_linter, select
from govlint.model.diagnostic import Run
from govlint.model.rule import SEVERITIES, Rule
from govlint.writers import WRITERS, load
from govlint.writers.language import Language

CLEAN, FOUND, FAILED = 0, 1, 2


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--select", "selected", multiple=True, metavar="RULES", help="Only these rules (id, prefix or name).")
@click.option("--extend-select", "extended", multiple=True, metavar="RULES", help="These rules as well.")
@click.option("--ignore", "ignored", multiple=True, metavar="RULES", help="Not these rules.")
@rules_option
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit status 1.",
)
@click.option("--strict", is_flag=True, help="Exit 1 also when a rule could not be judged.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is found (2 remains for what cannot be read).")
@click.option(
    "--output-format",
    type=click.Choice(list(WRITERS)),
    envvar="GOVLINT_OUTPUT_FORMAT",
    help="pretty on a terminal, else concise, unless given.",
)
@click.option("-o", "--output-file", metavar="FILE", help="Write the results there.")
@click.option("--summary", is_flag=True, help="How every rule ended on every report, on standard error.")
@click.option("--statistics", is_flag=True, help="How often each rule found something, instead of each place.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@click.option("--stdin-filename", metavar="NAME", help="The name of what comes from standard input (-).")
@click.option("-q", "--quiet", is_flag=True, help="No summary line.")
@language_option
def check(
    paths: tuple[str, ...],
    selected: tuple[str, ...],
    extended: tuple[str, ...],
    ignored: tuple[str, ...],
    packs: tuple[Path, ...],
    fail_on: str,
    strict: bool,
    exit_zero: bool,
    output_format: str | None,
    output_file: str | None,
    summary: bool,
    statistics: bool,
    color: str,
    stdin_filename: str | None,
    quiet: bool,
    lang: str,
) -> int:
    """Check reports: files, folders, or - for standard input. 检查报告。"""
    linter = load_linter(packs=packs)
    language = make_language(linter, lang)
    if paths.count("-") > 1:
        raise click.UsageError(language.say("cli", "stdin_twice"))
    linter = linter.with_rules(_chosen(linter, selected, extended, ignored, language))
    _warn_of_idle_rules(linter.rules, language)
    run = linter.run(check_inputs(linter, paths, stdin_filename))
    form = output_format or (
        "pretty" if sys.stdout is not None and sys.stdout.isatty() and not output_file else "concise"
    )
    tint = "never" if output_file and color == "auto" else color
    emit(_written(run, language, form, tint, statistics), output_file, language)
    unread = say_unread(run, language)
    if summary:
        from govlint.writers.ledger import write_ledger

        say(write_ledger(run, language).rstrip("\n"), lines=True)
    if not quiet and form in ("concise", "pretty"):
        say_summary(run, language)
    if unread:
        return FAILED
    return CLEAN if exit_zero else status_of(run, fail_on, strict=strict)


def _written(run: Run, language: Language, form: str, color: str, statistics: bool) -> str:
    if statistics:
        from govlint.writers.ledger import write_statistics

        return write_statistics(run, language)
    if form == "pretty":
        import shutil

        from govlint.writers.pretty import WIDTH, write

        width = (
            shutil.get_terminal_size((WIDTH, 24)).columns if sys.stdout is not None and sys.stdout.isatty() else WIDTH
        )
        return write(run, language, color=_in_color(color), width=min(width, 120))
    return load(WRITERS[form])(run, language)


def _in_color(color: str) -> bool:
    """The wish of the option, else of NO_COLOR and FORCE_COLOR, else whether a terminal is looking."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE"):
        return True
    return _on_terminal()


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def split_names(values: Sequence[str]) -> list[str]:
    """Names given one by one or joined by commas."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def status_of(run: Run, fail_on: str, *, strict: bool = False) -> int:
    """1 if there is a diagnostic of the severity given or a graver one; if strict, also for rules not judged."""
    if strict and any(outcome.outcome == "not_assessable" for result in run.results for outcome in result.outcomes):
        return FOUND
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on != "never" else ()
    found = any(diagnostic.severity in grave for result in run.results for diagnostic in result.diagnostics)
    return FOUND if found else CLEAN


def _warn_of_idle_rules(rules: Sequence[Rule], language: Language) -> None:
    """Say which rules cannot find anything because none of the rules that they stand on is in force."""
    kinds = {rule.kind.name for rule in rules}
    for rule in rules:
        if rule.kind.stands_on and not rule.kind.stands_on & kinds:
            say(language.say("cli", "idle_rule", {"name": rule.id, "kinds": ", ".join(sorted(rule.kind.stands_on))}))


def _chosen(
    linter: Linter, selected: Sequence[str], extended: Sequence[str], ignored: Sequence[str], language: Language
) -> tuple[Rule, ...]:
    wanted, more, unwanted = split_names(selected), split_names(extended), split_names(ignored)
    known = {prefix for rule in linter.rules for prefix in rule.prefixes}
    for name in (*wanted, *more, *unwanted):
        if name not in known:
            from difflib import get_close_matches

            close = get_close_matches(name, sorted(known), 1, 0.6)
            hint = language.say("cli", "did_you_mean", {"name": close[0]}) if close else ""
            raise click.UsageError(language.say("cli", "unknown_rule", {"name": name, "hint": hint}))
    chosen = {rule.id for rule in select(linter.rules, wanted, unwanted)}
    if more:
        chosen |= {rule.id for rule in select(linter.rules, more, unwanted)}
    return tuple(rule for rule in linter.rules if rule.id in chosen)
