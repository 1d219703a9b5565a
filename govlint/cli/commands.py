"""Commands that say their help and the errors of their usage in the user's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from govlint.model.errors import DataError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from govlint.writers.language import Language

_LANGUAGE = "govlint.language"


class Misuse(click.UsageError):
    """A call that click could not make sense of, in words; what would make sense is shown with it."""


class NothingAsked(click.UsageError):
    """A call without any command."""


class Command(click.Command):
    """A command whose texts stand in ``rules/locale``, read only when they are shown."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Raises Misuse where click would raise an error in its own words."""
        given = list(args)
        ctx.allow_extra_args = True  # So that click leaves it to this method to complain about them.
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            raise _worded(error, ctx, given) from None
        if rest and not ctx.resilient_parsing:
            raise Misuse(language_of(ctx).say("usage", "extra", {"words": " ".join(rest)}), ctx)
        return rest

    def invoke(self, ctx: click.Context) -> Any:
        """Mistakes in files are told in the language that the call is answered in by then."""
        try:
            return super().invoke(ctx)
        except DataError as error:
            error.language = ctx.meta.get(_LANGUAGE)
            raise

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from govlint.cli.page import command_page

        formatter.write(command_page(self, ctx, language_of(ctx)))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The options, each with what it does."""
        from govlint.cli.helptexts import help_texts

        return _described(super().shell_complete(ctx, incomplete), self, help_texts(ctx, language_of(ctx)))


class Group(click.Group):
    """The commands, named by ``module:function`` and loaded only when they are called."""

    def __init__(self, *args: Any, references: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.references = references

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.references)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        reference = self.references.get(cmd_name)
        if reference is None:
            return None
        module, _, name = reference.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Settle the language, and read ``--lang en check`` as ``check --lang en``, ``help check`` as ``check --help``.

        Raises Misuse where click would raise an error in its own words.
        """
        from govlint.cli.wording import LANGUAGES, asked, wrong_language

        given = asked(args)
        ctx.meta[_LANGUAGE] = given.known
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        if given.code not in LANGUAGES:
            raise click.UsageError(wrong_language(given))
        args = _in_order(args)
        if not args:
            raise NothingAsked("", ctx)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise _worded(error, ctx, args) from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Raises Misuse, with a suggestion, for a command that there is not."""
        if args[0] not in self.references and not ctx.resilient_parsing:
            from govlint.cli.complaints import no_command

            raise Misuse(no_command(args[0], self.references, language_of(ctx)), ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from govlint.cli.page import group_page

        formatter.write(group_page(self, ctx, language_of(ctx)))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands, each with what it does, without loading them; and the options."""
        from click.shell_completion import CompletionItem

        from govlint.cli.helptexts import help_texts, summary

        language = language_of(ctx)
        found = [
            CompletionItem(name, help=summary(name, language))
            for name in self.references
            if name.startswith(incomplete)
        ]
        options = click.Command.shell_complete(self, ctx, incomplete)
        return found + _described(options, self, help_texts(ctx, language))


def language_of(ctx: click.Context) -> Language:
    """The language in which a call is answered."""
    from govlint.cli.wording import LANGUAGES, words_of

    return words_of(ctx.meta.get(_LANGUAGE, LANGUAGES[0]))


def answer_in(ctx: click.Context, code: str) -> None:
    """From now on the call is answered in the language of that code."""
    ctx.meta[_LANGUAGE] = code


def _worded(error: click.UsageError, ctx: click.Context, given: list[str]) -> click.UsageError:
    """An error of click's in the user's words; an error that is in words already as it is."""
    if type(error) in (click.UsageError, Misuse):
        return error
    from govlint.cli.complaints import complain

    return Misuse(complain(error, ctx, given, language_of(ctx)), ctx)


def _in_order(args: Sequence[str]) -> list[str]:
    """The arguments with the command before the language: there is one place where commands look for it."""
    from govlint.cli.wording import OPTION

    language: list[str] = []
    rest = list(args)
    while rest and (rest[0] == OPTION or rest[0].startswith(f"{OPTION}=")):
        taken = 2 if rest[0] == OPTION else 1
        language, rest = language + rest[:taken], rest[taken:]
    if rest and rest[0] == "help":
        rest = [*rest[1:2], "--help"]
    if not rest or rest[0].startswith("-"):
        return rest
    return [rest[0], *language, *rest[1:]]


def _described(items: list[CompletionItem], command: click.Command, texts: Mapping[str, str]) -> list[CompletionItem]:
    """The same completions with what the options do, for shells that show it."""
    names = {name: param.name for param in command.params for name in (*param.opts, *param.secondary_opts)}
    for item in items:
        item.help = item.help or texts.get(names.get(item.value) or "")
    return items
