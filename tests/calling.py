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


def call(*arguments: object, encoding: str = "utf-8", **environment: str) -> Ran:
    """What a call leaves behind; of the environment only what has nothing to do with govlint, and what is given."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding, newline="") for _ in range(2))
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
