"""All waivers of a run, by the report that they are for."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from govlint.model.document import Document
from govlint.model.finding import Finding
from govlint.model.handling import Acceptance, Accepted, Found, Sifted
from govlint.model.rule import Rule
from govlint.model.waiver import Stale, Waiver
from govlint.waivers.key import plain, seen_of, subject_of
from govlint.waivers.paths import place_of

if TYPE_CHECKING:
    from govlint.waivers.file import WaiverFile
    from govlint.waivers.inline import Directive

MARK = "govlint-"
"""What every waiver in a report begins with."""

Filed = Mapping[str, Sequence[Waiver]]
"""The waivers for one report by their subject, in the order of the files."""

_NONE: Filed = {}


class WaiverBook:
    """Waivers from files by the place of the report, and whether those in the reports themselves hold."""

    def __init__(self, files: Iterable[WaiverFile], *, inline: bool, today: date) -> None:
        self._inline = inline
        self._today = today
        self._filed: dict[str, dict[str, list[Waiver]]] = {}
        self._folders: dict[str, str] = {}
        for file in files:
            for waiver in file.waivers:
                place = place_of(os.path.join(file.folder, waiver.report), self._folders)  # noqa: PTH118
                self._filed.setdefault(place, {}).setdefault(waiver.subject or "", []).append(waiver)

    def accept(self, path: str) -> Callable[[Document], Acceptance]:
        """The waivers for the report at a path, as soon as it is read."""
        filed = self._filed.get(place_of(path, self._folders), _NONE) if self._filed else _NONE

        def acceptance(document: Document) -> Acceptance:
            return _Waivers(filed, _directives(document) if self._inline else (), document.source.id, self._today)

        return acceptance


def _directives(document: Document) -> Sequence[Directive]:
    """The waivers in a report; what reads them loads only where there may be some."""
    if MARK not in document.source.text:
        return ()
    from govlint.waivers.inline import directives

    return directives(document)


def make_book(files: Iterable[WaiverFile], *, inline: bool, today: date) -> WaiverBook:
    """The waivers of these files; those in reports as well if ``inline``. ``today`` tells which have expired."""
    return WaiverBook(files, inline=inline, today=today)


class _Waivers(Acceptance):
    """The waivers for one report."""

    def __init__(self, filed: Filed, inline: Sequence[Directive], source_id: str, today: date) -> None:
        self._filed = filed
        self._inline = inline
        self._source_id = source_id
        self._today = today.isoformat()

    def sift(self, found: Sequence[Found], used: Sequence[Waiver]) -> Sifted:
        """What is accepted by a comment, else by a file; of a file not more often than it says."""
        kept: list[Found] = []
        accepted: list[Accepted] = []
        if not (self._filed or self._inline):
            return Sifted(list(found), accepted)
        times = Counter(used)
        for rule, finding in found:
            waiver = self._of_comment(rule, finding) or self._of_file(rule, finding, times)
            if waiver is None:
                kept.append((rule, finding))
            else:
                times[waiver] += 1
                accepted.append((rule, finding, waiver))
        return Sifted(kept, accepted)

    def stale(self, kept: Sequence[Found], used: Sequence[Waiver]) -> Sequence[Stale]:
        """The waivers that accepted nothing, and why."""
        active = set(used)
        live = {(name, subject_of(finding)) for rule, finding in kept for name in (rule.id, rule.name)}
        return [self._why(waiver, live) for waiver in self._all() if waiver not in active]

    def _all(self) -> Iterator[Waiver]:
        for waivers in self._filed.values():
            yield from waivers
        for directive in self._inline:
            yield directive.waiver

    def _why(self, waiver: Waiver, live: set[tuple[str, str]]) -> Stale:
        if not waiver.reason:
            return Stale(waiver, "no_reason")
        if self._expired(waiver):
            return Stale(waiver, "expired")
        return Stale(waiver, "changed" if (waiver.rule, waiver.subject) in live else "unused")

    def _of_comment(self, rule: Rule, finding: Finding) -> Waiver | None:
        source, span = finding.location
        for waiver, covers in self._inline:
            inside = covers and source == self._source_id and covers.start <= span.start <= covers.end
            if inside and waiver.reason and waiver.rule in rule.prefixes:
                return waiver
        return None

    def _of_file(self, rule: Rule, finding: Finding, times: Counter[Waiver]) -> Waiver | None:
        waivers = self._filed.get(subject_of(finding), ()) if self._filed else ()
        fitting = (w for w in waivers if w.rule in (rule.id, rule.name) and times[w] < w.times and not self._expired(w))
        return next((waiver for waiver in fitting if _looks_the_same(waiver, finding)), None)

    def _expired(self, waiver: Waiver) -> bool:
        return waiver.expires is not None and waiver.expires < self._today


def _looks_the_same(waiver: Waiver, finding: Finding) -> bool:
    """Whether what is found is what was accepted."""
    if waiver.found is not None and plain(waiver.found) != plain(finding.found or ""):
        return False
    return waiver.seen is None or waiver.seen == seen_of(finding)
