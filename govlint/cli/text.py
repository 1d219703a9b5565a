"""``govlint text``: the text whose lines diagnostics name."""

from __future__ import annotations

import sys

import click

from govlint.cli.inputs import STDIN
from govlint.cli.output import emit, language_option, make_language, say
from govlint.linter import load_linter, read_file
from govlint.model.errors import ReadError
from govlint.readers import read


@click.command()
@click.argument("path", metavar="FILE")
@click.option("--stdin-filename", metavar="NAME", help="The name of what comes from standard input (-).")
@click.option("-n", "--number", is_flag=True, help="Number the lines.")
@language_option
def text(path: str, stdin_filename: str | None, number: bool, lang: str) -> int:
    """Print a report as govlint reads it, line by line. 按行输出报告文本。"""
    language = make_language(load_linter(), lang)
    try:
        if path == STDIN:
            document = read(sys.stdin.buffer.read(), stdin_filename or STDIN)
        else:
            document = read(read_file(path), path)
    except ReadError as error:
        say(f"{error.path}: {language.read_error(error)}")
        return 2
    lines = document.source.text.replace("\r\n", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    width = len(str(len(lines)))
    emit(
        "".join(f"{i:>{width}}  {line}\n" if number else f"{line}\n" for i, line in enumerate(lines, 1)), None, language
    )
    return 0
