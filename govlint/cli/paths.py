"""The argument of paths, patterns replaced: not every shell does that, and that of Windows never does."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import click

from govlint.cli.completing import complete_reports

_SIGNS = frozenset("*?[")
Decorated = TypeVar("Decorated", bound=Callable[..., object])


def paths_argument(function: Decorated) -> Decorated:
    """At least one path, as ``paths``."""
    return click.argument(
        "paths", nargs=-1, required=True, metavar="PATH...", callback=_taken, shell_complete=complete_reports
    )(function)


def _taken(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unfolded(values))


def unfolded(arguments: Iterable[str]) -> Iterator[str]:
    """The arguments, each pattern replaced by the sorted paths that fit it.

    What exists under just that name is no pattern, and one that nothing fits stays as it is, to be found missing.
    """
    for argument in arguments:
        if _SIGNS.isdisjoint(argument) or os.path.lexists(argument):
            yield argument
        else:
            from glob import glob

            yield from sorted(glob(argument, recursive=True)) or [argument]  # noqa: PTH207 - with drive or root
