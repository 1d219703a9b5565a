"""What a report says of itself: title, agency, year, period, dates. The patterns are data."""

from __future__ import annotations

from govlint.binding.dates import find_dates, find_period
from govlint.binding.patterns import FactPatterns
from govlint.binding.title import find_agency, find_title, year_above, year_of_preamble, year_of_title
from govlint.chinese import fold
from govlint.model.document import Document
from govlint.model.report import Fact, Facts

NEAR = 25
"""The title stands at most so many lines above section one; portals list last years' titles elsewhere."""


def find_facts(
    document: Document, patterns: FactPatterns, first_heading: int | None, last_heading: int | None
) -> Facts:
    """The facts of a document whose first and last section headings stand on the lines given, if any do."""
    near = range(max(0, first_heading - NEAR), first_heading) if first_heading is not None else range(0, NEAR)
    title = find_title(document, patterns, near, first_heading)
    period = find_period(document, patterns)
    year = year_of_title(title, patterns)
    if year is None and title is not None:
        year = year_above(document, title, patterns)
    if year is None and period is not None:
        year = Fact(period.value[:4], period.span)
    if year is None:
        year = year_of_preamble(document, patterns, first_heading)
    agency = find_agency(document, title, patterns)
    published, signed = find_dates(document, patterns, last_heading)
    unit_type = unit_type_of(agency.value, patterns) if agency else None
    shown = Fact(title.phrase.text, title.phrase.span) if title else None
    return Facts(shown, agency, unit_type, year, period, published, signed)


def unit_type_of(agency: str, patterns: FactPatterns) -> str | None:
    """What kind of unit an agency is by its name: the first type whose pattern it fits."""
    words = fold(agency)
    return next((name for name, pattern in patterns.unit_types if pattern.search(words)), None)
