"""Writes cases to a folder, to look at: python -m judge OUT [count] [layout] [fault]."""

from __future__ import annotations

import sys
from pathlib import Path

from .case import make_case


def main(out: str, count: str = "24", layout: str = "", fault: str = "") -> None:
    """The files of the first seeds; reports that cannot have the fault are left out."""
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    for seed in range(int(count)):
        try:
            case = make_case(seed, layout or None, fault=fault or None)
        except ValueError:
            continue
        (folder / case.name).write_bytes(case.data)
        print(case.name, case.fault.description if case.fault else "", case.fault_lines or "")


if __name__ == "__main__":
    main(*sys.argv[1:])
