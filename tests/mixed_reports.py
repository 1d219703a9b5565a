"""Reports of all layouts, some of them faulty, as files of a folder."""

from __future__ import annotations

from pathlib import Path

from judge.case import make_case

FAULTS = (None, "row_dropped", None, "cell_blank", "year_before_forms")


def write_reports(folder: Path, count: int) -> None:
    """So many files, numbered; a report that cannot have its fault has none."""
    for number in range(count):
        try:
            case = make_case(number, fault=FAULTS[number % len(FAULTS)])
        except ValueError:
            case = make_case(number)
        (folder / f"{number:02}{case.suffix}").write_bytes(case.data)
