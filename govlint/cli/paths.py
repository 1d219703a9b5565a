"""The argument of paths, patterns and lists replaced: not every shell does that, and that of Windows never does."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import click

from govlint.cli.completing import complete_reports

_SIGNS = frozenset("*?[")
_LIST = "govlint.cli.paths.list"
Decorated = TypeVar("Decorated", bound=Callable[..., object])


def paths_argument(function: Decorated) -> Decorated:
    """At least one path, as ``paths``: named, in a list after ``@``, or in one that ``files_from_option`` names."""
    return click.argument(
        "paths",
        cls=_Paths,
        nargs=-1,
        required=True,
        metavar="PATH...",
        callback=_taken,
        shell_complete=complete_reports,
    )(function)


def files_from_option(function: Decorated) -> Decorated:
    """``--files-from FILE``: more paths, out of a list."""
    return click.option(
        "--files-from", type=click.Path(allow_dash=True), metavar="FILE", is_eager=True, expose_value=False,
        callback=_remembered,
    )(function)  # fmt: skip


class _Paths(click.Argument):
    """The argument, which need not be given where a list is."""

    def value_is_missing(self, value: object) -> bool:
        return super().value_is_missing(value) and click.get_current_context().meta.get(_LIST) is None


def _remembered(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    ctx.meta[_LIST] = value


def _taken(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    listed = ctx.meta.get(_LIST)
    paths = [*unfolded(values)]
    return tuple(paths) if listed is None else (*paths, *_paths_in(listed))


def _paths_in(listed: str) -> list[str]:
    """The paths in a list: each ends with a NUL, or with a line break where there is no NUL. ``-``: standard input."""
    data = sys.stdin.buffer.read() if listed == "-" else Path(listed).read_bytes()
    data = data.removeprefix(codecs.BOM_UTF8)
    parts = data.split(b"\0") if b"\0" in data else [line.removesuffix(b"\r") for line in data.split(b"\n")]
    return [os.fsdecode(part) for part in parts if part]


def unfolded(arguments: Iterable[str]) -> Iterator[str]:
    """The arguments, each pattern replaced by the sorted paths that fit it.

    What exists under just that name is no pattern, and one that nothing fits stays as it is, to be found missing. After
    ``@`` comes a list of paths, which are taken as they are. Raises OSError for a list that cannot be read.
    """
    for argument in arguments:
        if len(argument) > 1 and argument.startswith("@") and not os.path.lexists(argument):
            yield from _paths_in(argument[1:])
        elif _SIGNS.isdisjoint(argument) or os.path.lexists(argument):
            yield argument
        else:
            from glob import glob

            yield from sorted(glob(argument, recursive=True)) or [argument]  # noqa: PTH207 - with drive or root
