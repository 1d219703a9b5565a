"""``govlint completion``: the script that lets a shell complete commands, options, rules and files."""

from __future__ import annotations

import click

from govlint.cli.commands import Command
from govlint.cli.completing import VARIABLE, prepare
from govlint.cli.output import emit, language_option
from govlint.cli.wording import words_of

SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command(cls=Command)
@click.argument("shell", type=click.Choice(SHELLS), metavar="SHELL")
@language_option
@click.pass_context
def completion(ctx: click.Context, shell: str, lang: str) -> int:
    """Print the script of a shell."""
    from click.shell_completion import get_completion_class

    language = words_of(lang)
    prepare()
    kind = get_completion_class(shell)
    if kind is None:
        raise click.ClickException(language.say("completion", "no_shell", {"shell": shell}))
    root = ctx.find_root()
    emit(kind(root.command, {}, root.info_name or "govlint", VARIABLE).source() + "\n", None, language)
    return 0
