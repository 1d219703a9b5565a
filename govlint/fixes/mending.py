"""Mend a report: make the edits of its findings, check what comes of it, and keep only what made it better.

An edit is kept when the finding it belongs to is gone afterwards, nothing is found that was not found before, and
every other number of the report is read as it was. So a fix never makes a report worse, whatever its rule believes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from govlint.fixes.comparing import Key, key_of
from govlint.linter import Linter
from govlint.model.diagnostic import Diagnostic, Result
from govlint.model.errors import UnwritableError
from govlint.model.finding import Edit
from govlint.model.report import CellAddress, Report
from govlint.model.source import Span
from govlint.readers.rewriting import write_back

MOST_TRIES = 400
"""A report whose fixes do not come to an end after so many checks is left as it is by then."""


class Refused(NamedTuple):
    """A diagnostic whose edits were not made, and why: a key of the ``unwritable`` messages in ``rules/locale``.

    ``rules`` are the ids of those that would find something new.
    """

    diagnostic: Diagnostic
    reason: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mended:
    """A report before and after its fixes; ``data`` are the bytes that it has then."""

    before: Result
    after: Result
    data: bytes
    made: tuple[Diagnostic, ...] = ()
    refused: tuple[Refused, ...] = ()


class Mender:
    """Mends reports with the fixes of the rules in force; ``unsafe`` ones only if wanted."""

    def __init__(self, linter: Linter, *, unsafe: bool) -> None:
        self.linter = linter
        self.unsafe = unsafe
        self._wanted = frozenset(rule.id for rule in linter.in_force)
        self._judge = linter if linter.ordinary == linter.in_force else linter.with_rules(linter.ordinary)

    def mend(self, data: bytes, path: str) -> Mended:
        """The report with all edits made that can be, and that make it no worse.

        Raises nothing for what cannot be read: ``before`` and ``after`` then tell why.
        """
        before = self.linter.check_bytes(data, path)
        if before.document is None or not any(self._is_due(diagnostic) for diagnostic in before.diagnostics):
            return Mended(before, before, data)
        work = _Work(self, data, path, before)
        work.run()
        after = self.linter.check_bytes(work.data, path) if work.made else before
        return Mended(before, after, work.data, tuple(work.made), tuple(work.refused.values()))

    def without_unsafe(self, data: bytes, mended: Mended, rules: tuple[str, ...]) -> Mended:
        """A report mended again by this one; what ``mended`` had made beyond that is refused for these rules."""
        again = self.mend(data, mended.before.path)
        undone = [Refused(each, "worse", rules) for each in mended.made if each.autofix == "unsafe"]
        return replace(again, refused=(*again.refused, *undone))

    def judge(self, data: bytes, path: str, known: Result | None = None) -> Result:
        """The result under all ordinary rules, chosen or not: a fix must not break what nobody looks at now.

        ``known`` is the result under the chosen ones, if there is one yet.
        """
        return known if known and self._judge is self.linter else self._judge.check_bytes(data, path)

    def due(self, result: Result) -> list[Diagnostic]:
        """The diagnostics of a result that are to be mended."""
        return [diagnostic for diagnostic in result.diagnostics if self._is_due(diagnostic)]

    def _is_due(self, diagnostic: Diagnostic) -> bool:
        autofix = diagnostic.autofix
        return diagnostic.rule.id in self._wanted and (autofix == "safe" or (self.unsafe and autofix == "unsafe"))


class _Work:
    """One report while it is being mended."""

    def __init__(self, mender: Mender, data: bytes, path: str, before: Result) -> None:
        self.mender = mender
        self.path = path
        self.data = data
        self.result = mender.judge(data, path, before)
        self.made: list[Diagnostic] = []
        self.refused: dict[Key, Refused] = {}

    def run(self) -> None:
        """Make all edits at once; where that does no good, half of them, down to single ones."""
        tries = 0
        size: int | None = None
        while tries < MOST_TRIES:
            due = [d for d in self.mender.due(self.result) if key_of(d) not in self.refused]
            chosen = _compatible(due)[:size]
            if not chosen:
                return
            tries += 1
            problem = self._try(chosen)
            if problem is None:
                size = None
            elif len(chosen) == 1:
                self.refused[key_of(chosen[0])] = Refused(chosen[0], *problem)
                size = None
            elif problem[0]:
                size = len(chosen) // 2

    def _try(self, chosen: Sequence[Diagnostic]) -> tuple[str, tuple[str, ...]] | None:
        """None if the edits were made; else why not, with an empty reason if those at fault are known and set aside."""
        document = self.result.document
        assert document is not None
        try:
            data = write_back(self.data, document, _edits(chosen))
        except UnwritableError as error:
            guilty = [d for d in chosen if any(tuple(edit.location.span) in error.spans for edit in d.finding.edits)]
            if not guilty or len(chosen) == 1:
                return error.reason, ()
            self.refused.update((key_of(d), Refused(d, error.reason)) for d in guilty)
            return "", ()
        result = self.mender.judge(data, self.path)
        new = _new(self.result, result, chosen)
        if new is not None:
            return "worse" if new else "misread", new
        self.data, self.result = data, result
        self.made += chosen
        return None


def _compatible(due: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those whose edits do not touch those of one before; the same edit of two is one."""
    taken: dict[Span, str] = {}
    chosen = []
    for diagnostic in due:
        edits = {edit.location.span: edit.replacement for edit in diagnostic.finding.edits}
        fits = all(taken.get(span, text) == text for span, text in edits.items())
        if fits and not any(_touch(span, other) for span in edits for other in taken if span != other):
            taken.update(edits)
            chosen.append(diagnostic)
    return chosen


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _edits(chosen: Iterable[Diagnostic]) -> list[tuple[Span, str]]:
    edits: Iterable[Edit] = (edit for diagnostic in chosen for edit in diagnostic.finding.edits)
    return sorted({edit.location.span: edit.replacement for edit in edits}.items())


def _new(before: Result, after: Result, mended: Sequence[Diagnostic]) -> tuple[str, ...] | None:
    """The rules that find something new, or still what was to be mended; None if there are none.

    Empty if no rule does, but the cells are not all read as they were.
    """
    if before.report is None or after.report is None:
        return ()
    had, has = (Counter(map(key_of, result.diagnostics)) for result in (before, after))
    had.subtract(map(key_of, mended))
    new = {rule for (rule, subject), count in has.items() if count > had[rule, subject]}
    if new:
        return tuple(sorted(new))
    touched = {cell for diagnostic in mended for cell in _cells(diagnostic)}
    return None if _read(before.report, touched) == _read(after.report, touched) else ()


def _cells(diagnostic: Diagnostic) -> list[str]:
    """The addresses of the cells that a finding is about."""
    target = diagnostic.finding.target
    address = target.address if target else None
    return [*diagnostic.finding.seen, *([str(address)] if address else [])]


def _read(report: Report, but: set[str]) -> dict[CellAddress, str]:
    """What all cells but these say."""
    cells = (cell for table in report.tables for cell in table.cells)
    return {cell.address: cell.text or "" for cell in cells if str(cell.address) not in but}
