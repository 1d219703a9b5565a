"""What a survey keeps of itself: nothing done twice, nothing stale, nothing lost to half a line."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from judge.case import make_case

from govlint.linter import load_linter, select
from govlint.model.errors import ReadError
from govlint.survey import census as module
from govlint.survey.census import Item, census
from govlint.survey.rows import Row
from govlint.survey.settings import make_settings
from govlint.survey.state import AGAIN, HEADER, Stamp, State, StateError, basis_of

LINTER = load_linter()
LINTER = LINTER.with_rules(select(LINTER.rules, (), ()))
SETTINGS = make_settings(LINTER.data("survey.yaml"))
BASIS = basis_of(LINTER)


class Ran:
    """A survey of some files: its rows, and which files were opened and which judged."""

    def __init__(self, monkeypatch, paths, state: Path | None, *, basis: str = BASIS, fresh: bool = False) -> None:
        self.opened: list[str] = []
        self.judged: list[str] = []
        read, judge = module.read_file, module._judged

        def opening(path):
            self.opened.append(Path(path).name)
            return read(path)

        def judging(data, path, *rest):
            self.judged.append(Path(path).name)
            return judge(data, path, *rest)

        with monkeypatch.context() as patched:
            patched.setattr(module, "read_file", opening)
            patched.setattr(module, "_judged", judging)
            with State(str(state) if state else None, basis, fresh=fresh) as kept:
                self.rows = list(census([Item(str(path)) for path in paths], LINTER, SETTINGS, kept))


@pytest.fixture
def reports(tmp_path):
    """Four reports, one of them with faults, and a file without text."""
    folder = tmp_path / "reports"
    folder.mkdir()
    paths = []
    for seed, fault in ((1, None), (2, "balance_broken"), (3, None), (4, "heading_renamed")):
        case = make_case(seed, "markdown", "utf-8", fault)
        paths.append(folder / case.name)
        paths[-1].write_bytes(case.data)
    paths.append(folder / "empty.txt")
    paths[-1].write_bytes(b"")
    return paths


def test_a_second_run_opens_nothing(monkeypatch, reports, tmp_path):
    state = tmp_path / "state.jsonl"
    first = Ran(monkeypatch, reports, state)
    assert len(first.opened) == len(first.judged) == 5
    second = Ran(monkeypatch, reports, state)
    assert (second.opened, second.judged) == ([], [])
    assert second.rows == first.rows == Ran(monkeypatch, reports, None).rows
    assert sum(row.errors for row in second.rows) > 0
    assert any(row.figures for row in second.rows)


def test_a_touched_file_is_opened_but_not_judged(monkeypatch, reports, tmp_path):
    state = tmp_path / "state.jsonl"
    first = Ran(monkeypatch, reports, state)
    stamp = reports[1].stat()
    os.utime(reports[1], ns=(stamp.st_atime_ns, stamp.st_mtime_ns + 1_000_000))
    second = Ran(monkeypatch, reports, state)
    assert (second.opened, second.judged) == ([reports[1].name], [])
    assert second.rows == first.rows
    assert Ran(monkeypatch, reports, state).opened == []


def test_a_changed_file_is_judged_again(monkeypatch, reports, tmp_path):
    state = tmp_path / "state.jsonl"
    Ran(monkeypatch, reports, state)
    reports[0].write_bytes(make_case(5, "markdown", "utf-8").data)
    reports[4].write_text("no longer empty")
    second = Ran(monkeypatch, reports, state)
    assert second.judged == [reports[0].name, reports[4].name]
    assert second.rows == Ran(monkeypatch, reports, None).rows


def test_other_rules_or_fresh_begin_anew(monkeypatch, reports, tmp_path):
    state = tmp_path / "state.jsonl"
    Ran(monkeypatch, reports, state)
    assert len(Ran(monkeypatch, reports, state, basis="other").judged) == 5
    assert Ran(monkeypatch, reports, state).judged == []
    assert len(Ran(monkeypatch, reports, state, fresh=True).judged) == 5
    assert len(state.read_bytes().splitlines()) == 6


def test_rules_options_and_severity_are_in_the_basis():
    some = LINTER.rules[3]
    for changed in (
        replace(some, severity="info" if some.severity == "error" else "error"),
        replace(some, options={"x": 1}),
        replace(some, hash="0"),
    ):
        rules = tuple(changed if rule is some else rule for rule in LINTER.rules)
        assert basis_of(LINTER.with_rules(rules)) != BASIS
    assert basis_of(LINTER.with_rules(LINTER.rules[1:])) != BASIS


def test_half_a_line_is_done_again(monkeypatch, reports, tmp_path):
    """Cut anywhere, the state is good for its whole lines, and is whole again after the next run."""
    state = tmp_path / "state.jsonl"
    first = Ran(monkeypatch, reports, state)
    whole = state.read_bytes()
    lines = whole.splitlines(keepends=True)
    for cut in (0, 5, len(HEADER), len(HEADER) + 3, len(whole) - 1, len(whole) - 40, len(b"".join(lines[:3]))):
        state.write_bytes(whole[:cut])
        kept = max(whole[:cut].count(b"\n") - 1, 0)
        ran = Ran(monkeypatch, reports, state)
        assert len(ran.judged) == 5 - kept
        assert ran.rows == first.rows
        assert Ran(monkeypatch, reports, state).opened == []
        assert len(state.read_bytes().splitlines()) == 6


@pytest.mark.parametrize(
    "damage",
    [
        b"\xff\xfe\x00",
        b"{}",
        b"[" * 5000,
        b"null",
        lambda line: line.replace(b'"outcome": "read"', b'"outcome": "lost"'),
        lambda line: line.replace(b'"rules": {', b'"rules": 3, "x": {'),
        lambda line: line.replace(b'"errors": 0', b'"errors": "none"'),
        lambda line: line.replace(b'"figures": {', b'"figures": {"x": "NaN", '),
        lambda line: line.replace(b'"size": ', b'"size": "x'),
    ],
)
def test_a_damaged_line_is_done_again(monkeypatch, reports, tmp_path, damage):
    state = tmp_path / "state.jsonl"
    first = Ran(monkeypatch, reports, state)
    lines = state.read_bytes().splitlines()
    damaged = damage(lines[1]) if callable(damage) else damage
    assert damaged != lines[1]
    state.write_bytes(b"\n".join([lines[0], damaged, *lines[2:], b""]))
    ran = Ran(monkeypatch, reports, state)
    assert ran.judged == [reports[0].name]
    assert ran.rows == first.rows


@pytest.mark.parametrize("content", [b"unit,year\n", b"{}\n", b"\x00\x01", HEADER[:-1] + b"x\n"])
@pytest.mark.parametrize("fresh", [False, True])
def test_another_file_is_left_as_it_is(tmp_path, content, fresh):
    path = tmp_path / "mine.csv"
    path.write_bytes(content)
    with pytest.raises(StateError) as raised:
        State(str(path), BASIS, fresh=fresh)
    assert raised.value.reason is None
    assert path.read_bytes() == content


def test_a_state_that_cannot_be_opened(tmp_path):
    with pytest.raises(StateError) as raised:
        State(str(tmp_path / "none" / "state.jsonl"), BASIS)
    assert raised.value.reason


def test_a_disk_that_fills_up_stops_the_state_and_not_the_survey(monkeypatch, reports, tmp_path):
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with State(str(tmp_path / "state.jsonl"), BASIS) as state:
        state._file = full.open("wb", buffering=0)
        rows = list(census([Item(str(path)) for path in reports], LINTER, SETTINGS, state))
        assert state.failure
    assert len(rows) == 5


def test_reasons_outside_the_file_are_tried_again(tmp_path):
    """A library that is installed later, a file that is there later: nothing of it is kept."""
    with State(str(tmp_path / "state.jsonl"), BASIS) as state:
        for reason in sorted(AGAIN):
            state.keep(Row(f"{reason}.pdf", "unreadable", reason, reason=reason), Stamp(1, 1), b"x")
            assert state.untouched(f"{reason}.pdf", Stamp(1, 1)) is None
        state.keep(Row("scan.pdf", "unreadable", "scan", reason="no_text", params={"pages": "1"}), Stamp(1, 1), b"x")
    assert len((tmp_path / "state.jsonl").read_bytes().splitlines()) == 2
    assert set(LINTER.data("locale/zh.yaml")["read_error"]) >= AGAIN


def test_each_row_is_there_as_soon_as_it_is_done(reports, tmp_path):
    """Stopped in the middle, the state has all that came before."""
    path = tmp_path / "state.jsonl"
    with State(str(path), BASIS) as state:
        rows = census([Item(str(report)) for report in reports], LINTER, SETTINGS, state)
        for done in range(1, 4):
            next(rows)
            assert len([json.loads(line) for line in path.read_bytes().splitlines()]) == 1 + done


def test_a_fault_of_govlint_costs_one_file(monkeypatch, reports):
    """Whatever happens over one file, the others have their rows."""
    bad = str(reports[2])
    check = type(LINTER).check_bytes

    def failing(self, data, path):
        if path == bad:
            raise RecursionError("too deep")
        return check(self, data, path)

    monkeypatch.setattr(type(LINTER), "check_bytes", failing)
    with State(None, BASIS) as state:
        rows = list(census([Item(str(path)) for path in reports], LINTER, SETTINGS, state))
    assert [row.outcome for row in rows] == ["read", "read", "unreadable", "read", "unreadable"]
    assert isinstance(rows[2].read_error, ReadError)
    assert rows[2].reason == "failed"
    assert "too deep" in str(rows[2].params["error"])
