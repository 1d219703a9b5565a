"""Small damage to a clean report, one piece at a time: every number, every official wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple

from govlint.examples.clean import Part, clean_report
from govlint.examples.printing import SUFFIXES, Printer
from govlint.linter import Linter

PLAINEST = "tabs"
LISTED = "examples/unnoticed.yaml"
"""The misprint that mutations use, and the mutations that need not be noticed."""
CELL_KINDS = ("number", "blank", "negative", "decimal", "removed")
"""What is done to a cell: one more than it says, no words, below zero, half a piece, no cell at all."""
WORD_KINDS = ("misspelt", "exchanged", "doubled", "cut", "blank", "removed")
"""What is done to words: a misprint for one character, two of them exchanged, the last one twice, the last one lost,
no words, not there at all."""
PLACED_KINDS = {"cell": frozenset(("blank", "removed")), "label": frozenset(("misspelt", "removed"))}
"""What may come out otherwise in another layout; a wrong number is the same number in each, and so are most words."""


class Mutation(NamedTuple):
    """One change of a clean report: of which year, printed how, what is done, and to which part."""

    year: int
    layout: str
    kind: str
    part: str


class Mutant(NamedTuple):
    """A report with one change: its bytes, its file name, and what the changed part said before and says now."""

    mutation: Mutation
    data: bytes
    path: str
    before: str
    after: str


def mutants(linter: Linter, year: int, layout: str, first: int = 0, of: int = 1) -> Iterator[Mutant]:
    """The mutations of the clean report of a year in a layout, in the order of the report.

    In other layouts than the plainest only those of ``PLACED_KINDS``. ``first`` and ``of`` take every ``of``-th part.
    """
    report = official_report(linter, year)
    misprint = linter.data(LISTED)["misprint"]
    for name, holder, part in islice(official_parts(report), first, None, of):
        for kind in CELL_KINDS if part.kind == "cell" else WORD_KINDS:
            if layout != PLAINEST and kind not in PLACED_KINDS.get(part.kind, WORD_KINDS):
                continue
            before = part.text
            with _changed(kind, holder, part, misprint) as after:
                if after == before and kind != "removed":
                    continue
                printer = Printer(layout)
                printer.print(report)
            yield Mutant(
                Mutation(year, layout, kind, name), printer.text.encode(), f"clean{SUFFIXES[layout]}", before, after
            )


def official_report(linter: Linter, year: int) -> Part:
    """The clean report of a year on the form of its edition."""
    clean: Mapping[str, Any] = linter.data("examples/clean.yaml")
    edition = next(edition for edition in linter.editions if edition.covers(year))
    return clean_report(clean, edition, {}, year, clean["agency"])


def official_parts(report: Part) -> list[tuple[str, Part, Part]]:
    """(name, holder, part) of every cell, label and numbered heading.

    Labels without a name of their own have that of what is around them and their words: ``requests.requests:…``,
    with ``#2`` when these words stand there for the second time.
    """
    seen: dict[str, int] = {}
    found = []
    for holder, part, around in _walk(report, "document"):
        if part.kind not in ("cell", "label") and not part.name.startswith("heading."):
            continue
        name = part.name or f"{around}:{part.text}"
        seen[name] = seen.get(name, 0) + 1
        found.append((name if seen[name] == 1 else f"{name}#{seen[name]}", holder, part))
    return found


def _walk(holder: Part, around: str) -> Iterator[tuple[Part, Part, str]]:
    for part in holder.parts:
        yield holder, part, around
        yield from _walk(part, part.name or around)


@contextmanager
def _changed(kind: str, holder: Part, part: Part, misprint: str) -> Iterator[str]:
    """The part changed while this lasts; gives what it says meanwhile."""
    before = part.text
    at = next(number for number, other in enumerate(holder.parts) if other is part)
    if kind == "removed":
        del holder.parts[at]
    else:
        part.text = _number(kind, before) if part.kind == "cell" else _words(kind, before, misprint)
    try:
        yield "" if kind == "removed" else part.text
    finally:
        part.text = before
        if kind == "removed":
            holder.parts.insert(at, part)


def _number(kind: str, text: str) -> str:
    if kind == "blank":
        return ""
    number = int(text)
    return {"number": f"{number + 1}", "negative": f"-{abs(number) + 1}", "decimal": f"{number}.5"}[kind]


def _words(kind: str, text: str, misprint: str) -> str:
    if kind == "blank" or not text:
        return ""
    if kind == "doubled":
        return text + text[-1]
    if kind == "cut":
        return text[:-1]
    if kind == "misspelt":
        at = max((at for at, char in enumerate(text) if char.isalpha()), key=lambda at: (-abs(at - len(text) // 2), at))
        return text[:at] + misprint + text[at + 1 :]
    pairs = [at for at in range(len(text) - 1) if text[at : at + 2].isalpha() and text[at] != text[at + 1]]
    if not pairs:
        return text
    at = pairs[len(pairs) // 2]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
