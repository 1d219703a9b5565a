"""A whole survey, and what it says in sum."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from govlint.model.rule import Rule
from govlint.survey.rows import Row
from govlint.survey.settings import Settings


class RuleTotal(NamedTuple):
    """In how many reports a rule found something, and how often in all."""

    rule: Rule
    reports: int
    findings: int


class GroupTotal(NamedTuple):
    """The reports that were read of one year and type of unit; ``flawed`` have errors."""

    year: int | None
    unit_type: str | None
    reports: int
    flawed: int
    errors: int
    warnings: int
    infos: int


@dataclass(frozen=True)
class Survey:
    """The rows in the order of the inputs, then those of units without a report; ``listed``: a list was given."""

    rows: Sequence[Row]
    rules: tuple[Rule, ...]
    settings: Settings
    listed: bool
    version: str

    @cached_property
    def read(self) -> list[Row]:
        return [row for row in self.rows if row.outcome == "read"]

    @cached_property
    def unreadable(self) -> list[Row]:
        return [row for row in self.rows if row.outcome == "unreadable"]

    @cached_property
    def missing(self) -> list[Row]:
        return [row for row in self.rows if row.outcome == "missing"]

    @property
    def worst_first(self) -> list[Row]:
        """The reports that were read: most errors, then most warnings, then most notes; else as they came."""
        return sorted(self.read, key=lambda row: (-row.errors, -row.warnings, -row.infos))

    @cached_property
    def rule_totals(self) -> list[RuleTotal]:
        """Every rule in force, in the order of the rules."""
        reports: Counter[str] = Counter()
        findings: Counter[str] = Counter()
        for row in self.read:
            reports.update(row.rules.keys())
            findings.update(row.rules)
        return [RuleTotal(rule, reports[rule.id], findings[rule.id]) for rule in self.rules]

    @property
    def found(self) -> list[RuleTotal]:
        """The rules that found something, in the order of the rules."""
        return [total for total in self.rule_totals if total.findings]

    @property
    def commonest(self) -> list[RuleTotal]:
        """The rules that found something, those that concern most reports first."""
        return sorted(self.found, key=lambda total: (-total.reports, -total.findings, total.rule.id))

    @property
    def groups(self) -> list[GroupTotal]:
        """The latest year first; the types in the order of the settings, then those without one."""
        rows: dict[tuple[int | None, str | None], list[Row]] = defaultdict(list)
        for row in self.read:
            rows[row.year, row.unit_type].append(row)
        types = list(self.settings.type_labels)
        order = sorted(
            rows, key=lambda key: (-(key[0] or 0), types.index(key[1]) if key[1] in types else len(types), key[1] or "")
        )
        return [_group(year, unit_type, rows[year, unit_type]) for year, unit_type in order]

    def strangers(self) -> list[Row]:
        """The reports of units that the list lacks; none without a list."""
        return [row for row in self.read if self.listed and row.listed is None]


def _group(year: int | None, unit_type: str | None, rows: Sequence[Row]) -> GroupTotal:
    return GroupTotal(
        year,
        unit_type,
        len(rows),
        sum(1 for row in rows if row.errors),
        sum(row.errors for row in rows),
        sum(row.warnings for row in rows),
        sum(row.infos for row in rows),
    )
