"""What a report says of itself: title, agency, year, period, dates. The patterns are data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from govlint.chinese import find_date, fold, fold_mapped, numeral
from govlint.model.document import Cell, Document, Phrase, Slice
from govlint.model.report import Fact, Facts

NEAR = 25
"""The title stands at most so many lines above section one; portals list last years' titles elsewhere."""
_SCANNED = 150
_SHORT = 40
_STOP = re.compile(r"[\u3002\uff1b\uff01;!]")
"""Marks that end a sentence; a title has none."""
_INNER_STOP = re.compile(r"[\uff0c\u3002\uff1a:\uff1b\u3001]")
_LABEL = re.compile(r"\w{2,4}\s*[:：]\s*")
"""What a crawler or a metadata table prints before a title."""


@dataclass(frozen=True)
class FactPatterns:
    """The compiled patterns of ``rules/facts.yaml``."""

    must: tuple[re.Pattern[str], ...]
    never: re.Pattern[str]
    prefer: re.Pattern[str]
    longest: int
    title_year: re.Pattern[str]
    title_rest: re.Pattern[str]
    preamble: re.Pattern[str]
    agency_after: frozenset[str]
    agency_looks: re.Pattern[str]
    unit_types: tuple[tuple[str, re.Pattern[str]], ...]
    period: re.Pattern[str]
    period_near: re.Pattern[str]
    published: re.Pattern[str]
    signed: re.Pattern[str]


def make_patterns(data: Mapping[str, Any]) -> FactPatterns:
    """Compile the patterns; raises re.error for a broken one."""
    title, agency = data["title"], data["agency"]
    return FactPatterns(
        must=tuple(re.compile(pattern) for pattern in title["must"]),
        never=re.compile(title["never"]),
        prefer=re.compile(title["prefer"]),
        longest=title["longest"],
        title_year=re.compile(title["year"]),
        title_rest=re.compile(title["rest"]),
        preamble=re.compile(data["preamble"]),
        agency_after=frozenset(map(fold, agency["after"])),
        agency_looks=re.compile(agency["looks_like"]),
        unit_types=tuple((entry["type"], re.compile(entry["pattern"])) for entry in data["unit_types"]),
        period=re.compile(data["period"]),
        period_near=re.compile(data["period_near"]),
        published=re.compile(data["dates"]["published"]),
        signed=re.compile(data["dates"]["signed"]),
    )


class _Title(NamedTuple):
    score: float
    phrase: Phrase
    text: str
    indices: list[tuple[Cell, int]]
    line: int


def find_facts(
    document: Document, patterns: FactPatterns, first_heading: int | None, last_heading: int | None
) -> Facts:
    """The facts of a document whose first and last section headings stand on the lines given, if any do."""
    near = range(max(0, first_heading - NEAR), first_heading) if first_heading is not None else range(0, NEAR)
    title = _find_title(document, patterns, near, first_heading)
    period = _find_period(document, patterns)
    year = _year_of_title(title, patterns)
    if year is None and title is not None:
        year = _year_above(document, title, patterns)
    if year is None and period is not None:
        year = Fact(period.value[:4], period.span)
    if year is None:
        year = _year_of_preamble(document, patterns)
    agency = _agency(document, title, patterns)
    published, signed = _dates(document, patterns, last_heading)
    unit_type = None
    if agency is not None:
        words = fold(agency.value)
        unit_type = next((name for name, pattern in patterns.unit_types if pattern.search(words)), None)
    shown = Fact(title.phrase.text, title.phrase.span) if title else None
    return Facts(shown, agency, unit_type, year, period, published, signed)


# ---------------------------------------------------------------- title, year, agency


def _find_title(document: Document, patterns: FactPatterns, near: range, first_heading: int | None) -> _Title | None:
    best: _Title | None = None
    for number in range(min(len(document.lines), max(_SCANNED, first_heading or 0))):
        for slices in _windows(document, number, patterns.longest):
            text = "".join(fold(piece.text) for piece in slices)
            if len(text) >= patterns.longest or patterns.never.search(text):
                continue
            if any(_STOP.search(piece.text) for piece in slices):
                continue
            if not all(pattern.search(text) for pattern in patterns.must):
                continue
            role = document.lines[number].role
            score = (
                2.0 * bool(patterns.title_year.search(text))
                + (len(text) < 50)
                + bool(patterns.prefer.search(text))
                + 3.0 * (number in near)
                + {"heading": 1.5, "title": -2.0, "link": -4.0}.get(role, 0.0)
                - 0.5 * (len(slices) - 1)
                + 0.001 * number
            )
            if best is None or score > best.score:
                indices = [(piece.cell, piece.start + at) for piece in slices for at in fold_mapped(piece.text)[1]]
                best = _Title(score, Phrase(tuple(slices)), text, indices, number)
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
    if len(cells) != 1 or len(cells[0].text) > _SHORT:
        return
    slices = [Slice(cells[0], 0, len(cells[0].text))]
    for later in document.lines[number + 1 : number + 3]:
        more = [cell for cell in later.cells if cell.text]
        if len(more) != 1 or len(more[0].text) > _SHORT or later.role == "link":
            return
        slices = [*slices, Slice(more[0], 0, len(more[0].text))]
        yield slices


def _fact_of(title: _Title, start: int, end: int, value: str | None = None) -> Fact:
    """A fact from folded characters ``start:end`` of the title, with its place."""
    cell, first = title.indices[start]
    last_cell, last = title.indices[end - 1]
    span = cell.span(first, first + 1).to(last_cell.span(last, last + 1))
    shown = cell.text[first : last + 1] if cell is last_cell else title.text[start:end]
    return Fact(value or " ".join(shown.split()), span)


def _year(text: str) -> int | None:
    return int(text) if text.isascii() else numeral(text)


def _year_of_title(title: _Title | None, patterns: FactPatterns) -> Fact | None:
    match = patterns.title_year.search(title.text) if title else None
    if title is None or match is None:
        return None
    return _fact_of(title, match.start("year"), match.end("year"), str(_year(match["year"])))


def _year_above(document: Document, title: _Title, patterns: FactPatterns) -> Fact | None:
    for number in range(title.line - 1, max(title.line - 3, -1), -1):
        cells = [cell for cell in document.lines[number].cells if cell.text]
        if len(cells) != 1 or len(cells[0].text) > _SHORT:
            return None
        folded, indices = fold_mapped(cells[0].text)
        match = patterns.title_year.search(folded)
        if match:
            span = cells[0].span(indices[match.start("year")], indices[match.end("year") - 1] + 1)
            return Fact(str(_year(match["year"])), span)
    return None


def _year_of_preamble(document: Document, patterns: FactPatterns) -> Fact | None:
    for line in document.lines:
        if line.role in ("link", "title"):
            continue
        for cell in line.cells:
            if len(cell.text) < 8 or not any(char == "2" for char in cell.text):
                continue
            folded, indices = fold_mapped(cell.text)
            match = patterns.preamble.search(folded)
            if match:
                return Fact(match["year"], cell.span(indices[match.start("year")], indices[match.end("year") - 1] + 1))
    return None


def _agency(document: Document, title: _Title | None, patterns: FactPatterns) -> Fact | None:
    if title is not None:
        year = patterns.title_year.match(title.text)
        start = year.end() if year else 0
        if title.text[start : start + 1] == "度":
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
            if len(cells) == 1 and len(cells[0].text) <= _SHORT and patterns.agency_looks.search(fold(cells[0].text)):
                return Fact(cells[0].text, cells[0].span())
    return _labelled_agency(document, patterns)


def _labelled_agency(document: Document, patterns: FactPatterns) -> Fact | None:
    for line in document.lines[:_SCANNED]:
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


# ---------------------------------------------------------------- period and dates


def _find_period(document: Document, patterns: FactPatterns) -> Fact | None:
    """The statistics period; one said to be it, else the first that starts on January 1."""
    fallback: Fact | None = None
    for line in document.lines:
        for cell in line.cells:
            if len(cell.text) < 10 or "月" not in cell.text or line.role == "link":
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


def _dates(document: Document, patterns: FactPatterns, last_heading: int | None) -> tuple[Fact | None, Fact | None]:
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
        if 0 < len(cells) <= 2 and len(cells[-1].text) < _SHORT:
            text = cells[-1].text
            name = cells[0].text if len(cells) == 2 else above
            found = find_date(text)
            if found and found[2] == len(text.rstrip()) and not _INNER_STOP.search(text[: found[1]]):
                written = not text[found[1] : found[2]].isascii()
                if written or patterns.agency_looks.search(fold(text[: found[1]] or name)):
                    return Fact(found[0].isoformat(), cells[-1].span(found[1], found[2]))
        above = cells[-1].text if cells else above
    return None
