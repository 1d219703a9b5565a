"""What is said on standard error when a command could not do its work."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import click

from govlint.cli.commands import Misuse, NothingAsked
from govlint.cli.output import say
from govlint.cli.page import start_page, usage
from govlint.cli.suggesting import path_meant
from govlint.cli.translating import translated
from govlint.cli.wording import asked, words_of
from govlint.model.errors import ClusterError, DataError
from govlint.model.failure import described
from govlint.writers.language import Language


def report(error: BaseException, arguments: Sequence[str]) -> None:
    """Say why the command ended, in the language that its arguments ask for."""
    told_in = error.language if isinstance(error, DataError) else None
    try:
        language = words_of(told_in or asked(arguments).known)
    except Exception:  # Where even the words cannot be read, the error must do.
        say(f"govlint: {described(error)}")
        return
    for line in _lines(error, language):
        say(line)


def _lines(error: BaseException, language: Language) -> Iterator[str]:
    if isinstance(error, NothingAsked) and error.ctx is not None:
        yield from start_page(error.ctx, language).rstrip("\n").split("\n")
    elif isinstance(error, DataError):
        for mistake in error.mistakes:
            said = mistake._replace(message=translated(mistake.message, language.code))
            yield f"{said}{'' if os.path.lexists(mistake.path) else path_meant(mistake.path, language)}"
        yield f"govlint: {language.say('usage', 'mistakes', {'count': len(error.mistakes)})}"
    elif isinstance(error, click.ClickException):
        yield from f"govlint: {error.format_message()}".split("\n")
        if isinstance(error, Misuse) and error.ctx is not None:
            yield from usage(error.ctx, language)
    elif isinstance(error, ClusterError):
        yield f"govlint: {language.say('cluster', error.reason, error.params)}"
    elif isinstance(error, OSError):
        reason = language.say("read_error", "unopened", {"error": error.strerror or str(error)})
        yield f"{error.filename or 'govlint'}: {reason}"
    elif isinstance(error, (click.Abort, KeyboardInterrupt)):
        yield f"govlint: {language.say('usage', 'interrupted')}"
    else:
        yield f"govlint: {language.say('usage', 'internal', {'error': described(error)})}"
