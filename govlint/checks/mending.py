"""Edits that mend words and numbers: only the characters that are wrong, each at its own place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from govlint.chinese import fold, fold_mapped
from govlint.model.document import Phrase, Slice
from govlint.model.finding import Edit
from govlint.model.report import Report, TableCell
from govlint.model.source import Span

_IN_MARKUP = {ord("&"): "&amp;", ord("<"): "&lt;"}
_OPENED = re.compile(
    r"""(?:(?:\s|<!--(?:[^-]|-(?!->)){0,200}-->){0,40}"""
    r"""<(?:p|div|span|font|b|strong|i|em|u|center|label|section|o:p)(?:\s(?:"[^"]*"|'[^']*'|[^'"<>])*)?(?<!/)>){1,20}""",
    re.I,
)
"""The start tags in a blank cell of a page that its text stands in, with their fonts."""
_BLANKS = " \u00a0\u2002\u2003\u3000"


class _Change(NamedTuple):
    """Characters ``start`` to ``end`` of a text give way to ``text``, which stands at ``at`` of the wanted one."""

    start: int
    end: int
    text: str
    at: int = 0


def reworded(report: Report, printed: Phrase, wanted: str) -> tuple[Edit, ...]:
    """Edits that make printed words read as wanted; what the form counts as the same stays as it is.

    That are blanks, widths, and kinds of brackets. Those beside a wrong character go with it, as do the partner of a
    wrong bracket and blanks that part the characters of a label.
    """
    text = "".join(piece.text for piece in printed.slices)
    changes = list(_word_changes(text, wanted))
    changes += [*_partners(text, wanted, changes), *_gaps(text, changes)]
    return tuple(_edits(report, printed.slices, sorted(changes)))


def rewritten(report: Report, cell: TableCell, wanted: str) -> tuple[Edit, ...]:
    """Edits that make a cell of a table print this and nothing else; none for a cell that is not printed."""
    if cell.printed is None:
        return ()
    if not cell.printed.text:
        return tuple(_filled(report, cell.printed, wanted))
    return tuple(_edits(report, (cell.printed,), _changes(cell.printed.text, wanted)))


def _word_changes(text: str, wanted: str) -> Iterator[_Change]:
    here, at = fold_mapped(text)
    there, wanted_at = fold_mapped(wanted)
    for change in _changes(here, there):
        start, end = _reach(at, change.start, change.end, len(text))
        first, last = _reach(wanted_at, change.at, change.at + len(change.text), len(wanted))
        while start > 0 and first > 0 and _differs(text[start - 1], wanted[first - 1]):
            start, first = start - 1, first - 1
        while end < len(text) and last < len(wanted) and _differs(text[end], wanted[last]):
            end, last = end + 1, last + 1
        yield _Change(start, end, wanted[first:last], first)


def _partners(text: str, wanted: str, changes: Sequence[_Change]) -> Iterator[_Change]:
    """Changes of brackets that stay, to the width of their partner, which is new."""
    here, at = fold_mapped(text)
    there, wanted_at = fold_mapped(wanted)
    blocks = SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks()
    stays = {wanted_at[b + k]: at[a + k] for a, b, size in blocks for k in range(size)}
    new = {index for change in changes for index in range(change.at, change.at + len(change.text))}
    opened: list[int] = []
    for index, char in enumerate(wanted):
        if fold(char) == "(":
            opened.append(index)
        elif fold(char) == ")" and opened:
            pair = (opened.pop(), index)
            for one, other in (pair, pair[::-1]):
                place = stays.get(one)
                if one not in new and other in new and place is not None and text[place] != wanted[one]:
                    yield _Change(place, place + 1, wanted[one], one)


def _gaps(text: str, changes: Sequence[_Change]) -> Iterator[_Change]:
    """Blanks between two Chinese characters, which widen a label that is no longer as short."""
    for index in range(1, len(text) - 1) if changes else ():
        alone = text[index] in _BLANKS and all(_is_ideograph(text[index + step]) for step in (-1, 1))
        if alone and not any(change.start <= index < change.end for change in changes):
            yield _Change(index, index + 1, "")


def _is_ideograph(char: str) -> bool:
    return char.isalpha() and not char.isascii()


def _reach(indices: Sequence[int], start: int, end: int, length: int) -> tuple[int, int]:
    """The characters that folded ones come from; for none of them, the place behind the one before."""
    if start < end:
        return indices[start], indices[end - 1] + 1
    at = indices[start - 1] + 1 if start else indices[0] if indices else length
    return at, at


def _differs(printed: str, wanted: str) -> bool:
    """Whether two characters count as the same and are not."""
    return printed != wanted and fold(printed) == fold(wanted)


def _changes(text: str, wanted: str) -> list[_Change]:
    matcher = SequenceMatcher(None, text, wanted, autojunk=False)
    return [_Change(i, j, wanted[k:m], k) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]


def _edits(report: Report, slices: Sequence[Slice], changes: Sequence[_Change]) -> Iterator[Edit]:
    places = [(piece, index) for piece in slices for index in range(piece.start, piece.end)]
    for change in changes:
        gone = [place for place in places[change.start : change.end] if _is_text(report, place)]
        spans = _joined(piece.cell.span(index, index + 1) for piece, index in gone)
        if not spans:
            spans = [_between(places, change.start)] if change.text else []
        for number, span in enumerate(spans):
            yield _edit(report, span, "" if number else change.text)


def _edit(report: Report, span: Span, text: str) -> Edit:
    return Edit(report.locate(span), text.translate(_IN_MARKUP) if report.source.kind == "html" else text)


def _is_text(report: Report, place: tuple[Slice, int]) -> bool:
    """Whether a character is printed as text; a blank may stand for a tag, which nobody wants to lose."""
    piece, index = place
    span = piece.cell.span(index, index + 1)
    return not piece.cell.text[index].isspace() or "<" not in report.source.text[span.start : span.end]


def _joined(spans: Iterator[Span]) -> list[Span]:
    """The spans, adjoining ones as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].end == span.start:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _between(places: Sequence[tuple[Slice, int]], at: int) -> Span:
    """The place behind the character before, else before the first one."""
    piece, index = places[at - 1] if at else places[0]
    span = piece.cell.span(index, index + 1)
    return Span(span.end, span.end) if at else Span(span.start, span.start)


def _filled(report: Report, blank: Slice, wanted: str) -> Iterator[Edit]:
    """Words put into a blank cell: in the place of a blank that is written as a character, else where text would be."""
    span, text = blank.span, report.source.text
    inside = text[span.start : span.end]
    written = inside.strip() and "<" not in inside  # An entity for a blank, as pages have them.
    if not written:
        opened = _OPENED.match(text, span.start) if report.source.kind == "html" else None
        at = opened.end() if opened else span.start
        span = Span(at, at)
    yield _edit(report, span, wanted)
