"""What is wrong with a call, in the user's words: click's errors by their class, never by their text."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from govlint.cli.helptexts import metavar
from govlint.cli.suggesting import did_you_mean
from govlint.writers.language import Language


def complain(error: click.UsageError, ctx: click.Context, given: Sequence[str], language: Language) -> str:
    """An error of click's in words. ``given`` are the arguments that the command got."""
    if isinstance(error, click.NoSuchOption):
        return _no_option(error.option_name, ctx, language)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return language.say("usage", f"missing_{error.param.param_type_name}", {"name": _name(error.param, language)})
    if isinstance(error, click.BadOptionUsage):
        return _bad_option(error.option_name, ctx, language)
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _bad_value(error, error.param, ctx, given, language)
    return error.message


def no_command(name: str, known: Iterable[str], language: Language) -> str:
    """That there is no such command; for a path, how it is checked."""
    if os.path.lexists(name) or "." in name[1:] or "/" in name or "\\" in name:
        return language.say("usage", "path_as_command", {"name": name})
    return language.say("usage", "no_command", {"name": name, "hint": did_you_mean(name, known, language)})


def _no_option(name: str, ctx: click.Context, language: Language) -> str:
    known = [each for param in ctx.command.get_params(ctx) for each in param.opts if each.startswith("--")]
    hint = did_you_mean(name, known, language) if name.startswith("--") else ""
    if not hint and ctx.parent is None:
        return language.say("usage", "option_first", {"name": name})
    return language.say("usage", "no_option", {"name": name, "hint": hint})


def _bad_option(name: str, ctx: click.Context, language: Language) -> str:
    param = next((each for each in ctx.command.get_params(ctx) if name in (*each.opts, *each.secondary_opts)), None)
    if isinstance(param, click.Option) and not param.is_flag:
        return language.say("usage", "no_value", {"name": name, "value": metavar(param, language)})
    return language.say("usage", "flag_value", {"name": name})


def _bad_value(
    error: click.BadParameter, param: click.Parameter, ctx: click.Context, given: Sequence[str], language: Language
) -> str:
    for value in _raw_values(param, ctx, given):
        try:
            param.type.convert(value, param, ctx)
        except click.BadParameter:
            params = {"name": _origin(param, ctx, language), "value": value, **_bounds(param, value, language)}
            return language.say("usage", _kind_of(param.type, value), params)
    return error.message  # The type takes it: the error comes from a callback of our own, which has words.


def _raw_values(param: click.Parameter, ctx: click.Context, given: Sequence[str]) -> list[Any]:
    """What was given for a parameter before it was made into anything."""
    if ctx.get_parameter_source(param.name or "") is ParameterSource.ENVIRONMENT:
        raw: Any = param.value_from_envvar(ctx)
    else:
        raw = ctx.command.make_parser(ctx).parse_args(list(given))[0].get(param.name or "")
    return list(raw) if isinstance(raw, list | tuple) else [raw]


def _kind_of(type_: click.ParamType[Any], value: Any) -> str:
    """The key of the sentence about a value that a type does not take."""
    if isinstance(type_, click.Choice):
        return "not_choice"
    if isinstance(type_, click.Path):
        if not os.path.lexists(value):
            return "path_missing"
        return "path_is_folder" if Path(value).is_dir() else "path_is_file"
    if isinstance(type_, click.IntRange | click.FloatRange):
        return "out_of_range"
    return {"integer": "not_integer", "float": "not_number"}.get(type_.name, "bad_value")


def _bounds(param: click.Parameter, value: Any, language: Language) -> dict[str, object]:
    """What a value could have been instead."""
    if isinstance(param.type, click.Choice):
        known = [str(choice) for choice in param.type.choices]
        return {"known": language.say("usage", "and").join(known), "hint": did_you_mean(str(value), known, language)}
    if isinstance(param.type, click.IntRange | click.FloatRange):
        return {"low": param.type.min, "high": param.type.max}
    if isinstance(param.type, click.Path):
        from govlint.cli.suggesting import path_meant

        return {"hint": path_meant(str(value), language)}
    return {}


def _origin(param: click.Parameter, ctx: click.Context, language: Language) -> str:
    """The option, or the environment variable that stood in for it."""
    if ctx.get_parameter_source(param.name or "") is ParameterSource.ENVIRONMENT:
        names = [param.envvar] if isinstance(param.envvar, str) else list(param.envvar or ())
        return next((name for name in names if os.environ.get(name)), names[0])
    return _name(param, language)


def _name(param: click.Parameter, language: Language) -> str:
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return metavar(param, language).strip("[]")
