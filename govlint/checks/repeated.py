"""Passages that stand in a report twice."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.running_text import asked
from govlint.chinese import fold
from govlint.model.document import Slice
from govlint.model.finding import Finding, Related
from govlint.model.report import Report
from govlint.model.rule import CheckKind, Context, Options


def check(context: Context, options: Options) -> Iterator[Finding]:
    """A finding at each passage of at least ``min`` characters that has stood above, where it is related.

    A passage is one paragraph or several on end, because files break paragraphs over lines. Blanks, widths and
    kinds of marks make no difference. A report with a section twice has a rule of its own.
    """
    report = context.report
    if any(gap.kind == "duplicated" and gap.scope == "section" for gap in report.gaps):
        return
    body = asked(report, options)
    words = [fold(piece.text) for piece in body]
    first: dict[str, int] = {}
    run: list[tuple[int, int]] = []
    for number, text in enumerate(words):
        before = first.setdefault(text, number)
        if before < number and run and run[-1] == (number - 1, before - 1):
            run.append((number, before))
            continue
        yield from _found(report, body, words, run, options)
        run = [(number, before)] if before < number else []
    yield from _found(report, body, words, run, options)


def _found(
    report: Report, body: list[Slice], words: list[str], run: list[tuple[int, int]], options: Options
) -> Iterator[Finding]:
    """The finding of a run of pieces (number, number of the same piece above), if it is long enough."""
    text = "".join(words[number] for number, _ in run)
    if len(text) < options["min"]:
        return
    (second, first), (second_last, first_last) = run[0], run[-1]
    opening = " ".join(body[second].text[:20].split())
    yield Finding(
        report.locate(body[second].span.to(body[second_last].span)),
        f"words:{text[:40]}",
        {"printed": opening, "count": len(text)},
        found=opening,
        related=(Related(report.locate(body[first].span.to(body[first_last].span)), "alike", {"printed": opening}),),
        seen=(text,),
    )


KIND = CheckKind(
    "repeated",
    check,
    {
        "type": "object",
        "required": ["min"],
        "additionalProperties": False,
        "properties": {
            "min": {"type": "integer", "minimum": 1},
            "sections": {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 6}},
        },
    },
    frozenset({"printed", "count"}),
)
