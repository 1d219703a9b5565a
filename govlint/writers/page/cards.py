"""The cards beside a report: one for each finding, the waived ones, and what could not be judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from govlint.model.diagnostic import Diagnostic, Result, Run
from govlint.model.source import Location
from govlint.writers.language import Language
from govlint.writers.markup import Content, Html, element, joined
from govlint.writers.page.placing import card_id, place_id
from govlint.writers.parts import part_of
from govlint.writers.review import Aside, Pair, Told, tell, unjudged, waiver_facts

_FEW = 6
"""So many related places are shown without being asked for."""
_MANY = 200
"""More cards than these are drawn by browsers as they come into sight."""


class Cards:
    """The cards of one result; ``number`` is that of the result, ``anchors`` are the places that can be linked to."""

    def __init__(
        self, result: Result, number: int, run: Run, anchors: Mapping[Location, str], language: Language
    ) -> None:
        self._result = result
        self._number = number
        self._run = run
        self._anchors = anchors
        self._language = language
        self._words = language.words["review"]

    def write(self) -> Html:
        """All of them, under their headings."""
        return joined(self._parts(), "\n")

    def _parts(self) -> Iterator[Html]:
        result = self._result
        yield self._head("findings", len(result.diagnostics))
        if result.diagnostics:
            cards = (self._finding(number, one) for number, one in enumerate(result.diagnostics, 1))
            shape = "cards long" if len(result.diagnostics) > _MANY else "cards"
            yield element("ol", joined(cards, "\n"), class_=shape)
        else:
            yield element("p", self._words["no_findings"], class_="none")
        yield from self._unjudged()
        if result.waived:
            yield self._head("waived", len(result.waived))
            cards = (
                self._waived(number, diagnostic, waiver_facts(waiver, self._language))
                for number, (diagnostic, waiver) in enumerate(result.waived, 1)
            )
            yield element("ol", joined(cards, "\n"), class_="cards")

    def _head(self, name: str, count: int) -> Html:
        counted = element("span", count, class_="count")
        return element("h3", joined((self._words[name], " ", counted)))

    def _finding(self, number: int, diagnostic: Diagnostic) -> Html:
        card = card_id(self._number, number)
        told = tell(diagnostic, self._result, self._run, self._language)
        return element(
            "li",
            joined((self._title(card, str(number), diagnostic), *self._body(card, told), self._more(told))),
            id=card,
            class_=f"card {diagnostic.severity}",
            data_rule=diagnostic.rule.id,
            data_severity=diagnostic.severity,
            data_part=part_of(diagnostic, self._result.report),
        )

    def _waived(self, number: int, diagnostic: Diagnostic, facts: Iterable[Pair]) -> Html:
        card = card_id(self._number, number, waived=True)
        told = tell(diagnostic, self._result, self._run, self._language)
        label = self._language.say("web", "waived_number", {"number": number})
        place = [(self._words["place"], self._link(place_id(card), told.place))]
        body = (element("p", told.message, class_="message"), _list([*place, *facts]))
        return element("li", joined((self._title(card, label, diagnostic), *body)), id=card, class_="card waived")

    def _title(self, card: str, label: str, diagnostic: Diagnostic) -> Html:
        kind = "waived" if card.startswith("w") else diagnostic.severity
        to_place = self._language.say("web", "to_place", {"number": label})
        return element(
            "h4",
            joined(
                (
                    element("a", label, class_=f"n {kind}", href=f"#{place_id(card)}", title=to_place),
                    element("span", self._language.say("severity", diagnostic.severity), class_="severity"),
                    element("code", diagnostic.rule.id),
                    element("span", self._language.of(diagnostic.rule.title), class_="about"),
                ),
                " ",
            ),
        )

    def _body(self, card: str, told: Told) -> Iterator[Html]:
        yield element("p", told.message, class_="message")
        pairs: list[tuple[str, Content]] = [(self._words["place"], self._link(place_id(card), told.place))]
        said = {"found": told.found, "expected": told.expected, "fix": told.fix}
        pairs += [(self._words[name], text) for name, text in said.items() if text]
        yield _list(pairs)
        if told.related:
            places = element("ul", joined(map(self._aside, told.related)))
            head = joined((self._words["related"], " ", element("span", len(told.related), class_="count")))
            is_short = len(told.related) <= _FEW
            yield element("details", joined((element("summary", head), places)), class_="related", open=is_short)

    def _more(self, told: Told) -> Html:
        pairs = [(self._words[name], text) for name, text in (("why", told.why), ("basis", told.basis)) if text]
        said = element("summary", self._language.say("web", "more"))
        return element("details", joined((said, _list(pairs))), class_="more")

    def _aside(self, aside: Aside) -> Html:
        anchor = self._anchors.get(aside.location)
        text = self._link(anchor, aside.text) if anchor else aside.text
        return element("li", joined((text, " ", element("small", aside.place))))

    def _link(self, anchor: str, text: str) -> Html:
        return element("a", text, href=f"#{anchor}")

    def _unjudged(self) -> Iterator[Html]:
        found = unjudged(self._result, self._run, self._language)
        if not found:
            return
        count = sum(map(len, found.values()))
        said = joined((self._words["unjudged"], " ", element("span", count, class_="count")))
        pairs = [
            (reason, joined(element("span", f"{rule.id} {self._language.of(rule.title)}") for rule in rules))
            for reason, rules in found.items()
        ]
        yield element("details", joined((element("summary", said), _list(pairs))), class_="unjudged")


def _list(pairs: Iterable[tuple[str, Content]]) -> Html:
    """Names with what they stand for."""
    return element("dl", joined(element("div", joined((element("dt", a), element("dd", b)))) for a, b in pairs))
