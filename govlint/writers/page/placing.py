"""Everything that is to be marked in the reports of a run, with the ids that link places and cards."""

from __future__ import annotations

from typing import NamedTuple

from govlint.model.diagnostic import Diagnostic, Run
from govlint.model.finding import Related
from govlint.model.source import Location, Span
from govlint.writers.language import Language
from govlint.writers.page.marks import Mark


class Marked(NamedTuple):
    """The marks of each result, and the anchors of further places by (source, span)."""

    marks: list[list[Mark]]
    anchors: dict[Location, str]


def card_id(result: int, number: int, *, waived: bool = False) -> str:
    """The id of the card of a diagnostic; both numbers count from 1."""
    return f"{'w' if waived else 'f'}-{result}-{number}"


def place_id(card: str) -> str:
    """The id of the place that a card speaks of."""
    return f"at-{card}"


def marks_of(run: Run, language: Language) -> Marked:
    """The marks of all results: of what was found and waived in each, and of what other findings point at there."""
    marks: list[list[Mark]] = []
    pointing: dict[Location, list[tuple[str, Diagnostic, Related]]] = {}
    for result, judged in enumerate(run.results, 1):
        own: list[Mark] = []
        every = [(diagnostic, False) for diagnostic in judged.diagnostics]
        every += [(diagnostic, True) for diagnostic, _ in judged.waived]
        for index, (diagnostic, waived) in enumerate(every):
            number = index - len(judged.diagnostics) + 1 if waived else index + 1
            own.append(_mark(diagnostic, card_id(result, number, waived=waived), number, waived, language))
            for related in diagnostic.finding.related:
                pointing.setdefault(related.location, []).append((own[-1].cards[0], diagnostic, related))
        marks.append(own)
    homes = {judged.source.id: number for number, judged in reversed([*enumerate(run.results)]) if judged.source}
    anchors: dict[Location, str] = {}
    for location, some in pointing.items():
        if location.source_id in homes:
            home = homes[location.source_id]
            anchors[location] = f"p-{home + 1}-{location.span.start}-{location.span.end}"
            marks[home].append(_pointed(location.span, anchors[location], some, language))
    return Marked(marks, anchors)


def _mark(diagnostic: Diagnostic, card: str, number: int, waived: bool, language: Language) -> Mark:
    return Mark(
        diagnostic.finding.location.span,
        "waived" if waived else "finding",
        diagnostic.severity,
        place_id(card),
        (card,),
        f"{diagnostic.rule.id} {language.message(diagnostic)}",
        language.say("web", "waived_number", {"number": number}) if waived else str(number),
    )


def _pointed(span: Span, anchor: str, some: list[tuple[str, Diagnostic, Related]], language: Language) -> Mark:
    """The mark of a further place; several findings may point at it."""
    _, diagnostic, related = some[0]
    cards = tuple(dict.fromkeys(card for card, _, _ in some))
    title = f"{diagnostic.rule.id} {language.related(related)}"
    return Mark(span, "related", diagnostic.severity, anchor, cards, title)
