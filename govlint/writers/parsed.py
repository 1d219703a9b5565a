"""``govlint parse --output-format json``: the report as read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from govlint.model.diagnostic import Result
from govlint.model.report import Fact, Report, Section, Table, TableCell
from govlint.model.source import Source, Span
from govlint.writers.json_text import to_json
from govlint.writers.language import Language


def write_json(results: Sequence[Result], language: Language, *, single: bool) -> str:
    """One object for one FILE, an array for several; unreadable inputs are left out."""
    parsed = [describe(result.report, language) for result in results if result.report]
    if single and len(parsed) == 1:
        return to_json(parsed[0], indent=2) + "\n"
    return to_json(parsed, indent=2) + "\n"


def describe(report: Report, language: Language) -> dict[str, Any]:
    """A report as plain data (see ``govlint schema parse``)."""
    facts = report.facts
    return {
        "path": report.source.path,
        "title": _value(facts.title),
        "agency": _value(facts.agency),
        "unit_type": facts.unit_type,
        "year": report.year,
        "edition": report.due.id if report.due else None,
        "period": _value(facts.period),
        "dates": {"published": _value(facts.published), "signed": _value(facts.signed)},
        "sections": [_section(report.source, section) for section in report.sections],
        "tables": [_table(report.source, table, language) for table in report.tables],
    }


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def _section(source: Source, section: Section) -> dict[str, Any]:
    return {
        "number": section.form.number,
        "heading": section.form.heading,
        "found": section.heading.text if section.heading else None,
        "line": source.position(section.span.start).line if section.span else None,
    }


def _table(source: Source, table: Table, language: Language) -> dict[str, Any]:
    return {
        "id": table.form.id,
        "label": language.of(table.form.label),
        "layout": table.layout if table.found else None,
        "line": source.position(table.extent.span.start).line if table.extent else None,
        "rows": [
            {"id": row.form.id, "label": row.form.label, "cells": [_cell(source, cell) for cell in row.cells]}
            for row in table.rows
        ],
    }


def _cell(source: Source, cell: TableCell) -> dict[str, Any]:
    span: Span | None = cell.span
    start = source.position(span.start) if span else None
    end = source.position(span.end) if span else None
    return {
        "id": cell.form.id,
        "label": cell.form.label,
        "text": cell.text,
        "value": None if cell.number is None else number(cell.number),
        "line": start.line if start else None,
        "column": start.column if start else None,
        "end_line": end.line if end else None,
        "end_column": end.column if end else None,
    }


def number(value: Decimal) -> int | float:
    """A JSON number: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
