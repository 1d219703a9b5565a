"""How long a section is: more characters than a rule allows, or fewer than it asks for."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.running_text import find_portion
from govlint.model.finding import Finding, NotAssessable
from govlint.model.rule import CheckKind, Context, Options


def check(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """A finding at a section's heading when its running text is longer than ``max`` or shorter than ``min``.

    Characters are counted without blanks; headings of sections and tables do not count. A section that is not
    there or has no text is not judged again.
    """
    report = context.report
    number = options["section"]
    portion = find_portion(report, number, "replaced", "empty")
    if portion is None or not portion.body:
        yield NotAssessable("section_missing", {"section": report.section_by_number[number].form.heading})
        return
    count = sum(len("".join(piece.text.split())) for piece in portion.body)
    limit = options["max"] if "max" in options else options["min"]
    if count > limit if "max" in options else count < limit:
        yield Finding(
            report.locate(portion.place),
            f"section.{number}",
            {"section": portion.name, "count": count, "limit": limit, "difference": abs(count - limit)},
            expected=str(limit),
            found=str(count),
        )


KIND = CheckKind(
    "length",
    check,
    {
        "type": "object",
        "required": ["section"],
        "additionalProperties": False,
        "properties": {
            "section": {"type": "integer", "minimum": 1, "maximum": 6},
            "max": {"type": "integer", "minimum": 1},
            "min": {"type": "integer", "minimum": 1},
        },
        "oneOf": [{"required": ["max"]}, {"required": ["min"]}],
    },
    frozenset({"section", "count", "limit", "difference"}),
)
