"""The plan of a case, damaged and disturbed, before any writer sees it; and the same report as a web page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from ..case import LAYOUTS
from ..disturb import disturb
from ..encode import encode
from ..faults import Fault, damage
from ..figures import Value
from ..form import Address
from ..layouts import LAYOUTS as RENDER
from ..model import Report, make_report
from ..plan import Plan, tables
from ..prose import make_plan

__all__ = ["LAYOUTS", "Planned", "make_planned", "rendered", "web_page"]


@dataclass(frozen=True)
class Planned:
    """What is to be written, and the truth about it."""

    seed: int
    plan: Plan
    report: Report
    fault: Fault | None = None

    @property
    def name(self) -> str:
        """A file name without suffix."""
        return "-".join(("case", f"{self.seed:05}", *([self.fault.kind] if self.fault else ())))

    @property
    def values(self) -> Mapping[Address, Value | None]:
        """The truth about every cell that stands in a table of the plan; None where no number is printed."""
        changed = self.fault.cells if self.fault else {}
        printed = {
            tag[1:]
            for table in tables(self.plan)
            for block in table.blocks
            for row in block.rows
            for words in row.cells
            for tag in words.tags
            if tag[0] == "cell"
        }
        return {address: changed.get(address, self.report.values.get(address)) for address in printed}

    def rng(self, what: str) -> Random:
        """Chance for one purpose, the same on every run."""
        return Random(f"{what} {self.seed} {self.fault.kind if self.fault else ''}")


def make_planned(seed: int, fault: str | None = None, *, irregular_numbers: bool = False) -> Planned:
    """The plan of this seed, made as `case.make_case` makes it. ValueError if it cannot have the fault."""
    report = make_report(seed)
    plan, found = make_plan(report), None
    if fault:
        plan, found = damage(plan, fault, Random(f"fault {seed}"))
    return Planned(seed, disturb(plan, Random(f"disturb {seed}"), irregular_numbers), report, found)


def rendered(planned: Planned, layout: str, charset: str | None = "utf-8") -> str:
    """The text of the report in one of the judge's layouts."""
    return RENDER[layout](replace(planned.plan, charset=charset), Random(f"layout {planned.seed}")).text


def web_page(planned: Planned, layout: str = "minified") -> bytes:
    """The report as a page in UTF-8 that says so, unless nobody is to declare its encoding."""
    how = planned.plan.encoding
    return encode(rendered(planned, layout, None if how else "utf-8"), how or "utf-8", broken=planned.plan.broken)
