"""Sections that stand in another report too, word for word but for years, numbers and names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govlint.checks.own_text import GRAM, OwnText, Passage, counted, own_text, passages
from govlint.chinese import fold
from govlint.model.document import Slice
from govlint.model.finding import Finding, NotAssessable, Param, Related
from govlint.model.report import Report, Section
from govlint.model.rule import CheckKind, Context, Options
from govlint.model.source import Span

_SHOWN = 3 * GRAM
"""A stretch of so many characters in one paragraph is pointed at; with shorter ones alone, the heading."""


class _Alike(NamedTuple):
    """How much of a text another report has: characters in all, those repeated, and the passages."""

    other: Report
    whole: int
    repeated: int
    passages: Sequence[Passage]
    theirs: OwnText


def check(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """A finding for each section of which at least ``share`` stands in one of the other reports: the most alike.

    Sections of fewer than ``least`` characters of their own are not judged.
    """
    report = context.report
    for wanted in options["sections"]:
        section = report.section_by_number[wanted["section"]]
        if section.span is None:
            yield NotAssessable("section_missing", {"section": section.form.heading})
            continue
        if not context.reports:
            continue
        mine = own_text(report, wanted["section"], options["ignore"])
        if len(mine.text) < wanted["least"]:
            continue
        counts = counted(mine.text, context.common)
        whole = sum(counts)
        if whole < wanted["least"]:
            continue
        alike = max(
            (_compare(mine, counts, other, wanted["section"], options) for other in context.reports),
            key=lambda found: found.repeated,
            default=None,
        )
        if alike and alike.repeated >= wanted["share"] * alike.whole:
            yield _finding(report, section, mine, alike)


def _compare(mine: OwnText, counts: Sequence[bool], other: Report, section: int, options: Options) -> _Alike:
    theirs = own_text(other, section, options["ignore"])
    found = passages(mine.text, theirs.text)
    repeated = sum(sum(counts[each.at : each.at + each.length]) for each in found)
    return _Alike(other, sum(counts), repeated, found, theirs)


def _finding(report: Report, section: Section, mine: OwnText, alike: _Alike) -> Finding:
    other = alike.other
    words, there = _longest(mine, alike)
    if words is None or there is None:
        place, there = section.span, other.section_by_number[section.form.number].span
    else:
        place = words.span
    assert place is not None and there is not None
    params: dict[str, Param] = {
        "section": section.form.heading,
        "share": int(100 * alike.repeated / alike.whole),
        "repeated": alike.repeated,
        "whole": alike.whole,
        "agency": other.facts.agency.value if other.facts.agency else None,
        "year": other.year,
    }
    return Finding(
        report.locate(place),
        f"section.{section.form.number}",
        params,
        related=(Related(other.locate(there), "repeated", params),),
        seen=(fold(words.text),) if words else (),
    )


def _longest(mine: OwnText, alike: _Alike) -> tuple[Slice | None, Span | None]:
    """The longest repeated stretch within one paragraph, and where it stands in the other report."""
    best: tuple[int, Slice, Span] | None = None
    for each in alike.passages:
        for start, end, words in mine.slices(each.at, each.at + each.length):
            if end - start < _SHOWN or (best and end - start <= best[0]):
                continue
            shift = each.there - each.at
            theirs = alike.theirs.slices(start + shift, end + shift)
            best = (end - start, words, theirs[0][2].span.to(theirs[-1][2].span))
    return (best[1], best[2]) if best else (None, None)


KIND = CheckKind(
    "shared_text",
    check,
    {
        "type": "object",
        "required": ["sections", "ignore"],
        "additionalProperties": False,
        "properties": {
            "sections": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["section", "least", "share"],
                    "additionalProperties": False,
                    "properties": {
                        "section": {"type": "integer", "minimum": 1, "maximum": 6},
                        "least": {"type": "integer", "minimum": 20},
                        "share": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
                    },
                },
            },
            "ignore": {"type": "array", "items": {"type": "string", "format": "regex"}},
            "common": {
                "type": "object",
                "required": ["units", "share"],
                "additionalProperties": False,
                "properties": {
                    "units": {"type": "integer", "minimum": 1},
                    "share": {"type": "number", "minimum": 0, "maximum": 1},
                },
            },
        },
    },
    frozenset({"section", "share", "repeated", "whole", "agency", "year"}),
    scopes=frozenset({"series", "peers"}),
)
