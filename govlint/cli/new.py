"""``govlint new``: a blank report on the form of a year."""

from __future__ import annotations

import os
import sys

import click

from govlint.binding.facts import unit_type_of
from govlint.blank.composing import NOTHING_KNOWN, compose
from govlint.blank.draft import Draft
from govlint.blank.formats import FORMATS, SUFFIXES, form_of, write
from govlint.blank.typesetting import make_typesetting
from govlint.chinese import fold
from govlint.cli.atomic import replace_file
from govlint.cli.commands import Command
from govlint.cli.completing import complete_reports
from govlint.cli.last_year import LastYear, read_last_year
from govlint.cli.naming import agency_name
from govlint.cli.output import emit_bytes, language_option, make_language, say
from govlint.cli.outputs import Target, check_folder, spare_inputs
from govlint.linter import Linter, load_linter
from govlint.model.edition import Edition
from govlint.writers.language import Language

UNIT_TYPES = ("department", "office", "government", "township")
_ON_SCREEN = "md"
"""What is printed where no file and no type is asked for."""


@click.command("new", cls=Command)
@click.argument("year", type=int, metavar="YEAR")
@click.option("--agency", metavar="NAME")
@click.option("--from", "last_file", type=click.Path(), metavar="FILE", shell_complete=complete_reports)
@click.option("--unit-type", type=click.Choice(UNIT_TYPES))
@click.option("-o", "--output-file", type=click.Path(), metavar="FILE")
@click.option("--output-format", type=click.Choice(list(FORMATS)))
@click.option("--force", is_flag=True)
@language_option
def new(
    year: int,
    agency: str | None,
    last_file: str | None,
    unit_type: str | None,
    output_file: str | None,
    output_format: str | None,
    force: bool,
    lang: str,
) -> int:
    """Write a blank report: every heading, table and note of the form, and marks where something is to be filled in."""
    linter = load_linter()
    language = make_language(linter, lang)
    form = _form(output_file, output_format, language)
    if output_file is not None:
        _must_be_free(output_file, last_file, language, force=force)
    edition = _edition(linter, year, language)
    last = read_last_year(linter, last_file, year, edition, language) if last_file is not None else None
    name = agency_name(agency, last, language)
    draft = _draft(linter, edition, year, name, unit_type, last)
    _must_be_readable(linter, draft, year, language)
    data = write(form, draft, make_typesetting(linter.data("blank/typeset.yaml")))
    if output_file is None:
        emit_bytes(data, None, language)
    else:
        replace_file(output_file, data, language)
    if last is not None:
        last.say(name, language)
    if output_file is not None:
        params = {"path": output_file, "count": draft.todo, "cells": draft.open_cells}
        say(language.say("new", "written", params))
    return 0


def _form(path: str | None, asked: str | None, language: Language) -> str:
    """The file type by the name of the file, else as asked for. Raises click.UsageError when there is none."""
    named = form_of(path) if path else None
    if named and asked and named != asked:
        raise _wrong(language, "types_differ", {"path": path, "form": asked})
    form = named or asked
    if path is not None and form is None:
        raise _wrong(language, "no_type", {"path": path, "suffixes": " ".join(SUFFIXES)})
    if path is None and form == "docx" and sys.stdout is not None and sys.stdout.isatty():
        raise _wrong(language, "to_terminal", {})
    return form or _ON_SCREEN


def _must_be_free(path: str, last_file: str | None, language: Language, *, force: bool) -> None:
    """Raises click.UsageError where nothing can be written, or something stands that is not to be lost."""
    check_folder(path, language)
    if last_file is not None:
        spare_inputs([Target("", path)], [last_file], (), language)
    if os.path.lexists(path) and not force:
        raise _wrong(language, "exists", {"path": path})


def _edition(linter: Linter, year: int, language: Language) -> Edition:
    """The form that is due for a year. Raises click.UsageError when there is none."""
    edition = next((edition for edition in linter.editions if edition.covers(year)), None)
    if edition is None or not linter.binder.patterns.title_year.fullmatch(str(year)):
        first = min(edition.first for edition in linter.editions)
        raise _wrong(language, "no_form", {"year": year, "first": first})
    return edition


def _draft(
    linter: Linter, edition: Edition, year: int, agency: str, unit_type: str | None, last: LastYear | None
) -> Draft:
    data = linter.data("blank/report.yaml")
    kind = unit_type or unit_type_of(agency, linter.binder.patterns) or UNIT_TYPES[0]
    return compose(data, edition, year, agency, kind, last.carried.known if last else NOTHING_KNOWN)


def _must_be_readable(linter: Linter, draft: Draft, year: int, language: Language) -> None:
    """Raises click.UsageError when nobody could tell from the title whose report it is, and on which year."""
    text = write("md", draft, make_typesetting(linter.data("blank/typeset.yaml")))
    report = linter.with_rules(()).check_bytes(text, "new.md").report
    found = report.facts.agency if report else None
    if report is None or report.year != year or found is None or fold(found.value) != fold(draft.agency):
        raise _wrong(language, "unclear_agency", {"agency": draft.agency})


def _wrong(language: Language, key: str, params: dict[str, object]) -> click.UsageError:
    return click.UsageError(language.say("new", key, params))
