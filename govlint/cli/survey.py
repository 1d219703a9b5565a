"""``govlint survey``: a census of many reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from govlint.cli.choosing import choice_options, chosen_rules, warn_of_idle_rules
from govlint.cli.destinations import deliver, plan, without
from govlint.cli.inputs import STDIN, expand
from govlint.cli.output import language_option, make_language, rules_option, say
from govlint.cli.outputs import check_folder
from govlint.cli.watching import watched
from govlint.linter import Linter, load_linter
from govlint.model.rule import Rule
from govlint.survey.census import Item, census
from govlint.survey.columns import reason_words
from govlint.survey.outputs import OUTPUTS
from govlint.survey.rows import Row
from govlint.survey.settings import Settings, make_settings
from govlint.survey.state import State, StateError, basis_of
from govlint.survey.totals import Survey
from govlint.survey.unit_list import read_units
from govlint.survey.units import assign
from govlint.version import __version__
from govlint.writers.language import Language

DONE, FAILED = 0, 2


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--units", "units_file", metavar="LIST", help="The units that have to report: CSV, or TXT one a line.")
@click.option(
    "-o",
    "--output-file",
    "outputs",
    multiple=True,
    metavar="FILE",
    help="Write the survey there: .csv, .xlsx, .html, .json or .jsonl. May be repeated; without it CSV is printed.",
)
@click.option(
    "--output-format",
    type=click.Choice(list(OUTPUTS)),
    help="What is printed, and the type of files whose name tells none.",
)
@click.option("--state", "state_file", metavar="FILE", help="Keep what is done there, and do not do it again.")
@click.option("--fresh", is_flag=True, help="Do all of it again and begin the state anew.")
@choice_options
@rules_option
@click.option("-q", "--quiet", is_flag=True, help="No summary and no list of what could not be read.")
@language_option
def survey(
    paths: tuple[str, ...],
    units_file: str | None,
    outputs: tuple[str, ...],
    output_format: str | None,
    state_file: str | None,
    fresh: bool,
    selected: tuple[str, ...],
    extended: tuple[str, ...],
    ignored: tuple[str, ...],
    packs: tuple[Path, ...],
    quiet: bool,
    lang: str,
) -> int:
    """Survey many reports: one row for each, who has none, and what is most often wrong. 汇总检查大量报告。

    Each report is judged alone: rules that compare reports are not run here. Exit status 2 when a file could not be
    read (it has its row all the same) or an output could not be written, else 0.
    """
    linter = load_linter(packs=packs)
    language = make_language(linter, lang)
    if STDIN in paths:
        raise click.UsageError(language.say("survey", "no_stdin"))
    if fresh and not state_file:
        raise click.UsageError(language.say("survey", "fresh_alone"))
    if state_file:
        check_folder(state_file, language)
    destinations = plan(outputs, output_format, (units_file, state_file), language)
    chosen = chosen_rules(linter, selected, extended, ignored, language)
    linter = linter.with_rules(tuple(rule for rule in chosen if rule.scope == "report"))
    if selected or extended:
        _warn_of_comparing(chosen, language)
    warn_of_idle_rules(linter.rules, language)
    settings = make_settings(linter.data("survey.yaml"))
    units = read_units(units_file, settings, language) if units_file else None
    own = without((*outputs, units_file, state_file))
    items = [Item(found.path, found.error) for found in expand(paths) if Path(found.path).resolve() not in own]
    rows, kept = _counted(items, linter, settings, (state_file, fresh), language)
    done = Survey(
        assign(rows, units, settings) if units is not None else rows,
        linter.rules,
        settings,
        units is not None,
        __version__,
    )
    written = deliver(done, destinations, language)
    if not quiet:
        _say_end(done, language)
    return DONE if written and kept and not done.unreadable else FAILED


def _warn_of_comparing(rules: Sequence[Rule], language: Language) -> None:
    """Say which of the rules are not run, since they look at several reports."""
    names = [rule.id for rule in rules if rule.scope != "report"]
    if names:
        say(language.say("survey", "comparing", {"names": ", ".join(names)}))


def _counted(
    items: Sequence[Item], linter: Linter, settings: Settings, kept: tuple[str | None, bool], language: Language
) -> tuple[list[Row], bool]:
    """The rows of all items, and whether the state could be kept."""
    path, fresh = kept
    with _opened(path, basis_of(linter), fresh, language) as state:
        try:
            with watched(items, language) as taken:
                rows = list(census(taken, linter, settings, state))
        except KeyboardInterrupt:
            if path:
                say(language.say("survey", "stopped", {"path": path}))
            raise
        if state.failure:
            say(language.say("survey", "state_unwritten", {"path": path, "error": state.failure}))
        return rows, state.failure is None


def _opened(path: str | None, basis: str, fresh: bool, language: Language) -> State:
    try:
        return State(path, basis, fresh=fresh)
    except StateError as error:
        key = "state_unopened" if error.reason else "not_state"
        raise click.UsageError(language.say("survey", key, {"path": path, "error": error.reason})) from None


def _say_end(survey: Survey, language: Language) -> None:
    """Name what could not be read, then sum up."""
    for row in survey.unreadable:
        say(f"{row.path}: {reason_words(row, language)}")
    flawed = sum(1 for row in survey.read if row.errors)
    text = language.say("survey", "done", {"read": len(survey.read), "flawed": flawed})
    for name, rows in (("unread", survey.unreadable), ("missing", survey.missing)):
        text += language.say("survey", f"done_{name}", {"count": len(rows)}) if rows else ""
    say(text)
