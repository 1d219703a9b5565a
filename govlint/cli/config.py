"""``govlint config``: what is in force, and where it comes from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import click

from govlint.cli.commands import Command
from govlint.cli.in_force import Data, in_force
from govlint.cli.output import emit, language_option, rules_option
from govlint.cli.settings import Setup, config_options, set_up
from govlint.cli.waiving import waiver_file
from govlint.config.config import DEFAULT, Config, Origin, Setting
from govlint.writers import WRITERS
from govlint.writers.json_text import to_json
from govlint.writers.language import Language
from govlint.writers.places import printed_line

_FORMAT = "GOVLINT_OUTPUT_FORMAT"
Say = Callable[..., str]


@click.command("config", cls=Command)
@click.argument("path", required=False, type=click.Path(), metavar="[PATH]")
@rules_option
@config_options
@click.option(
    "--output-format", "shown_as", type=click.Choice(["text", "json"]), default="text", show_default=True
)  # fmt: skip
@language_option
def config(path: str | None, packs: tuple[Any, ...], shown_as: str, **_settings: object) -> int:
    """Show the settings in force for a file or folder, the rules, and where all of it comes from."""
    setup = set_up((path,) if path else (), packs)
    language = setup.language
    known = replace(setup.config, waivers=_waivers(setup, path))
    shown = in_force(setup.linter, _under_environment(known, language), path)
    if shown_as == "json":
        emit(to_json(shown, indent=2) + "\n", None, language)
    else:
        emit("".join(f"{printed_line(line)}\n" for line in _lines(shown, language)), None, language)
    return 0


def _waivers(setup: Setup, path: str | None) -> Setting[str | None]:
    """The file of waivers: the one that is named, else the one that is found and there."""
    if setup.config.waivers.value:
        return setup.config.waivers
    found = waiver_file(setup, (path,) if path else ())
    return Setting(found, DEFAULT)


def _under_environment(config: Config, language: Language) -> Config:
    """The configuration with the variable that only stands for an option of ``check``."""
    form = os.environ.get(_FORMAT)
    if not form:
        return config
    if form not in WRITERS:
        params = {"form": form, "hint": "", "known": ", ".join(WRITERS)}
        raise click.UsageError(f"{_FORMAT}: {language.say('output', 'unknown_format', params)}")
    return replace(config, output_format=Setting(form, Origin("environment", _FORMAT)))


def _lines(shown: Data, language: Language) -> Iterator[str]:
    def say(key: str, **params: object) -> str:
        return language.say("in_force", key, params)

    named = say("by", origin=_place(shown["named_by"])) if shown["named_by"] else ""
    yield say("config", path=shown["config"]) + named if shown["config"] else say("no_config")
    yield from (f"  {say('builds_on', path=path)}" for path in shown["files"][:-1])
    yield from (f"  {say('pack', path=pack['value'])}{_by(pack, say)}" for pack in shown["packs"])
    yield say("settings")
    for key, entry in shown["settings"].items():
        for each in entry if isinstance(entry, list) else [entry]:
            yield f"  {key:<17} {_value(each['value'], say):<12}{_by(each, say)}".rstrip()
    rules = shown["rules"]
    yield say("rules", count=sum(rule["in_force"] for rule in rules), all=len(rules))
    yield from (_rule(rule, language, say) for rule in rules if rule["in_force"])
    yield say("rules_off", count=sum(not rule["in_force"] for rule in rules))
    yield from (_rule(rule, language, say) for rule in rules if not rule["in_force"])
    if "path" in shown:
        yield from _of_path(shown["path"], say)


def _rule(rule: Data, language: Language, say: Say) -> str:
    origins = [rule["chosen_by"], rule["severity_by"], *rule["options_by"]]
    places = dict.fromkeys([*rule["packs"], *(_place(origin) for origin in origins if origin)])
    by = say("by", origin=", ".join(places)) if places else ""
    return f"  {rule['id']:<7} {language.words['severity'][rule['severity']]:<7} {rule['name']}{by}"


def _of_path(told: Data, say: Say) -> Iterator[str]:
    yield say("path", path=told["path"])
    excluded = told["excluded"]
    yield f"  {say('excluded', glob=excluded['value'])}{_by(excluded, say)}" if excluded else f"  {say('checked')}"
    for entry in told["ignored"]:
        yield f"  {say('ignored', rule=entry['value'])}{_by(entry, say)}"
    for key in ("unit_type", "agency"):
        if told[key]:
            yield f"  {say(key, value=told[key]['value'])}{_by(told[key], say)}"


def _value(value: Any, say: Say) -> str:
    if value is None:
        return say("nothing")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        said = (", ".join(each) if isinstance(each, list) else each for each in value.values())
        return "  ".join(each for each in said if each)
    return str(value)


def _by(entry: Data, say: Say) -> str:
    return say("by", origin=_place(entry["origin"])) if entry["origin"] else ""


def _place(origin: Data) -> str:
    return f"{origin['name']}:{origin['line']}" if "line" in origin else str(origin["name"])
