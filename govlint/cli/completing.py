"""What can stand on the command line, for the shells that ask on Tab.

Bash is told by a script of our own, for the sake of file names: only reports are offered,
and blanks in them do no harm. The other shells have click's scripts and offer every file.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

VARIABLE = "_GOVLINT_COMPLETE"
"""Set when a shell asks."""

_BASH = """\
%(complete_func)s() {
    local IFS=$'\\n' type value
    COMPREPLY=()
    while IFS=',' read -r type value; do
        case $type in
            plain) COMPREPLY+=("$value") ;;
            name) compopt -o filenames; COMPREPLY+=("$value") ;;
            more) compopt -o nospace; COMPREPLY+=("$value") ;;
            file) compopt -o default ;;
            dir) compopt -o dirnames ;;
        esac
    done < <(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \\
        %(complete_var)s=bash_complete $1 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


def prepare() -> None:
    """Make the shells know our own way with them."""
    from click.shell_completion import BashComplete, add_completion_class

    class Bash(BashComplete):
        """Bash, which gets the names of reports from here."""

        source_template = _BASH

        def source(self) -> str:
            return self.source_template % self.source_vars()

        def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
            found = super().get_completions(args, incomplete)
            return [each for item in found for each in (_names(item) if item.suffixes else [item])]

    add_completion_class(Bash, "bash")


def complete_reports(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Reports, and the folders that they may be in."""
    from click.shell_completion import CompletionItem

    from govlint.cli.inputs import REPORT_SUFFIXES

    return [CompletionItem(incomplete, type="file", suffixes=REPORT_SUFFIXES)]


def complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of rules, and their names once there is more than an id could be."""
    return _rules(ctx, "", incomplete)


def complete_rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The same for lists with commas, of which only the last is being written; families too."""
    before, comma, last = incomplete.rpartition(",")
    return _rules(ctx, before + comma, last, families=True)


def complete_output(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """A format and an equals sign; after it, any file."""
    from click.shell_completion import CompletionItem

    from govlint.writers import WRITERS

    if "=" in incomplete:
        return [CompletionItem(incomplete.partition("=")[2], type="file")]
    return [CompletionItem(f"{name}=", type="more") for name in WRITERS if name.startswith(incomplete)]


def _rules(ctx: click.Context, before: str, begun: str, *, families: bool = False) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from govlint.cli.commands import language_of
    from govlint.linter import load_linter
    from govlint.model.errors import DataError

    language = language_of(ctx)
    try:
        rules = load_linter(packs=ctx.params.get("packs") or ()).rules
    except DataError:
        rules = load_linter().rules
    known = {name: language.of(rule.title) for rule in rules for name in (rule.id, rule.name)}
    if families:
        known = {**language.words["family"], **known}
    # Names in small letters come only when asked for: they would double the list.
    fitting = [name for name in known if name.casefold().startswith(begun.casefold()) and (begun or name.isupper())]
    return [CompletionItem(before + name, help=known[name]) for name in fitting]


def _names(item: CompletionItem) -> list[CompletionItem]:
    """The folders and files that a file name begun can become."""
    from click.shell_completion import CompletionItem

    typed, begun = os.path.split(item.value)
    folder = Path(typed).expanduser() if typed else Path()
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    fitting = [
        entry.name
        for entry in entries
        if entry.name.startswith(begun) and (begun or not entry.name.startswith("."))
        if entry.is_dir() or entry.suffix.lower() in item.suffixes
    ]
    return [CompletionItem(os.path.join(typed, name), type="name") for name in fitting]  # noqa: PTH118
