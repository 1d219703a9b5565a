"""Results packed and unpacked: nothing is lost that anybody asks for; strange bytes make nothing and run nothing."""

from __future__ import annotations

import pickle
from dataclasses import fields

import pytest
from judge.case import LAYOUTS, make_case
from judge.office.kinds import KINDS
from judge.office.kinds import make as make_office
from judge.office.planned import make_planned

from govlint.batch.packing import Packing
from govlint.batch.pickling import pack, unpack
from govlint.linter import default_linter
from govlint.model.diagnostic import Result
from govlint.model.document import Cell
from govlint.model.errors import ReadError
from govlint.model.report import Report

LINTER = default_linter()
PACKING = Packing(LINTER)
NOT_KEPT = {"claims", "gaps", "document"}


def comparable(value: object) -> object:
    """A value such that equal ones have the same texts at the same places, however these are worked out."""
    if isinstance(value, Cell):
        return value.text, value.grid, [value.span(at, at + 1) for at in range(len(value.text))], value.span()
    if hasattr(value, "__dataclass_fields__"):
        return [comparable(getattr(value, each.name)) for each in fields(value)]  # type: ignore[arg-type]
    return tuple(map(comparable, value)) if isinstance(value, tuple) else value


def assert_survives(data: bytes, path: str) -> None:
    before = LINTER.check_bytes(data, path)
    after = PACKING.unpack(PACKING.pack(before, data), data)
    assert before.report is not None and before.document is not None
    assert after.report is not None and after.document is not None
    for name in ("path", "source", "diagnostics", "outcomes", "waived", "read_error"):
        assert getattr(after, name) == getattr(before, name), name
    for each in fields(Report):
        if each.name not in NOT_KEPT:
            assert comparable(getattr(after.report, each.name)) == comparable(getattr(before.report, each.name))
    assert comparable(after.document.lines) == comparable(before.document.lines)
    assert after.document.remarks == before.document.remarks
    assert after.report.document is after.document


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("fault", [None, "row_dropped"])
def test_texts_survive(layout, fault):
    case = make_case(5, layout, fault=fault)
    assert_survives(case.data, f"报告{case.suffix}")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings_survive(encoding):
    text = make_case(6, "pipes").text
    assert_survives(text.encode(encoding), "a.txt")


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if not kind.tool], ids=lambda kind: kind.name)
def test_files_that_are_no_text_survive(kind):
    for name, data in make_office(kind, [make_planned(3)]).items():
        assert_survives(data, f"{name}{kind.suffix}")


def test_what_could_not_be_read_survives():
    error = ReadError("a.pdf", "too_large", {"size": 70, "limit": 64})
    found = PACKING.unpack(PACKING.pack(Result("a.pdf", read_error=error), b""), b"").read_error
    assert found is not None
    assert (found.path, found.reason, found.params) == (error.path, error.reason, error.params)


class Trap:
    """Pickles as a call of ``print``."""

    def __reduce__(self):
        return print, ("run",)


@pytest.mark.parametrize("value", [Trap(), [Trap()], {"a": Trap()}, pickle.loads, Report, open])
def test_strange_bytes_run_nothing(value, capsys):
    with pytest.raises(pickle.UnpicklingError):
        unpack(pickle.dumps(value))
    assert capsys.readouterr().out == ""


def test_values_survive():
    value = {1: ("a", None, b"c", frozenset([2])), "d": [1.5, True]}
    assert unpack(pack(value)) == value
