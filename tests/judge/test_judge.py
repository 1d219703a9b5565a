"""Self tests of the generator: the truth it states is what its bytes show. No govlint here."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from thorough import amount

from .case import ENCODINGS, FAULTS, LAYOUTS, Case, make_case
from .encode import position, shifted
from .figures import KINDS
from .form import leaves
from .model import Report, make_report
from .normal import plain

SEEDS = range(200)


def file_lines(case: Case) -> list[str]:
    """The decoded file's lines."""
    return case.data.decode(case.encoding, "replace").replace("\r\n", "\n").split("\n")


def sliced(file: list[str], line: int, column: int, end_line: int, end_column: int) -> str:
    """The decoded file between two positions."""
    lines = file[line - 1 : end_line]
    if line == end_line:
        return lines[0][column - 1 : end_column - 1]
    return "\n".join((lines[0][column - 1 :], *lines[1:-1], lines[-1][: end_column - 1]))


def show(case: Case) -> None:
    """Every cell's place shows what the report prints there."""
    file = file_lines(case)
    for address, place in case.cells.items():
        assert plain(sliced(file, *place[1:]), case.suffix) == case.report.printed(address), (
            case.name,
            address,
        )
    assert set(case.cells) == set(case.report.form.addresses())
    assert set(case.headings) == set(range(1, 7))
    assert case.title is not None


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_shows_its_cells(layout: str) -> None:
    for seed in range(60):
        show(make_case(seed, layout))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_shows_its_cells(encoding: str) -> None:
    for seed in range(40):
        show(make_case(seed, encoding=encoding))


def test_all_sorts_occur() -> None:
    cases = [make_case(seed) for seed in SEEDS]
    for case in cases:
        show(case)
    assert {case.layout for case in cases} == set(LAYOUTS)
    assert {case.encoding for case in cases} == set(ENCODINGS)
    assert {case.charset for case in cases} == {"right", "absent", "wrong", "none"}
    assert {case.edition for case in cases} == {"2019", "2021"}
    assert min(Counter(case.layout for case in cases).values()) > 4


@pytest.mark.parametrize("seed", SEEDS)
def test_identities(seed: int) -> None:
    report = make_report(seed)
    rows = {address[1] for address in report.values if address[0] == "requests"}
    for row in rows:
        assert sum(report.number(row, kind) for kind in KINDS) == report.number(row)
    for column in (*KINDS, "total"):
        assert report.number("received", column) + report.number("carried_in", column) == report.number(
            "total", column
        ) + report.number("carried_out", column)
        assert sum(report.number(row, column) for row in leaves(report.edition)) == report.number("total", column)
    for part in ("review", "direct", "after_review"):
        parts = [report.number(part, column, "remedies") for column in ("upheld", "corrected", "other", "pending")]
        assert sum(parts) == report.number(part, "total", "remedies")
    _disclosure(report)


def _disclosure(report: Report) -> None:
    for address, value in report.values.items():
        assert value >= 0 or address[2] == "change"
        assert isinstance(value, int) or (address[2] == "amount" and isinstance(value, Decimal))
    for row in ("regulations", "normative_documents"):
        cell = {address[2]: value for address, value in report.values.items() if address[1] == row}
        if report.edition == "2021":
            assert cell["in_force"] >= cell["issued"] - cell["repealed"]
        else:
            assert cell["open_total"] >= cell["opened"]


def test_same_seed_same_bytes() -> None:
    assert all(make_case(seed).data == make_case(seed).data for seed in range(30))


@pytest.mark.parametrize("kind", FAULTS)
def test_faults_stand_where_they_say(kind: str) -> None:
    made = 0
    for seed in range(300):
        if made == amount(1, 2) * len(LAYOUTS):
            break
        layout = LAYOUTS[made % len(LAYOUTS)]
        try:
            case = make_case(seed, layout, fault=kind)
        except ValueError:
            continue
        made += 1
        assert case.fault is not None and case.fault.kind == kind
        assert (case.fault_lines is None) == (kind in ABSENT)
        assert kind == "encoding_undeclared" or case.rendered.text != make_case(seed, layout).rendered.text
        file = file_lines(case)
        for address, place in case.cells.items():
            shown = plain(sliced(file, *place[1:]), case.suffix)
            assert place.value is None or _number(shown) == place.value, (case.name, address)
    assert made >= 10


def _number(shown: str) -> Decimal:
    """What a person reads: 1,234, full-width digits, units and inner blanks."""
    return Decimal(shown.rstrip("元件").replace(",", "").replace(" ", ""))


ABSENT = (
    "row_dropped",
    "table_dropped",
    "block_dropped",
    "section_dropped",
    "heading_dropped",
    "report_cut_off",
    "year_unknown",
)


def test_positions() -> None:
    assert position("甲\n乙丙", 3) == (2, 2)
    assert position("甲\u2028乙\f丙", 4) == (1, 5)
    text = "一\n二\n三"
    assert text.replace("\n", "\r\n")[shifted(text, 4, "\r\n")] == "三"
