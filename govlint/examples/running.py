"""Runs examples: the rule alone fires at the edited place on a bad one, and stays silent on a good one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from govlint.examples.clean import clean_report
from govlint.examples.company import company_of
from govlint.examples.edits import EditError, apply_edits
from govlint.examples.printing import SUFFIXES, Printer
from govlint.linter import Linter
from govlint.model.diagnostic import Diagnostic, Result
from govlint.model.document import Remark
from govlint.model.errors import ReadError
from govlint.model.rule import Example, Rule
from govlint.model.source import Span
from govlint.readers import read

DEFAULT_YEAR = 2023
_REMARKED = {"count": 3, "page": 2}


@dataclass(frozen=True)
class Built:
    """An example as a file: its bytes, name, text, and the place where the rule should fire (None: anywhere).

    ``part`` is the name of the part of the report at that place.
    """

    data: bytes
    path: str
    text: str
    place: Span | None
    part: str | None = None


@dataclass(frozen=True)
class Ran:
    """An example that was run: the report that it made, and what the rule found in it."""

    built: Built
    result: Result
    found: tuple[Diagnostic, ...]

    @property
    def printed(self) -> list[str]:
        """The text at each place where the rule fired."""
        spans = (diagnostic.finding.location.span for diagnostic in self.found)
        return [self.built.text[span.start : span.end] for span in spans]


@dataclass(frozen=True)
class Failure:
    """An example that did not come out as it says.

    ``what`` tells how: ``silent`` or ``elsewhere`` on a bad one, ``fires`` on a good one, ``broken`` where no report
    could be made of it, for the ``reason``; otherwise ``ran`` has what happened.
    """

    rule: Rule
    example: Example
    what: Literal["silent", "elsewhere", "fires", "broken"]
    reason: str = ""
    ran: Ran | None = None

    @property
    def message(self) -> str:
        """What happened, in one line."""
        if self.ran is None:
            return self.reason
        if self.what == "silent":
            return "stays silent on a bad example"
        if self.what == "fires" or self.ran.built.place is None:
            return f"fires on a good example, at {self.ran.printed}"
        due = self.ran.built.text[slice(*self.ran.built.place)]
        return f"fires elsewhere: at {self.ran.printed}, not at {due!r}"


def build(edit: Mapping[str, Any], clean: Mapping[str, Any], linter: Linter) -> Built:
    """The report that an example describes. Raises EditError for names that the clean report does not have."""
    year = edit.get("year", DEFAULT_YEAR)
    editions = {edition.id: edition for edition in linter.editions}
    latest = max(editions.values(), key=lambda edition: edition.first)
    edition = next((e for e in editions.values() if e.covers(year)), latest)
    forms = {table: editions[name].table_by_id[table] for table, name in edit.get("form", {}).items()}
    if edit.get("zero"):
        clean = {**clean, "values": {"all": {}}}
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
    return Built(_encode(text, edit.get("bytes", {})), f"example{SUFFIXES[layout]}", text, span, place)


def _encode(text: str, how: Mapping[str, Any]) -> bytes:
    data = text.encode(how.get("encoding", "utf-8"))
    for _ in range(how.get("damage", 0)):
        middle = len(data) // 2
        at = next(i for i in range(middle, len(data)) if data[i] >= 0xE0)
        data = data[: at + 1] + b"\xff" + data[at + 3 :]
    return data


def alone(rule: Rule, linter: Linter) -> Linter:
    """The linter with this rule only, and those that it stands on."""
    return linter.with_rules(tuple(r for r in linter.rules if r.id == rule.id or r.kind.name in rule.kind.stands_on))


def run_example(rule: Rule, example: Example, clean: Mapping[str, Any], linter: Linter) -> Ran:
    """Run one example; ``linter`` has only the rule and what it stands on, see ``alone``.

    Raises EditError for names that the clean report does not have, ReadError for what cannot be read.
    """
    year, agency = example.edit.get("year", DEFAULT_YEAR), example.edit.get("agency", clean["agency"])
    company = company_of(example.edit, year, agency)
    listed = "listed" in example.edit.get("with", {})
    built = build({**example.edit, "at": "document"} if listed else example.edit, clean, linter)
    document = read(built.data, built.path)
    if "remark" in example.edit:  # What only readers of other file types say, said of this text.
        remark = Remark(example.edit["remark"], Span(0, 0), _REMARKED)
        document = replace(document, remarks=(*document.remarks, remark))
    result = linter.check_document(document)
    if company:
        others = [build(edit, clean, linter) for edit in company.edits]
        results = [linter.check_bytes(other.data, f"{number}-{other.path}") for number, other in enumerate(others, 1)]
        linked = linter.link([*results, result], company.rollup)
        result = linked[-1] if listed else linked[len(others)]
        built = _built_map(result, example.edit["at"]) if listed and "at" in example.edit else built
    return Ran(built, result, tuple(found for found in result.diagnostics if found.rule.id == rule.id))


def _built_map(result: Result, name: str) -> Built:
    """The map of a roll-up as what an example made; the place is that of a name on it."""
    assert result.source is not None
    text = result.source.text
    start = text.find(name)
    if start < 0:
        raise EditError(f"the map does not list {name!r}")
    return Built(text.encode(), result.path, text, Span(start, start + len(name)))


def run_examples(rule: Rule, clean: Mapping[str, Any], linter: Linter) -> Iterator[Failure]:
    """The examples of one rule that do not come out as they say."""
    only = alone(rule, linter)
    for example in rule.examples:
        try:
            ran = run_example(rule, example, clean, only)
        except (EditError, ReadError) as error:
            yield Failure(rule, example, "broken", str(error))
            continue
        if not example.bad and ran.found:
            yield Failure(rule, example, "fires", ran=ran)
        elif example.bad and not ran.found:
            yield Failure(rule, example, "silent", ran=ran)
        elif example.bad and not _meets(ran):
            yield Failure(rule, example, "elsewhere", ran=ran)


def _meets(ran: Ran) -> bool:
    """Whether the rule fired where it should."""
    if ran.built.place is None:
        return True
    start, end = ran.built.place
    spans = (found.finding.location.span for found in ran.found)
    return any(start <= span.start <= end and span.start <= max(end, start) for span in spans)
