"""``--summary``: how every rule ended on every report; ``--statistics``: how often each rule found something."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from govlint.model.diagnostic import Outcome, Run
from govlint.writers.language import Language
from govlint.writers.places import escape_controls, printed_line


def write_ledger(run: Run, language: Language) -> str:
    """Per report the counts of outcomes, then each rule that failed or could not be judged, with the reason."""
    titles = {rule.id: language.of(rule.title) for rule in run.rules}
    lines: list[str] = []
    for result in run.results:
        if result.read_error:
            lines.append(language.say("ledger", "unread", {"path": result.path}))
            continue
        counts = Counter(outcome.outcome for outcome in result.outcomes)
        every = {name: counts.get(name, 0) for name in get_args(Outcome)}
        head = language.say("ledger", "head", {"path": result.path, **every})
        lines.append(head + (language.say("ledger", "head_waived", every) if every["waived"] else ""))
        for outcome in result.outcomes:
            if outcome.outcome in ("passed", "not_applicable"):
                continue
            said = language.say("ledger", outcome.outcome)
            if outcome.reason:
                reason = language.say("not_assessable", outcome.reason, outcome.params)
                said += language.say("ledger", "because", {"reason": reason})
            params = {"rule": outcome.rule, "title": titles[outcome.rule], "outcome": said}
            lines.append(language.say("ledger", "line", params))
    return "".join(printed_line(line) + "\n" for line in lines)


def write_statistics(run: Run, language: Language) -> str:
    """How often each rule found something, the most frequent first."""
    counts = Counter(diagnostic.rule.id for result in run.results for diagnostic in result.diagnostics)
    rules = {rule.id: rule for rule in run.rules}
    lines = []
    for name, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        rule = rules[name]
        severity = language.words["severity"][rule.severity]
        lines.append(f"{count}\t{name}\t{severity}\t{escape_controls(language.of(rule.title))}\n")
    return "".join(lines)
