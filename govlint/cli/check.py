"""``govlint check``: lint reports."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from pathlib import Path

import click

from govlint.cli.annotating import plan_annotation
from govlint.cli.batching import batch_options, plan_batch, say_failure
from govlint.cli.choosing import choice_options, warn_of_idle_rules
from govlint.cli.commands import Command
from govlint.cli.fixing import Fixing, fix_options, refuse_fixes, say_fixable
from govlint.cli.given import file_options
from govlint.cli.inputs import (
    STDIN,
    check_inputs,
    expand,
    files_of,
    link_options,
    link_results,
    load_rollup,
    repository_root,
    take,
)
from govlint.cli.output import (
    language_option,
    rules_option,
    say,
    say_slow,
    say_summary,
    say_unread,
)
from govlint.cli.outputs import FOR_PEOPLE, deliver, on_terminal, output_options, plan, spare_inputs
from govlint.cli.paths import paths_argument
from govlint.cli.settings import Setup, config_options, set_up, warn_of_others
from govlint.cli.sharding import refuse_beside_shards, shard_options, write_shards
from govlint.cli.waiving import open_book, read_files, said_of_waivers, say_stale, waiver_file, waiver_options
from govlint.cli.watching import PATIENCE, progress_option, watched
from govlint.config.config import FOLDER, Config
from govlint.config.excluding import exclusion
from govlint.config.finding import shown
from govlint.configured import configured
from govlint.linter import Linter
from govlint.model.diagnostic import Run
from govlint.model.rule import SEVERITIES
from govlint.writers.language import Language

CLEAN, FOUND, FAILED = 0, 1, 2
_NOT_WITH_SHARDS = (
    "fix", "unsafe_fixes", "diff", "output_file", "outputs", "output_format", "annotate", "summary", "statistics",
    "rollup", "stdin_filename",
)  # fmt: skip


@click.command(cls=Command)
@paths_argument
@choice_options
@rules_option
@config_options
@file_options
@waiver_options
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    show_default=True,
)
@link_options
@click.option("--strict/--no-strict", default=False)
@click.option("--exit-zero", is_flag=True)
@fix_options
@output_options
@click.option("--annotate", type=click.Path(), metavar="FILE")
@click.option("--summary", is_flag=True)
@click.option("--statistics", is_flag=True)
@click.option("--stdin-filename", metavar="NAME")
@batch_options
@shard_options
@progress_option
@click.option("-q", "--quiet", is_flag=True)
@language_option
def check(
    paths: tuple[str, ...],
    packs: tuple[Path, ...],
    baselines: tuple[str, ...],
    exit_zero: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    output_file: str | None,
    outputs: tuple[str, ...],
    annotate: str | None,
    color: str,
    shards: str | None,
    summary: bool,
    statistics: bool,
    stdin_filename: str | None,
    no_progress: bool,
    quiet: bool,
    **_settings: object,
) -> int:
    """Check reports: files, folders, or - for standard input. What a configuration may say too is in the settings."""
    setup = set_up(paths, packs)
    language, config = setup.language, setup.config
    refuse_fixes(paths, language, fix=fix, unsafe=unsafe_fixes, diff=diff, form=_asked_form(config))
    _refuse_together(paths, config, language, annotate=annotate is not None, diff=diff)
    files = read_files(setup, waiver_file(setup, paths), baselines)
    linter = configured(setup.linter, config, open_book(setup, files))
    warn_of_idle_rules(linter.rules, language)
    if shards:
        return _sharded(setup, linter, paths, config.said_of_files + said_of_waivers(setup, files), quiet=quiet)
    parts = load_rollup(config.rollup, paths, language)
    targets = plan(config.output_format.value, output_file, outputs, language, annotate)
    items = take(expand(paths, exclusion(config)), language, quiet=quiet)
    inputs = [item.path for item in items if item.path != STDIN]
    annotation = plan_annotation(annotate, items, stdin_filename, language)
    warn_of_others(setup, inputs)
    settings = [*config.sources, *(file.path for file in files)]
    settings += [config.rollup.value] if config.rollup.value not in (None, FOLDER) else []
    spare_inputs([*targets, *annotation.targets], inputs, map(shown, settings), language)
    link = partial(link_results, linter, rollup=parts) if config.link.value == "auto" else list
    fixing = Fixing(linter, language, unsafe_fixes, diff, link) if fix or diff else None
    told = config.said_of_files + said_of_waivers(setup, files)
    batch = None if fixing else plan_batch(linter, files_of(items), told, language)
    with watched(items, language, hidden=no_progress, after=PATIENCE) as taken:
        if fixing:
            results = fixing.results(taken, stdin_filename)
        else:
            with batch or nullcontext():
                results = check_inputs(linter, taken, stdin_filename, annotation.read_stdin, batch)
    linked = link_results(linter, results, parts, batch) if config.link.value == "auto" else results
    run = linter.run(linked, repository_root(Path.cwd()))
    shown_text = fixing.shown(seen=targets[0].path is None and on_terminal()) if fixing else None
    written = deliver(run, targets, color, language, statistics=statistics, instead=shown_text)
    written = annotation.write(run, quiet=quiet) and written
    say_failure(batch, language)
    say_stale(run, language)
    failed = say_unread(run, language) + say_slow(run, language)
    if summary:
        _say_ledger(run, language)
    if fixing and not quiet:
        fixing.say()
    if not quiet and run.results and targets[0].form in FOR_PEOPLE:
        say_summary(run, language)
        say_fixable(run.results, language, fixed=fix, unsafe=fix and unsafe_fixes)
    if config.strict.value and (count := _unjudged(run)) and not exit_zero:
        say(language.say("cli", "strict", {"count": count}))
    if failed or not written or (fixing and fixing.failed):
        return FAILED
    if fixing and diff:
        return FOUND if fixing.changed and not exit_zero else CLEAN
    return CLEAN if exit_zero else status_of(run, config.fail_on.value, strict=config.strict.value)


def _sharded(setup: Setup, linter: Linter, paths: tuple[str, ...], said: str, *, quiet: bool) -> int:
    """The diagnostics of every report alone, in shards."""
    from govlint.shards.rendering import diagnostics

    ctx, language, config = click.get_current_context(), setup.language, setup.config
    refuse_beside_shards(_NOT_WITH_SHARDS, language)
    if config.link.value == "auto" and not quiet:
        say(language.say("shards", "alone"))
    items = take(expand(paths, exclusion(config)), language, quiet=quiet)
    warn_of_others(setup, [item.path for item in items])
    hidden = ctx.params["no_progress"]
    counts = write_shards(linter, items, diagnostics, said, language, hidden=hidden, quiet=quiet).counts
    if counts["unread"]:
        return FAILED
    fail_on = config.fail_on.value
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on != "never" else ()
    unsure = config.strict.value and (counts["not_assessable"] or counts["stale"])
    found = unsure or any(counts[severity] for severity in grave)
    return FOUND if found and not ctx.params["exit_zero"] else CLEAN


def _refuse_together(paths: tuple[str, ...], config: Config, language: Language, *, annotate: bool, diff: bool) -> None:
    """Raises click.UsageError for arguments that do not go together."""
    if annotate and diff:
        raise click.UsageError(language.say("cli", "not_together", {"first": "--annotate", "second": "--diff"}))
    if paths.count("-") > 1:
        raise click.UsageError(language.say("cli", "stdin_twice"))
    if config.rollup.value and config.link.value == "off":
        raise click.UsageError(language.say("cli", "rollup_unlinked"))


def _say_ledger(run: Run, language: Language) -> None:
    from govlint.writers.ledger import write_ledger

    say(write_ledger(run, language).rstrip("\n"), lines=True)


def _asked_form(config: Config) -> str | None:
    """The output that the command line asks for, if it is one for programs."""
    value, origin = config.output_format
    return value if origin.kind == "command_line" and value not in FOR_PEOPLE else None


def status_of(run: Run, fail_on: str, *, strict: bool = False) -> int:
    """1 if there is a diagnostic of the severity given or a graver one.

    If strict, also for rules that could not be judged and for waivers that did nothing.
    """
    if strict and (run.stale or _unjudged(run)):
        return FOUND
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on != "never" else ()
    found = any(diagnostic.severity in grave for result in run.results for diagnostic in result.diagnostics)
    return FOUND if found else CLEAN


def _unjudged(run: Run) -> int:
    """How often a rule could not be judged on a report."""
    return sum(outcome.outcome == "not_assessable" for result in run.results for outcome in result.outcomes)
