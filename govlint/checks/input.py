"""The file as a whole: is it such a report, is its year known, what has the reader to say of it."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.model.finding import Finding, Param
from govlint.model.rule import CheckKind, Context, Options
from govlint.model.source import Span


def check_recognised(context: Context, options: Options) -> Iterator[Finding]:
    """A finding at the start of a text that shows nothing of a report."""
    report = context.report
    if not report.recognised:
        yield Finding(report.locate(Span(0, 0)), "document")


RECOGNISED = CheckKind(
    "recognised",
    check_recognised,
    {"type": "object", "additionalProperties": False},
    frozenset(),
    needs_report=False,
)


def check_year(context: Context, options: Options) -> Iterator[Finding]:
    """A finding when the year is not known, or lies before the first year that has a form."""
    report = context.report
    place = report.facts.title.span if report.facts.title else Span(0, 0)
    if report.year is None:
        if options["state"] == "unknown":
            yield Finding(report.locate(place), "year")
        return
    first = min(edition.first for edition in report.editions)
    if options["state"] == "before_first" and report.year < first and report.facts.year:
        params: dict[str, Param] = {"year": report.year, "first": first}
        yield Finding(report.locate(report.facts.year.span), "year", params, found=str(report.year))


YEAR = CheckKind(
    "year",
    check_year,
    {
        "type": "object",
        "required": ["state"],
        "additionalProperties": False,
        "properties": {"state": {"enum": ["unknown", "before_first"]}},
    },
    frozenset({"year", "first"}),
)


def check_remark(context: Context, options: Options) -> Iterator[Finding]:
    """A finding for each remark of the reader of the kind asked for."""
    report = context.report
    for remark in report.document.remarks:
        if remark.kind == options["kind"]:
            params: dict[str, Param] = {
                key: value for key, value in remark.params.items() if isinstance(value, str | int)
            }
            seen = tuple(f"{key}={value}" for key, value in params.items() if key != "page")
            yield Finding(report.locate(remark.span), f"remark:{remark.kind}", params, seen=seen)


REMARK = CheckKind(
    "remark",
    check_remark,
    {
        "type": "object",
        "required": ["kind"],
        "additionalProperties": False,
        "properties": {"kind": {"enum": ["encoding_guessed", "damaged", "columns_by_position"]}},
    },
    frozenset({"encoding", "count", "page"}),
    needs_report=False,
)
