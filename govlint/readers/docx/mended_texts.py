"""Which texts of a Word document edits of its rendering change, and what these hold afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from govlint.model.source import Span
from govlint.readers.docx.blank_cells import Typist
from govlint.readers.docx.names import SPACE, W
from govlint.readers.docx.tracing import Piece, Region, Trace
from govlint.readers.docx.written import XML_BLANKS, Splice, Written, is_writable


class _Change(NamedTuple):
    """Characters ``start:end`` of the text of a ``w:t`` give way to others."""

    start: int
    end: int
    text: str


_NOT_TYPED = frozenset(
    W + name
    for name in ("drawing", "pict", "object", "fldChar", "fldSimple", "showingPlcHdr", "checkBox", "dropDownList")
)
"""What a cell shows without its being typed there: pictures, results of fields, what a control asks for."""


class RefusedError(Exception):
    """An edit that cannot be written, and why."""


class Plan:
    """What becomes of the texts of a document."""

    def __init__(self, traced: Trace) -> None:
        self._trace = traced
        self._changes: dict[ET.Element, list[_Change]] = {}
        self._typed: dict[int, tuple[Region, str]] = {}

    def add(self, span: Span, text: str) -> None:
        """One more edit, behind those before. Raises RefusedError and leaves the plan as it is."""
        region = self._trace.region(span.start)
        if region is None:
            raise RefusedError("elsewhere")
        if span.end > region.end:
            raise RefusedError("made_by_word")
        if region.cell is not None and any(element.tag in _NOT_TYPED for element in region.cell.iter()):
            raise RefusedError("not_blank")
        changes: list[tuple[ET.Element, _Change]] = []
        typed = ""
        for at, pieces, words in self._split(span, text, region):
            if not is_writable(words):
                raise RefusedError("unsure")
            if pieces:
                changes += self._replaced(pieces, words)
            elif words:
                inserted = self._inserted(at, words, region)
                changes += inserted
                typed += "" if inserted else words
        if any(len(element) for element, _ in changes):  # A text with elements in it is none of Word's.
            raise RefusedError("unsure")
        for element, change in changes:
            self._changes.setdefault(element, []).append(change)
        if typed:
            _, before = self._typed.get(region.start, (region, ""))
            self._typed[region.start] = (region, before + typed)

    def _split(self, span: Span, text: str, region: Region) -> Iterator[tuple[int, list[Piece], str]]:
        """The edit without the characters that Word makes, which must stay: offset, what shows the old text, new."""
        shown = self._trace.rendering.text
        at = start = span.start
        group: list[Piece] = []
        for piece in (*self._trace.pieces_in(span), Piece(span.end, 0, self._trace.root, 0)):
            if piece.at > at:
                words, made, text = text.partition(shown[at : piece.at])
                if not made:
                    raise RefusedError("made_by_word" if region.whole else "unsure")
                yield start, group, words
                start, group = piece.at, []
            if piece.length:
                group.append(piece)
            at = piece.at + piece.length
        yield start, group, text

    def _replaced(self, pieces: list[Piece], text: str) -> Iterator[tuple[ET.Element, _Change]]:
        """The first of the pieces that change shows the new text, the others nothing; what is the same stays."""
        old = self._trace.rendering.text[pieces[0].at : pieces[-1].at + pieces[-1].length]
        before = _alike(old, text)
        after = min(_alike(old[::-1], text[::-1]), min(len(old), len(text)) - before)
        text = text[before : len(text) - after]
        first, last = pieces[0].at + before, pieces[-1].at + pieces[-1].length - after
        for at, length, element, start in pieces:
            here, there = max(first, at) - at, min(last, at + length) - at
            if here < there or (text and first == last and here == there):
                yield element, _Change(start + here, start + there, text)
                text = ""

    def _inserted(self, at: int, text: str, region: Region) -> list[tuple[ET.Element, _Change]]:
        """Text behind the character before, else before that behind; nothing where it is typed into a blank."""
        before = list(self._trace.pieces_in(Span(max(at - 1, region.start), at)))
        if before:
            end = before[0].start + before[0].length
            return [(before[0].element, _Change(end, end, text))]
        behind = list(self._trace.pieces_in(Span(at, min(at + 1, region.end))))
        if behind:
            return [(behind[0].element, _Change(behind[0].start, behind[0].start, text))]
        if not region.whole:
            raise RefusedError("unsure")
        if at != region.end or next(self._trace.pieces_in(Span(region.start, region.end)), None) is not None:
            raise RefusedError("made_by_word")
        return []

    def splices(self, written: Written) -> Iterator[Splice]:
        """The changes in the bytes of the main part."""
        typist = Typist(self._trace, written)
        preserved = self._trace.root.get(SPACE) == "preserve"
        for region, text in self._typed.values():
            blank = next((element for element in region.texts if not len(element)), None)
            if blank is not None:
                self._changes[blank] = [_Change(0, len(blank.text or ""), text)]
                continue
            typed = typist.type(region, text)
            if typed is not None:
                yield typed
        for element, changes in self._changes.items():
            old = element.text or ""
            text, preserve = _changed(old, changes, preserved or element.get(SPACE) == "preserve")
            if text != old:
                yield written.filled(element, text, preserve=preserve)


def _changed(old: str, changes: list[_Change], preserved: bool) -> tuple[str, bool]:
    """A text after its changes, and whether it must now be said that its blanks are to be preserved.

    Where they are not yet, blanks at its edges were not seen, and go if those that now stand there are to be.
    """
    first, last = 0, len(old)
    if not preserved:
        last = len(old.rstrip(XML_BLANKS))
        first = min(len(old) - len(old.lstrip(XML_BLANKS)), last)
        if any(change.start < first or change.end > last for change in changes):
            first, last = 0, len(old)
    made: list[str] = []
    at = first
    for start, end, text in changes:
        made += (old[at:start], text)
        at = end
    seen = "".join((*made, old[at:last]))
    if preserved or seen == seen.strip(XML_BLANKS):
        return old[:first] + seen + old[last:], False
    return seen, True


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
