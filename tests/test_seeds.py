"""Published reports with hand-made truth, when they lie in ``../shared``: nothing missed, nothing false."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).parent.parent.parent / "shared"
SCORES = re.compile(r"([a-z_]+)  ?(\d+)(?:/(\d+))?")

pytestmark = pytest.mark.skipif(not (SHARED / "tools").is_dir(), reason="the published reports are not here")


def score(tool: str, total: str) -> dict[str, tuple[int, int]]:
    """The line of totals that a score tool prints, as counts found and wanted."""
    program = [sys.executable, str(SHARED / "tools" / tool), "--govlint", f"{sys.executable} -m govlint"]
    done = subprocess.run(program, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith(total)]
    assert lines, done.stdout + done.stderr
    return {name: (int(found), int(wanted or 0)) for name, found, wanted in SCORES.findall(lines[-1])}


def test_seeds():
    sums = score("score_seeds.py", "all:")
    assert sums["cells"] == (996, 996)
    assert sums["false"] == (0, 0)
    assert sums["broken"] == (0, 0)
    found, wanted = sums["found"]
    assert found == wanted


def test_real_reports():
    """Of those in formats that are read: every cell right, nothing unexplained. PDF counts as not read."""
    sums = score("score_real.py", "real:")
    assert sums["unexplained"] == (0, 0)
    assert sums["broken"][0] == 0
    assert sums["cells"][0] >= 400
