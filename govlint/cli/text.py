"""``govlint text``: the text whose lines diagnostics name."""

from __future__ import annotations

import click

from govlint.cli.commands import Command
from govlint.cli.completing import complete_reports
from govlint.cli.inputs import STDIN, read_stdin
from govlint.cli.output import emit, language_option, make_language, printed, say, unread
from govlint.linter import load_linter, read_file
from govlint.model.errors import ReadError
from govlint.readers import read


@click.command(cls=Command)
@click.argument("path", metavar="FILE", shell_complete=complete_reports)
@click.option("--stdin-filename", metavar="NAME")
@click.option("-n", "--number", is_flag=True)
@language_option
def text(path: str, stdin_filename: str | None, number: bool, lang: str) -> int:
    """Print a report as govlint reads it, line by line."""
    language = make_language(load_linter(), lang)
    try:
        document = read(read_stdin(), stdin_filename or STDIN) if path == STDIN else read(read_file(path), path)
    except ReadError as error:
        say(unread(error, error.path, language))
        return 2
    lines = document.source.text.replace("\r\n", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    width = len(str(len(lines)))
    shown = "".join(f"{i:>{width}}  {line}\n" if number else f"{line}\n" for i, line in enumerate(lines, 1))
    emit(printed(shown), None, language)
    return 0
