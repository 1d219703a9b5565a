"""The command without a process of its own, in an environment of its own."""

from __future__ import annotations

import io
import os
import sys
from unittest.mock import patch

import pytest
from test_cli import Ran

from govlint.cli.main import main

OURS = ("GOVLINT_", "_GOVLINT_")
COLOURS = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI")

HEEDING = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from govlint.cli.main import main; main()"
)
"""The command, heeding interrupts also where the tests run as a job in the background, which ignores them."""


class Stream(io.TextIOWrapper):
    """A stream into memory that may pass for a terminal."""

    def __init__(self, encoding: str, *, terminal: bool, newline: str = "") -> None:
        super().__init__(io.BytesIO(), encoding, newline=newline)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def call(
    *arguments: object, encoding: str = "utf-8", newline: str = "", terminal: bool = False, **environment: str
) -> Ran:
    """What a call leaves behind; of the environment only what has nothing to do with govlint, and what is given.

    ``terminal`` is whether standard error seems to be one.
    """
    out, err = (Stream(encoding, terminal=seen, newline=newline) for seen in (False, terminal))
    keep = ("GOVLINT_CACHE_DIR",)
    plain = {k: v for k, v in os.environ.items() if k in keep or (not k.startswith(OURS) and k not in COLOURS)}
    with (
        patch.dict(os.environ, {**plain, "COLUMNS": "80", **environment}, clear=True),
        patch.multiple(sys, argv=["govlint", *map(str, arguments)], stdout=out, stderr=err),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8"))
    return Ran(ended.value.code, *texts)
