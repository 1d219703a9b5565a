"""``govlint``: the commands, each loaded when it is called."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import NoReturn

import click

from govlint.model.errors import DataError
from govlint.version import __version__

COMMANDS = {
    "check": "govlint.cli.check:check",
    "survey": "govlint.cli.survey:survey",
    "parse": "govlint.cli.parse:parse",
    "text": "govlint.cli.text:text",
    "rules": "govlint.cli.rules:rules",
    "rule": "govlint.cli.rules:rule",
    "test": "govlint.cli.test:test",
    "new-rule": "govlint.cli.new_rule:create",
    "schema": "govlint.cli.rules:schema",
}


class _LazyGroup(click.Group):
    """Loads the module of a command only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        reference = COMMANDS.get(cmd_name)
        if reference is None:
            return None
        module, _, name = reference.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="govlint")
def cli() -> None:
    """Check 政府信息公开工作年度报告: headings, tables, totals, statements.

    检查政府信息公开工作年度报告：标题、表格、勾稽关系、必备说明。
    """


def main() -> NoReturn:
    """Run the command line. Exit status 0: clean, 1: found something, 2: could not do its work."""
    gc.set_threshold(100_000, 50, 1000)  # a large report is a million objects that all stay: do not walk them in vain
    try:
        status = cli.main(prog_name="govlint", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("govlint: interrupted", err=True)
        sys.exit(2)
    except DataError as error:
        for mistake in error.mistakes:
            click.echo(str(mistake), err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(2)
    sys.exit(status if isinstance(status, int) else 0)
