"""Runs laid on the rows of a form: order kept, gaps free, the best sum of scores wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from govlint.binding.labels import LabelIndex
from govlint.binding.tokens import Run
from govlint.model.report import How

NEXT_ROW, NEXT_RUN = 0.08, 0.15
"""Bonus when the row before was matched before, and when the run before was it. Keeps one copy of a table
that stands there twice, and keeps an agency's own table of alike labels out."""

ENOUGH = 0.5
"""A run whose values fit at least so well may be a row whose label is misprinted."""


class Step(NamedTuple):
    """A run bound to a row of the form, and how its label matched."""

    run: int
    how: How


class Candidate(NamedTuple):
    """A run that may be a row (by the row's place in the form)."""

    row: int
    score: float
    how: How


def fit(run: Run, wanted: int) -> float:
    """How well the number of values of a run suits a row of ``wanted`` cells, 0 to 1."""
    given = len(run.values)
    if run.width == wanted:
        return 1.0
    if run.width <= wanted <= given:
        return 0.9 if run.width else 0.5
    if given < wanted and run.width:
        return 0.2
    return 0.0 if run.width <= wanted else 0.1


Ranked = list[tuple[int, list[Candidate]]]
"""Runs in order, each with the rows that it may be."""


class Candidates:
    """The candidates of every run for one table in every edition; labels that editions share are scored once."""

    def __init__(self, runs: Sequence[Run], index: LabelIndex, widths: Sequence[Sequence[int]]) -> None:
        self._index = index
        self._widths = widths
        all_widths = {width for edition in widths for width in edition}
        self.found: list[tuple[int, tuple[tuple[int, float, How], ...]]] = []
        for number, run in enumerate(runs):
            if not run.labels or not run.values:
                continue
            matches = index.candidates(run.text)
            if not matches and run.text and any(fit(run, width) >= ENOUGH for width in all_widths):
                matches = index.alike(run.text)
            if matches:
                self.found.append((number, tuple((label, match.score, match.how) for label, match in matches)))
        self._runs = runs

    def of_edition(self, edition: int, used: frozenset[int] = frozenset()) -> Ranked:
        """Per run, in order, its candidates among the rows of one edition, weighed by how well its values fit."""
        rows: dict[int, list[int]] = {}
        for row, label in enumerate(self._index.rows[edition]):
            rows.setdefault(label, []).append(row)
        widths = self._widths[edition]
        listed = []
        for number, matches in self.found:
            if number in used:
                continue
            run = self._runs[number]
            candidates = [
                Candidate(row, score * (0.6 + 0.4 * fit(run, widths[row])), how)
                for label, score, how in matches
                for row in rows.get(label, ())
            ]
            if candidates:
                listed.append((number, candidates))
        return listed


class _Entry(NamedTuple):
    total: float
    row: int
    run: int
    how: How
    before: int


def align(candidates: Ranked, rows: int) -> dict[int, Step]:
    """Row → the run bound to it: the increasing chain with the greatest sum. Linear in the number of runs."""
    entries: list[_Entry] = []
    best: list[int] = [-1] * rows
    latest: dict[int, int] = {}
    latest_run = -2
    for run, options in candidates:
        fresh: dict[int, int] = {}
        for row, score, how in options:
            total, before = score, -1
            for earlier in range(row):
                entry = best[earlier]
                if entry >= 0:
                    sum_ = entries[entry].total + score + (NEXT_ROW if earlier == row - 1 else 0.0)
                    if sum_ > total:
                        total, before = sum_, entry
            neighbour = latest.get(row - 1, -1) if latest_run == run - 1 else -1
            if neighbour >= 0 and entries[neighbour].total + score + NEXT_RUN > total:
                total, before = entries[neighbour].total + score + NEXT_RUN, neighbour
            entries.append(_Entry(total, row, run, how, before))
            fresh[row] = len(entries) - 1
        for row, number in fresh.items():
            if best[row] < 0 or entries[number].total > entries[best[row]].total:
                best[row] = number
        latest, latest_run = fresh, run
    ends = [number for number in best if number >= 0]
    path: dict[int, Step] = {}
    at = max(ends, key=lambda number: entries[number].total, default=-1)
    while at >= 0:
        last = entries[at]
        path[last.row] = Step(last.run, last.how)
        at = last.before
    return path


def rating(path: Mapping[int, Step], runs: Sequence[Run], widths: Sequence[int]) -> float:
    """How well an edition's rows suit the runs bound to them, per row of the form; to compare editions by.

    Rows without a run count against it, and so do runs between the first and the last that are no row.
    """
    gained = sum(
        (1.0 if step.how in ("exact", "unnumbered") else 0.9 if step.how == "alias" else 0.6)
        * (0.5 + 0.5 * fit(runs[step.run], widths[row]))
        for row, step in path.items()
    )
    bound = {step.run for step in path.values()}
    inside = range(min(bound, default=0), max(bound, default=-1))
    left = sum(1 for number in inside if number not in bound and runs[number].width)
    return (gained - 0.5 * (len(widths) - len(path) + left)) / len(widths)
