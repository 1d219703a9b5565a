"""Mended reports beside each other: whether fixes of single reports bring what only several of them show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from govlint.model.diagnostic import Diagnostic, Result

Key = tuple[str, str]
"""What tells a diagnostic from others of its report, wherever it stands: its rule and its subject."""


def disagreeing(before: Sequence[Result], after: Sequence[Result]) -> Mapping[int, tuple[str, ...]]:
    """The numbers of the reports that new findings on several reports stand in or refer to, each with their rules.

    Both are the results of the same inputs, linked.
    """
    numbers = {result.source.id: number for number, result in enumerate(after) if result.source}
    apart: dict[int, set[str]] = {}
    for number, (had, has) in enumerate(zip(before, after, strict=False)):
        known = Counter(key_of(diagnostic) for diagnostic in _linked(had))
        for diagnostic in _linked(has):
            known[key_of(diagnostic)] -= 1
            if known[key_of(diagnostic)] < 0:
                related = (numbers.get(place.location.source_id) for place in diagnostic.finding.related)
                for concerned in {number, *(other for other in related if other is not None)}:
                    apart.setdefault(concerned, set()).add(diagnostic.rule.id)
    return {number: tuple(sorted(rules)) for number, rules in apart.items()}


def _linked(result: Result) -> Iterator[Diagnostic]:
    return (diagnostic for diagnostic in result.diagnostics if diagnostic.rule.scope != "report")


def key_of(diagnostic: Diagnostic) -> Key:
    """The key of a diagnostic."""
    return diagnostic.rule.id, diagnostic.finding.subject
