"""What a command works with: the configuration that it finds, under the environment and its own options."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click
from click.core import ParameterSource

from govlint.cli.choosing import chosen_rules, must_exist, split_names
from govlint.cli.output import make_language, say
from govlint.cli.wording import LANGUAGES
from govlint.config.config import NO_CONFIG, SCALARS, Config, Origin, PerFileIgnore, Setting
from govlint.config.finding import Finder, shown
from govlint.config.patterns import Glob
from govlint.configured import knowing
from govlint.linter import Linter, load_linter
from govlint.model.errors import ConfigError, DataError, Mistake
from govlint.writers.language import Language

Decorated = TypeVar("Decorated", bound=Callable[..., object])


class Setup(NamedTuple):
    """A linter that knows all rules and has none chosen yet, the language to speak, and what is to be put to it.

    ``finder`` found the configuration; None when it was named or there was to be none.
    """

    linter: Linter
    language: Language
    config: Config
    finder: Finder | None


def config_options(function: Decorated) -> Decorated:
    """``--config FILE``, or GOVLINT_CONFIG, and ``--isolated``."""
    function = click.option("--isolated", is_flag=True)(function)
    return click.option(
        "--config", "config_file", type=click.Path(), envvar="GOVLINT_CONFIG", metavar="FILE"
    )(function)  # fmt: skip


def file_options(function: Decorated) -> Decorated:
    """The options on single files, as ``excluded``, ``force_exclude`` and ``per_file``."""
    for option in (
        click.option("--per-file-ignores", "per_file", multiple=True, metavar="GLOB:RULES"),
        click.option("--force-exclude/--no-force-exclude", default=False),
        click.option("--exclude", "excluded", multiple=True, metavar="GLOB"),
    ):
        function = option(function)
    return function


def set_up(paths: Sequence[str], packs: Sequence[Path] = ()) -> Setup:
    """What the command that is running works with, for these inputs. Its options are those of the click context.

    Raises click.UsageError for options that make no sense, DataError for mistakes in files.
    """
    ctx = click.get_current_context()
    base = load_linter()
    speaker = _Speaker(base, ctx.params["lang"] if _origin(ctx, "lang") else None)
    try:
        found, finder = _found(ctx, paths, speaker)
        config = _read(found, speaker) if found else NO_CONFIG
        config = _commanded(replace(config, isolated=bool(ctx.params.get("isolated"))), ctx)
        language = make_language(base, config.lang.value)
        linter = knowing(base, config, packs, language)
    except DataError as error:
        error.language = speaker.code
        raise
    return Setup(linter, language, _chosen(config, linter, ctx, language), finder)


def warn_of_others(setup: Setup, inputs: Sequence[str]) -> None:
    """Say which configurations lie nearer to some of the inputs than the one that holds for all of them."""
    others = setup.finder.others(setup.config.sources, inputs) if setup.finder else ()
    if others:
        key = "others_used" if setup.config.path else "others"
        params = {"used": shown(setup.config.path or ""), "others": ", ".join(map(shown, others))}
        say(setup.language.say("config", key, params))


class _Speaker:
    """The language for mistakes: the one asked for, else the first that a file asks for, else the usual one."""

    def __init__(self, base: Linter, asked: str | None) -> None:
        self._base = base
        self._asked = asked

    @property
    def code(self) -> str:
        return self._asked or LANGUAGES[0]

    def __call__(self, code: str | None) -> Language:
        if self._asked is None and code in LANGUAGES:
            self._asked = code
        return make_language(self._base, self.code)


def _found(ctx: click.Context, paths: Sequence[str], speaker: _Speaker) -> tuple[str | None, Finder | None]:
    """The configuration to use, and what found it unless it was named."""
    named, isolated = ctx.params.get("config_file"), ctx.params.get("isolated")
    if isolated:
        if named and ctx.get_parameter_source("config_file") is ParameterSource.COMMANDLINE:
            options = {"first": "--config", "second": "--isolated"}
            raise click.UsageError(speaker(None).say("cli", "not_together", options))
        return None, None
    if named:
        return os.path.abspath(named), None  # noqa: PTH100 - links stay as they are
    finder = Finder()
    stdin = ctx.params.get("stdin_filename")
    found = finder.for_inputs([each for path in paths if (each := stdin if path == "-" else path)])
    if len(found) > 1:
        names = {"first": Path(found[0]).name, "second": Path(found[1]).name}
        raise ConfigError([Mistake(shown(found[1]), 1, 1, speaker(None).say("config", "two_names", names))])
    return (found[0] if found else None), finder


def _read(path: str, speaker: _Speaker) -> Config:
    from govlint.config.loading import load_pieces
    from govlint.config.merging import merge

    return merge(load_pieces(path, speaker))


def _origin(ctx: click.Context, name: str) -> Origin | None:
    """Whether an option was given, and how."""
    source = ctx.get_parameter_source(name) if name in ctx.params else None
    param = next((param for param in ctx.command.params if param.name == name), None)
    if param is not None and source is ParameterSource.COMMANDLINE:
        return Origin("command_line", max(param.opts, key=len))
    if param is not None and source is ParameterSource.ENVIRONMENT:
        return Origin("environment", str(param.envvar))
    return None


def _commanded(config: Config, ctx: click.Context) -> Config:
    """The configuration with the single values that the options give."""
    given: dict[str, Any] = {
        name: Setting(ctx.params[name], origin) for name in SCALARS.values() if (origin := _origin(ctx, name))
    }
    if given.get("rollup") and "link" not in given:
        given["link"] = Setting("auto", given["rollup"].origin)
    elif "link" in given and given["link"].value == "off" and "rollup" not in given:
        given["rollup"] = Setting(None, given["link"].origin)
    return replace(config, **given)


def _chosen(config: Config, linter: Linter, ctx: click.Context, language: Language) -> Config:
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
