"""Folders with reports and configurations, for the tests of configurations, and the command run in them."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

import pytest
from linked import report
from test_cli import FAULTY, Ran

from govlint.cli.main import main

Tree = Callable[[Mapping[str, str | bytes]], Path]

BAD = FAULTY.read_bytes()
FOUND = {"GL301": "warning", "GL400": "error", "GL102": "warning", "GL501": "error"}
"""What the faulty report has: a blank cell, a wrong cell, a heading in other words, no word on fees."""
LATE = report(text={"2024年1月20日": "2024年2月20日"})
"""A department's report of February 20: three weeks late, which a township's is not."""


def grow(folder: Path) -> Tree:
    """What puts files into a folder that is a repository, and gives the folder."""

    def put(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    (folder / ".git").mkdir()
    return put


def run(cwd: Path, *arguments: object, **environment: str) -> Ran:
    """The command in a folder, in this process, with these environment variables of govlint's and no others."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GOVLINT_") or "CACHE" in name}
    with (
        patch.dict(os.environ, plain | environment, clear=True),
        patch.multiple(sys, argv=["govlint", *map(str, arguments)], stdout=out, stderr=err),
        chdir(cwd),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    for stream in (out, err):
        stream.flush()
    return Ran(ended.value.code, *(stream.buffer.getvalue().decode("utf-8") for stream in (out, err)))


def findings(cwd: Path, *options: object, paths: Sequence[object] = (".",), **environment: str) -> list[dict]:
    """What is found in some paths, as data."""
    return run(cwd, "check", "--output-format", "json", *options, *paths, **environment).json


def severities(cwd: Path, *options: object, paths: Sequence[object] = (".",), **environment: str) -> dict[str, str]:
    """The rules that find something, with their severities."""
    found = findings(cwd, *options, paths=paths, **environment)
    return {diagnostic["rule"]: diagnostic["severity"] for diagnostic in found}
