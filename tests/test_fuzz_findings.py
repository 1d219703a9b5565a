"""What the searches of ``fuzz`` found, each as a small file; and that the searches can find something at all."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from fixing import LINTER, made
from fuzz import blind
from fuzz.invariants import BrokenError, examine, linter, positions_of
from fuzz.targets import TARGETS, files_of
from hostile.openxml import docx, ods, xlsx
from hostile.zips import PARAGRAPH, ROW, TABLE

from govlint.binding import tokens
from govlint.chinese import fold
from govlint.model.document import Cell, Document, Line, Verbatim
from govlint.model.errors import ReadError
from govlint.model.source import Source, Span
from govlint.readers import read
from govlint.readers.packages import Package
from govlint.readers.repacking import repack

TESTS = Path(__file__).parent
FIXTURES = TESTS.parent / "fixtures"
DIRECTORY = b"PK\x01\x02"


# ---------------------------------------------------------------- found


@pytest.mark.parametrize("data", [docx(PARAGRAPH), xlsx(ROW), ods(TABLE)], ids=["docx", "xlsx", "ods"])
def test_parts_of_a_package_that_begin_before_the_file_does(data):
    """Python's zipfile lets the error of seeking there through: a ValueError, which no reader knew of."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        first = min(package.infolist(), key=lambda entry: entry.header_offset).filename
    at = data.index(DIRECTORY)
    cut = data[40:at] + data[at:]
    for act in (lambda: Package(cut).read(first), lambda: repack(cut, {})):
        with pytest.raises(ReadError) as error:
            act()
        assert error.value.reason == "damaged"


@pytest.mark.parametrize("identity", ["", ' w:abstractNumId="0"'])
def test_a_list_without_a_number_is_no_list_of_others(identity):
    """Of a list without its identity, paragraphs were thought to be that name a list which is nowhere."""
    numbering = f'<w:abstractNum{identity}><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    numbered = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"
    (line,) = read(docx(numbered, numbering=numbering), "a.docx").lines
    assert [cell.text for cell in line.cells] == ["甲"]


def test_a_report_of_nothing_but_tables():
    """Its running text is empty, which patterns that match anywhere were not prepared for."""
    lines = (FIXTURES / "clean" / "2021-tabs.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    data = "".join(line for line in lines if line.count("\t") >= 8).encode()
    report = linter().check_bytes(data, "a.txt").report
    assert report is not None
    assert report.recognised
    assert report.prose == ()
    assert examine(data, "a.txt") == "text"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_text_that_browsers_move_together_from_far_apart(newline):
    """Text in a table but in no cell is shown before it, as one; what was too far to be found had places made up."""
    rows = f"<tr><td>2</td></tr>{newline}" * 80
    page = f"<p>零</p><table><tr><td>1</td>甲<td>1</td></tr>{newline}{rows}<tr>报告</tr></table>"
    cells = [cell for line in read(page.encode(), "a.html").lines for cell in line.cells]
    (moved,) = (cell for cell in cells if "报告" in cell.text)
    assert moved.text == "甲报告"
    known = page.index("甲")
    assert moved.span() == Span(known, known + 1)
    assert moved.span(1, 3) == Span(known + 1, known + 1)


def test_a_line_of_a_page_with_many_columns():
    """Each cell kept, and looked through, the origins of the whole line, which took all memory."""
    words = "&nbsp;&nbsp;".join(f"第 {number} 栏" for number in range(1000))
    (line,) = read(f"<p>{words}</p>".encode(), "a.html").lines
    assert len(line.cells) == 1000
    assert max(len(cell.origin.runs) for cell in line.cells) < 10
    assert sum(len(cell.origin.settled().parts) for cell in line.cells) < 20_000
    source = read(f"<p>{words}</p>".encode(), "a.html").source.text
    assert [source[slice(*cell.span())] for cell in line.cells] == [f"第 {number} 栏" for number in range(1000)]


def test_a_cell_of_many_words_and_a_number(monkeypatch):
    """The words up to each were folded again and again, and every folding was kept."""
    folded: list[int] = []

    def counting(text: str) -> str:
        folded.append(len(text))
        return fold(text)

    monkeypatch.setattr(tokens, "fold", counting)
    text = "".join(f"事项{number} " for number in range(3000)) + "5"
    line = Line("plain", (Cell(text, Verbatim(0)),))
    made = tokens.tokenize([line], frozenset({"受理数"}))
    assert [token.kind for token in made] == ["label", "value"]
    assert 0 < sum(folded) < 5 * len(text)


@pytest.mark.parametrize("cell", [{"requests.received.natural_person": "/"}, {"requests.granted.business": "8"}])
def test_a_linter_that_has_travelled_judges_as_before(cell):
    """Processes that do not begin as a copy get the linter pickled; sums then were no sums any more."""
    data, path = made(cell=cell)
    there = pickle.loads(pickle.dumps(LINTER))
    before, after = (one.check_bytes(data, path).diagnostics for one in (LINTER, there))
    assert [(d.rule.id, d.finding) for d in after] == [(d.rule.id, d.finding) for d in before]
    assert any(d.finding.edits for d in after)


# ---------------------------------------------------------------- the searches themselves


def broken_by(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that stumbles over every other file."""

    def stumble(data: bytes, name: str) -> Document:
        if len(data) % 2:
            raise IndexError("stumbled")
        cell = Cell("2023", Verbatim(7))
        return Document(Source(name, name, "2023", "text"), (Line("plain", (cell,)),))

    monkeypatch.setattr("fuzz.invariants.read", stumble)


def test_a_search_finds_what_is_raised_and_what_is_out_of_place(monkeypatch, tmp_path, capsys):
    broken_by(monkeypatch)
    found = blind.search("markdown", files_of("markdown"), 0, 0.5, tmp_path)
    assert found.kinds["finding"] == found.tried > 2
    assert len(found.findings) == 2
    said = capsys.readouterr().out
    assert "IndexError: 'stumbled'" in said
    assert "BrokenError: 'a position is inside the file" in said
    for path in found.findings:
        number = int(path.stem.rpartition("-")[2])
        assert path.read_bytes() == blind.mutation("markdown", number, files_of("markdown"))


def test_positions_outside_are_told():
    document = Document(Source("a", "a", "2023", "text"), (Line("plain", (Cell("2023", Verbatim(1)),)),))
    with pytest.raises(BrokenError, match="inside the file"):
        positions_of(document)


@pytest.mark.parametrize("target", TARGETS)
def test_mutations_are_many_and_the_same_on_every_run(target):
    first, second = (
        [blind.mutation(target, number, files) for number in range(4)] for files in (files_of(target), files_of(target))
    )
    assert first == second
    assert len(set(first)) > 2


def test_the_command_searches_and_ends(tmp_path):
    """Without atheris it says so, and searches all the same."""
    command = [sys.executable, "-m", "fuzz", "csv", "--seconds", "1", "--findings", str(tmp_path / "found")]
    done = subprocess.run(command, cwd=TESTS, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("csv: ")
    assert ("atheris is not installed" in done.stderr) == (find_spec("atheris") is None)
    assert list((tmp_path / "found").iterdir()) == []
