"""The statistics period and the dates of publication and signing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govlint.binding.patterns import FactPatterns
from govlint.binding.title import SHORT
from govlint.chinese import MONTH, find_date, fold
from govlint.model.document import Cell, Document
from govlint.model.report import Fact

_INNER_STOP = re.compile(r"[\uff0c\u3002\uff1a:\uff1b\u3001]")


def find_period(document: Document, patterns: FactPatterns) -> Fact | None:
    """The statistics period; one said to be it, else the first that starts on January 1."""
    fallback: Fact | None = None
    for line in document.lines:
        for cell in line.cells:
            if len(cell.text) < 10 or MONTH not in cell.text or line.role == "link":
                continue
            for match in patterns.period.finditer(cell.text):
                start = _iso(match["y1"], match["m1"], match["d1"])
                end = _iso(match["y2"] or match["y1"], match["m2"], match["d2"])
                fact = Fact(f"{start}/{end}", cell.span(match.start(), match.end()))
                if patterns.period_near.search(cell.text[max(0, match.start() - 30) : match.end() + 20]):
                    return fact
                if fallback is None and start.endswith("-01-01"):
                    fallback = fact
    return fallback


def _iso(year: str, month: str, day: str) -> str:
    return f"{int(year):04d}-{int(month):02d}-{int(day):02d}"


def find_dates(document: Document, patterns: FactPatterns, last_heading: int | None) -> tuple[Fact | None, Fact | None]:
    """The dates of publication and of signing, as ISO dates; what crawlers and updates date does not count."""
    published: Fact | None = None
    signed: Fact | None = None
    for number, line in enumerate(document.lines):
        if line.role in ("link", "title"):
            continue
        for which, pattern in (("published", patterns.published), ("signed", patterns.signed)):
            if (published if which == "published" else signed) is not None:
                continue
            found = _labelled_date(document, number, pattern)
            if found and which == "published":
                published = found
            elif found:
                signed = found
    if last_heading is not None:
        signature = _signature(document, patterns, last_heading + 1)
        if signature and (signed is None or signature.value < signed.value):
            signed = signature
    return published, signed


def _labelled_date(document: Document, number: int, label: re.Pattern[str]) -> Fact | None:
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
