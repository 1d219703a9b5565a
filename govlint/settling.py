"""Waivers put to results: what is accepted moves aside, and waivers that did nothing are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from govlint.model.diagnostic import Diagnostic, Outcome, Result, RuleOutcome, Waived
from govlint.model.handling import Accepted, Found, Handling
from govlint.model.rule import Rule
from govlint.model.source import Source
from govlint.model.waiver import Stale, Waiver


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
        waived=waived_of(accepted, result.document.source, result.waived),
        outcomes=tuple(
            RuleOutcome(outcome.rule, "not_applicable") if outcome.rule in handling.ignored else outcome
            for outcome in result.outcomes
        ),
    )
    return replace(settled, outcomes=outcomes_of(settled))


def waived_of(accepted: Iterable[Accepted], source: Source, before: Sequence[Waived] = ()) -> tuple[Waived, ...]:
    """What was accepted in a file, before and now, in reading order."""
    now = (Waived(Diagnostic(rule, finding, source), waiver) for rule, finding, waiver in accepted)
    return tuple(sorted((*before, *now), key=lambda waived: waived.diagnostic.order))


def outcomes_of(result: Result) -> tuple[RuleOutcome, ...]:
    """How the rules ended, once findings were merged and accepted: a rule that only has accepted ones is waived.

    So is one whose findings were merged into accepted ones.
    """
    live = {name for each in result.diagnostics for name in (each.rule.id, *each.merged)}
    waived = {name for each in result.waived for name in (each.diagnostic.rule.id, *each.diagnostic.merged)}

    def ended(outcome: RuleOutcome) -> RuleOutcome:
        if outcome.rule in live and outcome.outcome in ("passed", "waived"):
            return RuleOutcome(outcome.rule, "failed")
        if outcome.rule in waived and outcome.rule not in live and outcome.outcome in ("passed", "failed"):
            return RuleOutcome(outcome.rule, "waived")
        return outcome

    return tuple(ended(outcome) for outcome in result.outcomes)


def stale_of(result: Result, handling: Handling, rules: Sequence[Rule]) -> Iterator[Stale]:
    """The waivers for a file that did nothing, of rules that nobody knows or that judged it.

    ``rules`` are all that there are. Of a name that stands for several rules all must have judged the file; and what
    rules on peers find depends on which reports there are, so that they alone never make a waiver unused.
    """
    if result.document is None:
        return
    ended = {outcome.rule: outcome.outcome for outcome in result.outcomes}
    used = [waived.waiver for waived in result.waived]
    for stale in handling.accept(result.document).stale([_found(d) for d in result.diagnostics], used):
        meant = [rule for rule in rules if _means(stale.waiver, rule)]
        if stale.why in ("no_reason", "changed"):
            yield stale
        elif not meant:
            yield Stale(stale.waiver, "unknown_rule")
        else:
            states = {_state(rule, ended.get(rule.id)) for rule in meant}
            if "judged" in states and "open" not in states:
                yield stale


def _state(rule: Rule, ended: Outcome | None) -> Literal["judged", "open", "idle"]:
    """Whether it is known what a rule finds in a file: ``idle`` is a rule that cannot find anything there."""
    if ended in ("passed", "failed", "waived"):
        return "judged" if rule.scope != "peers" else "open"
    if rule.scope == "report" and (ended == "not_applicable" or (ended is None and not rule.default)):
        return "idle"
    return "open"


def _means(waiver: Waiver, rule: Rule) -> bool:
    """Whether a waiver is for a rule: in a comment the beginning of its id will do, in a file it is the id or name."""
    return waiver.rule in (rule.prefixes if waiver.kind == "inline" else (rule.id, rule.name))


def _found(diagnostic: Diagnostic) -> Found:
    return diagnostic.rule, diagnostic.finding
