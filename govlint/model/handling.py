"""What a configuration and waivers say of single files: rules left out, facts told, findings accepted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from govlint.model.document import Document
from govlint.model.finding import Finding
from govlint.model.rule import Rule
from govlint.model.waiver import Stale, Waiver

Found = tuple[Rule, Finding]
Accepted = tuple[Rule, Finding, Waiver]
"""A finding of a rule, and the waiver that accepts it."""


class Sifted(NamedTuple):
    """Findings, told apart by whether a waiver accepts them."""

    kept: list[Found]
    accepted: list[Accepted]


class Acceptance:
    """The waivers that may hold for one report; this one accepts nothing.

    It is asked several times for a report: for what single rules found, for what was merged of it, for what rules on
    several reports found. ``used`` are the waivers that have accepted something by then, each as often as it did.
    """

    def sift(self, found: Sequence[Found], used: Sequence[Waiver]) -> Sifted:
        """The findings that stay and those that are accepted."""
        return Sifted(list(found), [])

    def stale(self, kept: Sequence[Found], used: Sequence[Waiver]) -> Sequence[Stale]:
        """The waivers that did nothing in the end; ``kept`` are the findings that stayed."""
        return ()


def _accept_nothing(document: Document) -> Acceptance:
    return Acceptance()


class Handling(NamedTuple):
    """What is said of one file.

    ``ignored`` are the ids of rules that do not judge it; ``unit_type`` and ``agency`` are told rather than read;
    ``accept`` gives the waivers for it.
    """

    ignored: frozenset[str] = frozenset()
    unit_type: str | None = None
    agency: str | None = None
    accept: Callable[[Document], Acceptance] = _accept_nothing


ORDINARY = Handling()
"""Nothing is said of the file."""
