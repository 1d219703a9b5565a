"""``govlint new-rule``: a rule file to start from."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from govlint.checks import KINDS
from govlint.cli.commands import Command
from govlint.cli.output import language_option, make_language, say
from govlint.handbook.described import PUBLISHED, schema_text
from govlint.handbook.guide import load_guide
from govlint.handbook.skeleton import commented_text, new_rule
from govlint.linter import Linter, load_linter
from govlint.rulebook.schema import rule_schema
from govlint.writers.language import Language


@click.command("new-rule", cls=Command)
@click.argument("id_", metavar="ID")
@click.argument("name", metavar="NAME")
@click.option(
    "--check", "kind", type=click.Choice(sorted(KINDS)), default="pattern", show_default=True,
)  # fmt: skip
@click.option(
    "-o", "--output-dir", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path(), metavar="DIR",
)  # fmt: skip
@language_option
def create(id_: str, name: str, kind: str, folder: Path, lang: str) -> int:
    """Write a rule file to start from, every key explained.

    ID as XX001, NAME as fees-too-large. The rule works and its examples pass; change it to what you want. Nothing is
    ever overwritten.
    """
    linter = load_linter()
    language = make_language(linter, lang)
    _must_be_free(linter, id_, name, language)
    guide = load_guide(linter)
    try:
        data = new_rule(id_, name, KINDS[kind], linter.rules, guide)
    except LookupError:
        raise click.ClickException(language.say("new_rule", "no_example", {"kind": kind})) from None
    path = folder / f"{id_}-{name}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        schema = _schema_beside(folder, linter)
        _write_new(path, commented_text(data, schema, KINDS[kind], guide, language))
    except FileExistsError:
        raise click.ClickException(language.say("new_rule", "exists", {"path": path})) from None
    except OSError as error:
        reason = {"path": path, "error": error.strerror or str(error)}
        raise click.ClickException(language.say("cli", "unwritable", reason)) from None
    say(language.say("new_rule", "written", {"path": path, "folder": folder}))
    return 0


def _must_be_free(linter: Linter, id_: str, name: str, language: Language) -> None:
    """Raises click.UsageError for an id or name that is malformed or taken."""
    properties = rule_schema(KINDS)["properties"]
    for key, value in (("id", id_), ("name", name)):
        if not re.search(properties[key]["pattern"], value) or "\n" in value:
            raise click.UsageError(language.say("new_rule", f"bad_{key}", {key: value}))
        taken = next((rule for rule in linter.rules if value in (rule.id, rule.name)), None)
        if taken:
            raise click.UsageError(language.say("new_rule", "taken", {"word": value, "rule": taken.id}))


def _schema_beside(folder: Path, linter: Linter) -> str:
    """The way from a folder to the schema: the copy in it or above it, else a new one in it."""
    here = folder.resolve()
    for above in (here, *here.parents):
        if (above / PUBLISHED).is_file():
            return Path(os.path.relpath(above / PUBLISHED, here)).as_posix()
    _write_new(folder / PUBLISHED, schema_text(linter))
    return PUBLISHED


def _write_new(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
