"""Makes and checks hostile files, each in a process of its own; prints what came of it and the memory it took.

Reads ``make NAME`` and ``check NAME`` from standard input and answers each with a line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from resource import RLIMIT_AS, RUSAGE_CHILDREN, RUSAGE_SELF, getrusage, setrlimit
from signal import alarm

from govlint.cli.output import make_language
from govlint.linter import Linter, load_linter
from hostile import CASES, Hostile

ADDRESSES = 4 << 30
"""Bytes of address space: a reader that takes all memory fails a test, not the computer."""
SECONDS = 180
"""Of waiting, whatever else the computer has to do meanwhile."""


def busy() -> float:
    """Seconds of computing, of this process and of those that it started."""
    return sum(os.times()[:4])


def peak() -> float:
    """Megabytes, of this process or of one that it started; where the system tells, without what its parent took."""
    unit = 1 << (20 if sys.platform == "darwin" else 10)
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        own = int(line.split()[1]) / 1024
    else:
        own = getrusage(RUSAGE_SELF).ru_maxrss / unit
    return max(own, getrusage(RUSAGE_CHILDREN).ru_maxrss / unit)


def apart(work: Callable[[], object]) -> str:
    """What ``work`` gives, as JSON, or how the process ended that did it."""
    inlet, outlet = os.pipe()
    child = os.fork()
    if not child:
        try:
            alarm(SECONDS)
            setrlimit(RLIMIT_AS, (ADDRESSES, ADDRESSES))
            os.write(outlet, json.dumps(work()).encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as pipe:
        said = pipe.read().decode()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return said or json.dumps({"died": status})


def make(path: Path, case: Hostile) -> dict[str, object]:
    return {"size": path.write_bytes(case.make())}


def check(linter: Linter, path: str) -> dict[str, object]:
    start = busy()
    result = linter.check_path(path)
    error = result.read_error
    return {
        "reason": error.reason if error else "",
        "kind": result.source.kind if result.source else "",
        "seconds": busy() - start,
        "peak": peak(),
        "said": {code: make_language(linter, code).read_error(error) for code in ("zh", "en")} if error else {},
    }


def main(folder: Path) -> None:
    linter = load_linter()
    linter.binder  # noqa: B018  # Made once, before any fork.
    for line in sys.stdin:
        step, name = line.split()
        case = CASES[name]
        path = folder / case.file
        work = partial(make, path, case) if step == "make" else partial(check, linter, str(path))
        print(apart(work), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
