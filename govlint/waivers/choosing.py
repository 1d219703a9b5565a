"""Which diagnostics of a run somebody wants to accept: by rule, by subject, by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from govlint.model.diagnostic import Diagnostic, Run
from govlint.waivers.key import plain, subject_of


@dataclass(frozen=True)
class Wish:
    """Names of rules (ids, prefixes, names), subjects or addresses of cells, and a line; empty is whatever it be."""

    rules: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    line: int | None = None

    def includes(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic is wanted."""
        return (
            (not self.rules or not diagnostic.rule.prefixes.isdisjoint(self.rules))
            and (not self.subjects or any(_is_about(diagnostic, subject) for subject in self.subjects))
            and (self.line is None or _stands_in(diagnostic, self.line))
        )


def chosen(run: Run, wish: Wish) -> Run:
    """The run with no other diagnostics than those wanted."""
    results = (replace(r, diagnostics=tuple(d for d in r.diagnostics if wish.includes(d))) for r in run.results)
    return replace(run, results=tuple(results))


def subjects(run: Run, wish: Wish) -> Iterator[str]:
    """The subjects of the diagnostics wanted, each once."""
    found = (diagnostic for result in chosen(run, wish).results for diagnostic in result.diagnostics)
    yield from dict.fromkeys(subject_of(diagnostic.finding) for diagnostic in found)


def _is_about(diagnostic: Diagnostic, words: str) -> bool:
    """Whether words are the subject, the address of the cell, or the first parts of either."""
    finding = diagnostic.finding
    target = ".".join(part for part in finding.target or () if part)
    wanted = plain(words)
    known = (subject_of(finding), target)
    return any(name == wanted or name.startswith((f"{wanted}.", f"{wanted}:")) for name in known if wanted)


def _stands_in(diagnostic: Diagnostic, line: int) -> bool:
    span = diagnostic.finding.location.span
    position = diagnostic.source.position
    return position(span.start).line <= line <= position(max(span.start, span.end - 1)).line
