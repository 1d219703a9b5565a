"""Searches for files that break something: in ``tests``, python -m fuzz [TARGET …] [--seconds N] [--seed N] [--blind].

Exit status 1 when something was found; the files are in the folder that ``--findings`` names.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from fuzz import blind, leading
from fuzz.invariants import capped, examine
from fuzz.targets import TARGETS, files_of

FINDINGS = str(Path(tempfile.gettempdir()) / "govlint-findings")
LONG = 60
"""From so many seconds for a target on it is worth while to let LibreOffice make some seeds."""


def main() -> int:
    """Search every target in turn, or look again at one file."""
    given = _options().parse_args()
    if given.again:
        with capped():
            print(examine(Path(given.again[1]).read_bytes(), f"a{TARGETS[given.again[0]].suffix}"))
        return 0
    targets = given.targets or list(TARGETS)
    if unknown := set(targets) - set(TARGETS):
        print(f"no such target: {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}", file=sys.stderr)
        return 2
    guided = not given.blind and find_spec("atheris") is not None
    if not guided and not given.blind:
        print("!! atheris is not installed (pip install 'govlint[fuzz]'): the search is blind", file=sys.stderr)
        if given.guided:
            return 2
    findings = Path(given.findings)
    findings.mkdir(parents=True, exist_ok=True)
    seconds = given.seconds / len(targets)
    files = {target: files_of(target, converted=seconds >= LONG) for target in targets}
    os.environ["PATH"] = os.devnull  # What LibreOffice makes of hostile files is its own affair.
    count = 0
    for target in targets:
        search = leading.search if guided else blind.search
        found = search(target, files[target], given.seed, seconds, findings)
        count += len(found.findings)
        told = ", ".join(f"{kind} {times}" for kind, times in found.kinds.most_common(8))
        print(f"{target}: {found.tried} files in {seconds:.0f} s, {len(found.findings)} findings; {told}", flush=True)
    return 1 if count else 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"{', '.join(TARGETS)}; all without")
    parser.add_argument("--seconds", type=float, default=60, help="for all targets together")
    parser.add_argument("--seed", type=int, default=0, help="where chance begins; another one tries other files")
    parser.add_argument("--findings", default=FINDINGS, metavar="DIR", help="where to keep files that break something")
    parser.add_argument("--blind", action="store_true", help="by chance alone, also where atheris is installed")
    parser.add_argument("--guided", action="store_true", help="fail where atheris is not installed")
    parser.add_argument("--again", nargs=2, metavar=("TARGET", "FILE"), help="look at one file again")
    return parser


if __name__ == "__main__":
    sys.exit(main())
