"""Reports of known faults as files, and what the command says of the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from judge.case import make_case
from judge.form import APPLICANTS, FORMS
from judge.office.chosen import planned
from judge.office.kinds import KINDS
from linked import as_word, report
from runs import LANGUAGES
from test_cli import here

FAULTS: Mapping[str, Any] = {
    "cell": {"requests.granted.business": "1", "disclosure.penalty.decisions": ""},
    "heading": {5: "五、存在的主要问题及改进措施"},
    "text": {"@section.6": "没有其他事项。"},
}
"""Two errors, two warnings; a safe fix and some that are not."""
LAST_YEAR = {
    "year": 2022,
    "cell": {
        "disclosure.normative_documents.in_force": "4",
        "requests.received.natural_person": "5",
        "requests.received.total": "6",
        "requests.carried_out.natural_person": "2",
        "requests.carried_out.total": "2",
    },
}
"""Carries two requests over to 2023, whose report says that there were none."""


class Wrong(NamedTuple):
    """A report with a wrong number in one cell: the words of its row, which of the row's numbers it is, and says."""

    name: str
    data: bytes
    row: str
    column: int
    number: str


@cache
def wrong_number(kind: str, seed: int = 5) -> Wrong:
    """The same report, for the same seed, as ``docx``, ``word_html`` or ``pdf_reportlab``."""
    case = planned(seed, "number_requests")
    assert case.fault
    ((address, value),) = case.fault.cells.items()
    table, row_id, column = address
    rows = (row for block in FORMS[case.report.edition].table(table).blocks for row in block.rows)
    label = next(row.label for row in rows if row.id == row_id)
    name = f"{case.report.agency}{case.report.year}{KINDS[kind].suffix}"
    return Wrong(name, KINDS[kind].write(case), label, list(APPLICANTS).index(column), str(value))


@cache
def faulty_word() -> bytes:
    """A Word file with FAULTS."""
    return as_word(report(**FAULTS))


@cache
def broken_word() -> bytes:
    """A Word file that ends in the middle."""
    return faulty_word()[: len(faulty_word()) // 2]


@cache
def forty() -> Mapping[str, bytes]:
    """Forty reports of as many units and some years, most of them with a fault, and two that cannot be read."""
    files: dict[str, bytes] = {}
    kinds = ("number_requests", "heading_renamed", "cell_blank", None)
    for seed in range(38):
        case = _case(seed, kinds[seed % len(kinds)])
        files[f"{seed + 1:02} {case.agency}{case.suffix}"] = case.data
    return {**files, "39 扫描件.png": b"\x89PNG\r\n\x1a\n" + bytes(64), "40 断.docx": broken_word()}


def _case(seed: int, fault: str | None) -> Any:
    try:
        return make_case(seed, "minified", "utf-8", fault, charset="right")
    except ValueError:  # This report cannot have the fault.
        return make_case(seed, "minified", "utf-8", charset="right")


def printed(folder: Path, files: Mapping[str, bytes], form: str = "json", lang: str = "zh") -> str:
    """What ``check`` prints of files in a folder."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return here("check", *files, "--output-format", form, "--lang", lang, "-q", cwd=folder).out


def found(folder: Path, files: Mapping[str, bytes], lang: str = "zh") -> dict[str, list[tuple[str, str]]]:
    """The rule and message of what ``check`` finds in each of the files, sorted."""
    listed: dict[str, list[tuple[str, str]]] = {name: [] for name in files}
    for each in json.loads(printed(folder, files, lang=lang)):
        listed[each["path"]].append((each["rule"], each["message"]))
    return {name: sorted(some) for name, some in listed.items()}


def word(key: str, lang: str = "zh", /, **params: object) -> str:
    """What the page calls something."""
    return str(LANGUAGES[lang].say("serve", key, params))
