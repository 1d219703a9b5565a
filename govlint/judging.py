"""One rule on one report, or on several: what it finds, and how it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from govlint.model.diagnostic import RuleOutcome
from govlint.model.finding import Finding, NotAssessable
from govlint.model.report import Report
from govlint.model.rule import Context, Rule

PATIENCE = 2
"""Seconds of processor time that a rule of a user may take for one report."""
TOO_SLOW = "too_slow"
_TRIES = 3
_slow: Counter[tuple[str, str]] = Counter()
"""How often a rule of a user (id, hash) was stopped in this process."""


def judge(rule: Rule, report: Report) -> tuple[list[Finding], RuleOutcome]:
    """The findings of one rule on one report, and how it ended."""
    if rule.scope != "report" or not rule.applies.to(report) or (rule.kind.needs_report and not report.recognised):
        return [], RuleOutcome(rule.id, "not_applicable")
    return judge_context(rule, Context(report))


def judge_context(rule: Rule, context: Context | NotAssessable) -> tuple[list[Finding], RuleOutcome]:
    """What a rule finds in its context, and how it ended."""
    found: list[Finding] = []
    open_: NotAssessable | None = None
    for item in _items(rule, context) if isinstance(context, Context) else (context,):
        if isinstance(item, NotAssessable):
            open_ = open_ or item
        else:
            found.append(item)
    if found:
        return found, RuleOutcome(rule.id, "failed")
    if open_:
        return [], RuleOutcome(rule.id, "not_assessable", open_.reason, open_.params)
    return [], RuleOutcome(rule.id, "passed")


def _items(rule: Rule, context: Context) -> Iterable[Finding | NotAssessable]:
    """What a check yields.

    A rule of a user that takes too long is not judged, so that it cannot hang a run; after a few reports it is not
    tried any more.
    """
    if not rule.of_user:
        return rule.kind.check(context, rule.options)
    from govlint.patience import TooSlowError, at_most

    key = (rule.id, rule.hash)
    if _slow[key] < _TRIES:
        try:
            with at_most(PATIENCE):
                return list(rule.kind.check(context, rule.options))
        except TooSlowError:
            _slow[key] += 1
    return [NotAssessable(TOO_SLOW, {"seconds": PATIENCE})]
