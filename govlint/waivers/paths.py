"""Paths of reports in files of waivers: from the folder of the file, with forward slashes, the same everywhere."""

# os.path leaves links as they are and raises nothing, whatever the path:
# ruff: noqa: PTH100, PTH118, PTH120

from __future__ import annotations

import os

from govlint.waivers.key import writable

NAME = ".govlint-waivers.yaml"


def folder_of(path: str) -> str:
    """The folder that the paths in a file of waivers start from, absolute."""
    return os.path.dirname(os.path.abspath(path))


def place_of(path: str, folders: dict[str, str] | None = None) -> str:
    """Where a file is, whatever way leads there: absolute, links of folders resolved, characters composed alike.

    ``folders`` remembers those already resolved.
    """
    return writable(os.path.normcase(_resolved(path, {} if folders is None else folders)))


def path_from(folder: str, path: str) -> str:
    """The path of a report as a file of waivers in a folder writes it. Raises ValueError if no path leads there."""
    way = os.path.relpath(_resolved(path, {}), os.path.realpath(folder))
    return writable(way.replace(os.sep, "/"))


def _resolved(path: str, folders: dict[str, str]) -> str:
    folder, name = os.path.split(os.path.abspath(path))
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)
