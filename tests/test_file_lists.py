"""Paths out of lists, and files that have an address."""

from __future__ import annotations

import io
import sys

import pytest
from calling import call
from judge.case import make_case

NAMES = ("甲 局.txt", "b#.txt", "@c.txt", "*.txt")


@pytest.fixture
def reports(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate(NAMES):
        (tmp_path / name).write_bytes(make_case(number, "pipes", fault="row_dropped").data)
    return tmp_path


def plain() -> object:
    return call("check", *[f"./{name}" for name in NAMES], "--output-format", "json")


@pytest.mark.parametrize(
    "text",
    ["./甲 局.txt\n./b#.txt\n./@c.txt\n./*.txt\n", "./甲 局.txt\r\n./b#.txt\r\n\r\n./@c.txt\r\n./*.txt",
     "./甲 局.txt\0./b#.txt\0./@c.txt\0./*.txt\0", "\ufeff./甲 局.txt\n./b#.txt\n./@c.txt\n./*.txt\n"],
    ids=["lines", "crlf", "nul", "bom"],
)  # fmt: skip
def test_a_list_is_as_its_paths(text, reports, monkeypatch):
    (reports / "list").write_bytes(text.encode())
    assert call("check", "--files-from", "list", "--output-format", "json") == plain()
    assert call("check", "@list", "--output-format", "json") == plain()
    stdin = io.TextIOWrapper(io.BytesIO(text.encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert call("check", "--files-from", "-", "--output-format", "json") == plain()


def test_paths_and_a_list_go_together(reports):
    (reports / "list").write_text("./b#.txt\n./@c.txt\n./*.txt\n")
    assert call("check", "./甲 局.txt", "--files-from", "list", "--output-format", "json") == plain()


def test_a_file_of_that_name_is_no_list(reports):
    assert call("parse", "@c.txt").out == call("parse", "./@c.txt").out.replace("./@c.txt", "@c.txt")


@pytest.mark.parametrize("arguments", [["@none"], ["--files-from", "none"]])
def test_a_list_that_is_not_there_is_told(arguments, reports):
    ran = call("check", *arguments, "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("none: ")


def test_without_paths_and_list_something_is_missing():
    assert call("check", "--lang", "en", "--quiet").status == 2


def test_an_empty_list_is_no_report(reports):
    (reports / "list").write_bytes(b"")
    ran = call("check", "--files-from", "list", "--lang", "en")
    assert (ran.status, ran.out) == (0, "")


# Addresses


@pytest.fixture
def store():
    fsspec = pytest.importorskip("fsspec")
    files = fsspec.filesystem("memory")
    for number, name in enumerate(["b.txt", "a/甲.md", "a/.hidden.txt", "a/~$a.docx", "a/other.bin"]):
        files.pipe(f"/reports/{name}", make_case(number, "pipes", fault="row_dropped").data)
    files.pipe("/empty/other.bin", b"")
    yield files
    files.rm("/", recursive=True)


def test_a_folder_with_an_address_stands_for_its_reports(store):
    ran = call("parse", "memory://reports", "--output-format", "csv")
    assert ran.status == 0
    assert list(dict.fromkeys(line.split(",")[0] for line in ran.out.splitlines()[1:])) == [
        "memory:///reports/a/甲.md",
        "memory:///reports/b.txt",
    ]


def test_a_file_with_an_address_is_as_one_with_a_path(store, tmp_path):
    (tmp_path / "b.txt").write_bytes(store.cat("/reports/b.txt"))
    there = call("check", "memory://reports/b.txt", "--output-format", "json")
    here = call("check", tmp_path / "b.txt", "--output-format", "json")
    assert there.status == here.status == 1
    assert there.out == here.out.replace(str(tmp_path), "memory://reports")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("memory://reports/none.txt", "no such file"),
        ("memory://empty", "no reports to check in this folder"),
        ("nothing://reports", "cannot be opened: "),
    ],
)
def test_an_address_that_leads_nowhere_is_told(address, told, store):
    ran = call("check", address, "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"{address}: ")
    assert told in ran.err


def test_files_with_an_address_may_be_left_out(store):
    ran = call("check", "memory://reports", "--exclude", "**/a/**", "--output-format", "json-full")
    assert "memory:///reports/a/" not in ran.out
    assert "memory:///reports/b.txt" in ran.out


def test_too_large_a_file_is_refused(store, monkeypatch):
    monkeypatch.setattr("govlint.linter.MAX_BYTES", 100)
    ran = call("check", "memory://reports/b.txt", "--lang", "en")
    assert (ran.status, ran.out) == (2, "")


def test_addresses_need_an_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    ran = call("check", "memory://reports", "--lang", "en")
    assert (ran.status, "pip install 'govlint[dask]'" in ran.err) == (2, True)
