"""``govlint check``: lint reports."""

from __future__ import annotations

from pathlib import Path

import click

from govlint.cli.choosing import choice_options, chosen_rules, warn_of_idle_rules
from govlint.cli.inputs import STDIN, check_inputs, expand, link_results, load_rollup, repository_root
from govlint.cli.output import (
    language_option,
    make_language,
    rules_option,
    say,
    say_slow,
    say_summary,
    say_unread,
)
from govlint.cli.outputs import FOR_PEOPLE, deliver, output_options, plan, spare_inputs
from govlint.linter import load_linter
from govlint.model.diagnostic import Run
from govlint.model.rule import SEVERITIES

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
@output_options
@click.option("--summary", is_flag=True, help="How every rule ended on every report, on standard error.")
@click.option("--statistics", is_flag=True, help="How often each rule found something, instead of each place.")
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
    outputs: tuple[str, ...],
    color: str,
    summary: bool,
    statistics: bool,
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
    targets = plan(output_format, output_file, outputs, language)
    items = list(expand(paths))
    spare_inputs(targets, (item.path for item in items if item.path != STDIN), language)
    results = check_inputs(linter, items, stdin_filename)
    linked = link_results(linter, results, parts) if link == "auto" else results
    run = linter.run(linked, repository_root(Path.cwd()))
    written = deliver(run, targets, color, language, statistics=statistics)
    failed = say_unread(run, language) + say_slow(run, language)
    if summary:
        from govlint.writers.ledger import write_ledger

        say(write_ledger(run, language).rstrip("\n"), lines=True)
    if not quiet and targets[0].form in FOR_PEOPLE:
        say_summary(run, language)
    if failed or not written:
        return FAILED
    return CLEAN if exit_zero else status_of(run, fail_on, strict=strict)


def status_of(run: Run, fail_on: str, *, strict: bool = False) -> int:
    """1 if there is a diagnostic of the severity given or a graver one; if strict, also for rules not judged."""
    if strict and any(outcome.outcome == "not_assessable" for result in run.results for outcome in result.outcomes):
        return FOUND
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on != "never" else ()
    found = any(diagnostic.severity in grave for result in run.results for diagnostic in result.diagnostics)
    return FOUND if found else CLEAN
