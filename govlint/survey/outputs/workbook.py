"""The survey as a workbook: the reports, the rules, and what is not there. Text goes in as text, never as a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from govlint.readers.extras import load_extra
from govlint.survey.columns import Shown, columns, outcome_words, reason_words, type_words
from govlint.survey.totals import Survey
from govlint.writers.language import Language
from govlint.writers.places import escape_controls

LONGEST = 32_767
"""So many characters a cell of a workbook holds."""
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EEF4", "bottom": 1}
_HEAD_HEIGHT = 48
_A4 = 9
_PRINTABLE = 8
"""So many columns are printed on one page's width."""


class _Sheet(NamedTuple):
    """A sheet to be: its name, headers with their widths in characters, and rows. ``kept`` columns do not scroll."""

    name: str
    headers: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Shown]]
    kept: int = 0


def write_xlsx(survey: Survey, language: Language) -> bytes:
    """The content of the workbook. Raises ReadError ``missing_extra`` without its library."""
    out = io.BytesIO()
    book = load_extra("xlsxwriter", "xlsx").Workbook(out, _PLAIN)
    head = book.add_format(_HEAD)
    for sheet in (_reports(survey, language), _rules(survey, language), _absent(survey, language)):
        _write(book.add_worksheet(sheet.name), sheet, head)
    book.close()
    return out.getvalue()


def _write(target: Any, sheet: _Sheet, head: object) -> None:
    target.freeze_panes(1, sheet.kept)
    target.set_landscape()
    target.set_paper(_A4)
    target.repeat_rows(0)
    if len(sheet.headers) <= _PRINTABLE:
        target.fit_to_pages(1, 0)
    target.set_row(0, _HEAD_HEIGHT)
    for at, (label, width) in enumerate(sheet.headers):
        target.set_column(at, at, width)
        target.write_string(0, at, _text(label, "\n"), head)
    for line, row in enumerate(sheet.rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, str):
                target.write_string(line, at, _text(value))
            elif value is not None:
                target.write_number(line, at, float(value) if isinstance(value, Decimal) else value)
    target.autofilter(0, 0, len(sheet.rows), len(sheet.headers) - 1)


def _reports(survey: Survey, language: Language) -> _Sheet:
    table = columns(survey, language)
    rows = [[column.words(row) for column in table] for row in survey.rows]
    return _Sheet(language.say("survey", "sheet_reports"), [(column.label, column.width) for column in table], rows, 1)


def _rules(survey: Survey, language: Language) -> _Sheet:
    headers = (("rule", 10), ("rule_title", 44), ("severity", 10), ("reports", 12), ("findings", 12))
    rows: list[list[Shown]] = [
        [
            total.rule.id,
            language.of(total.rule.title),
            language.words["severity"][total.rule.severity],
            total.reports,
            total.findings,
        ]
        for total in sorted(survey.rule_totals, key=lambda total: (-total.reports, -total.findings, total.rule.id))
    ]
    return _Sheet(language.say("survey", "sheet_rules"), _labels(headers, language), rows)


def _absent(survey: Survey, language: Language) -> _Sheet:
    headers = (("unit", 34), ("unit_type", 14), ("outcome", 12), ("reason", 60), ("path", 50))
    rows: list[list[Shown]] = [
        [
            row.listed or row.unit,
            type_words(row, survey, language),
            outcome_words(row, language),
            reason_words(row, language),
            row.path or None,
        ]
        for row in (*survey.missing, *survey.unreadable)
    ]
    return _Sheet(language.say("survey", "sheet_absent"), _labels(headers, language), rows)


def _labels(headers: Sequence[tuple[str, int]], language: Language) -> list[tuple[str, int]]:
    return [(language.say("survey", name), width) for name, width in headers]


def _text(value: str, keep: str = "") -> str:
    """Text without control characters or halves of characters, cut to what a cell holds."""
    lines = value.split(keep) if keep else [value]
    text = "\n".join(map(escape_controls, lines)).encode("utf-8", "backslashreplace").decode("utf-8")
    return text[:LONGEST]
