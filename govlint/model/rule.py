"""Rules, and the kinds of checks that they put to use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

from govlint.model.edition import Words
from govlint.model.finding import Finding, NotAssessable
from govlint.model.report import Report
from govlint.model.source import Location

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From the gravest to the slightest."""

Autofix = Literal["safe", "unsafe"]
"""Whether the edits that mend a finding keep its meaning, or may change it and need somebody's word."""

Scope = Literal["report", "series", "peers", "rollup"]
"""What a rule looks at: one report, it and last year's, it and other units', a government's and its units'."""


class Part(NamedTuple):
    """A unit whose numbers belong into a government's report.

    ``report`` is None where its report cannot be used: there is none (``absent``), or it could not be read or is not
    the only one of its year. ``listed`` is where the unit is named, if it is listed anywhere.
    """

    name: str
    report: Report | None = None
    absent: bool = False
    listed: Location | None = None


def _never(words: str) -> bool:
    return False


class Context(NamedTuple):
    """What a check may look at.

    ``reports`` are last year's report for rules of scope ``series``, and the reports most alike for ``peers``;
    ``parts`` the units of a government for ``rollup``. ``common`` tells whether so many reports have a piece of
    text that it is nobody's own.
    """

    report: Report
    reports: tuple[Report, ...] = ()
    parts: tuple[Part, ...] = ()
    common: Callable[[str], bool] = _never


Options = Mapping[str, Any]
Check = Callable[[Context, Options], Iterable[Finding | NotAssessable]]


class CheckKind(NamedTuple):
    """A kind of test.

    ``options`` is the JSON Schema of its options, ``params`` the names that a rule's messages may use.
    ``needs_report`` is False for kinds that also judge texts that are no report at all. ``stands_on`` are kinds
    whose rules must be in force for rules of this kind to find anything. ``scopes`` are those that its rules may have.
    ``mends`` tells whether its findings may have edits.
    """

    name: str
    check: Check
    options: Mapping[str, Any]
    params: frozenset[str]
    needs_report: bool = True
    stands_on: frozenset[str] = frozenset()
    scopes: frozenset[Scope] = frozenset({"report"})
    mends: bool = False


class Applies(NamedTuple):
    """For which reports a rule is meant: years ``first`` to ``last``, unit types (empty: all)."""

    first: int | None = None
    last: int | None = None
    unit_types: frozenset[str] = frozenset()

    def to(self, report: Report) -> bool:
        year = report.year
        if year is not None:
            if self.first is not None and year < self.first:
                return False
            if self.last is not None and year > self.last:
                return False
        elif (self.first is not None and self.first > min(e.first for e in report.editions)) or self.last is not None:
            return False
        return not self.unit_types or report.facts.unit_type in self.unit_types


class Example(NamedTuple):
    """An edit of a clean report and whether the rule then fires (``bad``) or stays silent."""

    bad: bool
    edit: Mapping[str, Any]
    line: int


@dataclass(frozen=True)
class Rule:
    """A rule as its YAML file tells it; ``origin`` is that file, ``hash`` the digest of its bytes."""

    id: str
    name: str
    severity: Severity
    kind: CheckKind
    options: Options
    applies: Applies
    title: Words
    message: Words
    why: Words
    fix: Words = field(default_factory=dict)
    basis: tuple[Mapping[str, str], ...] = ()
    examples: tuple[Example, ...] = ()
    scope: Scope = "report"
    origin: str = ""
    hash: str = ""
    default: bool = True
    """Whether the rule is on unless selected away; optional packs are off."""
    changed_by: tuple[str, ...] = ()
    """The files of rule packs that changed its severity, options or default, in their order."""
    autofix: Autofix | None = None
    """Whether the edits of its findings may be made, and how safe they are; None where they may not."""
    of_user: bool = False
    """Whether a rule pack brought it or changed its options: its patterns may take too long."""

    @cached_property
    def prefixes(self) -> frozenset[str]:
        """Everything that selects this rule: its name, and its id from the first letter on."""
        return frozenset({self.name, "ALL", *(self.id[:end] for end in range(2, len(self.id) + 1))})
