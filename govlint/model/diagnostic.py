"""What people see: findings with their rule, and the result of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from govlint.model.document import Document
from govlint.model.errors import ReadError
from govlint.model.finding import EQUATION, NOTHING, Finding
from govlint.model.report import Report
from govlint.model.rule import Autofix, Rule, Severity
from govlint.model.source import Source
from govlint.model.waiver import Stale, Waiver


@dataclass(frozen=True)
class Diagnostic:
    """A finding under its rule, in its source."""

    rule: Rule
    finding: Finding
    source: Source

    @property
    def merged(self) -> tuple[str, ...]:
        """The ids of the rules whose findings it stands for."""
        return tuple(str(related.params["rule"]) for related in self.finding.related if related.role == EQUATION)

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def autofix(self) -> Autofix | None:
        """How safe it is to mend it by the edits of its finding; None when it has none, or its rule forbids them."""
        if not self.finding.edits or self.rule.autofix is None:
            return None
        return "safe" if self.rule.autofix == "safe" and self.finding.safe else "unsafe"

    @property
    def order(self) -> tuple[int, int, str, str]:
        """Reading order of the file, then rule id, then subject: the same on every run."""
        span = self.finding.location.span
        return (span.start, span.end, self.rule.id, self.finding.subject)


class Waived(NamedTuple):
    """A diagnostic that a waiver accepts."""

    diagnostic: Diagnostic
    waiver: Waiver


Outcome = Literal["passed", "failed", "waived", "not_assessable", "not_applicable"]
"""``waived``: the rule found something, and all of it is accepted."""


class RuleOutcome(NamedTuple):
    """How one rule ended on one report; ``reason`` says why it could not be judged."""

    rule: str
    outcome: Outcome
    reason: str | None = None
    params: Mapping[str, object] = NOTHING


@dataclass(frozen=True)
class Result:
    """All that came of one input; ``read_error`` is set when it could not be read, and then nothing else is."""

    path: str
    source: Source | None = None
    document: Document | None = None
    report: Report | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    outcomes: tuple[RuleOutcome, ...] = ()
    waived: tuple[Waived, ...] = ()
    read_error: ReadError | None = None


@dataclass(frozen=True)
class Run:
    """The results of a run in the order of the inputs, the rules in force, and the version that ran.

    ``stale`` are the waivers that did nothing. ``root`` is the folder (absolute, with ``/``) that machine-readable
    outputs give paths from, None for the working folder.
    """

    results: tuple[Result, ...]
    rules: tuple[Rule, ...]
    version: str
    sources: Mapping[str, Source] = field(default_factory=dict)
    stale: tuple[Stale, ...] = ()
    root: str | None = None
