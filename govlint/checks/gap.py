"""Gaps: what binding expected and did not find, or found and did not expect."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.mending import reworded
from govlint.checks.words import table_key
from govlint.model.finding import Edit, Finding, Param, Related, Target
from govlint.model.report import Gap, Report
from govlint.model.rule import CheckKind, Context, Options

_OF_CELLS = frozenset(("short", "extra", "ambiguous", "unlabelled", "unknown", "duplicated"))
"""Kinds that stand at cells which belong to no row of the form, or not surely: what these say, the finding rests on."""


def check(context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each gap of the kinds and scopes asked for.

    ``since`` and ``until`` tell from and up to which year the gap of a section counts; without a known year
    ``since`` does not count.
    """
    report = context.report
    scopes, kinds = options["of"], options["kinds"]
    for gap in report.gaps:
        if gap.scope not in scopes or gap.kind not in kinds:
            continue
        if "sections" in options and gap.section not in options["sections"]:
            continue
        if gap.section is not None and (report.year or 0) > options.get("until", {}).get(str(gap.section), 9999):
            continue
        if gap.section is not None and (report.year or 0) < options.get("since", {}).get(str(gap.section), 0):
            continue
        if "how" in options and gap.how not in options["how"]:
            continue
        yield _finding(report, gap)


def _finding(report: Report, gap: Gap) -> Finding:
    params: dict[str, Param] = {
        "expected": gap.expected,
        "printed": gap.printed,
        "found": gap.found,
        "wanted": gap.wanted,
        "table": table_key(gap.table) if gap.table else None,
        "due": report.due.id if report.due else None,
        "row": None,
        "caption": None,
    }
    if gap.table:
        form = report.table_by_id[gap.table].form
        if gap.row:
            params["row"] = form.row_by_id[gap.row].label
        if gap.block and gap.block in form.block_by_id:
            params["caption"] = form.block_by_id[gap.block].caption
    related = tuple(Related(report.locate(span), role, {"printed": printed}) for role, span, printed in gap.related)
    edits = _edits(report, gap)
    found = gap.printed if gap.printed is not None else None if gap.found is None else str(gap.found)
    expected = gap.expected if gap.wanted is None else str(gap.wanted)
    return Finding(
        report.locate(gap.place),
        gap.subject,
        params,
        Target(gap.table, gap.row, gap.column if gap.row else None) if gap.table else None,
        expected,
        found,
        related,
        edits=edits,
        safe=True,
        seen=("|".join(report.document.printed_at(gap.place)),) if gap.kind in _OF_CELLS else (),
    )


def _edits(report: Report, gap: Gap) -> tuple[Edit, ...]:
    """Edits to the words of the form, all of them or none."""
    each = [reworded(report, wording, label=gap.scope != "section") for wording in gap.wordings]
    return tuple(edit for edits in each for edit in edits) if all(each) else ()


KIND = CheckKind(
    "gap",
    check,
    {
        "type": "object",
        "required": ["of", "kinds"],
        "additionalProperties": False,
        "properties": {
            "of": {
                "type": "array",
                "minItems": 1,
                "items": {"enum": ["section", "table", "block", "group", "row", "column", "note", "document"]},
            },
            "kinds": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "enum": [
                        "missing", "extra", "short", "ambiguous", "unlabelled", "renamed", "order", "duplicated",
                        "unknown", "other_form", "unread", "cut", "misnumbered", "restarted", "empty", "replaced",
                        "cut_off",
                    ]
                },
            },
            "sections": {"type": "array", "items": {"type": "integer", "minimum": 1}},
            "since": {
                "type": "object",
                "propertyNames": {"pattern": "^[1-9]$"},
                "additionalProperties": {"type": "integer"},
            },
            "until": {
                "type": "object",
                "propertyNames": {"pattern": "^[1-9]$"},
                "additionalProperties": {"type": "integer"},
            },
            "how": {"type": "array", "items": {"type": "string"}},
        },
    },
    frozenset({"expected", "printed", "found", "wanted", "table", "due", "row", "caption"}),
    mends=True,
)  # fmt: skip
