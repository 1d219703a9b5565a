"""The file that ``govlint waive`` writes: which one it is, entries put into it and taken out, all or nothing."""

# os.path leaves links as they are and raises nothing, whatever the path:
# ruff: noqa: PTH110, PTH118, PTH120

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import click

from govlint.cli.atomic import replace_file
from govlint.cli.inputs import repository_root
from govlint.cli.outputs import check_folder
from govlint.cli.settings import Setup
from govlint.cli.waiving import inputs_of
from govlint.config.finding import common_folder, shown
from govlint.model.paths import real_path
from govlint.waivers.editing import NotEditableError, added, removed
from govlint.waivers.file import WaiverFile, parse_waivers, read_bytes
from govlint.waivers.making import Entry
from govlint.waivers.paths import NAME
from govlint.writers.language import Language
from govlint.yamlfile import YamlFile


def file_to_write(setup: Setup, paths: Sequence[str], asked: str | None, own: str | None) -> str:
    """The file that is asked for, else ``own``, the one in force, else a new one.

    A new one lies beside the configuration, else at the root of the repository, else in the working folder. Raises
    click.UsageError when there is no such folder, or for a link out of its folder that nobody asked for.
    """
    found = asked or own
    if found is None:
        config = setup.config
        root = repository_root(Path(common_folder(inputs_of(paths))))
        found = os.path.join(os.path.dirname(config.path) if config.path else root or os.getcwd(), NAME)  # noqa: PTH109
    check_folder(found, setup.language)
    chosen = asked is not None or setup.config.waivers.origin.kind == "command_line"
    if not chosen and Path(found).is_symlink() and not _stays(found):
        raise click.UsageError(setup.language.say("waive", "link_out", {"path": shown(found)}))
    return found


def _stays(link: str) -> bool:
    """Whether a link leads to somewhere in its folder or below: others may have made it to have files overwritten."""
    return real_path(link).is_relative_to(real_path(Path(link).parent))


def extend(path: str, entries: Sequence[Entry], language: Language) -> None:
    """Put entries into a file, or make it. Raises click.ClickException or ConfigError, and then nothing is changed."""
    content = read_bytes(path, language) if os.path.exists(path) else _head(language)
    yaml = parse_waivers(content, shown(path), "file", language).yaml
    _write(path, content, lambda text: added(text, yaml, entries), language)


def shorten(file: WaiverFile, numbers: Collection[int], language: Language) -> None:
    """Take entries out of a file, by their numbers from 0. Raises click.ClickException, and then nothing is changed."""
    content = read_bytes(file.path, language)
    yaml: YamlFile = file.yaml
    _write(file.path, content, lambda text: removed(text, yaml, numbers), language)


def _head(language: Language) -> bytes:
    return f"# {language.say('waive', 'head')}\nwaivers:\n".encode()


def _write(path: str, content: bytes, edit: Callable[[str], str], language: Language) -> None:
    """The edited content in the place of the old one: as a whole or not at all, with its mode and byte order mark.

    Raises click.ClickException, or ConfigError for mistakes in what would be written.
    """
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    try:
        edited = mark + edit(content.decode("utf-8-sig")).encode()
    except NotEditableError:
        raise click.ClickException(language.say("waive", "not_editable", {"path": shown(path)})) from None
    parse_waivers(edited, shown(path), "file", language)  # What is written must be read again.
    replace_file(path, edited, language, known=content if os.path.exists(path) else None)
