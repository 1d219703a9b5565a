"""Where configurations lie: upwards from the inputs, then from the working folder, as far as the repository reaches."""

# os.path leaves links as they are and raises nothing, whatever the folder:
# ruff: noqa: PTH100, PTH109, PTH110, PTH112, PTH113, PTH118, PTH120

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

NAMES = (".govlint.yaml", ".govlint.yml")


class Finder:
    """Looks upwards for files of some names. Each folder is looked at once."""

    def __init__(self, names: Sequence[str] = NAMES) -> None:
        self._names = names
        self._known: dict[str, tuple[str, ...]] = {}

    def above(self, folder: str) -> tuple[str, ...]:
        """The files in the nearest folder that has any, this one or one above; none beyond the root of a repository.

        More than one only where a folder has them under several names.
        """
        passed = []
        found: tuple[str, ...] = ()
        while True:
            if folder in self._known:
                found = self._known[folder]
                break
            passed.append(folder)
            found = tuple(path for name in self._names if _is_there(path := os.path.join(folder, name)))
            parent = os.path.dirname(folder)
            if found or parent == folder or os.path.exists(os.path.join(folder, ".git")):
                break
            folder = parent
        self._known.update(dict.fromkeys(passed, found))
        return found

    def for_inputs(self, inputs: Sequence[str]) -> tuple[str, ...]:
        """The files nearest to the folder that the inputs have in common, else to the working folder."""
        common = common_folder(inputs)
        here = os.getcwd()
        return self.above(common) or (self.above(here) if here != common else ())

    def others(self, used: Iterable[str], inputs: Iterable[str]) -> list[str]:
        """The files nearest to single inputs that are not among those used, sorted."""
        known = set(used)
        folders = dict.fromkeys(_folder(path) for path in inputs)
        return sorted({path for folder in folders for path in self.above(folder) if path not in known})


def _is_there(path: str) -> bool:
    """Whether something has that name that is meant for a file: a link that leads nowhere is found, and then told."""
    return os.path.isfile(path) or os.path.isdir(path) or Path(path).is_symlink()


def common_folder(inputs: Sequence[str]) -> str:
    """The folder that files and folders have in common, absolute; the working folder when there are none."""
    try:
        return os.path.commonpath([_folder(path) for path in inputs])
    except ValueError:  # none at all, or on several drives
        return os.getcwd()


def shown(path: str) -> str:
    """A path as people are told it: from the working folder if it lies there, else as it is."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return path


def _folder(path: str) -> str:
    place = os.path.abspath(path)
    return place if os.path.isdir(place) else os.path.dirname(place)
