"""``govlint check``: lint reports."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from govlint.cli.choosing import choice_options, chosen_rules, warn_of_idle_rules
from govlint.cli.inputs import check_inputs, link_results, load_rollup
from govlint.cli.output import (
    emit,
    language_option,
    make_language,
    rules_option,
    say,
    say_slow,
    say_summary,
    say_unread,
)
from govlint.linter import load_linter
from govlint.model.diagnostic import Run
from govlint.model.rule import SEVERITIES
from govlint.writers import WRITERS, load
from govlint.writers.language import Language

CLEAN, FOUND, FAILED = 0, 1, 2


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@choice_options
@rules_option
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit status 1.",
)
@click.option(
    "--link",
    type=click.Choice(["auto", "off"]),
    default="auto",
    show_default=True,
    help="Whether several reports are compared: last year's with this year's, units with each other.",
)
@click.option(
    "--rollup",
    metavar="MAP|folder",
    help="Compare governments with the sum of their units: by a YAML map, or by folders.",
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
    link: str,
    rollup: str | None,
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
    linter = linter.with_rules(chosen_rules(linter, selected, extended, ignored, language))
    warn_of_idle_rules(linter.rules, language)
    if rollup and link == "off":
        raise click.UsageError(language.say("cli", "rollup_unlinked"))
    parts = load_rollup(rollup) if rollup else None
    results = check_inputs(linter, paths, stdin_filename)
    run = linter.run(link_results(linter, results, parts) if link == "auto" else results)
    form = output_format or (
        "pretty" if sys.stdout is not None and sys.stdout.isatty() and not output_file else "concise"
    )
    tint = "never" if output_file and color == "auto" else color
    emit(_written(run, language, form, tint, statistics), output_file, language)
    failed = say_unread(run, language) + say_slow(run, language)
    if summary:
        from govlint.writers.ledger import write_ledger

        say(write_ledger(run, language).rstrip("\n"), lines=True)
    if not quiet and form in ("concise", "pretty"):
        say_summary(run, language)
    if failed:
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


def status_of(run: Run, fail_on: str, *, strict: bool = False) -> int:
    """1 if there is a diagnostic of the severity given or a graver one; if strict, also for rules not judged."""
    if strict and any(outcome.outcome == "not_assessable" for result in run.results for outcome in result.outcomes):
        return FOUND
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on != "never" else ()
    found = any(diagnostic.severity in grave for result in run.results for diagnostic in result.diagnostics)
    return FOUND if found else CLEAN
