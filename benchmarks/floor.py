"""What reading takes at least: the libraries alone on the same files, and another linter's core on the same texts."""

from __future__ import annotations

import ctypes
import zipfile
from collections.abc import Callable, Sequence
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree as ET

import turbohtml

from benchmarks.bench import Bench, Part, Task, Unavailable
from benchmarks.corpus import one, paths
from benchmarks.peers import peer_python
from benchmarks.plain import run
from benchmarks.spending import cpu_time
from govlint.linter import Linter, load_linter
from govlint.readers import read
from govlint.readers.docx import read_docx

Item = TypeVar("Item")
_XML = ("word/document.xml", "word/styles.xml", "word/numbering.xml")
_AUTOCORRECT = """
import sys, time
from pathlib import Path
from statistics import median
import autocorrect_py
texts = [Path(name).read_text(encoding="utf-8", errors="replace") for name in sys.stdin.read().splitlines()]
times = []
for _ in range(int(sys.argv[1]) + 1):
    begun = time.process_time()
    for text in texts:
        autocorrect_py.lint_for(text, "text")
    times.append(time.process_time() - begun)
print(median(times[1:]) / len(texts))
"""


def tasks(bench: Bench) -> list[Task]:
    """A row for each thing that govlint does and what it is held against."""
    return [
        Task("text: check", partial(_against_autocorrect, bench)),
        Task("HTML: read", partial(_html, bench, checked=False)),
        Task("HTML: check", partial(_html, bench, checked=True)),
        Task("DOCX: read", partial(_docx, bench)),
        Task("PDF: read", partial(_pdf, bench)),
    ]


PART = Part("floor", ("what", "CPU per report", "held against", "CPU of that", "ratio"), tasks)


def _against_autocorrect(bench: Bench) -> tuple[str, ...]:
    files = paths(bench.folder, "text", bench.scale.few)
    python = peer_python(bench, "autocorrect-py")
    alone = float(run([python, "-c", _AUTOCORRECT, bench.scale.rounds], given="\n".join(map(str, files))))
    return _cells(_checking(_contents(files), bench), "AutoCorrect's Rust core from Python", alone)


def _html(bench: Bench, *, checked: bool) -> tuple[str, ...]:
    seeds = range(bench.scale.sample)
    pages = [one("html", seed)[0] for seed in seeds]
    texts = [page.decode("utf-8-sig", "replace") for page in pages]
    alone = _each(turbohtml.parse, texts, bench)
    if not checked:
        return _cells(_each(lambda data: read(data, "a.html"), pages, bench), "turbohtml's parse", alone)
    plain = _checking([(one("text", seed)[0], "a.txt") for seed in seeds], bench)
    own = _checking([(page, "a.html") for page in pages], bench)
    return _cells(own, "turbohtml's parse and 1.5 × the same reports as text", alone + 1.5 * plain)


def _docx(bench: Bench) -> tuple[str, ...]:
    files = [path.read_bytes() for path in paths(bench.folder, "docx", bench.scale.few)[: bench.scale.sample]]
    return _cells(_each(read_docx, files, bench), "unzipping and parsing the XML", _each(unzip_and_parse, files, bench))


def _pdf(bench: Bench) -> tuple[str, ...]:
    try:
        from govlint.readers.pdf import read_pdf
    except ImportError as error:
        raise Unavailable(str(error)) from error
    files = [path.read_bytes() for path in paths(bench.folder, "pdf", min(bench.scale.sample, 12))]
    return _cells(_each(read_pdf, files, bench), "pypdfium2's text and lines", _each(text_and_lines, files, bench))


def unzip_and_parse(data: bytes) -> None:
    """What a DOCX costs before anything is made of it."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        for part in _XML:
            if part in package.namelist():
                ET.fromstring(package.read(part))


def text_and_lines(data: bytes) -> None:
    """What pypdfium2 takes to give the text of a PDF and the points of its drawn lines."""
    import pypdfium2
    from pypdfium2 import raw

    x, y = ctypes.c_float(), ctypes.c_float()
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            item.get_matrix()
            for index in range(raw.FPDFPath_CountSegments(item.raw)):
                raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(item.raw, index), x, y)
    document.close()


@cache
def _linter() -> Linter:
    return load_linter()


def _checking(files: Sequence[tuple[bytes, str]], bench: Bench) -> float:
    return _each(lambda file: _linter().check_bytes(*file), files, bench)


def _each(work: Callable[[Item], object], items: Sequence[Item], bench: Bench) -> float:
    """Median seconds of processor time for one of the items."""

    def every() -> None:
        for item in items:
            work(item)

    return cpu_time(every, bench.scale.rounds) / len(items)


def _contents(files: Sequence[Path]) -> list[tuple[bytes, str]]:
    return [(path.read_bytes(), path.name) for path in files]


def _cells(own: float, what: str, alone: float) -> tuple[str, ...]:
    return (f"{own * 1e3:.2f} ms", what, f"{alone * 1e3:.2f} ms", f"{own / alone:.2f}")
