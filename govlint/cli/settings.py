"""What a command works with: the configuration that it finds, under the environment and its own options."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

import click
from click.core import ParameterSource

from govlint.cli.commands import answer_in
from govlint.cli.given import chosen, commanded, origin_of
from govlint.cli.output import make_language, say
from govlint.cli.wording import LANGUAGES
from govlint.config.config import NO_CONFIG, Config
from govlint.config.finding import Finder, shown
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


def set_up(paths: Sequence[str], packs: Sequence[Path] = ()) -> Setup:
    """What the command that is running works with, for these inputs. Its options are those of the click context.

    Raises click.UsageError for options that make no sense, DataError for mistakes in files.
    """
    ctx = click.get_current_context()
    base = load_linter()
    speaker = _Speaker(base, ctx.params["lang"] if origin_of(ctx, "lang") else None)
    try:
        found, finder = _found(ctx, paths, speaker)
        config = _read(found, speaker) if found else NO_CONFIG
        named = origin_of(ctx, "config_file") or config.named_by
        config = replace(config, named_by=named, isolated=bool(ctx.params.get("isolated")))
        config = commanded(config, ctx)
        language = make_language(base, config.lang.value)
        linter = knowing(base, config, packs, language)
    except DataError:
        answer_in(ctx, speaker.code)
        raise
    answer_in(ctx, language.code)
    return Setup(linter, language, chosen(config, linter, ctx, language), finder)


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
