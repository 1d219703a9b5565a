"""What govlint is built from, copied so that the checkout stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = ("govlint", "rules", "pyproject.toml", "README.md", "LICENSE")


def copy_sources(copy: Path) -> Path:
    """A new folder with all that is needed to build; the folder itself comes back."""
    copy.mkdir(parents=True)
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy / name)
    return copy
