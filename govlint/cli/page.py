"""Pages of help: usage, what a command does, its arguments and options in two columns, and sections of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import click

from govlint.cli.helptexts import ROOT, help_texts, key_of, metavar, own_texts, summary
from govlint.writers.language import Language
from govlint.writers.pretty import wrap

_NARROW, _WIDE = 50, 100
_LEFT = 28
"""The widest left column; a longer name has a line of its own."""

Row = tuple[str, str]


def command_page(command: click.Command, ctx: click.Context, language: Language) -> str:
    """All about a command."""
    own = own_texts(key_of(ctx), language)
    texts = help_texts(ctx, language)
    page = _Page(language)
    page.lines(usage(ctx, language)[:1])
    page.text(own.get("_", ""))
    page.table("arguments", [page.argument(param, texts) for param in _arguments(command)])
    page.options(command, ctx, texts, own.get("_groups", {}))
    page.sections(own)
    return page.done()


def group_page(command: click.Command, ctx: click.Context, language: Language) -> str:
    """All about govlint: the commands, and how to begin."""
    own = own_texts(ROOT, language)
    page = _Page(language)
    page.lines(usage(ctx, language)[:1])
    page.text(own.get("_", ""))
    page.sections(own)
    commands = command.list_commands(ctx) if isinstance(command, click.Group) else []
    page.table("commands", [(name, summary(name, language)) for name in commands])
    page.options(command, ctx, help_texts(ctx, language))
    page.text(_title(language, "more"))
    return page.done()


def start_page(ctx: click.Context, language: Language) -> str:
    """How to begin, for somebody who gave no command."""
    own = own_texts(ROOT, language)
    page = _Page(language)
    page.lines(usage(ctx, language)[:1])
    page.sections(own)
    page.text(_title(language, "all_commands"))
    return page.done()


def usage(ctx: click.Context, language: Language) -> list[str]:
    """How a command is called, and where more is told."""
    options = _title(language, "some_options")
    if isinstance(ctx.command, click.Group):
        pieces = [_title(language, "a_command"), options]
    else:
        pieces = [options, *(_argument(param, language) for param in _arguments(ctx.command))]
    call = ctx.command_path
    return [
        language.say("page", "usage", {"call": " ".join((call, *pieces))}),
        language.say("page", "this_command", {"call": call}),
    ]


def _title(language: Language, key: str) -> str:
    return language.words["page"][key]


def _arguments(command: click.Command) -> list[click.Argument]:
    return [param for param in command.params if isinstance(param, click.Argument)]


def _argument(param: click.Argument, language: Language) -> str:
    name = metavar(param, language)
    return name if param.required or name.startswith("[") else f"[{name}]"


class _Page:
    """A page being written, as wide as the terminal within reason."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.width = min(max(shutil.get_terminal_size((80, 24)).columns, _NARROW), _WIDE)
        self.blocks: list[str] = []

    def done(self) -> str:
        return "\n".join(self.blocks)

    def text(self, text: str) -> None:
        """Paragraphs, a blank line between them."""
        for paragraph in text.strip().split("\n\n"):
            self.lines(wrap(" ".join(paragraph.split("\n")), self.width, "", ""))

    def table(self, title: str, rows: Sequence[Row]) -> None:
        """A heading known by its key, and rows of two columns."""
        self._table(_title(self.language, title), rows)

    def sections(self, own: Mapping[str, Any]) -> None:
        for title, rows in own.get("_sections", {}).items():
            self._table(title, list(rows.items()))

    def options(
        self,
        command: click.Command,
        ctx: click.Context,
        texts: Mapping[str, str],
        groups: Mapping[str, Sequence[str]] = {},
    ) -> None:
        """The options in their groups, then those that are in none."""
        options = [param for param in command.get_params(ctx) if _listed(param)]
        for title, names in groups.items():
            self._table(title, [self._option(param, texts) for param in options if param.name in names])
        grouped = {name for names in groups.values() for name in names}
        rest = [self._option(param, texts) for param in options if param.name not in grouped]
        self.table("other_options" if groups else "options", rest)

    def argument(self, param: click.Argument, texts: Mapping[str, str]) -> Row:
        """An argument as a row."""
        text = texts.get(param.name or "", "")
        return _argument(param, self.language), "".join((text, *self._remarks(param)))

    def _option(self, param: click.Parameter, texts: Mapping[str, str]) -> Row:
        names = sorted((*param.opts, *param.secondary_opts), key=len)
        left = ", ".join(names) if len(names[0]) == 2 else f"    {', '.join(names)}"
        if isinstance(param, click.Option) and not param.is_flag:
            left += f" {metavar(param, self.language)}"
        # Click names its own option for help as it likes.
        text = texts.get("help" if "--help" in param.opts else param.name or "", "")
        return left, "".join((text, *self._remarks(param)))

    def _remarks(self, param: click.Parameter) -> Iterator[str]:
        """What the parameter itself tells: its choices, default, environment variable."""
        remark = self.language.words["page"]
        if isinstance(param.type, click.Choice) and "|" not in metavar(param, self.language):
            known = self.language.say("usage", "and").join(map(str, param.type.choices))
            yield remark["choices"].format(known=known)
        if getattr(param, "show_default", None):
            yield remark["default"].format(value=param.default)
        if getattr(param, "multiple", False):
            yield remark["repeat"]
        if param.envvar:
            yield remark["variable"].format(name=param.envvar)

    def _table(self, title: str, rows: Sequence[Row]) -> None:
        if not rows:
            return
        from rich.cells import cell_len

        left = min(max(cell_len(name) for name, _ in rows), _LEFT)
        indent = " " * (left + 4)
        lines = [self.language.say("page", "heading", {"title": title})]
        for name, text in rows:
            head = f"  {name}" + " " * (left + 2 - cell_len(name))
            if cell_len(name) > left:
                lines.append(f"  {name}")
                head = indent
            lines += wrap(text, self.width, head, indent) if text else []
        self.lines(lines)

    def lines(self, lines: Iterable[str]) -> None:
        """A block of lines as they are."""
        self.blocks.append("".join(f"{line}\n" for line in lines))


def _listed(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and not param.hidden
