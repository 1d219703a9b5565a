"""The patterns of ``rules/facts.yaml``, compiled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govlint.chinese import fold


@dataclass(frozen=True)
class FactPatterns:
    """The compiled patterns of ``rules/facts.yaml``."""

    must: tuple[re.Pattern[str], ...]
    never: re.Pattern[str]
    prefer: re.Pattern[str]
    longest: int
    title_year: re.Pattern[str]
    title_rest: re.Pattern[str]
    preamble: re.Pattern[str]
    elsewhere: re.Pattern[str]
    agency_after: frozenset[str]
    agency_looks: re.Pattern[str]
    unit_types: tuple[tuple[str, re.Pattern[str]], ...]
    period: re.Pattern[str]
    period_near: re.Pattern[str]
    period_said: tuple[re.Pattern[str], ...]
    published: re.Pattern[str]
    signed: re.Pattern[str]


def make_patterns(data: Mapping[str, Any]) -> FactPatterns:
    """Compile the patterns; raises re.error for a broken one."""
    title, agency = data["title"], data["agency"]
    return FactPatterns(
        must=tuple(re.compile(pattern) for pattern in title["must"]),
        never=re.compile(title["never"]),
        prefer=re.compile(title["prefer"]),
        longest=title["longest"],
        title_year=re.compile(title["year"]),
        title_rest=re.compile(title["rest"]),
        preamble=re.compile(data["preamble"]),
        elsewhere=re.compile(data["elsewhere"]),
        agency_after=frozenset(map(fold, agency["after"])),
        agency_looks=re.compile(agency["looks_like"]),
        unit_types=tuple((entry["type"], re.compile(entry["pattern"])) for entry in data["unit_types"]),
        period=re.compile(data["period"]),
        period_near=re.compile(data["period_near"]),
        period_said=tuple(re.compile(pattern) for pattern in data["period_said"]),
        published=re.compile(data["dates"]["published"]),
        signed=re.compile(data["dates"]["signed"]),
    )
