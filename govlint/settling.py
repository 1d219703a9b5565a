"""Waivers put to results: what is accepted moves aside, and waivers that did nothing are found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from govlint.model.diagnostic import Diagnostic, Result, RuleOutcome, Waived
from govlint.model.handling import Found, Handling
from govlint.model.rule import Rule
from govlint.model.waiver import Stale


def settle(result: Result, handling: Handling) -> Result:
    """A result after rules on several reports have judged it, with what is said of the file put to their findings."""
    if result.document is None or not any(diagnostic.rule.scope != "report" for diagnostic in result.diagnostics):
        return result
    found = [_found(diagnostic) for diagnostic in result.diagnostics if diagnostic.rule.id not in handling.ignored]
    own = [entry for entry in found if entry[0].scope != "report"]
    kept, accepted = handling.accept(result.document).sift(own, [waived.waiver for waived in result.waived])
    stay = {id(finding) for _, finding in kept}
    settled = replace(
        result,
        diagnostics=tuple(
            diagnostic
            for diagnostic in result.diagnostics
            if diagnostic.rule.scope == "report" or id(diagnostic.finding) in stay
        ),
        waived=(
            *result.waived,
            *(Waived(Diagnostic(rule, finding, result.document.source), waiver) for rule, finding, waiver in accepted),
        ),
        outcomes=tuple(
            RuleOutcome(outcome.rule, "not_applicable") if outcome.rule in handling.ignored else outcome
            for outcome in result.outcomes
        ),
    )
    return replace(settled, outcomes=outcomes_of(settled))


def outcomes_of(result: Result) -> tuple[RuleOutcome, ...]:
    """How the rules ended, once findings were merged and accepted: a rule that only has accepted ones is waived."""
    live = {diagnostic.rule.id for diagnostic in result.diagnostics}
    waived = {waived.diagnostic.rule.id for waived in result.waived}

    def ended(outcome: RuleOutcome) -> RuleOutcome:
        if outcome.rule in live and outcome.outcome in ("passed", "waived"):
            return RuleOutcome(outcome.rule, "failed")
        if outcome.rule in waived and outcome.rule not in live and outcome.outcome in ("passed", "failed"):
            return RuleOutcome(outcome.rule, "waived")
        return outcome

    return tuple(ended(outcome) for outcome in result.outcomes)


def stale_of(result: Result, handling: Handling, rules: Sequence[Rule]) -> Iterator[Stale]:
    """The waivers for a file that did nothing, of rules that judged it or that nobody knows."""
    if result.document is None:
        return
    judged = {outcome.rule for outcome in result.outcomes if outcome.outcome in ("passed", "failed", "waived")}
    known = {prefix for rule in rules for prefix in rule.prefixes}
    selecting = {prefix for rule in rules if rule.id in judged for prefix in rule.prefixes}
    used = [waived.waiver for waived in result.waived]
    for stale in handling.accept(result.document).stale([_found(d) for d in result.diagnostics], used):
        if stale.why in ("unused", "changed") and stale.waiver.rule not in known:
            yield Stale(stale.waiver, "unknown_rule")
        elif stale.why == "no_reason" or stale.waiver.rule in selecting:
            yield stale


def _found(diagnostic: Diagnostic) -> Found:
    return diagnostic.rule, diagnostic.finding
