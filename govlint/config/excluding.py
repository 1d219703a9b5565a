"""Files that are not checked: those found in folders, and with force also those that are named."""

from __future__ import annotations

from typing import NamedTuple

from govlint.config.config import Config
from govlint.config.patterns import Glob


class Exclusion(NamedTuple):
    """Patterns for what is left out; ``force`` when named files are left out too."""

    globs: tuple[Glob, ...] = ()
    force: bool = False

    def found(self, path: str, *, folder: bool) -> bool:
        """Whether a file or folder that lies in a folder to be checked is left out."""
        return any(glob.means(path, folder=folder) for glob in self.globs)

    def named(self, path: str) -> bool:
        """Whether a file or folder is left out although it was named."""
        return self.force and any(glob.covers(path) for glob in self.globs)


NOTHING = Exclusion()


def exclusion(config: Config) -> Exclusion:
    """What a configuration leaves out."""
    return Exclusion(tuple(glob.value for glob in config.exclude), config.force_exclude.value)
