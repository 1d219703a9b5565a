"""The benchmarks run, and their page has a place for every row. What they measure decides nothing here."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))  # The benchmarks run from the checkout; nothing installs them.

from benchmarks import tables
from benchmarks.__main__ import PARTS, main, measure
from benchmarks.bench import QUICK, Bench, Part, Task, Unavailable
from benchmarks.corpus import LAYOUTS, paths, reports
from benchmarks.growing import WAYS, grown
from benchmarks.ledger import Ledger
from benchmarks.spending import spent
from govlint.readers import read

PAGE = Path(__file__).parent.parent / "benchmarks" / "README.md"
LEAST = QUICK._replace(name="least", starts=1, rounds=1, few=3, many=100, sample=1, largest=10)
posix = pytest.mark.skipif(not hasattr(os, "wait4"), reason="what a process used cannot be asked here")
NUMBER = re.compile(r"[\d,.]+(?: (?:ms|s|MB))?")


@pytest.fixture
def bench(tmp_path):
    return Bench(LEAST, tmp_path)


def cells(bench: Bench, part: str, what: str) -> tuple[str, ...]:
    (task,) = [task for task in PARTS[part].tasks(bench) if task.what == what]
    return task.measure()


@pytest.mark.parametrize("name", PARTS)
def test_the_page_has_every_row(name, bench):
    """A new kind of check need not be measured at once."""
    whats = [task.what for task in PARTS[name].tasks(bench)]
    assert len(set(whats)) == len(whats) > 1
    told = tables.rows_of(PAGE.read_text(encoding="utf-8"), name)
    assert told == [what for what in whats if what in told or not what.startswith("check: ")]


@posix
@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("start", "this environment: one text report"),
        ("batches", "few docx reports, all cores"),
        ("growth", "prose ×10"),
    ],
)
def test_a_row_is_measured(part, what, bench):
    found = cells(bench, part, what)
    assert len(found) == len(PARTS[part].columns) - 1
    assert all(NUMBER.fullmatch(cell) for cell in found)
    assert any(float(cell.split()[0].replace(",", "")) > 0 for cell in found)


@pytest.mark.parametrize("what", ["HTML: read", "HTML: check", "DOCX: read"])
def test_reading_is_held_against_the_least_it_takes(what, bench):
    own, _, alone, ratio = cells(bench, "floor", what)
    assert all(NUMBER.fullmatch(cell) for cell in (own, alone, ratio))
    assert float(alone.split()[0]) > 0


def test_stages_are_all_there_is(bench):
    """Every stage of every kind has a figure, but for what a kind does not do."""
    rows = {task.what: task.measure() for task in PARTS["stages"].tasks(bench)}
    assert all(
        NUMBER.fullmatch(cell)
        for what in ("parse", "bind", "prose", "compare reports", "read, bind and judge")
        for cell in rows[what]
    )
    assert rows["decode"][2] == ""
    assert sum(any(cells) for what, cells in rows.items() if what.startswith("check: ")) > 20


def test_reports_are_the_same_every_time(tmp_path):
    for kind, layouts in LAYOUTS.items():
        files = paths(tmp_path / "a", kind, 4)
        first = [path.read_bytes() for path in files]
        assert first == [path.read_bytes() for path in paths(tmp_path / "b", kind, 4)]
        assert len(set(first)) == 4 <= len(layouts)
        kinds = {read(path.read_bytes(), path.name).source.kind for path in files}
        assert kinds <= ({"html"} if kind == "html" else {"text", "markdown"})
    kept = reports(tmp_path / "a", "text", 4)
    before = kept.stat().st_mtime_ns
    assert reports(tmp_path / "a", "text", 4).stat().st_mtime_ns == before


@pytest.mark.parametrize("way", WAYS)
def test_a_report_grows_as_it_is_told(way):
    lengths = []
    for factor in (1, 7):
        data, suffix = grown(way, factor)
        lengths.append(sum(len(cell.text) for line in read(data, f"a{suffix}").lines for cell in line.cells))
    assert 6 < lengths[1] / lengths[0] < 8


@posix
def test_what_a_command_spends_is_that_of_its_own_processes(bench):
    used = spent([sys.executable, "-c", "x = bytearray(200_000_000)"], bench.folder / "cache")
    assert used.peak > 200_000_000
    assert spent([sys.executable, "-c", "pass"], bench.folder / "cache").peak < 100_000_000
    with pytest.raises(Unavailable, match="ended with 3"):
        spent([sys.executable, "-c", "raise SystemExit(3)"], bench.folder / "cache")
    with pytest.raises(Unavailable, match="no-such-program"):
        spent(["no-such-program"], bench.folder / "cache")


def test_other_linters_are_installed_only_if_asked_for(bench, capsys):
    rows = measure(PARTS["peers"], bench, Ledger(bench, again=False))
    assert {row[1] for row in rows} == {"not measured: needs `--peers`"}
    assert capsys.readouterr().err.count("NOT MEASURED") == len(rows)


def test_a_run_goes_on_where_it_was(bench):
    done = []

    def first() -> tuple[str, ...]:
        done.append(1)
        return ("1 ms",)

    def second() -> tuple[str, ...]:
        if len(done) < 2:
            raise Unavailable("not yet")
        return ("2 ms",)

    part = Part("some", ("what", "CPU"), lambda _: [Task("a", first), Task("b", second)])
    assert measure(part, bench, Ledger(bench, again=False)) == [("a", "1 ms"), ("b", "not measured: not yet")]
    done.append(2)
    assert measure(part, bench, Ledger(bench, again=False)) == [("a", "1 ms"), ("b", "2 ms")]
    assert done == [1, 2]
    measure(part, bench, Ledger(bench, again=True))
    assert done == [1, 2, 1]


def test_a_table_is_put_into_its_place(tmp_path, capsys):
    page = tmp_path / "page.md"
    before = PAGE.read_text(encoding="utf-8")
    page.write_text(before, encoding="utf-8")
    main(["--quick", "--only", "peers", "--write", str(page), "--work", str(tmp_path / "work")])
    printed = capsys.readouterr().out
    after = page.read_text(encoding="utf-8")
    assert printed.removeprefix("## peers\n\n").rstrip("\n") in after
    outside = re.compile(r"(<!-- peers -->).*(<!-- /peers -->)", re.S)
    assert outside.sub(r"\1\2", after) == outside.sub(r"\1\2", before)
    assert tables.rows_of(after, "peers") == tables.rows_of(before, "peers")
    with pytest.raises(KeyError):
        tables.write(page, {"nothing": ""})
