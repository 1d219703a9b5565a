"""What results rest on beside the files themselves, as one digest: while it is the same, so are the results."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from govlint.linter import Linter
from govlint.version import __version__

FORMAT = 1
"""Counts up when what is kept of a result changes shape."""
_LIBRARIES = ("turbohtml", "python-calamine", "pypdfium2", "msdoc2docx")
_PROGRAMS = ("soffice", "libreoffice")


def basis_of(linter: Linter, said: str) -> bytes:
    """The digest for results of this linter; ``said`` is all that it is told of single files and of waivers."""
    digest = blake2b(digest_size=16)
    for part in _parts(linter, said):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.digest()


def versions() -> dict[str, str]:
    """The versions of govlint and of all that results rest on, by name; empty for a library that is not there."""
    names = {name: _version(name).removeprefix(name).strip() for name in _LIBRARIES}
    return {"govlint": __version__, "Python": str(sys.implementation.cache_tag), **names}


def _parts(linter: Linter, said: str) -> Iterator[str]:
    yield f"{FORMAT} {__version__} {sys.implementation.cache_tag} {sys.platform}"
    yield from _code()
    yield from map(_version, _LIBRARIES)
    yield from (shutil.which(program) or "" for program in _PROGRAMS)
    for name, file in linter.files.items():
        yield f"{name} {file.hash}"
    in_force = {rule.id for rule in linter.in_force}
    for rule in linter.rules:
        options = json.dumps(rule.options, sort_keys=True, default=str)
        yield f"{rule.id} {rule.severity} {rule.hash} {rule.of_user} {rule.id in in_force} {options}"
    yield " ".join(rule.id for rule in linter.in_force)
    yield said


def _code() -> Iterator[str]:
    """When and how long each module of govlint is: those who work on govlint do not change its version each time."""
    root = Path(__file__).parent.parent
    for parent, folders, files in os.walk(root):
        folders.sort()
        for name in sorted(files):
            if name.endswith(".py"):
                found = os.stat(os.path.join(parent, name))  # noqa: PTH116, PTH118
                yield f"{parent}/{name} {found.st_size} {found.st_mtime_ns}"


def _version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return library
