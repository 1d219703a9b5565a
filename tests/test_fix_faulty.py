"""Faulty reports of the judge's generator, mended: nothing fixable is left, nothing new comes, right numbers stay.

One report for each kind of fault in turn over the layouts, and fewer as Word documents; GOVLINT_FULL=1: 500 and 200.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import cycle, islice
from typing import NamedTuple

import pytest
from fixing import MENDED_RULES, cell, found, mend
from judge.case import FAULTS, LAYOUTS, make_case
from judge.model import Report
from judge.office.planned import make_planned
from judge.office.word import write
from thorough import FULL

from govlint.fixes.mending import Mended
from govlint.model.report import CellAddress

TEXTS, WORD = (500, 200) if FULL else (96, 32)
GROUPS = 8
REWORDED = ("GL204", "GL218")
"""Rules on words that broken lines may keep in pieces that stand apart, so that now and then they are left."""


class Faulty(NamedTuple):
    data: bytes
    name: str
    report: Report


def texts() -> Iterator[Faulty]:
    for seed, fault in enumerate(cycle(FAULTS), 7000):
        try:
            case = make_case(seed, LAYOUTS[seed % len(LAYOUTS)], fault=fault, irregular_numbers=seed % 4 == 0)
        except ValueError:  # This report cannot have the fault.
            continue
        yield Faulty(case.data, case.name, case.report)


def documents() -> Iterator[Faulty]:
    for seed, fault in enumerate(cycle(FAULTS), 8000):
        try:
            planned = make_planned(seed, fault, irregular_numbers=seed % 4 == 0)
        except ValueError:
            continue
        yield Faulty(write(planned), f"{planned.name}.docx", planned.report)


@pytest.mark.parametrize("group", range(GROUPS))
def test_mended_texts(group):
    cases = list(islice(texts(), group, TEXTS, GROUPS))
    refused = [entry for faulty in cases for entry in judged(faulty).refused]
    assert len(refused) <= len(cases) / 30 + 1
    assert all(entry.diagnostic.rule.id in REWORDED for entry in refused)


@pytest.mark.parametrize("group", range(GROUPS))
def test_mended_word_documents(group):
    for faulty in islice(documents(), group, WORD, GROUPS):
        mended = judged(faulty)
        assert not mended.refused
        if mended.made:
            before, after = parts(faulty.data), parts(mended.data)
            assert list(before) == list(after)
            assert [name for name in before if before[name] != after[name]] == ["word/document.xml"]


def judged(faulty: Faulty) -> Mended:
    """The report mended, and all that must be true of it."""
    mended = mend(faulty.data, faulty.name)
    left = {(refused.diagnostic.rule.id, refused.diagnostic.finding.subject) for refused in mended.refused}
    assert not found(mended.after) - found(mended.before), faulty.name
    assert not {d.rule.id for d in mended.after.diagnostics if d.autofix} - {rule for rule, _ in left}, faulty.name
    assert {d.rule.id for d in mended.made} <= MENDED_RULES
    again = mend(mended.data, faulty.name)
    assert again.data == mended.data, faulty.name
    wrong = [name for name in changed(mended) if not mends(mended, faulty.report, name)]
    assert not wrong, faulty.name
    return mended


def changed(mended: Mended) -> Iterator[str]:
    """The cells that had a number and now have another."""
    if mended.before.report is None:
        return
    for table in mended.before.report.tables:
        for before in table.cells:
            if before.number is not None and cell(mended.after, str(before.address)).number != before.number:
                yield str(before.address)


def mends(mended: Mended, report: Report, name: str) -> bool:
    """Whether a cell has got the number that the report had before it was made faulty."""
    return str(cell(mended.after, name).number) == str(report.values[CellAddress(*name.split("."))])


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}
