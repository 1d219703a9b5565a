"""The waivers that hold in a run: which files they come from, and what is said of those that did nothing."""

# os.path leaves links as they are and raises nothing, whatever the path:
# ruff: noqa: PTH113, PTH118, PTH120

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import click

from govlint.cli.output import say
from govlint.cli.settings import Setup
from govlint.config.finding import Finder, shown
from govlint.model.diagnostic import Run
from govlint.model.errors import ConfigError, Mistake
from govlint.model.waiver import Stale
from govlint.waivers.book import WaiverBook, make_book
from govlint.waivers.paths import NAME, place_of
from govlint.writers.language import Language

if TYPE_CHECKING:
    from govlint.waivers.file import WaiverFile

Decorated = TypeVar("Decorated", bound=Callable[..., object])


def waiver_options(function: Decorated) -> Decorated:
    """``--waivers FILE`` and ``--no-inline-waivers``, which a configuration may say too, and ``--baseline FILE``."""
    for option in (
        click.option("--inline-waivers/--no-inline-waivers", default=True),
        click.option("--baseline", "baselines", multiple=True, type=click.Path(), metavar="FILE"),
        click.option("--waivers", type=click.Path(), metavar="FILE"),
    ):
        function = option(function)
    return function


def waiver_file(setup: Setup, paths: Sequence[str]) -> str | None:
    """The file of waivers in force: the one that is named, else the one beside the configuration, else one above.

    One that is named need not exist.
    """
    config = setup.config
    named = config.waivers.value
    if named or config.isolated:
        return named
    beside = os.path.join(os.path.dirname(config.path), NAME) if config.path else None
    if beside and os.path.isfile(beside):
        return beside
    found = Finder((NAME,)).for_inputs(inputs_of(paths))
    return found[0] if found else None


def inputs_of(paths: Sequence[str]) -> list[str]:
    """The paths of the inputs, standard input by the name that it was given, if any."""
    stdin = click.get_current_context().params.get("stdin_filename")
    return [each for path in paths if (each := stdin if path == "-" else path)]


def read_files(setup: Setup, own: str | None, baselines: Sequence[str]) -> list[WaiverFile]:
    """The file of waivers in force and the baselines, each once.

    Raises ConfigError for mistakes in them, and for missing ones.
    """
    named, origin = setup.config.waivers
    if own and own == named and origin.kind == "file" and not os.path.isfile(own):
        reason = setup.language.say("mistake", "nothing_there", {"path": shown(own)})
        raise ConfigError([Mistake(origin.name, origin.line, origin.column, reason)])
    paths = {place_of(path): path for path in reversed(baselines) if not own or place_of(path) != place_of(own)}
    if not own and not paths:
        return []
    from govlint.waivers.file import read_waivers

    files = [read_waivers(shown(own), "file", setup.language)] if own else []
    return files + [read_waivers(path, "baseline", setup.language) for path in reversed(paths.values())]


def open_book(setup: Setup, files: Sequence[WaiverFile]) -> WaiverBook | None:
    """The waivers of these files and, unless that is turned off, those in the reports; None if there cannot be any."""
    inline = setup.config.inline_waivers.value
    return make_book(files, inline=inline, today=date.today()) if files or inline else None


def said_of_waivers(setup: Setup, files: Sequence[WaiverFile]) -> str:
    """All that waivers say: to tell whether it has changed, with the day if some of them expire."""
    waivers = [(file.folder, file.waivers) for file in files]
    day = date.today() if any(waiver.expires for _, each in waivers for waiver in each) else None
    return repr((setup.config.inline_waivers.value, waivers, day))


def say_stale(run: Run, language: Language) -> None:
    """Name every waiver that did nothing, where it stands, and why."""
    for stale in sorted(run.stale, key=lambda stale: stale.waiver[1:4]):
        say(f"{stale.waiver.path}:{stale.waiver.line}: {why(stale, language)}")


def why(stale: Stale, language: Language) -> str:
    """Why a waiver did nothing."""
    nameless = stale.why == "unknown_rule" and not stale.waiver.rule
    return language.say("stale", "no_rule" if nameless else stale.why, stale.waiver._asdict())
