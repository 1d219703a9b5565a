"""Made-up reports to measure with: the same ones for the same numbers, kept for the next run."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from judge.case import FAULTS, make_case
from judge.office.kinds import KINDS
from judge.office.kinds import make as make_files
from judge.office.planned import make_planned

from benchmarks.bench import Unavailable

LAYOUTS: Mapping[str, tuple[str, ...]] = {
    "text": ("tabs", "pipes", "aligned", "spaced", "cell_per_line", "markdown"),
    "html": ("portal", "word", "nested", "unclosed", "minified", "split"),
}
PDF = ("pdf_libreoffice", "pdf_browser", "pdf_reportlab")
"""The producers of PDF; those that are installed take turns."""
Made = TypeVar("Made")
_EVERY = 4
"""Every so many reports have a fault."""


def reports(folder: Path, kind: str, count: int) -> Path:
    """The folder with so many reports of a kind; made if it is not there. Raises Unavailable where nothing makes it."""
    found = folder / "reports" / f"{kind}-{count}"
    if not found.exists():
        new = found.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        if kind == "pdf":
            _write_pdfs(new, count)
        else:
            with multiprocessing.get_context("spawn").Pool(_cores()) as pool:
                pool.starmap(_write, [(new, kind, seed) for seed in range(count)], chunksize=20)
        new.rename(found)
    return found


def paths(folder: Path, kind: str, count: int) -> list[Path]:
    """The reports themselves, in order."""
    return sorted(reports(folder, kind, count).iterdir())


def _write(folder: Path, kind: str, seed: int) -> None:
    data, suffix = one(kind, seed)
    (folder / f"report-{seed:05}{suffix}").write_bytes(data)


def one(kind: str, seed: int) -> tuple[bytes, str]:
    """The report of this number as a file, and its suffix."""
    if kind == "docx":
        planned = _faulty(seed, lambda fault: make_planned(seed, fault))
        return KINDS["docx"].write(planned), ".docx"
    layouts = LAYOUTS[kind]
    layout = layouts[seed % len(layouts)]
    case = _faulty(seed, lambda fault: make_case(seed, layout, "utf-8", fault, charset="right"))
    return case.data, case.suffix


def _faulty(seed: int, make: Callable[[str | None], Made]) -> Made:
    """One report in four has a fault, if it can have that one."""
    names = sorted(FAULTS)
    if seed % _EVERY == 0:
        try:
            return make(names[seed // _EVERY % len(names)])
        except ValueError:
            pass
    return make(None)


def _write_pdfs(folder: Path, count: int) -> None:
    producers = [KINDS[name] for name in PDF if not KINDS[name].missing]
    if not producers:
        raise Unavailable("nothing here writes PDF")
    for number, producer in enumerate(producers):
        cases = [make_planned(seed) for seed in range(count) if seed % len(producers) == number]
        for name, data in make_files(producer, cases).items() if cases else ():
            (folder / f"{name}.pdf").write_bytes(data)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
