"""A plain environment with govlint in it, as users have it: installed from a wheel, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from sources import copy_sources

from benchmarks.bench import Bench, Unavailable, state

HERE = Path(sys.executable)
"""The Python that runs the benchmarks, most often with govlint installed for editing."""


def plain_python(bench: Bench) -> Path:
    """The Python of the plain environment, made if it is not there. Raises Unavailable without a package registry."""
    folder = bench.folder / f"plain-{state()}"
    for old in set(bench.folder.glob("plain-*")) - {folder}:
        shutil.rmtree(old, ignore_errors=True)
    return environment(folder, [_source(bench.folder)])


def environment(folder: Path, packages: Sequence[object]) -> Path:
    """The Python of a virtual environment with these packages. Raises Unavailable when they cannot be installed."""
    python = folder / "bin" / "python"
    ready = folder / "ready"
    if not ready.exists():
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        run([python, "-m", "pip", "--disable-pip-version-check", "install", "-q", *packages])
        ready.touch()
    return python


def run(command: Sequence[object], cwd: Path | None = None, given: str | None = None) -> str:
    """What a command prints that is given something to read. Raises Unavailable when it fails."""
    words = list(map(str, command))
    done = subprocess.run(words, input=given, capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no word why"]
        raise Unavailable(f"{Path(str(command[0])).name} ended with {done.returncode}: {lines[-1]}")
    return done.stdout


def _source(folder: Path) -> Path:
    copy = folder / "source"
    shutil.rmtree(copy, ignore_errors=True)
    return copy_sources(copy)


def govlint_of(python: Path) -> Path:
    """The command as it is installed beside a Python."""
    return python.parent / "govlint"
