"""What each rule on several reports may see: the reports held together, and the others beside each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Literal, NamedTuple

from govlint.checks.own_text import own_text
from govlint.checks.shared_text import KIND as SHARED_TEXT
from govlint.checks.unit_absent import KIND as UNIT_ABSENT
from govlint.crosscheck.filed import Filed, extends, file_reports
from govlint.crosscheck.overlap import Overlap, Text
from govlint.crosscheck.pairing import Pairing
from govlint.crosscheck.rollup import Whole, by_folder, by_map
from govlint.crosscheck.rollup_map import RollupMap
from govlint.model.diagnostic import Diagnostic, Result, RuleOutcome
from govlint.model.finding import Finding, NotAssessable
from govlint.model.report import Report
from govlint.model.rule import Context, Options, Rule

Rollup = RollupMap | Literal["folder"]
"""Where it stands which units make up a government's report."""

_COMMON = {"units": 5, "share": 0.2}


class Task(NamedTuple):
    """The number of the result that a rule is to judge, and what it may see there, or why it cannot.

    Whether units have reports is judged of the map that lists them.
    """

    number: int
    context: Context | NotAssessable


Judged = tuple[int, Rule, Sequence[Finding], RuleOutcome]
"""The result that a rule judged, the rule, what it found, and how it ended."""


class Linking:
    """The results of a run held together."""

    def __init__(self, results: Sequence[Result], rollup: Rollup | None = None) -> None:
        self._results = results
        self._rollup = rollup
        self._filed = file_reports(results)
        self._pairing = Pairing(self._filed)
        self._overlaps: dict[str, Overlap] = {}

    def results(self, rules: Sequence[Rule]) -> list[Result]:
        """The results as they came, and the map of the roll-up, on which nothing has been said yet."""
        if not isinstance(self._rollup, RollupMap):
            return list(self._results)
        document = self._rollup.document
        outcomes = tuple(RuleOutcome(rule.id, "not_applicable") for rule in rules)
        return [*self._results, Result(document.source.path, document.source, document, outcomes=outcomes)]

    def tasks(self, rule: Rule) -> Iterator[Task]:
        """What the rule has to judge, by its scope."""
        if rule.scope == "series":
            yield from self._series(rule)
        elif rule.scope == "peers":
            yield from self._peers(rule)
        elif rule.scope == "rollup":
            yield from self._rollups(rule)

    def _series(self, rule: Rule) -> Iterator[Task]:
        common = self._overlap(rule.options).common if rule.kind is SHARED_TEXT else None
        for each in self._applying(rule):
            last = self._pairing.last_year(each)
            if isinstance(last, NotAssessable):
                yield Task(each.number, last)
            elif last is not None:
                yield Task(each.number, _context(each, (last,), common))

    def _peers(self, rule: Rule) -> Iterator[Task]:
        if len({each.agency for each in self._filed} - {""}) < 2:
            return
        overlap = self._overlap(rule.options)
        order = sorted(range(len(self._filed)), key=lambda number: _published(self._filed[number]))
        candidates = overlap.candidates(order, self._may_pair)
        numbers = {id(each): number for number, each in enumerate(self._filed)}
        for each in self._applying(rule):
            if each.agency:
                others = (self._filed[other].report for other in candidates.get(numbers[id(each)], ()))
                yield Task(each.number, _context(each, tuple(others), overlap.common))
            else:
                yield Task(each.number, NotAssessable("no_agency"))

    def _rollups(self, rule: Rule) -> Iterator[Task]:
        listing = isinstance(self._rollup, RollupMap)
        if rule.kind is UNIT_ABSENT and not listing:
            return
        for government, parts in self._wholes:
            number = len(self._results) if rule.kind is UNIT_ABSENT else government.number
            if rule.applies.to(government.report):
                context = parts if isinstance(parts, NotAssessable) else Context(government.report, parts=parts)
                yield Task(number, context)

    def _applying(self, rule: Rule) -> Iterator[Filed]:
        return (each for each in self._filed if rule.applies.to(each.report))

    @cached_property
    def _wholes(self) -> list[Whole]:
        if self._rollup is None:
            return []
        if isinstance(self._rollup, RollupMap):
            return list(by_map(self._rollup, self._filed, self._results))
        return list(by_folder(self._filed, self._results))

    def _may_pair(self, one: int, two: int) -> bool:
        """Whether two reports are surely of two units of one kind: a government repeats what its units say."""
        a, b = self._filed[one], self._filed[two]
        if not a.agency or not b.agency or a.is_government != b.is_government:
            return False
        return not (a.agency == b.agency or extends(a.agency, b.agency) or extends(b.agency, a.agency))

    def _overlap(self, options: Options) -> Overlap:
        key = repr((options["sections"], options["ignore"], options.get("common")))
        if key not in self._overlaps:
            common = {**_COMMON, **options.get("common", {})}
            numbers = [wanted["section"] for wanted in options["sections"]]
            texts = [
                Text(
                    each.agency or str(each.path),
                    tuple(own_text(each.report, number, options["ignore"]).text for number in numbers),
                )
                for each in self._filed
            ]
            self._overlaps[key] = Overlap(texts, common["units"], common["share"])
        return self._overlaps[key]


def with_findings(results: Sequence[Result], judged: Iterable[Judged]) -> list[Result]:
    """The results with these findings, each in the file that it stands in, and with how the rules ended there."""
    by_source = {result.source.id: number for number, result in enumerate(results) if result.source}
    found: dict[int, list[Diagnostic]] = defaultdict(list)
    ended: dict[int, dict[str, RuleOutcome]] = defaultdict(dict)
    for number, rule, findings, outcome in judged:
        if outcome.outcome != "failed":
            ended[number].setdefault(rule.id, outcome)
        for finding in findings:
            own = results[number].source
            home = number if own and own.id == finding.location.source_id else by_source[finding.location.source_id]
            source = results[home].source
            assert source is not None
            found[home].append(Diagnostic(rule, finding, source))
            ended[home][rule.id] = RuleOutcome(rule.id, "failed")
    return [_with(result, found[number], ended[number]) for number, result in enumerate(results)]


def _with(result: Result, found: Sequence[Diagnostic], ended: Mapping[str, RuleOutcome]) -> Result:
    if not ended:
        return result
    return replace(
        result,
        diagnostics=tuple(sorted((*result.diagnostics, *found), key=lambda diagnostic: diagnostic.order)),
        outcomes=tuple(ended.get(outcome.rule, outcome) for outcome in result.outcomes),
    )


def _context(filed: Filed, others: tuple[Report, ...], common: Callable[[str], bool] | None) -> Context:
    context = Context(filed.report, others)
    return context if common is None else context._replace(common=common)


def _published(filed: Filed) -> tuple[str, int]:
    """When a report came out: by its dates, else at the start of the next year; then by the order of the inputs."""
    facts = filed.report.facts
    date = facts.published or facts.signed
    return (date.value if date else str(filed.year + 1), filed.number)
