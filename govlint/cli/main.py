"""``govlint``: the commands, each loaded when it is called."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from io import TextIOWrapper
from typing import NoReturn

import click

from govlint.cli.commands import Group
from govlint.cli.wording import LANGUAGES, VARIABLE
from govlint.version import __version__

COMMANDS = {
    "check": "govlint.cli.check:check",
    "survey": "govlint.cli.survey:survey",
    "parse": "govlint.cli.parse:parse",
    "text": "govlint.cli.text:text",
    "new": "govlint.cli.new:new",
    "init": "govlint.cli.init:init",
    "config": "govlint.cli.config:config",
    "waive": "govlint.cli.waive:waive",
    "serve": "govlint.cli.serve:serve",
    "rules": "govlint.cli.rules:rules",
    "rule": "govlint.cli.rules:rule",
    "test": "govlint.cli.test:test",
    "new-rule": "govlint.cli.new_rule:create",
    "schema": "govlint.cli.rules:schema",
    "completion": "govlint.cli.completion:completion",
}


@click.group(cls=Group, references=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lang", metavar="|".join(LANGUAGES), default="zh", envvar=VARIABLE, show_default=True, expose_value=False
)
@click.version_option(__version__, "-V", "--version", prog_name="govlint", message="%(prog)s %(version)s")
def cli() -> None:
    """All commands."""


def main() -> NoReturn:
    """Run the command line. Exit status 0: clean, 1: found something, 2: could not do its work."""
    gc.set_threshold(100_000, 50, 1000)  # a large report is a million objects that all stay: do not walk them in vain
    atexit.register(gc.freeze)  # nor at the end, when all of it goes anyway
    _speak_utf8()
    if os.environ.get("_GOVLINT_COMPLETE"):
        from govlint.cli.completing import prepare

        prepare()
    try:
        status = cli.main(prog_name="govlint", standalone_mode=False, windows_expand_args=False)
    except SystemExit:
        raise
    except BaseException as error:  # Faults of govlint's own too: a library written in Rust panics with no Exception.
        from govlint.cli.failing import report

        report(error, sys.argv[1:])
        sys.exit(2)
    sys.exit(status if isinstance(status, int) else 0)


def _speak_utf8() -> None:
    """All output is UTF-8 with plain line ends, whatever the console or the locale thinks of it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
