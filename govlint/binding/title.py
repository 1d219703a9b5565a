"""The title of a report, and the year and the agency that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govlint.binding.patterns import FactPatterns
from govlint.chinese import YEAR_SUFFIX, fold, fold_mapped, numeral
from govlint.model.document import ASIDE, Cell, Document, Phrase, Slice
from govlint.model.report import Fact

SCANNED = 150
"""The title stands in the first so many lines, or above section one."""
SHORT = 40
"""A line of no more characters may be part of a title or a name."""
_STOP = re.compile(r"[\u3002\uff0c\uff1b\uff01;!]")
"""Marks that part sentences; a title has none."""
_LABEL = re.compile(r"\w{2,4}\s*[:\uff1a]\s*")
"""What a crawler or a metadata table prints before a title."""


class Title(NamedTuple):
    """The title: its words, folded text, and for each folded character its cell and index there."""

    score: float
    phrase: Phrase
    text: str
    indices: list[tuple[Cell, int]]
    line: int


_BY_ROLE = {"heading": 1.5, "title": -2.0, "header": -4.0, "footer": -4.0}
"""How much more, or less, likely a line of some role is the title."""


def find_title(document: Document, patterns: FactPatterns, near: range, first_heading: int | None) -> Title | None:
    """The line, or lines on end, that is the title most likely; ``near`` are the lines where it should stand."""
    best: Title | None = None
    last = SCANNED if first_heading is None else first_heading
    for number in range(min(len(document.lines), last)):
        if document.lines[number].role == "link":
            continue
        for slices in _windows(document, number, patterns.longest):
            text = "".join(fold(piece.text) for piece in slices)
            if len(text) >= patterns.longest or patterns.never.search(text):
                continue
            if any(_STOP.search(piece.text) or patterns.never.search(fold(piece.cell.text)) for piece in slices):
                continue
            if not all(pattern.search(text) for pattern in patterns.must):
                continue
            role = document.lines[number].role
            score = (
                2.0 * bool(patterns.title_year.search(text))
                + (len(text) < 50)
                + bool(patterns.prefer.search(text))
                + 3.0 * (number in near)
                + _BY_ROLE.get(role, 0.0)
                - 0.5 * (len(slices) - 1)
                + 0.001 * number
            )
            if best is None or score > best.score:
                indices = [(piece.cell, piece.start + at) for piece in slices for at in fold_mapped(piece.text)[1]]
                best = Title(score, Phrase(tuple(slices)), text, indices, number)
            break
    return best


def _windows(document: Document, number: int, longest: int) -> Iterator[list[Slice]]:
    """One cell, or two or three short lines on end, that may be a title."""
    line = document.lines[number]
    cells = [cell for cell in line.cells if cell.text]
    for cell in cells[:2]:
        if len(cell.text) < 2 * longest:
            label = _LABEL.match(cell.text)
            yield [Slice(cell, label.end() if label else 0, len(cell.text))]
    if len(cells) != 1 or len(cells[0].text) > SHORT:
        return
    slices = [Slice(cells[0], 0, len(cells[0].text))]
    for later in document.lines[number + 1 : number + 3]:
        more = [cell for cell in later.cells if cell.text]
        if len(more) != 1 or len(more[0].text) > SHORT or later.role == "link":
            return
        slices = [*slices, Slice(more[0], 0, len(more[0].text))]
        yield slices


def _fact_of(title: Title, start: int, end: int, value: str | None = None) -> Fact:
    """A fact from folded characters ``start:end`` of the title, with its place."""
    cell, first = title.indices[start]
    last_cell, last = title.indices[end - 1]
    span = cell.span(first, first + 1).to(last_cell.span(last, last + 1))
    shown = cell.text[first : last + 1] if cell is last_cell else title.text[start:end]
    return Fact(value or " ".join(shown.split()), span)


def _year(text: str) -> int | None:
    return int(text) if text.isascii() else numeral(text)


def year_of_title(title: Title | None, patterns: FactPatterns) -> Fact | None:
    """The year that the title names."""
    match = patterns.title_year.search(title.text) if title else None
    if title is None or match is None:
        return None
    return _fact_of(title, match.start("year"), match.end("year"), str(_year(match["year"])))


def year_above(document: Document, title: Title, patterns: FactPatterns) -> Fact | None:
    """The year in a short line right above the title."""
    for number in range(title.line - 1, max(title.line - 3, -1), -1):
        cells = [cell for cell in document.lines[number].cells if cell.text]
        if len(cells) != 1 or len(cells[0].text) > SHORT:
            return None
        folded, indices = fold_mapped(cells[0].text)
        match = patterns.title_year.search(folded)
        if match:
            span = cells[0].span(indices[match.start("year")], indices[match.end("year") - 1] + 1)
            return Fact(str(_year(match["year"])), span)
    return None


def year_of_preamble(document: Document, patterns: FactPatterns, first_heading: int | None) -> Fact | None:
    """The year of the report that running text says it is."""
    last = SCANNED if first_heading is None else first_heading + 1
    for line in document.lines[:last]:
        if line.role == "link" or line.role in ASIDE:
            continue
        for cell in line.cells:
            if len(cell.text) < 8 or not any(char == "2" for char in cell.text):
                continue
            folded, indices = fold_mapped(cell.text)
            match = patterns.preamble.search(folded)
            if match and not patterns.elsewhere.search(folded[: match.start()]):
                return Fact(match["year"], cell.span(indices[match.start("year")], indices[match.end("year") - 1] + 1))
    return None


def find_agency(document: Document, title: Title | None, patterns: FactPatterns) -> Fact | None:
    """The agency: before the year or the fixed words of the title, else above it, else behind a label."""
    if title is not None:
        year = patterns.title_year.match(title.text)
        start = year.end() if year else 0
        if title.text[start : start + 1] == YEAR_SUFFIX:
            start += 1
        end = len(title.text)
        inner = patterns.title_year.search(title.text, start)
        rest = patterns.title_rest.search(title.text, start)
        end = min((match.start() for match in (inner, rest) if match), default=end)
        if end - start > 1 and patterns.agency_looks.search(title.text[start:end].split(":")[-1]):
            words = title.text[start:end]
            return _fact_of(title, start + (words.rfind(":") + 1), end)
        if end - start > 1 and len(title.text[start:end]) >= 3:
            return _fact_of(title, start, end)
        for number in range(title.line - 1, max(title.line - 3, -1), -1):
            cells = [cell for cell in document.lines[number].cells if cell.text]
            if len(cells) == 1 and len(cells[0].text) <= SHORT and patterns.agency_looks.search(fold(cells[0].text)):
                return Fact(cells[0].text, cells[0].span())
    return _labelled_agency(document, patterns)


def _labelled_agency(document: Document, patterns: FactPatterns) -> Fact | None:
    for line in document.lines[:SCANNED]:
        cells = [cell for cell in line.cells if cell.text]
        for cell, after in zip(cells, (*cells[1:], None), strict=False):
            head, colon, tail = cell.text.replace("：", ":").partition(":")
            if fold(head) not in patterns.agency_after:
                continue
            if tail.strip():
                start = len(head) + len(colon) + len(tail) - len(tail.lstrip())
                return Fact(tail.strip(), cell.span(start, len(cell.text.rstrip())))
            if after is not None:
                return Fact(after.text, after.span())
    return None
