"""Files to start from, made on the fly: the fixtures, the judge's reports, and small files of the rarer types."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from hostile.disguises import doc_of_blanks
from hostile.openxml import ods
from hostile.pdfs import TEXT, page, stream
from judge.case import FAULTS, LAYOUTS, make_case
from judge.office.kinds import KINDS, make
from judge.office.planned import make_planned
from test_readers_docx_packages import FULL

from govlint.model.document import Document
from govlint.readers import read

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
_PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"
_WORD = "http://schemas.microsoft.com/office/word/2003/wordml"
_SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
Rows = Sequence[Sequence[str]]
Seeds = Callable[[], list[bytes]]


def fixtures_of(*suffixes: str) -> list[bytes]:
    """The fixtures of these suffixes."""
    found = sorted(path for path in FIXTURES.rglob("*") if path.suffix in suffixes)
    return [path.read_bytes() for path in found]


def judged(*layouts: str, count: int = 6) -> list[bytes]:
    """Reports of the judge in these layouts, clean and faulty."""
    return [case for at, layout in enumerate(layouts) for case in _cases(layout, 100 * at, count)]


def _cases(layout: str, first: int, count: int) -> Iterator[bytes]:
    for seed in range(first, first + count):
        try:
            yield make_case(seed, layout, fault=FAULTS[seed % len(FAULTS)] if seed % 2 else None).data
        except ValueError:  # This report cannot have the fault.
            yield make_case(seed, layout).data


def of_office(name: str, count: int = 3) -> list[bytes]:
    """Reports of the judge as files of this type, as a Python library writes them."""
    return [_timeless(KINDS[name].write(make_planned(seed))) for seed in range(count)]


def _timeless(data: bytes) -> bytes:
    """A package without the parts and dates that tell when it was made; any other file as it is."""
    if not data.startswith(b"PK"):
        return data
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if not name.startswith("docProps/"):
                new.writestr(zipfile.ZipInfo(name), old.read(name))
    return buffer.getvalue()


def converted(name: str) -> list[bytes]:
    """The same by LibreOffice, which takes seconds; none where it is not installed."""
    kind = KINDS[name]
    return [] if kind.missing else list(make(kind, [make_planned(seed) for seed in range(2)]).values())


def pdfs() -> list[bytes]:
    """Pages that are not packed, so that what draws them can be mutated, and a page of four words."""
    from reportlab import rl_config

    kept = rl_config.pageCompression, rl_config.invariant
    rl_config.pageCompression, rl_config.invariant = 0, 1
    try:
        return [page(stream(TEXT)), *of_office("pdf_reportlab", 2), *of_office("pdf_unruled", 2)]
    finally:
        rl_config.pageCompression, rl_config.invariant = kept


def docx_files() -> list[bytes]:
    """Word files of the judge, and one with everything that the reader knows of."""
    return [FULL, *of_office("docx")]


def flat_packages() -> list[bytes]:
    return [_flat(data) for data in docx_files()]


def old_documents() -> list[bytes]:
    return [doc_of_blanks()]


def rtf_files() -> list[bytes]:
    return [_rtf(rows) for rows in _reports()]


def wordml_files() -> list[bytes]:
    return [_wordml(rows) for rows in _reports()]


def spreadsheetml_files() -> list[bytes]:
    return [_spreadsheetml(rows) for rows in _reports()]


def ods_files() -> list[bytes]:
    return [ods(_opened(rows)) for rows in _reports()]


def xls_files() -> list[bytes]:
    return [_xls(rows) for rows in _reports()]


@cache
def _reports() -> tuple[Rows, ...]:
    """Some reports as rows of texts; a paragraph is a row of one."""
    chosen = [layout for layout in ("pipes", "markdown") if layout in LAYOUTS]
    documents: list[Document] = [read(data, "report.md") for data in judged(*chosen, count=2)]
    return tuple([[cell.text for cell in line.cells] for line in document.lines] for document in documents)


def _rtf(rows: Rows) -> bytes:
    body = ""
    for row in rows:
        texts = ["".join(f"\\u{ord(char)}?" if ord(char) > 127 else char for char in text) for text in row]
        if len(row) == 1:
            body += f"\\pard {texts[0]}\\par\n"
            continue
        edges = "".join(f"\\clvmgf\\cellx{1000 * at}" for at in range(1, len(row) + 1))
        body += f"\\trowd{edges}\\pard\\intbl " + "".join(f"{text}\\cell " for text in texts) + "\\row\n"
    fonts = (
        r"{\fonttbl{\f0\fnil\fcharset134 SimSun;}}{\*\listtable{\list{\listlevel\levelnfc37{\leveltext\'02\'00.;}}}}"
    )
    return (r"{\rtf1\ansi\ansicpg936\uc1" + fonts + body + r"{\field{\fldrslt a}}\'b9\'e6}").encode(
        "latin-1", "replace"
    )


def _wordml(rows: Rows) -> bytes:
    body = ""
    for row in rows:
        said = [f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in row]
        cells = "".join(f'<w:tc><w:tcPr><w:gridSpan w:val="1"/></w:tcPr>{text}</w:tc>' for text in said)
        body += said[0] if len(row) == 1 else f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    body = body.replace("</w:tbl><w:tbl>", "")
    head = f'<?xml version="1.0" encoding="UTF-8"?><w:wordDocument xmlns:w="{_WORD}">'
    return f"{head}<w:body>{body}</w:body></w:wordDocument>".encode()


def _spreadsheetml(rows: Rows) -> bytes:
    written = "".join(
        f'<Row ss:Index="{at}">'
        + "".join(f'<Cell ss:MergeAcross="0"><Data ss:Type="String">{escape(text)}</Data></Cell>' for text in row)
        + "</Row>"
        for at, row in enumerate(rows, 1)
    )
    head = f'<?xml version="1.0"?><Workbook xmlns="{_SHEET}" xmlns:ss="{_SHEET}">'
    return f'{head}<Worksheet ss:Name="a"><Table>{written}</Table></Worksheet></Workbook>'.encode()


def _opened(rows: Rows) -> str:
    cell = '<table:table-cell table:number-columns-repeated="1"><text:p>{}</text:p></table:table-cell>'
    written = "".join(
        '<table:table-row table:number-rows-repeated="1">'
        + "".join(cell.format(escape(text)) for text in row)
        + "</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="a">{written}</table:table>'


def _xls(rows: Rows) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write(at, column, float(text) if text.isdigit() and text.isascii() else text)
    sheet.merge(len(rows) + 1, len(rows) + 2, 0, 3)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _flat(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        texts = {
            name: package.read(name).decode("utf-8-sig")
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }
    parts = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{text.partition("?>")[2] if text.startswith("<?xml") else text}'
        "</pkg:xmlData></pkg:part>"
        for name, text in texts.items()
    )
    return f'<?xml version="1.0"?><pkg:package xmlns:pkg="{_PACKAGE}">{parts}</pkg:package>'.encode()
