"""The patterns of ``rules/facts.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from govlint.chinese import fold
from govlint.patterns import Pattern, pattern


class FactPatterns(NamedTuple):
    """The patterns of ``rules/facts.yaml``."""

    must: tuple[Pattern, ...]
    never: Pattern
    prefer: Pattern
    longest: int
    title_year: Pattern
    title_rest: Pattern
    preamble: Pattern
    elsewhere: Pattern
    agency_after: frozenset[str]
    agency_looks: Pattern
    unit_types: tuple[tuple[str, Pattern], ...]
    period: Pattern
    period_near: Pattern
    period_said: tuple[Pattern, ...]
    published: Pattern
    signed: Pattern


def make_patterns(data: Mapping[str, Any]) -> FactPatterns:
    """The patterns; a broken one raises re.error when it is used."""
    title, agency = data["title"], data["agency"]
    return FactPatterns(
        must=tuple(pattern(text) for text in title["must"]),
        never=pattern(title["never"]),
        prefer=pattern(title["prefer"]),
        longest=title["longest"],
        title_year=pattern(title["year"]),
        title_rest=pattern(title["rest"]),
        preamble=pattern(data["preamble"]),
        elsewhere=pattern(data["elsewhere"]),
        agency_after=frozenset(map(fold, agency["after"])),
        agency_looks=pattern(agency["looks_like"]),
        unit_types=tuple((entry["type"], pattern(entry["pattern"])) for entry in data["unit_types"]),
        period=pattern(data["period"]),
        period_near=pattern(data["period_near"]),
        period_said=tuple(pattern(text) for text in data["period_said"]),
        published=pattern(data["dates"]["published"]),
        signed=pattern(data["dates"]["signed"]),
    )
