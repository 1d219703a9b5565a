"""Which mutations of the clean reports the rules notice, against the list of those that they need not."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from govlint.examples.mutations import LISTED, PLAINEST, Mutant, Mutation, mutants, official_report
from govlint.examples.printing import SUFFIXES, Printer
from govlint.linter import Linter, load_linter
from govlint.model.finding import Finding
from govlint.model.rule import Context
from govlint.readers import read

YEARS = (2020, 2023)
"""One year for each form."""
LAYOUTS = ("tabs", "html")
MOST_PROCESSES = 4
_QUICK = frozenset(("cells", "gap", "balance"))
"""Kinds of check that notice most mutations and take little time; only what they miss is shown to all rules."""


class Judged(NamedTuple):
    """A mutation, what the part said before and after, and whether a rule noticed."""

    mutation: Mutation
    before: str
    after: str
    noticed: bool


class Share(NamedTuple):
    """The parts of one report whose mutations one process judges: every ``of``-th, from ``first`` on."""

    year: int
    layout: str
    first: int
    of: int


@dataclass(frozen=True)
class Account:
    """What came of all mutations.

    ``unlisted`` were not noticed and are not on the list, ``noticed`` are on the list but were noticed, ``unknown``
    are on the list but name nothing. ``noisy`` are rules that find something in a clean report: they count for nothing.
    """

    judged: tuple[Judged, ...]
    unlisted: tuple[Judged, ...]
    noticed: tuple[Judged, ...]
    unknown: tuple[Mutation, ...]
    noisy: tuple[str, ...]
    reasons: Mapping[str, int] = field(default_factory=dict)
    """How many mutations are listed for each reason, by the words of the reason in the language asked for."""

    @property
    def fine(self) -> bool:
        """Whether exactly the mutations on the list went unnoticed."""
        return not (self.unlisted or self.noticed or self.unknown or self.noisy)


def take_account(
    packs: Sequence[Path] = (), years: Sequence[int] = YEARS, layouts: Sequence[str] = LAYOUTS, lang: str = "en"
) -> Account:
    """Judge every mutation of the clean reports under the rules that are on, in several processes where there are."""
    linter = _linter(tuple(packs))
    reports = list(product(years, layouts))
    workers = min(os.cpu_count() or 1, MOST_PROCESSES)
    shares = [Share(year, layout, first, workers) for year, layout in reports for first in range(workers)]
    if workers == 1:
        parts = [_judge(share, tuple(packs)) for share in shares]
    else:
        with ProcessPoolExecutor(workers, get_context("spawn"), gc.set_threshold, (100_000, 50, 1000)) as pool:
            parts = list(pool.map(_judge, shares, [tuple(packs)] * len(shares)))
    judged = tuple(found for part in parts for found in part)
    groups = linter.data(LISTED)["unnoticed"]
    known = {entry.mutation for entry in judged}
    listed = {mutation for group in groups for mutation in _expand(group, years, layouts)}
    listed = {mutation for mutation in listed if mutation in known or mutation.layout == PLAINEST}
    return Account(
        judged,
        tuple(entry for entry in judged if not entry.noticed and entry.mutation not in listed),
        tuple(entry for entry in judged if entry.noticed and entry.mutation in listed),
        tuple(sorted(listed - known)),
        tuple(sorted({name for year, layout in reports for name in _noisy(linter, year, layout)})),
        {group["why"][lang]: len(listed & set(_expand(group, years, layouts))) for group in groups},
    )


def _expand(group: Mapping[str, Any], years: Sequence[int], layouts: Sequence[str]) -> Iterator[Mutation]:
    """The mutations of a group of the list, of those years and layouts."""
    for entry in group["mutations"]:
        for year, layout, kind, part in product(entry["years"], layouts, entry["kinds"], entry["parts"]):
            if year in years:
                yield Mutation(year, layout, kind, part)


@lru_cache(maxsize=1)
def _linter(packs: tuple[Path, ...]) -> Linter:
    return load_linter(packs=packs)


def _judge(share: Share, packs: tuple[Path, ...]) -> list[Judged]:
    linter = _linter(packs)
    noisy = _noisy(linter, share.year, share.layout)
    return [
        Judged(mutant.mutation, mutant.before, mutant.after, _noticed(linter, mutant, noisy))
        for mutant in mutants(linter, *share)
    ]


def _noticed(linter: Linter, mutant: Mutant, noisy: frozenset[str]) -> bool:
    document = read(mutant.data, mutant.path)
    report = linter.binder.bind(document)
    for rule in linter.in_force:
        if rule.kind.name in _QUICK and rule.id not in noisy and rule.scope == "report" and rule.applies.to(report):
            found = rule.kind.check(Context(report), rule.options)
            if any(isinstance(item, Finding) for item in found):
                return True
    return any(found.rule.id not in noisy for found in linter.check_document(document).diagnostics)


def _noisy(linter: Linter, year: int, layout: str) -> frozenset[str]:
    """The rules that find something in the clean report itself."""
    printer = Printer(layout)
    printer.print(official_report(linter, year))
    result = linter.check_bytes(printer.text.encode(), f"clean{SUFFIXES[layout]}")
    return frozenset(found.rule.id for found in result.diagnostics)
