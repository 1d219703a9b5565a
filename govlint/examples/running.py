"""Runs examples: the rule alone fires at the edited place on a bad one, and stays silent on a good one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from govlint.examples.clean import clean_report
from govlint.examples.edits import EditError, apply_edits
from govlint.examples.printing import SUFFIXES, Printer
from govlint.linter import Linter
from govlint.model.document import Remark
from govlint.model.errors import ReadError
from govlint.model.rule import Example, Rule
from govlint.model.source import Span
from govlint.readers import read

DEFAULT_YEAR = 2023
_REMARKED = {"count": 3, "page": 2}


@dataclass(frozen=True)
class Built:
    """An example as a file: its bytes, name, text, and the place where the rule should fire (None: anywhere)."""

    data: bytes
    path: str
    text: str
    place: Span | None


@dataclass(frozen=True)
class Failure:
    """An example that did not come out as it says, with what happened in words."""

    rule: Rule
    example: Example
    message: str


def build(edit: Mapping[str, Any], clean: Mapping[str, Any], linter: Linter) -> Built:
    """The report that an example describes. Raises EditError for names that the clean report does not have."""
    year = edit.get("year", DEFAULT_YEAR)
    editions = {edition.id: edition for edition in linter.editions}
    latest = max(editions.values(), key=lambda edition: edition.first)
    edition = next((e for e in editions.values() if e.covers(year)), latest)
    forms = {table: editions[name].table_by_id[table] for table, name in edit.get("form", {}).items()}
    report = clean_report(clean, edition, forms, year, edit.get("agency", clean["agency"]))
    place = apply_edits(report, edit)
    layout = edit.get("layout", "tabs")
    printer = Printer(layout)
    if "whole" in edit:
        text, span = edit["whole"], None
    else:
        printer.print(report)
        text = printer.text
        span = printer.places.get(place) if place else None
        if place and span is None and edit.get("at"):
            raise EditError(f"the edited report has no {place!r}")
        if edit.get("at") == "document":
            span = Span(0, 0)
    return Built(_encode(text, edit.get("bytes", {})), f"example{SUFFIXES[layout]}", text, span)


def _encode(text: str, how: Mapping[str, Any]) -> bytes:
    data = text.encode(how.get("encoding", "utf-8"))
    for _ in range(how.get("damage", 0)):
        middle = len(data) // 2
        at = next(i for i in range(middle, len(data)) if data[i] >= 0xE0)
        data = data[: at + 1] + b"\xff" + data[at + 3 :]
    return data


def run_examples(rule: Rule, clean: Mapping[str, Any], linter: Linter) -> Iterator[Failure]:
    """The examples of one rule that do not come out as they say."""
    alone = linter.with_rules(tuple(r for r in linter.rules if r.id == rule.id or r.kind.name in rule.kind.stands_on))
    for example in rule.examples:
        try:
            built = build(example.edit, clean, linter)
        except EditError as error:
            yield Failure(rule, example, str(error))
            continue
        try:
            document = read(built.data, built.path)
        except ReadError as error:
            yield Failure(rule, example, str(error))
            continue
        if "remark" in example.edit:  # What only readers of other file types say, said of this text.
            remark = Remark(example.edit["remark"], Span(0, 0), _REMARKED)
            document = replace(document, remarks=(*document.remarks, remark))
        result = alone.check_document(document)
        spans = [diagnostic.finding.location.span for diagnostic in result.diagnostics if diagnostic.rule.id == rule.id]
        if not example.bad and spans:
            found = [built.text[span.start : span.end] for span in spans]
            yield Failure(rule, example, f"fires on a good example, at {found}")
        elif example.bad and not spans:
            yield Failure(rule, example, "stays silent on a bad example")
        elif example.bad and built.place is not None and not any(_meets(built, span) for span in spans):
            found = [built.text[span.start : span.end] for span in spans]
            yield Failure(rule, example, f"fires elsewhere: at {found}, not at {built.text[slice(*built.place)]!r}")


def _meets(built: Built, span: Span) -> bool:
    assert built.place is not None
    start, end = built.place
    return start <= span.start <= end and span.start <= max(end, start)
