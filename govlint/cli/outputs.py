"""What ``check`` writes and where: one output to standard output or a file, and any number beside it to files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import click

from govlint.cli.colouring import in_colour, understand_colour
from govlint.cli.completing import complete_output
from govlint.cli.output import emit, printed, say
from govlint.model.diagnostic import Run
from govlint.model.paths import real_path
from govlint.writers import WRITERS, load
from govlint.writers.language import Language

FOR_PEOPLE = frozenset(("concise", "pretty"))
"""Outputs that a line of summary follows, on standard error."""
_WIDEST = 120
Decorated = TypeVar("Decorated", bound=Callable[..., object])


class Target(NamedTuple):
    """A format, and the file that it goes to; None for standard output."""

    form: str
    path: str | None


def output_options(function: Decorated) -> Decorated:
    """The options, as ``output_format``, ``output_file``, ``outputs`` and ``color``."""
    for option in (
        click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True),
        click.option(
            "--output",
            "outputs",
            multiple=True,
            metavar="FORMAT=FILE",
            shell_complete=complete_output,
        ),
        click.option("-o", "--output-file", type=click.Path(), metavar="FILE"),
        click.option(
            "--output-format",
            type=click.Choice(list(WRITERS)),
            metavar="FORMAT",
            envvar="GOVLINT_OUTPUT_FORMAT",
        ),
    ):
        function = option(function)
    return function


def plan(
    form: str | None, path: str | None, outputs: Sequence[str], language: Language, beside: str | None = None
) -> list[Target]:
    """The outputs that the options ask for, the main one first, known to be possible as far as that can be known.

    ``beside`` is a file that the run writes as well, which is no output. Raises click.UsageError for an unknown format,
    and for files that cannot be written or would be written twice.
    """
    main = form or ("pretty" if on_terminal() and not path else "concise")
    targets = [Target(main, path), *(_parsed(output, language) for output in outputs)]
    places: set[Path] = set()
    for written in (*(target.path for target in targets), beside):
        if written is None:
            continue
        place = real_path(written)
        if place in places:
            raise _wrong(language, "same_output", {"path": written})
        places.add(place)
        check_folder(written, language)
    return targets


def check_folder(path: str, language: Language) -> None:
    """Raises click.UsageError when a file cannot be made there: no such folder, or a folder of that name."""
    if Path(path).is_dir():
        raise _wrong(language, "output_is_folder", {"path": path})
    if not Path(path).parent.is_dir():
        raise _wrong(language, "no_output_folder", {"path": path})


def spare_inputs(targets: Iterable[Target], inputs: Iterable[str], settings: Iterable[str], language: Language) -> None:
    """Raises click.UsageError when an output would take the place of something that the run reads.

    That is a report that is to be checked, or one of the ``settings``: configuration, waivers, baselines, maps.
    """
    paths = [target.path for target in targets if target.path]
    written = {_identity(path) for path in paths if Path(path).is_file() or not Path(path).exists()}
    for key, read in (("output_is_input", inputs), ("output_is_setting", settings)):
        for path in read if written else ():
            if _identity(path) in written:
                raise _wrong(language, key, {"path": path})


def _identity(path: str) -> Path | tuple[int, int]:
    """What is the same for all paths that lead to one file, by links of either kind."""
    try:
        found = Path(path).stat()
    except OSError:
        return real_path(path)
    return (found.st_dev, found.st_ino) if found.st_ino else real_path(path)


def deliver(
    run: Run, targets: Sequence[Target], color: str, language: Language, *, statistics: bool, instead: str | None = None
) -> bool:
    """Write every output; whether all of it went well. What could not be written is said, and the rest is written.

    ``statistics``, or the text ``instead``, stand in the place of the main output. Raises click.exceptions.Exit when
    nobody reads standard output any more.
    """
    well = True
    gone: click.exceptions.Exit | None = None
    for number, target in enumerate(targets):
        try:
            if instead is not None and not number:
                text = printed(instead) if target.path is None else instead
            elif statistics and not number:
                text = _statistics(run, language)
            else:
                text = _written(run, target, color, language)
            emit(text, target.path, language)
        except click.ClickException as error:
            say(error.format_message())
            well = False
        except click.exceptions.Exit as error:  # The files are written all the same.
            gone = error
    if gone:
        raise gone
    return well


def on_terminal() -> bool:
    """Whether a person is looking at standard output."""
    return sys.stdout is not None and sys.stdout.isatty()


def _parsed(output: str, language: Language) -> Target:
    form, equals, path = output.partition("=")
    if form not in WRITERS:
        from govlint.cli.suggesting import did_you_mean

        hint = did_you_mean(form, WRITERS, language)
        raise _wrong(language, "unknown_format", {"form": form, "hint": hint, "known": ", ".join(WRITERS)})
    if not equals or not path:
        raise _wrong(language, "no_output_file", {"form": form})
    return Target(form, path)


def _statistics(run: Run, language: Language) -> str:
    from govlint.writers.ledger import write_statistics

    return write_statistics(run, language)


def _written(run: Run, target: Target, color: str, language: Language) -> str:
    if target.form not in FOR_PEOPLE:
        return load(WRITERS[target.form])(run, language)
    coloured = in_colour(color, to_file=target.path is not None)
    if coloured and target.path is None:
        understand_colour()
    if target.form == "concise":
        from govlint.writers import concise

        return concise.write(run, language, color=coloured)
    from shutil import get_terminal_size

    from govlint.writers.pretty import WIDTH, write

    seen = target.path is None and on_terminal()
    width = get_terminal_size((WIDTH, 24)).columns if seen else WIDTH
    return write(run, language, color=coloured, width=min(width, _WIDEST))


def _wrong(language: Language, key: str, params: dict[str, object]) -> click.UsageError:
    return click.UsageError(language.say("output", key, params))
