"""The statistics period and the dates of publication and signing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govlint.binding.patterns import FactPatterns
from govlint.binding.title import SHORT
from govlint.chinese import find_date, fold, numeral
from govlint.model.document import ASIDE, Cell, Document, Line
from govlint.model.report import Fact
from govlint.model.source import Span
from govlint.patterns import Pattern

_NO_TEXT = ASIDE | {"link"}
_SHORTEST = 8
"""A line of running text that holds the beginning of a period is at least so long."""
_SENTENCE_END = re.compile(r"[\u3002\uff1b;\uff01!\uff1f?]")
_INNER_STOP = re.compile(r"[\uff0c\u3002\uff1a:\uff1b\u3001]")


def find_period(document: Document, patterns: FactPatterns) -> Fact | None:
    """The statistics period; one said to be it, else the first that starts on January 1, else one without days.

    Hard-wrapped text may break it over two lines, so a line is read together with the next one.
    """
    fallback: Fact | None = None
    without_days: Fact | None = None
    for text, cell, after in _running_lines(document):
        for match in patterns.period.finditer(text):
            if match.start() >= len(cell.text):
                continue
            start = _iso(match["y1"], match["m1"], match["d1"])
            end = _iso(match["y2"] or match["y1"], match["m2"], match["d2"])
            fact = Fact(f"{start}/{end}", _place(cell, after, match.start(), match.end()))
            before = _SENTENCE_END.split(text[max(0, match.start() - 30) : match.start()])[-1]
            behind = _SENTENCE_END.split(text[match.end() : match.end() + 20])[0]
            if patterns.period_near.search(before) or patterns.period_near.search(behind):
                return fact
            if fallback is None and start.endswith("-01-01"):
                fallback = fact
        if without_days is None:
            without_days = _months(text, cell, after, patterns)
    return fallback or without_days


def _months(text: str, cell: Cell, after: Cell | None, patterns: FactPatterns) -> Fact | None:
    """A period of whole months, or a whole year, that the words before it say to be the period."""
    for match in (found for pattern in patterns.period_said for found in pattern.finditer(text)):
        parts = match.groupdict()
        year, first, last = parts["y1"], int(parts.get("m1") or 1), int(parts.get("m2") or 12)
        if match.start("y1") < len(cell.text) and 1 <= first <= 12 and 1 <= last <= 12:
            from calendar import monthrange

            end_year = parts.get("y2") or year
            start, end = _iso(year, str(first), "1"), _iso(end_year, str(last), str(monthrange(int(end_year), last)[1]))
            return Fact(f"{start}/{end}", _place(cell, after, match.start("y1"), match.end()))
    return None


def _running_lines(document: Document) -> Iterator[tuple[str, Cell, Cell | None]]:
    """The text of each cell that may hold a period, with that of the cell it goes on in; the two cells."""
    lines = document.lines
    for number, line in enumerate(lines):
        if line.role == "link" or line.role in ASIDE:
            continue
        for cell in line.cells:
            if len(cell.text) < _SHORTEST or not any(char.isnumeric() for char in cell.text):
                continue
            after = lines[number + 1].cells[0] if _goes_on(lines, number) else None
            yield cell.text + (after.text if after else ""), cell, after


def _place(cell: Cell, after: Cell | None, start: int, end: int) -> Span:
    """Where ``start`` to ``end`` of the text of a cell, and of the one it goes on in, stands."""
    place = cell.span(start, min(end, len(cell.text)))
    return place.to(after.span(0, end - len(cell.text))) if after and end > len(cell.text) else place


def _goes_on(lines: Sequence[Line], number: int) -> bool:
    """Whether a line of running text may go on in the next one."""
    pair = lines[number : number + 2]
    plain = len(pair) == 2 and all(len(line.cells) == 1 and line.kind != "grid" for line in pair)
    return plain and not _SENTENCE_END.match(pair[0].cells[0].text[-1:])


def _iso(year: str, month: str, day: str) -> str:
    """The date in figures, from parts in figures or in Chinese numerals."""
    y, m, d = (int(part) if part.isdecimal() else numeral(part) or 0 for part in (year, month, day))
    return f"{y:04d}-{m:02d}-{d:02d}"


def find_dates(document: Document, patterns: FactPatterns, last_heading: int | None) -> tuple[Fact | None, Fact | None]:
    """The dates of publication and of signing, as ISO dates; what crawlers and updates date does not count."""
    published: Fact | None = None
    signed: Fact | None = None
    whole = "\n".join([cell.text for line in document.lines for cell in line.cells])
    if patterns.published.may_match(whole):
        published = _first_labelled(document, patterns.published)
    if patterns.signed.may_match(whole):
        signed = _first_labelled(document, patterns.signed)
    if last_heading is not None:
        signature = _signature(document, patterns, last_heading + 1)
        if signature and (signed is None or signature.value < signed.value):
            signed = signature
    return published, signed


def _first_labelled(document: Document, label: Pattern) -> Fact | None:
    lines = enumerate(document.lines)
    found = (_labelled_date(document, number, label) for number, line in lines if line.role not in _NO_TEXT)
    return next(filter(None, found), None)


def _labelled_date(document: Document, number: int, label: Pattern) -> Fact | None:
    """A date behind a label: in the same cell, the next cell, or alone on the next line."""
    cells = document.lines[number].cells
    for index, cell in enumerate(cells):
        match = label.search(cell.text)
        if match is None:
            continue
        found = find_date(cell.text, match.end())
        if found and found[1] - match.end() <= 6:
            return Fact(found[0].isoformat(), cell.span(found[1], found[2]))
        if cell.text[match.end() :].strip(" :：\u00a0\u3000"):
            continue
        after: Sequence[Cell] = cells[index + 1 :]
        if not any(other.text for other in after) and number + 1 < len(document.lines):
            after = document.lines[number + 1].cells
        following = next((other for other in after if other.text), None)
        found = find_date(following.text) if following else None
        if following and found and found[1] <= 2:
            return Fact(found[0].isoformat(), following.span(found[1], found[2]))
    return None


def _signature(document: Document, patterns: FactPatterns, start: int) -> Fact | None:
    """The date under the text: on a line of its own or behind a name, before links of the page begin.

    A date in figures only may belong to a list of other pages, so it counts only right under a name.
    """
    above = ""
    for line in document.lines[start:]:
        cells = [cell for cell in line.cells if cell.text]
        if line.role == "link":
            return None
        if 0 < len(cells) <= 2 and len(cells[-1].text) < SHORT:
            text = cells[-1].text
            name = cells[0].text if len(cells) == 2 else above
            found = find_date(text)
            if found and found[2] == len(text.rstrip()) and not _INNER_STOP.search(text[: found[1]]):
                before = text[: found[1]].strip()
                written = not before and not text[found[1] : found[2]].isascii()
                if written or patterns.agency_looks.search(fold(before or name)):
                    return Fact(found[0].isoformat(), cells[-1].span(found[1], found[2]))
        above = cells[-1].text if cells else above
    return None
