"""What the options of a command say, put over a configuration."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from govlint.cli.choosing import chosen_rules, must_exist, split_names
from govlint.config.config import SCALARS, Config, Origin, PerFileIgnore, Setting
from govlint.config.patterns import Glob
from govlint.linter import Linter
from govlint.writers.language import Language

Decorated = TypeVar("Decorated", bound=Callable[..., object])


def file_options(function: Decorated) -> Decorated:
    """The options on single files, as ``excluded``, ``force_exclude`` and ``per_file``."""
    for option in (
        click.option("--per-file-ignores", "per_file", multiple=True, metavar="GLOB:RULES"),
        click.option("--force-exclude/--no-force-exclude", default=False),
        click.option("--exclude", "excluded", multiple=True, metavar="GLOB"),
    ):
        function = option(function)
    return function


def origin_of(ctx: click.Context, name: str) -> Origin | None:
    """Whether an option was given, and how."""
    source = ctx.get_parameter_source(name) if name in ctx.params else None
    param = next((param for param in ctx.command.params if param.name == name), None)
    if param is not None and source is ParameterSource.COMMANDLINE:
        return Origin("command_line", max(param.opts, key=len))
    if param is not None and source is ParameterSource.ENVIRONMENT:
        return Origin("environment", str(param.envvar))
    return None


def commanded(config: Config, ctx: click.Context) -> Config:
    """The configuration with the single values that the options give."""
    given: dict[str, Any] = {
        name: Setting(ctx.params[name], origin) for name in SCALARS.values() if (origin := origin_of(ctx, name))
    }
    if given.get("rollup") and "link" not in given:
        given["link"] = Setting("auto", given["rollup"].origin)
    elif "link" in given and given["link"].value == "off" and "rollup" not in given:
        given["rollup"] = Setting(None, given["link"].origin)
    return replace(config, **given)


def chosen(config: Config, linter: Linter, ctx: click.Context, language: Language) -> Config:
    """The configuration with what the options say of rules and files."""
    given = ctx.params
    choice = chosen_rules(
        linter, given.get("selected", ()), given.get("extended", ()), given.get("ignored", ()), language
    )
    here = os.getcwd()  # noqa: PTH109
    exclude = [
        Setting(_glob(text, here, language), Origin("command_line", "--exclude")) for text in given.get("excluded", ())
    ]
    ignores = [_per_file(text, here, linter, language) for text in given.get("per_file", ())]
    return replace(
        config,
        choices=(*config.choices, choice),
        exclude=(*config.exclude, *exclude),
        per_file_ignores=(*config.per_file_ignores, *ignores),
    )


def _glob(text: str, base: str, language: Language) -> Glob:
    """A pattern of the command line; on Windows it may be written with backslashes."""
    from govlint.config.checking import glob_faults

    written = text.replace("\\", "/") if os.name == "nt" else text
    for fault in glob_faults((), written):
        raise click.UsageError(f"{text}: {language.fault(fault)}")
    return Glob(written, base)


def _per_file(text: str, base: str, linter: Linter, language: Language) -> PerFileIgnore:
    glob, _, rules = text.rpartition(":")
    names = split_names([rules])
    if not glob or not names:
        raise click.UsageError(language.say("config", "per_file", {"text": text}))
    must_exist(linter, names, language)
    origin = Origin("command_line", "--per-file-ignores")
    return PerFileIgnore(_glob(glob, base, language), tuple(Setting(name, origin) for name in names), origin)
