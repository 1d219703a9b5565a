"""Statements that a section must make, and aspects that it should speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govlint.chinese import fold
from govlint.model.document import Slice
from govlint.model.finding import Finding, NotAssessable, Param
from govlint.model.report import Report, Section
from govlint.model.rule import CheckKind, Context, Options


def _says(pieces: Sequence[Slice], patterns: Sequence[str]) -> bool:
    """Whether the text says so, also where a hard line end breaks the words."""
    text = fold("".join(piece.text for piece in pieces))
    return any(re.search(pattern, text) for pattern in patterns)


def _absent(report: Report, section: Section, *kinds: str) -> bool:
    """Whether a section is not there, or has a gap of one of the kinds, which has a rule of its own."""
    gaps = {gap.kind for gap in report.gaps if gap.section == section.form.number}
    return section.span is None or bool(gaps & set(kinds))


def check_statement(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """A finding at a section's heading when neither it nor the rest of the report makes the statement.

    ``elsewhere`` are the patterns that count outside the section, where words mean less. With ``state:
    elsewhere``: a finding when only another part of the report makes the statement. A section that is not
    there is not judged again.
    """
    report = context.report
    section = report.section_by_number[options["section"]]
    if section.span is None or _absent(report, section, "replaced"):
        yield NotAssessable("section_missing", {"section": section.form.heading})
        return
    if _says(section.body, options["any"]):
        return
    elsewhere = _says(report.prose, options.get("elsewhere", options["any"]))
    if elsewhere == (options.get("state") == "elsewhere"):
        yield Finding(report.locate(section.span), f"section.{section.form.number}", {"section": section.form.heading})


STATEMENT = CheckKind(
    "statement",
    check_statement,
    {
        "type": "object",
        "required": ["section", "any"],
        "additionalProperties": False,
        "properties": {
            "section": {"type": "integer", "minimum": 1, "maximum": 6},
            "any": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "regex"}},
            "elsewhere": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "regex"}},
            "state": {"enum": ["missing", "elsewhere"]},
        },
    },
    frozenset({"section"}),
)


def check_aspects(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """One finding that names all the aspects that a section says nothing of."""
    report = context.report
    section = report.section_by_number[options["section"]]
    if section.span is None or not section.body or _absent(report, section, "replaced", "empty"):
        yield NotAssessable("section_missing", {"section": section.form.heading})
        return
    lacking = [aspect["name"] for aspect in options["aspects"] if not _says(section.body, aspect["any"])]
    if lacking:
        params: dict[str, Param] = {
            "section": section.form.heading,
            "aspects": "、".join(lacking),
            "count": len(lacking),
        }
        yield Finding(report.locate(section.span), f"section.{section.form.number}", params)


ASPECTS = CheckKind(
    "aspects",
    check_aspects,
    {
        "type": "object",
        "required": ["section", "aspects"],
        "additionalProperties": False,
        "properties": {
            "section": {"type": "integer", "minimum": 1, "maximum": 6},
            "aspects": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["name", "any"],
                    "additionalProperties": False,
                    "properties": {
                        "name": {"type": "string"},
                        "any": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "regex"}},
                    },
                },
            },
        },
    },
    frozenset({"section", "aspects", "count"}),
)
