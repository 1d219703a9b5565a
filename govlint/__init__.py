"""govlint: a linter for 政府信息公开工作年度报告.

``check`` judges a report, ``parse`` reads one. Both take a path or bytes; neither raises for what is wrong in a
report. The command line and everything else stand on these two.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from govlint.version import __version__

if TYPE_CHECKING:
    from govlint.model.diagnostic import Result
    from govlint.model.report import Report

__all__ = ["__version__", "check", "parse"]


def check(source: str | PathLike[str] | bytes, *, path: str | None = None) -> Result:
    """All diagnostics of one report under the bundled rules.

    ``source`` is a path, or the bytes of a file, for which ``path`` then gives the name. What cannot be read
    comes back as a result with ``read_error`` set.
    """
    from govlint.linter import default_linter

    linter = default_linter()
    if isinstance(source, bytes):
        return linter.check_bytes(source, path or "-")
    return linter.check_path(str(Path(source)))


def parse(source: str | PathLike[str] | bytes, *, path: str | None = None) -> Report:
    """One report bound to the form. Raises ``govlint.model.errors.ReadError`` when it cannot be read."""
    from govlint.linter import default_linter, read_file
    from govlint.readers import read

    if isinstance(source, bytes):
        return default_linter().binder.bind(read(source, path or "-"))
    name = str(Path(source))
    return default_linter().binder.bind(read(read_file(name), name))
