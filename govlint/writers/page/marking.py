"""The text of a cell as HTML, with its marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govlint.writers.markup import Html, element, esc_lines, joined
from govlint.writers.page.marks import Mark, Segment


def marked(text: str, segments: Sequence[Segment]) -> Html:
    """Text with its marks; plain where it has none."""
    if not segments:
        return esc_lines(text)
    return joined(_segment(text[part.start : part.end], part) for part in segments)


def badges(marks: Iterable[Mark]) -> Html:
    """The places that links from the cards lead to, each a link back."""
    return joined(
        element("a", mark.label, id=mark.anchor, class_=f"n {_class(mark)}", href=f"#{mark.cards[0]}", title=mark.title)
        for mark in marks
        if mark.label
    )


def targets(marks: Iterable[Mark]) -> Html:
    """Places that links lead to and that show nothing of their own."""
    return joined(element("span", id=mark.anchor) for mark in marks if not mark.label)


def _segment(text: str, segment: Segment) -> Html:
    if not segment.marks:
        return esc_lines(text)
    worst = segment.marks[0]
    found = [mark.cards[0] for mark in segment.marks if mark.label]
    related = [card for mark in segment.marks if not mark.label for card in mark.cards]
    if found:
        content = joined((targets(segment.opens), esc_lines(text)))
        shape = f"{_class(worst)} gap" if segment.start == segment.end else _class(worst)
        mark = element("mark", content, class_=shape, data_f=" ".join(found), data_r=" ".join(related) or None)
        return joined((badges(segment.opens), mark))
    content = joined((targets(segment.opens[1:]), esc_lines(text)))
    if not segment.opens:
        return element("span", content, class_="rel", data_r=" ".join(related))
    first = segment.opens[0]
    link = f"#{first.cards[0]}"
    return element("a", content, id=first.anchor, class_="rel", href=link, title=first.title, data_r=" ".join(related))


def _class(mark: Mark) -> str:
    return "waived" if mark.kind == "waived" else mark.severity
