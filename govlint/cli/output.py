"""What goes to people and where: results to standard output or a file, everything else to standard error."""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import click

from govlint.cli.wording import LANGUAGES, VARIABLE
from govlint.judging import TOO_SLOW
from govlint.linter import Linter
from govlint.model.diagnostic import Run
from govlint.model.errors import ReadError
from govlint.writers.language import Language
from govlint.writers.places import count_severities, printed_line, printed_lines

Decorated = TypeVar("Decorated", bound=Callable[..., object])
READER_GONE = 141
"""The exit status where nobody reads standard output any more: 128 and the number of SIGPIPE, as of other programs."""
_RUNNERS = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""What is set where the log of a job is searched for commands."""


def language_option(function: Decorated) -> Decorated:
    """``--lang``, or GOVLINT_LANG."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default="zh",
        envvar=VARIABLE,
        show_default=True,
    )(function)


def rules_option(function: Decorated) -> Decorated:
    """``--rules DIR``, as often as wanted."""
    return click.option(
        "--rules",
        "packs",
        multiple=True,
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
    )(function)


def make_language(linter: Linter, code: str) -> Language:
    """The words of a language."""
    return Language(code, linter.data(f"locale/{code}.yaml"))


def emit(text: str, path: str | None, language: Language) -> None:
    """Write results as UTF-8, whatever the console thinks of it, to a file or to standard output.

    Raises click.ClickException when that is not possible.
    """
    emit_bytes(text.encode("utf-8", "backslashreplace"), path, language)


def printed(text: str) -> str:
    """Text of a report for standard output: as it is for files and programs, harmless for terminals and CI runners."""
    return printed_lines(text) if _acted_on() else text


def _acted_on() -> bool:
    """Whether a terminal shows standard output, or it may be the log in which the runner of a CI job finds commands."""
    if sys.stdout is None:
        return False
    if sys.stdout.isatty():
        return True
    try:
        to_file = stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        to_file = False
    return not to_file and any(os.environ.get(name) for name in _RUNNERS)


def emit_bytes(data: bytes, path: str | None, language: Language) -> None:
    """Like ``emit`` for what is no text. Raises click.exceptions.Exit when nobody reads standard output any more."""
    if path:
        try:
            Path(path).write_bytes(data)
        except OSError as error:
            reason = language.say("cli", "unwritable", {"path": path, "error": error.strerror or str(error)})
            raise click.ClickException(reason) from None
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # Whoever reads has seen enough, as ``head`` does.
        with suppress(OSError, ValueError):  # Nothing is left to be said at the end of the process.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(READER_GONE) from None
    except (OSError, AttributeError) as error:
        params = {"error": getattr(error, "strerror", None) or str(error)}
        raise click.ClickException(language.say("usage", "no_standard_output", params)) from None


def say(text: str, *, lines: bool = False) -> None:
    """A line to standard error; several when ``lines`` says so. Nothing in it acts on a terminal or a CI runner."""
    data = ((printed_lines(text) if lines else printed_line(text)) + "\n").encode("utf-8", "backslashreplace")
    if sys.stderr is not None:
        with suppress(BrokenPipeError):
            sys.stderr.buffer.write(data)
            sys.stderr.buffer.flush()


def unread(error: ReadError, path: str, language: Language) -> str:
    """Which file could not be read and why; for one that is not there, what was perhaps meant."""
    hint = ""
    if error.reason == "missing":
        from govlint.cli.suggesting import path_meant

        hint = path_meant(path, language)
    return f"{path}: {language.read_error(error)}{hint}"


def say_unread(run: Run, language: Language) -> int:
    """Name every input that could not be read; how many there were."""
    failed = [result for result in run.results if result.read_error]
    for result in failed:
        if result.read_error:
            say(unread(result.read_error, result.path, language))
    return len(failed)


def say_slow(run: Run, language: Language) -> int:
    """Name every rule whose patterns were too slow to be judged; how many there were."""
    slow = Counter(o.rule for result in run.results for o in result.outcomes if o.reason == TOO_SLOW)
    for name, count in sorted(slow.items()):
        say(language.say("cli", "slow_rule", {"name": name, "count": count}))
    return len(slow)


def say_summary(run: Run, language: Language) -> None:
    """How many reports were checked and what was found in them."""
    counts = count_severities(diagnostic for result in run.results for diagnostic in result.diagnostics)
    total = sum(counts.values())
    read = sum(1 for result in run.results if result.report)
    text = language.say("summary", "found" if total else "clean", {"files": read, "total": total, **counts})
    if not read:
        say(language.say("summary", "none"))
        return
    waived = sum(len(result.waived) for result in run.results)
    unread = sum(1 for result in run.results if result.read_error)
    for key, count in (("waived", waived), ("unread", unread)):
        if count:
            text += language.say("summary", "joint") + language.say("summary", key, {"count": count})
    say(text)
