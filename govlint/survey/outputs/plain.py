"""The survey for programs: CSV, JSON, and JSON one row a line. Ids throughout; only reasons and titles are words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from govlint.survey.columns import columns, reason_words
from govlint.survey.rows import Row
from govlint.survey.totals import Survey
from govlint.writers.csv_text import plain, write_rows
from govlint.writers.json_text import to_json
from govlint.writers.language import Language
from govlint.writers.parsed import number

SCHEMA_VERSION = 1


def write_csv(survey: Survey, language: Language) -> bytes:
    """A header of ids, then one line a row; nothing where nothing is known."""
    table = columns(survey, language)
    rows = [[_cell(column.value(row)) for column in table] for row in survey.rows]
    return _bytes(write_rows([[column.id for column in table], *rows]))


def write_json(survey: Survey, language: Language) -> bytes:
    """The survey as one object (see ``govlint schema survey``)."""
    whole = {
        "schema_version": SCHEMA_VERSION,
        "govlint_version": survey.version,
        "rules": [
            {
                "id": total.rule.id,
                "severity": total.rule.severity,
                "title": language.of(total.rule.title),
                "reports": total.reports,
                "findings": total.findings,
            }
            for total in survey.rule_totals
        ],
        "figures": [{"id": figure.id, "label": language.of(figure.label)} for figure in survey.settings.figures],
        "rows": [_entry(row, survey, language) for row in survey.rows],
    }
    return _bytes(to_json(whole, indent=2) + "\n")


def write_jsonl(survey: Survey, language: Language) -> bytes:
    """The ``rows`` of the JSON, one a line."""
    lines = (to_json(_entry(row, survey, language)) + "\n" for row in survey.rows)
    return _bytes("".join(lines))


def _entry(row: Row, survey: Survey, language: Language) -> dict[str, Any]:
    was_read = row.outcome == "read"
    return {
        "unit": row.unit,
        "listed_unit": row.listed,
        "in_list": row.listed is not None if survey.listed else None,
        "unit_type": row.unit_type,
        "year": row.year,
        "edition": row.edition,
        "path": row.path or None,
        "outcome": row.outcome,
        "reason": reason_words(row, language),
        "errors": row.errors if was_read else None,
        "warnings": row.warnings if was_read else None,
        "infos": row.infos if was_read else None,
        "rules": dict(row.rules),
        "figures": {figure.id: _number(row.figures.get(figure.id)) for figure in survey.settings.figures},
        "published": row.published,
    }


def _cell(value: object) -> object:
    return "" if value is None else plain(value) if isinstance(value, Decimal) else value


def _number(value: Decimal | None) -> int | float | None:
    return None if value is None else number(value)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
