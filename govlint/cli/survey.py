"""``govlint survey``: a census of many reports."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

import click

from govlint.cli.batching import batch_options, plan_batch, say_failure
from govlint.cli.choosing import choice_options, warn_of_idle_rules
from govlint.cli.commands import Command
from govlint.cli.destinations import deliver, plan, spare_reports, without
from govlint.cli.inputs import STDIN, expand, take
from govlint.cli.output import language_option, rules_option, say, unread
from govlint.cli.outputs import check_folder
from govlint.cli.paths import paths_argument
from govlint.cli.settings import config_options, set_up, warn_of_others
from govlint.cli.sharding import refuse_beside_shards, shard_options, write_shards
from govlint.cli.watching import progress_option, watched
from govlint.config.excluding import exclusion
from govlint.configured import configured
from govlint.linter import Linter
from govlint.model.paths import real_path
from govlint.model.rule import Rule
from govlint.survey.census import Item, census, waiting
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


@click.command(cls=Command)
@paths_argument
@click.option("--units", "units_file", type=click.Path(), metavar="LIST")
@click.option(
    "-o",
    "--output-file",
    "outputs",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
)
@click.option(
    "--output-format",
    type=click.Choice(list(OUTPUTS)),
)
@click.option("--state", "state_file", type=click.Path(), metavar="FILE")
@click.option("--fresh", is_flag=True)
@choice_options
@rules_option
@config_options
@batch_options
@shard_options
@progress_option
@click.option("-q", "--quiet", is_flag=True)
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
    packs: tuple[Path, ...],
    shards: str | None,
    no_progress: bool,
    quiet: bool,
    **_settings: object,
) -> int:
    """Survey many reports: one row for each, who has none, and what is most often wrong.

    Each report is judged alone: rules that compare reports are not run here. Exit status 2 when a file could not be
    read (it has its row all the same) or an output could not be written, else 0.
    """
    setup = set_up(paths, packs)
    language, config = setup.language, setup.config
    if STDIN in paths:
        raise click.UsageError(language.say("survey", "no_stdin"))
    if fresh and not state_file:
        raise click.UsageError(language.say("survey", "fresh_alone"))
    if state_file:
        check_folder(state_file, language)
    destinations = plan(outputs, output_format, (units_file, state_file), language)
    linter = configured(setup.linter, config)
    if selected or extended:
        _warn_of_comparing(linter.rules, language)
    linter = linter.with_rules(tuple(rule for rule in linter.rules if rule.scope == "report"))
    warn_of_idle_rules(linter.rules, language)
    settings = make_settings(linter.data("survey.yaml"))
    if shards:
        from govlint.shards.rendering import RowSay

        refuse_beside_shards(("units_file", "outputs", "output_format", "state_file", "fresh"), language)
        every = take(expand(paths, exclusion(config)), language, quiet=quiet)
        say_row, said = RowSay(settings), config.said_of_files
        counts = write_shards(linter, every, say_row, said, language, hidden=no_progress, quiet=quiet).counts
        return FAILED if counts["unread"] else DONE
    units = read_units(units_file, settings, language) if units_file else None
    spare_reports(outputs, paths, linter, language)
    own = without((*outputs, units_file, state_file))
    inputs = take(expand(paths, exclusion(config)), language, quiet=quiet)
    items = [Item(found.path, found.error) for found in inputs if real_path(found.path) not in own]
    warn_of_others(setup, [item.path for item in items])
    basis = basis_of(linter, config.said_of_files)
    kept_in = (state_file, basis, fresh)
    rows, kept = _counted(items, linter, settings, kept_in, config.said_of_files, language, hidden=no_progress)
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
    items: Sequence[Item],
    linter: Linter,
    settings: Settings,
    kept: tuple[str | None, str, bool],
    said: str,
    language: Language,
    *,
    hidden: bool,
) -> tuple[list[Row], bool]:
    """The rows of all items, and whether the state could be kept."""
    path, basis, fresh = kept
    with _opened(path, basis, fresh, language) as state:
        try:
            batch = plan_batch(linter, waiting(items, state), said, language)
            with watched(items, language, hidden=hidden) as taken, batch or nullcontext():
                rows = list(census(taken, linter, settings, state, batch))
        except KeyboardInterrupt:
            if path:
                say(language.say("survey", "stopped", {"path": path}))
            raise
        say_failure(batch, language)
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
        if row.read_error:
            say(unread(row.read_error, row.path, language))
    flawed = sum(1 for row in survey.read if row.errors)
    text = language.say("survey", "done", {"read": len(survey.read), "flawed": flawed})
    for name, rows in (("unread", survey.unreadable), ("missing", survey.missing)):
        text += language.say("survey", f"done_{name}", {"count": len(rows)}) if rows else ""
    say(text)
