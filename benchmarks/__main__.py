"""``python -m benchmarks``: medians of several runs, as ratios to something everybody can measure again.

Cold start is compared with ``python -c pass``; reading and binding are given per report, HTML also as a ratio
to turbohtml's own parse of the same page. DOCX and PDF come as ratios to the least that reading them takes
(``office``). No test depends on these figures.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import turbohtml

from benchmarks.office import print_ratios
from govlint.linter import load_linter
from govlint.readers import read
from govlint.version import __version__

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "clean"


def cold(command: list[str], runs: int = 15) -> float:
    """Median seconds of a command started anew, after one start that fills caches."""
    subprocess.run(command, capture_output=True, check=False)
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False)
        times.append(time.perf_counter() - start)
    return median(times)


def warm(work: Callable[[], object], runs: int = 15) -> float:
    """Median seconds of some work in this process, after one run."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def main() -> None:
    """Print the table."""
    print(f"govlint {__version__}, Python {platform.python_version()}, turbohtml {turbohtml.__version__}")
    nothing = cold([sys.executable, "-c", "pass"])
    print(f"{'python -c pass':<44} {nothing * 1e3:8.1f} ms    1.0 x")
    linter = load_linter()
    for path in sorted(FIXTURES.iterdir()):
        if path.suffix not in (".txt", ".md", ".html"):
            continue
        data = path.read_bytes()
        started = cold([sys.executable, "-m", "govlint", "check", "--output-format", "concise", str(path)], 7)
        document = read(data, path.name)
        reading = warm(lambda data=data, path=path: read(data, path.name))
        binding = warm(lambda document=document: linter.binder.bind(document))
        judging = warm(lambda data=data, path=path: linter.check_bytes(data, path.name))
        line = f"{path.name:<44} {started * 1e3:8.1f} ms {started / nothing:6.1f} x   "
        line += f"read {reading * 1e3:6.2f}  bind {binding * 1e3:6.2f}  all {judging * 1e3:6.2f} ms"
        if path.suffix == ".html":
            alone = warm(lambda document=document: turbohtml.parse(document.source.text))
            line += f"   read = {reading / alone:.1f} x turbohtml"
        print(line)
    print_ratios(warm)


if __name__ == "__main__":
    main()
