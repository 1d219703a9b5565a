"""The running text that a rule asks for, by the numbers of the sections; 0 is what stands before section one."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from govlint.model.document import Slice
from govlint.model.report import Report
from govlint.model.rule import Options
from govlint.model.source import Span

PREAMBLE = 0


class Portion(NamedTuple):
    """A section or the preamble: its name, the place where it is missed, and its running text."""

    name: str
    place: Span
    body: tuple[Slice, ...]


def find_portion(report: Report, number: int, *kinds: str) -> Portion | None:
    """The portion of this number; None if it is not there or has a gap of one of the kinds, which has its own rule.

    Words missing from the preamble are missed at the title, or at the heading of section one.
    """
    section = report.section_by_number[number or 1]
    gaps = {gap.kind for gap in report.gaps if gap.section == number}
    if section.span is None or gaps & set(kinds):
        return None
    if number == PREAMBLE:
        title = report.facts.title
        return Portion(title.value if title else "", title.span if title else section.span, report.preamble)
    return Portion(section.form.heading, section.span, section.body)


def pieces(report: Report, numbers: Collection[int]) -> list[Slice]:
    """The running text of these portions in reading order, cell by cell."""
    found = [*report.preamble] if PREAMBLE in numbers else []
    for section in report.sections:
        if section.form.number in numbers:
            found += section.body
    return found


def asked(report: Report, options: Options) -> list[Slice]:
    """The text of the portions that the option ``sections`` names; of all of them without it."""
    every = (PREAMBLE, *(section.form.number for section in report.sections))
    return pieces(report, options.get("sections", every))
