"""``govlint waive``: accept what is found, with a reason; and take out of the file what holds no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from govlint.cli.choosing import split_names
from govlint.cli.commands import Command
from govlint.cli.completing import complete_rules
from govlint.cli.given import file_options
from govlint.cli.inputs import (
    STDIN,
    check_inputs,
    expand,
    link_options,
    link_results,
    load_rollup,
    repository_root,
    take,
)
from govlint.cli.output import emit, language_option, rules_option, say, say_slow, say_unread
from govlint.cli.paths import paths_argument
from govlint.cli.pruning import remove_idle
from govlint.cli.settings import Setup, config_options, set_up, warn_of_others
from govlint.cli.waiver_files import extend, file_to_write
from govlint.cli.waiving import open_book, read_files, waiver_file, waiver_options
from govlint.cli.watching import PATIENCE, progress_option, watched
from govlint.config.config import Config, Setting
from govlint.config.excluding import exclusion
from govlint.config.finding import shown
from govlint.configured import configured
from govlint.model.diagnostic import Diagnostic, Run
from govlint.model.rule import Rule
from govlint.waivers.choosing import Wish, chosen, subjects
from govlint.waivers.file import WaiverFile, is_date, read_waivers
from govlint.waivers.key import plain
from govlint.waivers.making import Said, make_entries
from govlint.waivers.paths import folder_of, path_from, place_of
from govlint.writers.language import Language

DONE, FAILED = 0, 2
_CHOOSING = {"extended": "--select", "subjects": "--subject", "line": "--at", "everything": "--all"}
_SAYING = {"reason": "--reason", "author": "--author", "expires": "--expires"}
_SHOWN = 5


@click.command(cls=Command)
@paths_argument
@click.option("--select", "extended", multiple=True, metavar="RULES", shell_complete=complete_rules)
@click.option("--subject", "subjects", multiple=True, metavar="ADDRESS")
@click.option("--at", "line", type=click.IntRange(min=1), metavar="LINE")
@click.option("--all", "everything", is_flag=True)
@click.option("--reason", metavar="TEXT")
@click.option("--author", metavar="NAME")
@click.option("--expires", metavar="DATE")
@click.option("-o", "--output-file", type=click.Path(), metavar="FILE")
@click.option("--prune", is_flag=True)
@click.option("--dry-run", is_flag=True)
@rules_option
@config_options
@file_options
@waiver_options
@link_options
@progress_option
@language_option
def waive(
    paths: tuple[str, ...],
    packs: tuple[Path, ...],
    baselines: tuple[str, ...],
    output_file: str | None,
    prune: bool,
    dry_run: bool,
    no_progress: bool,
    **asked: Any,
) -> int:
    """Accept diagnostics with a reason: an entry for each in the file of waivers."""
    setup = set_up(paths, packs)
    language = setup.language
    if STDIN in paths:
        raise click.UsageError(language.say("waive", "no_stdin"))
    _check(asked, language, prune=prune)
    own = waiver_file(setup, paths)
    path = file_to_write(setup, paths, output_file, own)
    files = read_files(setup, own if own and Path(own).exists() else None, baselines)
    file = next((each for each in files if place_of(each.path) == place_of(path)), None)
    if file is None and Path(path).exists():
        file = read_waivers(shown(path), "file", language)
        files.append(file)
    run = _judged(setup, paths, files, hidden=no_progress, one=asked["line"] is not None)
    failed = say_unread(run, language) + say_slow(run, language)
    if prune:
        remove_idle(run, file, paths, language, dry_run=dry_run)
    elif not _accept(run, path, asked, language, dry_run=dry_run):
        return FAILED
    return FAILED if failed else DONE


def _check(asked: Mapping[str, Any], language: Language, *, prune: bool) -> None:
    """Raises click.UsageError for options that do not go together or are not enough."""
    given = [option for name, option in (_CHOOSING | _SAYING).items() if asked[name]]
    choosing = [option for option in given if option in _CHOOSING.values()]
    clash = ("--prune", given[0]) if prune and given else None
    if asked["everything"] and len(choosing) > 1:
        clash = ("--all", choosing[0])
    if clash:
        raise click.UsageError(language.say("cli", "not_together", {"first": clash[0], "second": clash[1]}))
    if prune:
        return
    if not choosing:
        raise click.UsageError(language.say("waive", "choose"))
    if not plain(asked["reason"] or ""):
        raise click.UsageError(language.say("waive", "no_reason"))
    expires = asked["expires"]
    if expires is not None and not is_date(expires):
        raise click.UsageError(f"--expires: {language.say('mistake', 'no_date', {'found': expires})}")
    if expires is not None and expires < date.today().isoformat():
        raise click.UsageError(language.say("waive", "over", {"date": expires}))


def _judged(setup: Setup, paths: Sequence[str], files: Sequence[WaiverFile], *, hidden: bool, one: bool) -> Run:
    """The inputs, judged as ``check`` does. If ``one``, more than one input is an error."""
    language, config = setup.language, setup.config
    linter = configured(setup.linter, _with_optional(config, setup.linter.rules), open_book(setup, files))
    parts = load_rollup(config.rollup, paths, language)
    items = take(expand(paths, exclusion(config)), language)
    if one and len(items) > 1:
        raise click.UsageError(language.say("waive", "one_file"))
    warn_of_others(setup, [item.path for item in items])
    with watched(items, language, hidden=hidden, after=PATIENCE) as taken:
        results = check_inputs(linter, taken, None)
    linked = link_results(linter, results, parts) if config.link.value == "auto" else results
    return linter.run(linked, repository_root(Path.cwd()))


def _with_optional(config: Config, rules: Sequence[Rule]) -> Config:
    """The configuration under which ``check`` runs, with the optional rules that ``--select`` names put in force.

    What it names of the others only chooses among what is found, so a rule that is ignored stays ignored.
    """
    *before, last = config.choices
    ignored = {name.value for choice in before for name in choice.ignore}
    named = tuple(
        Setting(rule.id, name.origin)
        for name in last.extend_select
        for rule in rules
        if name.value in rule.prefixes and not rule.default and rule.prefixes.isdisjoint(ignored)
    )
    return replace(config, choices=(*before, last._replace(extend_select=named)))


def _accept(run: Run, path: str, asked: Mapping[str, Any], language: Language, *, dry_run: bool) -> bool:
    """Write an entry for each diagnostic that is asked for, and print these; whether there were any, or had been."""
    wish = Wish(tuple(split_names(asked["extended"])), asked["subjects"], asked["line"])
    accepted = chosen(run, wish)
    count = sum(len(result.diagnostics) for result in accepted.results)
    if not count:
        waived = sum(wish.includes(each.diagnostic) for result in run.results for each in result.waived)
        say(language.say("waive", "all_waived", {"count": waived}) if waived else _nothing(run, wish, language))
        return bool(waived)
    entries = make_entries(
        _placed(accepted, path, language),
        Said(" ".join(asked["reason"].split()), (asked["author"] or "").strip() or None, asked["expires"]),
        language.message,
    )
    if dry_run:
        from govlint.waivers.editing import entry_lines

        emit("".join(f"{line}\n" for entry in entries for line in entry_lines(entry)), None, language)
    else:
        from govlint.writers.concise import write

        extend(path, entries, language)
        emit(write(accepted, language), None, language)
    say(language.say("waive", "would_write" if dry_run else "written", {"count": count, "path": shown(path)}))
    return True


def _placed(run: Run, path: str, language: Language) -> Iterator[tuple[str, Diagnostic]]:
    """The diagnostics, each with the path of its report from the file at ``path``."""
    for result in run.results:
        for diagnostic in result.diagnostics:
            try:
                yield path_from(folder_of(path), result.path), diagnostic
            except ValueError:
                params = {"report": result.path, "path": path}
                raise click.ClickException(language.say("waive", "no_way", params)) from None


def _nothing(run: Run, wish: Wish, language: Language) -> str:
    """That there is nothing to accept, and what there is instead."""
    found = sum(len(result.diagnostics) for result in run.results)
    if not found:
        return language.say("waive", "nothing_found")
    words = language.say("waive", "nothing_chosen", {"count": found})
    known = list(subjects(run, replace(wish, subjects=())))[:_SHOWN] if wish.subjects else []
    return words + (language.say("waive", "subjects", {"subjects": ", ".join(known)}) if known else "")
