"""``govlint init``: a configuration to start from, and the hook that checks reports before they are committed."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from govlint.cli.commands import Command
from govlint.cli.inputs import repository_root
from govlint.cli.output import emit, language_option, make_language, say
from govlint.config.finding import NAMES, shown
from govlint.handbook.config_guide import config_text, hook_text
from govlint.linter import load_linter
from govlint.readers import FILE_SUFFIXES, SUFFIXES
from govlint.writers.language import Language

HOOKS = ".pre-commit-config.yaml"


@click.command("init", cls=Command)
@click.argument("folder", required=False, default=Path(), type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--force", is_flag=True)
@language_option
def init(folder: Path, force: bool, lang: str) -> int:
    """Write a configuration with every key explained, and the pre-commit hook. Never overwrites unless forced."""
    linter = load_linter()
    language = make_language(linter, lang)
    if not folder.is_dir():
        raise click.UsageError(language.say("init", "no_folder", {"path": folder}))
    path = next((folder / name for name in NAMES if os.path.lexists(folder / name)), folder / NAMES[0])
    if os.path.lexists(path) and not force:
        raise click.ClickException(language.say("init", "exists", {"path": path}))
    _write(path, config_text(linter, language), language)
    say(language.say("init", "written", {"path": path}))
    _add_hook(folder, hook_text(linter, language, _pattern(folder)), language)
    return 0


def _add_hook(folder: Path, text: str, language: Language) -> None:
    """Write the file of hooks where the repository begins; what is there already stays, and the lines are printed."""
    root = repository_root(folder.resolve())
    path = Path(root or folder) / HOOKS
    if not os.path.lexists(path):
        _write(path, text, language)
        say(language.say("init", "hook_written", {"path": shown(str(path))}))
    elif path.is_file() and b"govlint" in path.read_bytes():
        say(language.say("init", "hook_there", {"path": shown(str(path))}))
    else:
        say(language.say("init", "hook_to_add", {"path": shown(str(path))}))
        emit(text, None, language)


def _pattern(folder: Path) -> str:
    """The files that the hook takes: reports in the folder or below."""
    root = repository_root(folder.resolve())
    below = folder.resolve().relative_to(root).as_posix() if root else "."
    start = "" if below == "." else f"^{re.escape(below)}/.*"
    suffixes = "|".join(sorted(suffix[1:] for suffix in (*SUFFIXES, *FILE_SUFFIXES)))
    return rf"(?i){start}\.({suffixes})$"


def _write(path: Path, text: str, language: Language) -> None:
    """Put a file there as a whole. A link of that name is replaced and never followed."""
    scratch = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with scratch.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        scratch.replace(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        reason = {"path": path, "error": error.strerror or str(error)}
        raise click.ClickException(language.say("cli", "unwritable", reason)) from None
