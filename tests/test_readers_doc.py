"""Old Word and WPS files: converted by the library of the extra or by LibreOffice, or refused with a sentence."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from judge.office import soffice
from test_readers_containers import OLE, PAGE, WHOLE, ole

from govlint.linter import load_linter
from govlint.model.errors import ReadError
from govlint.readers import doc, programs, read
from govlint.readers.doc import read_doc
from govlint.readers.extras import load_extra
from govlint.writers.language import Language

DATA = ole("Root Entry", "WordDocument")
LANGUAGES = {name: Language(name, load_linter().data(f"locale/{name}.yaml")) for name in ("zh", "en")}


def word() -> bytes:
    """A DOCX of a heading, a paragraph and a table."""
    made = docx.Document()
    made.add_heading("一、总体情况", 1)
    made.add_paragraph("本年度受理申请12件。")
    table = made.add_table(2, 2)
    table.style = "Table Grid"
    for at, text in enumerate(("规章", "1", "行政许可", "345")):
        table.cell(at // 2, at % 2).text = text
    made.add_paragraph("后文。")  # LibreOffice loses a table that ends a DOC.
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


SHOWN = "一、总体情况\n本年度受理申请12件。\n规章\t1\n行政许可\t345\n后文。\n"


def refused(data: bytes = DATA) -> ReadError:
    with pytest.raises(ReadError) as error:
        read(data, "年报.doc")
    assert error.value.path == "年报.doc"
    return error.value


def without(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    """As if these were not installed."""
    for module in modules:
        monkeypatch.setitem(sys.modules, module, None)


@pytest.fixture
def no_office(monkeypatch):
    monkeypatch.setattr(programs.shutil, "which", lambda name: None)


class Library:
    """A library that converts, or does what it is told instead."""

    def __init__(self, behave):
        self.convert = behave


def with_library(monkeypatch: pytest.MonkeyPatch, behave) -> None:
    monkeypatch.setitem(sys.modules, "doc2docx", Library(behave))


# ---------------------------------------------------------------- extras


def test_nothing_that_could_convert_it(monkeypatch, no_office):
    without(monkeypatch, "doc2docx")
    error = refused()
    assert error.reason == "missing_extra"
    assert LANGUAGES["zh"].read_error(error) == "读取这种文件要先安装：pip install 'govlint[doc]'"
    assert "pip install 'govlint[doc]'" in LANGUAGES["en"].read_error(error)


def test_pdf_without_its_extra(monkeypatch):
    without(monkeypatch, "pypdfium2")
    with pytest.raises(ReadError) as error:
        read(b"%PDF-1.7\n", "a.pdf")
    assert LANGUAGES["zh"].read_error(error.value) == "读取这种文件要先安装：pip install 'govlint[pdf]'"


def test_extras_that_are_there():
    assert load_extra("json", "x").loads("1") == 1


# ---------------------------------------------------------------- by the library


def test_what_the_library_makes_is_read(monkeypatch, no_office):
    seen = []

    def convert(source: Path, target: Path) -> None:
        seen.append((source.read_bytes(), source.suffix, target.suffix, source.parent))
        target.write_bytes(word())

    with_library(monkeypatch, convert)
    document = read(DATA, "年报.wps")
    assert (document.source.kind, document.source.text) == ("doc", SHOWN)


def fail(error: Exception):
    def convert(source: Path, target: Path) -> None:
        raise error

    return convert


EncryptedDocumentError = type("EncryptedDocumentError", (Exception,), {})


@pytest.mark.parametrize(
    ("behave", "reason"),
    [
        (fail(ValueError("broken")), "not_converted"),
        (fail(RecursionError()), "not_converted"),
        (fail(EncryptedDocumentError()), "encrypted"),
        (lambda source, target: None, "not_converted"),
        (lambda source, target: target.write_bytes(b"rubbish"), "damaged"),
    ],
)
def test_what_the_library_fails_at(behave, reason, monkeypatch, no_office):
    with_library(monkeypatch, behave)
    assert refused().reason == reason


def test_a_damaged_file_with_the_library_itself(no_office):
    pytest.importorskip("doc2docx")
    assert refused().reason == "not_converted"
    assert refused(OLE + bytes(600) + ole("WordDocument")).reason == "not_converted"


# ---------------------------------------------------------------- by LibreOffice


def office(monkeypatch: pytest.MonkeyPatch, behave) -> list[list[str]]:
    """LibreOffice replaced by a function of the folder that it writes to; the commands it was called by."""
    calls: list[list[str]] = []

    def run(command: list[str], seconds: float) -> None:
        calls.append(command)
        assert seconds == doc.SECONDS
        behave(Path(command[command.index("--outdir") + 1]))

    monkeypatch.setattr(programs.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "libreoffice" else None)
    monkeypatch.setattr(doc, "run_program", run)
    return calls


@pytest.mark.parametrize("missing", [True, False])
def test_office_where_the_library_is_absent_or_fails(missing, monkeypatch):
    if missing:
        without(monkeypatch, "doc2docx")
    else:
        with_library(monkeypatch, fail(ValueError()))
    calls = office(monkeypatch, lambda folder: (folder / "report.docx").write_bytes(word()))
    assert read_doc(DATA).text == SHOWN
    (command,) = calls
    assert command[0] == "/usr/bin/libreoffice"
    assert "--headless" in command
    assert any(part.startswith("-env:UserInstallation=file:///") for part in command), "never the user's own profile"
    assert not Path(command[-1]).exists(), "nothing is left behind"


def stop(error: Exception):
    def behave(folder: Path) -> None:
        raise error

    return behave


@pytest.mark.parametrize(
    "behave",
    [
        stop(subprocess.TimeoutExpired("soffice", 1)),
        stop(subprocess.CalledProcessError(1, "soffice")),
        stop(FileNotFoundError()),
        lambda folder: None,
    ],
)
def test_what_office_fails_at(behave, monkeypatch):
    without(monkeypatch, "doc2docx")
    office(monkeypatch, behave)
    with pytest.raises(ReadError) as error:
        read_doc(DATA)
    assert error.value.reason == "not_converted"


def test_encrypted_files_are_not_tried_again(monkeypatch):
    with_library(monkeypatch, fail(EncryptedDocumentError()))
    calls = office(monkeypatch, lambda folder: None)
    with pytest.raises(ReadError) as error:
        read_doc(DATA)
    assert (error.value.reason, calls) == ("encrypted", [])


# ---------------------------------------------------------------- other content by that name, and a real file


@pytest.mark.parametrize("kind", [*WHOLE, "html", "docx", "text"])
def test_other_content_is_read_as_what_it_is(kind, monkeypatch):
    without(monkeypatch, "doc2docx")
    data = {**WHOLE, "html": PAGE, "docx": word(), "text": "甲".encode()}[kind]
    document = read(data, "年报.doc")
    assert document.source.kind == kind
    assert document.lines[0].cells[0].text == ("一、总体情况" if kind == "docx" else "甲")


@pytest.mark.skipif(soffice.found() is None, reason="soffice 不在")
def test_a_real_file(tmp_path, monkeypatch):
    data = soffice.convert({"a": word()}, "docx", "doc", tmp_path)["a"]
    assert data.startswith(OLE)
    assert read(data, "a.doc").source.text == SHOWN, "by the library, or where it is absent by LibreOffice"
    without(monkeypatch, "doc2docx")
    assert read(data, "a.doc").source.text == SHOWN
