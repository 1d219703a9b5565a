"""Reading DOCX and PDF as a ratio to what any reader must do: unzip and parse the XML, take the text and the lines."""

from __future__ import annotations

import ctypes
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from govlint.readers.docx import read_docx
from govlint.readers.pdf import read_pdf

Read = Callable[[bytes], object]
Time = Callable[[Callable[[], object]], float]
TESTS = Path(__file__).resolve().parent.parent / "tests"
SEEDS = (3, 7, 11)
_PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml")


def unzip_and_parse(data: bytes) -> None:
    """What a DOCX costs before anything is made of it."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        for part in _PARTS:
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


def print_ratios(time: Time) -> None:
    """One line per file type and producer that is here: medians over some generated reports."""
    sys.path.insert(0, str(TESTS))
    from judge.office.kinds import KINDS, make
    from judge.office.planned import make_planned

    cases = [make_planned(seed, None) for seed in SEEDS]
    kinds: tuple[tuple[str, Read, Read, str], ...] = (
        ("docx", read_docx, unzip_and_parse, "unzip and parse"),
        ("pdf_libreoffice", read_pdf, text_and_lines, "text and lines"),
        ("pdf_browser", read_pdf, text_and_lines, "text and lines"),
        ("pdf_reportlab", read_pdf, text_and_lines, "text and lines"),
    )
    for name, read, least, words in kinds:
        kind: Any = KINDS[name]
        if kind.missing:
            print(f"{name:<44} {kind.missing}")
            continue
        for label, data in make(kind, cases).items():
            own, basis = time(lambda data=data, read=read: read(data)), time(lambda data=data, least=least: least(data))
            print(f"{f'{label}{kind.suffix} ({name})':<44} {own * 1e3:8.1f} ms {own / basis:6.1f} x {words}")
