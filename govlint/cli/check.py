"""``govlint check``: lint reports."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

import click

from govlint.cli.inputs import check_inputs
from govlint.cli.output import emit, language_option, make_language, say_summary, say_unread
from govlint.linter import Linter, load_linter, select
from govlint.model.diagnostic import Run
from govlint.model.rule import SEVERITIES
from govlint.writers import WRITERS, load
from govlint.writers.language import Language

CLEAN, FOUND, FAILED = 0, 1, 2


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--select", "selected", multiple=True, metavar="RULES", help="Only these rules (id, prefix or name).")
@click.option("--extend-select", "extended", multiple=True, metavar="RULES", help="These rules as well.")
@click.option("--ignore", "ignored", multiple=True, metavar="RULES", help="Not these rules.")
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit status 1.",
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is found (2 remains for what cannot be read).")
@click.option("--output-format", type=click.Choice(list(WRITERS)), default="concise", envvar="GOVLINT_OUTPUT_FORMAT")
@click.option("-o", "--output-file", metavar="FILE", help="Write the results there.")
@click.option("--stdin-filename", metavar="NAME", help="The name of what comes from standard input (-).")
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
@language_option
def check(
    paths: tuple[str, ...],
    selected: tuple[str, ...],
    extended: tuple[str, ...],
    ignored: tuple[str, ...],
    fail_on: str,
    exit_zero: bool,
    output_format: str,
    output_file: str | None,
    stdin_filename: str | None,
    quiet: bool,
    lang: str,
) -> int:
    """Check reports: files, folders, or - for standard input. 检查报告。"""
    linter = load_linter()
    language = make_language(linter, lang)
    if paths.count("-") > 1:
        raise click.UsageError(language.say("cli", "stdin_twice"))
    wanted, unwanted = split_names(selected), split_names(ignored)
    more = split_names(extended)
    _known_names(linter, [*wanted, *unwanted, *more], language)
    rules = select(linter.rules, wanted, unwanted)
    if more:
        extra = {rule.id for rule in select(linter.rules, more, unwanted)}
        chosen = {rule.id for rule in rules} | extra
        rules = tuple(rule for rule in linter.rules if rule.id in chosen)
    linter = linter.with_rules(rules)
    run = linter.run(check_inputs(linter, paths, stdin_filename))
    emit(load(WRITERS[output_format])(run, language), output_file, language)
    unread = say_unread(run, language)
    if not quiet and output_format == "concise":
        say_summary(run, language)
    return FAILED if unread else CLEAN if exit_zero else status_of(run, fail_on)


def split_names(values: Sequence[str]) -> list[str]:
    """Names given one by one or joined by commas."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def status_of(run: Run, fail_on: str) -> int:
    """1 if there is a diagnostic of the severity given or a graver one."""
    if fail_on == "never":
        return CLEAN
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    found = any(diagnostic.severity in grave for result in run.results for diagnostic in result.diagnostics)
    return FOUND if found else CLEAN


def _known_names(linter: Linter, names: Sequence[str], language: Language) -> None:
    known = {prefix for rule in linter.rules for prefix in rule.prefixes}
    for name in names:
        if name not in known:
            close = get_close_matches(name, sorted(known), 1, 0.6)
            hint = language.say("cli", "did_you_mean", {"name": close[0]}) if close else ""
            raise click.UsageError(language.say("cli", "unknown_rule", {"name": name, "hint": hint}))
