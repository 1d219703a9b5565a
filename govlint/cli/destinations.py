"""Where a survey goes: the files of ``-o``, each of a type of its own, else standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from govlint.cli.output import emit_bytes, say
from govlint.cli.outputs import check_folder
from govlint.linter import Linter
from govlint.model.errors import ReadError
from govlint.model.paths import real_path
from govlint.survey.outputs import SUFFIXES, form_of, require, write
from govlint.survey.totals import Survey
from govlint.writers.language import Language


class Destination(NamedTuple):
    """A file, or standard output (``path`` None), and what is written there."""

    path: str | None
    form: str


def plan(paths: Sequence[str], asked: str | None, taken: Sequence[str | None], language: Language) -> list[Destination]:
    """The destinations, known to be possible as far as can be known before the work is done.

    ``asked`` is the type of standard output, and of files whose suffix tells none; ``taken`` are files that must not
    be written. Raises click.UsageError for what cannot be done.
    """
    wanted = list(_wanted(paths, asked, language))
    used = {_place(path) for path in taken if path}
    for target in wanted:
        try:
            require(target.form)
        except ReadError as error:
            raise _wrong(language, "missing_extra", {"form": target.form.upper(), **error.params}) from None
        if target.path is None:
            if target.form == "xlsx" and sys.stdout is not None and sys.stdout.isatty():
                raise _wrong(language, "to_terminal", {"form": target.form.upper()})
            continue
        if _place(target.path) in used:
            raise _wrong(language, "same_output", {"path": target.path})
        used.add(_place(target.path))
        check_folder(target.path, language)
    return wanted


def deliver(survey: Survey, destinations: Iterable[Destination], language: Language) -> bool:
    """Write the survey everywhere; whether all of it went well. What could not be written is said."""
    well = True
    for target in destinations:
        try:
            emit_bytes(write(target.form, survey, language), target.path, language)
        except click.ClickException as error:
            say(error.format_message())
            well = False
    return well


def spare_reports(outputs: Iterable[str], named: Iterable[str], linter: Linter, language: Language) -> None:
    """Raises click.UsageError when an output would be written over a report.

    An earlier survey may lie among the reports and be written over, so each is read: a file with a table of the form
    is a report, and so is one that is ``named`` as an input.
    """
    inputs = {_place(path) for path in named}
    for path in outputs:
        if not Path(path).is_file():
            continue
        report = linter.with_rules(()).check_path(path).report
        if _place(path) in inputs or (report and any(table.found for table in report.tables)):
            raise click.UsageError(language.say("output", "output_is_input", {"path": path}))


def without(paths: Iterable[str | None]) -> frozenset[Path]:
    """The places of files that are no reports, although they may lie among them."""
    return frozenset(_place(path) for path in paths if path)


def _wanted(paths: Sequence[str], asked: str | None, language: Language) -> Iterator[Destination]:
    if not paths:
        yield Destination(None, asked or "csv")
    for path in paths:
        form = form_of(path) or asked
        if form is None:
            raise _wrong(language, "no_output_type", {"path": path, "suffixes": " ".join(SUFFIXES)})
        yield Destination(path, form)


def _place(path: str) -> Path:
    return real_path(path)


def _wrong(language: Language, key: str, params: dict[str, object]) -> click.UsageError:
    return click.UsageError(language.say("survey", key, params))
