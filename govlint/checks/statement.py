"""Statements that a section must make, and aspects that it should speak of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govlint.checks.running_text import PREAMBLE, find_portion
from govlint.chinese import fold
from govlint.model.document import Slice
from govlint.model.finding import Finding, NotAssessable, Param
from govlint.model.report import Report
from govlint.model.rule import CheckKind, Context, Options
from govlint.patterns import pattern


def _says(pieces: Sequence[Slice], patterns: Sequence[str]) -> bool:
    """Whether the text says so, also where a hard line end breaks the words."""
    text = fold("".join(piece.text for piece in pieces))
    return any(pattern(each).search(text) for each in patterns)


def check_statement(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """A finding at a section's heading when neither it nor the rest of the report makes the statement.

    ``elsewhere`` are the patterns that count outside the section, where words mean less. With ``state:
    elsewhere``: a finding when only another part of the report makes the statement; with ``not_here``: when the
    section does not, whatever the rest says. A section that is not there is not judged again.
    """
    report = context.report
    number, state = options["section"], options.get("state", "missing")
    portion = find_portion(report, number, "replaced")
    if portion is None:
        yield _not_there(report, number)
        return
    if _says(portion.body, options["any"]):
        return
    if state != "not_here":
        elsewhere = _says(report.prose, options.get("elsewhere", options["any"]))
        if elsewhere != (state == "elsewhere"):
            return
    yield Finding(report.locate(portion.place), f"section.{number}", {"section": portion.name})


def _not_there(report: Report, number: int) -> NotAssessable:
    return NotAssessable("section_missing", {"section": report.section_by_number[number or 1].form.heading})


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
            "state": {"enum": ["missing", "elsewhere", "not_here"]},
        },
    },
    frozenset({"section"}),
)


def check_aspects(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """One finding that names all the aspects that a section, or the preamble, says nothing of."""
    report = context.report
    number = options["section"]
    portion = find_portion(report, number, "replaced", "empty")
    if portion is None or not (portion.body or number == PREAMBLE):
        yield _not_there(report, number)
        return
    lacking = [aspect["name"] for aspect in options["aspects"] if not _says(portion.body, aspect["any"])]
    if lacking:
        params: dict[str, Param] = {
            "section": portion.name,
            "aspects": "、".join(lacking),
            "count": len(lacking),
        }
        yield Finding(report.locate(portion.place), f"section.{number}", params, seen=tuple(lacking))


ASPECTS = CheckKind(
    "aspects",
    check_aspects,
    {
        "type": "object",
        "required": ["section", "aspects"],
        "additionalProperties": False,
        "properties": {
            "section": {"type": "integer", "minimum": 0, "maximum": 6},
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
