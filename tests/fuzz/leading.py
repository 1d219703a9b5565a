"""Starts searches that are led by coverage, and looks again at what they find."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from fuzz.blind import Found
from fuzz.targets import TARGETS

LONGEST = 400_000
"""Bytes of a file that the search makes."""
HANGS = 90
"""Seconds after which a file counts as one that hangs."""
MEGABYTES = 2000
"""Of memory that the process may have, which keeps what it has learnt besides."""
_TESTS = Path(__file__).parent.parent
_TRIED = re.compile(r"stat::number_of_executed_units: (\d+)|^#(\d+)\s", re.M)


def search(target: str, files: list[bytes], seed: int, seconds: float, findings: Path) -> Found:
    """Search for so long; what is found is kept in the folder ``findings``.

    A library that is not written in Python may end the process, since here it works inside; a finding is only what
    is one also where it works in a process of its own, as usual.
    """
    end, tried = time.monotonic() + seconds, 0
    kinds: Counter[str] = Counter()
    kept: list[Path] = []
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, data in enumerate(files):
            (corpus / f"seed{number}").write_bytes(data)
        while (left := end - time.monotonic()) > 0 or not tried:
            made = Path(folder) / "found"
            made.mkdir()
            said = _run(target, corpus, made, max(1, round(left)), seed)
            tried += max((int(one or other) for one, other in _TRIED.findall(said)), default=1)
            seed += 1
            for path in sorted(made.iterdir()):
                confirmed = _again(target, path)
                kinds["finding" if confirmed else "contained"] += 1
                if confirmed:
                    kept.append(path.rename(findings / f"{target}-{path.name}{TARGETS[target].suffix}"))
                    print(f"{target}: {kept[-1]}\n{confirmed}", flush=True)
                else:
                    path.unlink()
            made.rmdir()
    return Found(tried, kinds, tuple(kept))


def _run(target: str, corpus: Path, made: Path, seconds: int, seed: int) -> str:
    options = {
        "max_total_time": seconds,
        "max_len": LONGEST,
        "timeout": HANGS,
        "rss_limit_mb": MEGABYTES,
        "seed": seed + 1,  # 0 would be any.
        "print_final_stats": 1,
        "artifact_prefix": f"{made}/",
    }
    arguments = [f"-{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "fuzz.guided", target, ",".join(TARGETS[target].watched), *arguments, str(corpus)]
    done = subprocess.run(command, cwd=_TESTS, env=environment(), capture_output=True, check=False)
    return done.stderr.decode("utf-8", "replace")


def _again(target: str, path: Path) -> str:
    """What is said of a file that is looked at as usual; nothing if all holds."""
    command = [sys.executable, "-m", "fuzz", "--again", target, str(path)]
    try:
        done = subprocess.run(
            command, cwd=_TESTS, env=environment(), capture_output=True, timeout=4 * HANGS, check=False
        )
    except subprocess.TimeoutExpired:
        return "hangs"
    return "" if done.returncode == 0 else done.stderr.decode("utf-8", "replace")[-3000:] or str(done.returncode)


def environment() -> dict[str, str]:
    """Without programs on the path: what LibreOffice makes of hostile files is its own affair."""
    return {**os.environ, "PATH": os.devnull, "PYTHONPATH": os.pathsep.join([*filter(None, sys.path), str(_TESTS)])}
