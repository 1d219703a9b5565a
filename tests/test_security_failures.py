"""What goes wrong inside govlint is one sentence and exit status 2; in a batch it costs one file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from calling import call
from configs import BAD
from test_cli import CLEAN, FAULTY

import govlint.linter
from govlint.cli.output import READER_GONE
from govlint.linter import Linter
from govlint.model.failure import described, failure

SENTENCES = {"zh": "程序缺陷", "en": "a bug"}


class Panic(BaseException):
    """As libraries written in Rust end: no Exception."""


@pytest.fixture
def folder(tmp_path) -> Path:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.md").write_bytes(BAD)
    return tmp_path


def stumble_over(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException) -> None:
    """As if a reader had not foreseen what is in the file of this name."""
    plain = govlint.linter.read

    def read(data: bytes, path: str) -> object:
        if Path(path).name == name:
            raise error
        return plain(data, path)

    monkeypatch.setattr(govlint.linter, "read", read)


@pytest.mark.parametrize(
    "error", [KeyError("甲"), RecursionError(), AssertionError("x\n\x1b[31m::error::y"), Panic("p")]
)
@pytest.mark.parametrize("code", SENTENCES)
def test_a_reader_that_fails_costs_one_file(folder, error, code, monkeypatch):
    stumble_over(monkeypatch, "b.md", error)
    ran = call("check", folder, "--lang", code, "--output-format", "concise")
    assert ran.status == 2
    assert {Path(line.split(":")[0]).name for line in ran.out.splitlines()} == {"a.md", "c.md"}
    (line,) = [line for line in ran.err.splitlines() if "b.md" in line]
    assert SENTENCES[code] in line
    assert type(error).__name__ in line
    assert "govlint --version" in line
    assert "Traceback" not in ran.err
    assert "\x1b" not in ran.err


def test_a_check_that_fails_costs_one_file(folder, monkeypatch):
    plain = Linter.check_document

    def check(self: Linter, document: object) -> object:
        if document.source.path.endswith("c.md"):
            return {}["missing"]
        return plain(self, document)

    monkeypatch.setattr(Linter, "check_document", check)
    for command in (["check"], ["check", "--jobs", "1"], ["check", "--fix"], ["parse"], ["survey"]):
        ran = call(*command, folder, "--lang", "en")
        assert ran.status == 2, command
        assert len([line for line in ran.err.splitlines() if "c.md" in line and "KeyError: 'missing'" in line]) == 1
        assert "a.md" in ran.out + ran.err
        assert "Traceback" not in ran.err
    assert (folder / "c.md").read_bytes() == BAD
    assert (folder / "a.md").read_bytes() != BAD, "the others were mended"


def test_too_little_memory_is_no_bug(folder, monkeypatch):
    stumble_over(monkeypatch, "a.md", MemoryError())
    ran = call("check", folder, "--lang", "en")
    assert ran.status == 2
    assert "a.md: not enough memory for this file" in ran.err
    assert "bug" not in ran.err


def test_interrupts_end_the_run(folder, monkeypatch):
    stumble_over(monkeypatch, "b.md", KeyboardInterrupt())
    ran = call("check", folder, "--lang", "en")
    assert (ran.status, ran.out, ran.err) == (2, "", "\ngovlint: interrupted\n")


@pytest.mark.parametrize("code", SENTENCES)
@pytest.mark.parametrize("error", [ZeroDivisionError("x\n\x1b]0;y"), Panic(), TypeError("##[error]z")])
def test_a_failure_of_the_run_is_one_sentence(folder, error, code, monkeypatch):
    def fail(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(Linter, "run", fail)
    ran = call("check", folder, "--lang", code)
    assert ran.status == 2
    (line,) = ran.err.splitlines()
    assert line.startswith("govlint: " if code == "en" else "govlint: govlint 自身出错")
    assert SENTENCES[code] in line
    assert type(error).__name__ in line
    assert "\x1b" not in line
    assert "##[" not in line


def test_without_words_the_error_itself_is_said(folder, monkeypatch):
    def broken(code: str) -> None:
        raise OSError("no words")

    monkeypatch.setattr("govlint.cli.failing.words_of", broken)
    ran = call("check", folder, "--jobs", "nonsense")
    assert ran.status == 2
    assert ran.err.startswith("govlint: ")
    assert "Traceback" not in ran.err


def test_where_it_happened_is_told():
    with pytest.raises(TypeError) as caught:
        govlint.linter.select(None, (), ())
    assert re.search(r"^TypeError: .* \(govlint/linter\.py:\d+\)$", described(caught.value))
    assert described(ValueError()) == "ValueError"
    assert failure("a.md", ValueError("x")).path == "a.md"


WHEN_TOLD = "import sys; from govlint.cli.main import main; sys.stdin.read(); main()"
"""The command, begun when standard input ends."""


@pytest.mark.parametrize(
    "arguments",
    [("check", FAULTY), ("check", "--output-format", "json", FAULTY), ("text", CLEAN), ("parse", CLEAN), ("rules",),
     ("survey", CLEAN)],
    ids=lambda arguments: " ".join(map(str, arguments[:-1])) or "rules",
)  # fmt: skip
def test_nobody_reads_any_more(arguments, tmp_path):
    """As before ``head``: no traceback, no word on standard error but the summary, the status of SIGPIPE."""
    extra = ("--output", f"csv={tmp_path / 'a.csv'}") if arguments[0] == "check" else ()
    process = subprocess.Popen(
        [sys.executable, "-c", WHEN_TOLD, *map(str, (*arguments[:-1], *extra, arguments[-1]))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin and process.stdout and process.stderr
    process.stdout.close()  # The reader is gone before anything is written.
    process.stdin.close()
    said = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(60) == READER_GONE == 141
    assert said == ""
    assert not extra or (tmp_path / "a.csv").read_bytes().count(b"\n") > 1, "files are written all the same"


def test_nobody_reads_errors_any_more(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", WHEN_TOLD, "check", str(tmp_path / "none.md"), str(FAULTY)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin and process.stdout and process.stderr
    process.stderr.close()
    process.stdin.close()
    assert b"GL400" in process.stdout.read()
    process.stdout.close()
    assert process.wait(60) == 2
