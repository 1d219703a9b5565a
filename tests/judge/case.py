"""One case: bytes and the truth about them, from a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random
from typing import NamedTuple

from . import layouts
from .disturb import disturb
from .encode import ENCODINGS, NEWLINES, Lines, declared, encode, fitting
from .faults import FAULTS, Fault, damage
from .figures import Value
from .form import Address
from .model import Report, make_report
from .plan import Plan
from .prose import make_plan
from .words import Mark, Rendered

LAYOUTS: tuple[str, ...] = tuple(layouts.LAYOUTS)
__all__ = ["ENCODINGS", "FAULTS", "LAYOUTS", "Case", "CellPlace", "make_case"]


class CellPlace(NamedTuple):
    """A cell's value (None if it is no number) and where it stands, 1-based, end exclusive."""

    value: Value | None
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Case:
    """A file and its truth. Lines and columns count code points; a byte order mark is not counted."""

    seed: int
    name: str
    data: bytes
    suffix: str
    layout: str
    encoding: str
    charset: str
    newline: str
    report: Report
    rendered: Rendered
    cells: Mapping[Address, CellPlace]
    headings: Mapping[int, tuple[int, int]]
    title: tuple[int, int] | None
    fault: Fault | None = None
    fault_lines: tuple[int, int] | None = None
    fault_places: tuple[tuple[int, int], ...] = ()

    @property
    def year(self) -> int:
        """The report's year."""
        return self.report.year

    @property
    def agency(self) -> str:
        """The agency's full name."""
        return self.report.agency

    @property
    def edition(self) -> str:
        """The form that the year demands."""
        return self.report.edition

    @property
    def text(self) -> str:
        """The decoded file with its line ends."""
        return self.rendered.text.replace("\n", self.newline)


def make_case(
    seed: int,
    layout: str | None = None,
    encoding: str | None = None,
    fault: str | None = None,
    *,
    second: str | None = None,
    charset: str | None = None,
    disturbed: bool = True,
    irregular_numbers: bool = False,
) -> Case:
    """The case of this seed; what is not asked for is drawn. A fault that cannot be had raises ValueError.

    ``second`` is a further fault, put in after the first; places and values of the case speak of the first alone.
    """
    rng = Random(f"case {seed}")
    layout = layout or rng.choice(LAYOUTS)
    encoding = encoding or rng.choice(("utf-8", *ENCODINGS))
    newline = rng.choice(NEWLINES)
    manner = charset or rng.choice(("right", "right", "right", "absent", "wrong"))
    report, plan = _planned(seed)
    found = None
    if fault:
        plan, found = damage(plan, fault, Random(f"fault {seed}"))
    if second:
        plan, _ = damage(plan, second, Random(f"second fault {seed}"))
    if disturbed:
        plan = disturb(plan, Random(f"disturb {seed}"), irregular_numbers)
    if plan.encoding:
        encoding, manner = plan.encoding, "absent"
    rendered = _rendered(plan, layout, declared(encoding, manner), seed)
    if fitting(rendered.text, encoding) != encoding:
        encoding = "gb18030"
        rendered = _rendered(plan, layout, declared(encoding, manner), seed)
    return _located(seed, rendered, report, found, encoding, manner, newline, plan.broken)


@lru_cache(maxsize=1000)
def _planned(seed: int) -> tuple[Report, Plan]:
    """The report before anything is done to it; for most faults many seeds are tried."""
    report = make_report(seed)
    return report, make_plan(report)


def _rendered(plan: Plan, layout: str, charset: str | None, seed: int) -> Rendered:
    return layouts.LAYOUTS[layout](replace(plan, charset=charset), Random(f"layout {seed}"))


def _located(
    seed: int,
    rendered: Rendered,
    report: Report,
    fault: Fault | None,
    encoding: str,
    manner: str,
    newline: str,
    broken: bool,
) -> Case:
    lines = Lines(rendered.text)

    def place(mark: Mark) -> tuple[int, int, int, int]:
        return (*lines.position(mark.start), *lines.position(mark.end))

    changed = fault.cells if fault else {}
    cells = {
        address: CellPlace(changed.get(address, report.values.get(address)), *place(mark))
        for address, mark in rendered.cells.items()
    }
    places = tuple((place(mark)[0], place(mark)[2]) for mark in rendered.faults)
    html = rendered.suffix == ".html"
    return Case(
        seed=seed,
        name="-".join(("case", f"{seed:05}", rendered.layout, encoding, *([fault.kind] if fault else ())))
        + rendered.suffix,
        data=encode(rendered.text, encoding, newline, broken),
        suffix=rendered.suffix,
        layout=rendered.layout,
        encoding=encoding,
        charset=manner if html else "none",
        newline=newline,
        report=report,
        rendered=rendered,
        cells=cells,
        headings={number: lines.position(mark.start) for number, mark in rendered.headings.items()},
        title=lines.position(rendered.title.start) if rendered.title else None,
        fault=fault,
        fault_lines=(min(a for a, _ in places), max(z for _, z in places)) if places else None,
        fault_places=places,
    )
