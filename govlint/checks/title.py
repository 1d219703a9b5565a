"""The words of the title."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.chinese import fold
from govlint.model.finding import Finding, NotAssessable
from govlint.model.rule import CheckKind, Context, Options
from govlint.patterns import pattern


def check(context: Context, options: Options) -> Iterator[Finding | NotAssessable]:
    """A finding at the title when one of the patterns ``any`` finds something in it and ``never`` does not.

    The patterns see the whole title without blanks, also when it stands on several lines.
    """
    report = context.report
    title = report.facts.title
    if title is None:
        yield NotAssessable("no_title")
        return
    words = fold(title.value)
    if "never" in options and pattern(options["never"]).search(words):
        return
    if any(pattern(text).search(words) for text in options["any"]):
        yield Finding(report.locate(title.span), "title", {"printed": title.value}, found=title.value)


KIND = CheckKind(
    "title",
    check,
    {
        "type": "object",
        "required": ["any"],
        "additionalProperties": False,
        "properties": {
            "any": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "regex"}},
            "never": {"type": "string", "format": "regex"},
        },
    },
    frozenset({"printed"}),
)
