"""Results by shard: the same lines as a plain run has, and only what is missing is done again."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from calling import call
from judge.case import make_case

from govlint.linter import Linter
from govlint.shards.formats import columns_of

FAULTS = (None, "row_dropped", "cell_blank")
COMMANDS = ("check", "parse", "survey")


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(7):
        (folder / f"{number}.txt").write_bytes(make_case(number, "pipes", fault=FAULTS[number % 3]).data)
    return folder


def parts(folder: Path) -> list[Path]:
    return sorted(folder.glob("part-*"))


def lines(folder: Path) -> str:
    return "".join(part.read_text(encoding="utf-8") for part in parts(folder))


def manifest(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def sharded(command: str, reports: Path, out: Path, *options: object):
    return call(command, reports, "--shards", out, "--shard-size", 3, *options, "--lang", "en")


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("command", ["check --link off", "survey"])
def test_all_shards_together_are_the_plain_output(command, jobs, reports, tmp_path):
    plain = call(*command.split(), reports, "--output-format", "jsonl", "--lang", "en")
    ran = sharded(command.split()[0], reports, tmp_path / "out", "--jobs", jobs)
    assert lines(tmp_path / "out") == plain.out
    assert (ran.status, ran.out) == (plain.status, "")
    assert [part.name for part in parts(tmp_path / "out")] == [f"part-{number:05}.jsonl" for number in range(3)]
    assert manifest(tmp_path / "out")["state"] == "done"


def test_shards_of_parse_hold_the_reports(reports, tmp_path):
    plain = json.loads(call("parse", reports, "--lang", "en").out)
    assert sharded("parse", reports, tmp_path / "out").status == 0
    assert [json.loads(line) for line in lines(tmp_path / "out").splitlines()] == plain


def judged(monkeypatch) -> list[str]:
    """The names of files that are judged from now on, in this process."""
    names: list[str] = []
    check = Linter.check_path

    def noting(linter: Linter, path: str):
        names.append(Path(path).name)
        return check(linter, path)

    monkeypatch.setattr(Linter, "check_path", noting)
    monkeypatch.setattr("govlint.batch.pool.answers", lambda work, paths, *_: (list(work(path)) for path in paths))
    return names


def test_only_what_is_missing_or_broken_or_changed_is_done_again(reports, tmp_path, monkeypatch):
    out = tmp_path / "out"
    names = judged(monkeypatch)
    first = sharded("check", reports, out)
    whole = {path.name: path.read_bytes() for path in out.iterdir()}
    assert len(names) == 7

    names.clear()
    assert sharded("check", reports, out).status == first.status
    assert names == []

    names.clear()
    parts(out)[1].write_bytes(parts(out)[1].read_bytes()[:-5])
    parts(out)[2].unlink()
    sharded("check", reports, out)
    assert names == ["3.txt", "4.txt", "5.txt", "6.txt"]
    assert {path.name: path.read_bytes() for path in out.iterdir()} == whole

    names.clear()
    (reports / "0.txt").write_bytes(make_case(40, "pipes").data)
    sharded("check", reports, out)
    assert names == ["0.txt", "1.txt", "2.txt"]

    names.clear()
    sharded("check", reports, out, "--ignore", "GL2")
    assert len(names) == 7

    for number in range(3, 7):
        (reports / f"{number}.txt").unlink()
    sharded("check", reports, out)
    assert [part.name for part in parts(out)] == ["part-00000.jsonl"]


def test_a_run_that_was_stopped_goes_on(reports, tmp_path, monkeypatch):
    out = tmp_path / "out"
    names = judged(monkeypatch)
    whole = sharded("check", reports, tmp_path / "whole")
    check = Linter.check_path

    def stopping(linter: Linter, path: str):
        if path.endswith("5.txt"):
            raise KeyboardInterrupt
        return check(linter, path)

    with monkeypatch.context() as stop:
        stop.setattr(Linter, "check_path", stopping)
        ran = sharded("check", reports, out)
    assert ran.status == 2
    assert "the same command goes on from the shards that are done" in ran.err
    assert (manifest(out)["state"], len(parts(out))) == ("running", 1)
    names.clear()
    assert sharded("check", reports, out).status == whole.status
    assert names == ["3.txt", "4.txt", "5.txt", "6.txt"]
    assert lines(out) == lines(tmp_path / "whole")


def test_what_cannot_be_read_is_named_each_time(reports, tmp_path):
    (reports / "4a.txt").write_bytes(b"")
    for _ in range(2):
        for command in COMMANDS:
            ran = sharded(command, reports, tmp_path / command)
            assert (ran.status, ran.err.count("4a.txt: ")) == (2, 1), command
    assert [shard["counts"]["unread"] for shard in manifest(tmp_path / "check")["shards"]] == [0, 1, 0]


def test_the_exit_status_is_that_of_a_plain_run(reports, tmp_path):
    for number, options in enumerate((["--fail-on", "never"], ["--exit-zero"], ["--select", "GL505"], ["--strict"])):
        plain = call("check", reports, "--link", "off", *options)
        assert sharded("check", reports, tmp_path / str(number), *options).status == plain.status, options


@pytest.mark.parametrize("command", COMMANDS)
def test_parquet_holds_what_the_lines_hold(command, reports, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    sharded(command, reports, tmp_path / "lines")
    sharded(command, reports, tmp_path / "tables", "--shard-format", "parquet")
    rows = [row for part in parts(tmp_path / "tables") for row in parquet.read_table(part).to_pylist()]
    wanted = [json.loads(line) for line in lines(tmp_path / "lines").splitlines()]
    assert len(rows) == len(wanted) > 0
    assert set(wanted[0]) == {name for names in columns_of(command) for name in names}
    for row, want in zip(rows, wanted, strict=True):
        assert {name: as_told(value, want[name]) for name, value in row.items()} == want


def as_told(value: object, want: object) -> object:
    return json.loads(value) if isinstance(value, str) and not isinstance(want, str) else value


def test_parquet_needs_an_extra(reports, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = sharded("check", reports, tmp_path / "out", "--shard-format", "parquet", "--no-progress", "-q")
    assert (ran.status, ran.err) == (2, "govlint: writing Parquet needs an extra: pip install 'govlint[parquet]'\n")
    assert not (tmp_path / "out").exists()


# Folders that cannot be used


def test_a_folder_of_other_files_is_refused(reports, tmp_path):
    ran = sharded("check", reports, reports)
    assert (ran.status, "holds files but no manifest.json" in ran.err) == (2, True)
    assert len(list(reports.iterdir())) == 7


@pytest.mark.parametrize("text", ["", "[]", '{"shards": 1}', '{"schema_version": 9, "shards": []}'])
def test_what_is_no_manifest_is_refused(text, reports, tmp_path):
    (tmp_path / "manifest.json").write_text(text)
    assert "is no manifest written by govlint" in sharded("check", reports, tmp_path).err


def test_a_manifest_leads_to_no_other_folder(reports, tmp_path):
    out, other = tmp_path / "out", tmp_path / "part-00009.jsonl"
    other.write_text("mine")
    sharded("check", reports, out)
    whole = manifest(out)
    whole["shards"][0]["name"] = f"../{other.name}"
    (out / "manifest.json").write_text(json.dumps(whole))
    assert sharded("check", reports, out).status == 2
    assert other.read_text() == "mine"


def test_a_folder_in_no_folder_is_refused(reports, tmp_path):
    assert sharded("check", reports, tmp_path / "a" / "b").status == 2


@pytest.mark.parametrize("option", [["--fix"], ["--output-format", "json"], ["--summary"], ["--rollup", "folder"]])
def test_what_has_no_place_in_shards_is_refused(option, reports, tmp_path):
    ran = sharded("check", reports, tmp_path / "out", *option)
    assert (ran.status, "and --shards do not go together" in ran.err) == (2, True)
    assert not (tmp_path / "out").exists()
