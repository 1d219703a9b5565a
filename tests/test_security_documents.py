"""Reports that reach for what lies outside them: entities, links, pictures, members with the names of other files.

Bombs, deep nesting and lies about sizes: ``test_hostile_files.py``; limits one by one: ``test_readers_packages.py``.
"""

from __future__ import annotations

import io
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile.openxml import OFFICE, docx, ods_parts, relations, text_cell, word_parts, workbook_parts, zipped
from hostile.texts import HEAD, S2003, W2003
from test_cli import here

from govlint.model.errors import ReadError
from govlint.readers import FILE_READERS, READERS, read

SECRET = "only the owner of this computer knows it"
WORDS = "本年度公开政府信息"
PARAGRAPH = f"<w:p><w:r><w:t>{WORDS}&e;</w:t></w:r></w:p>"
LAUGHS = "<!DOCTYPE a [<!ENTITY b 'ha'>" + "".join(
    f"<!ENTITY {chr(99 + n)} '{f'&{chr(98 + n)};' * 10}'>" for n in range(9)
) + "<!ENTITY e '&k;'>]>"  # fmt: skip


def doctypes(secret: Path) -> dict[str, str]:
    uri = secret.as_uri()
    return {
        "file": f'<!DOCTYPE a [<!ENTITY e SYSTEM "{uri}">]>',
        "public": f'<!DOCTYPE a [<!ENTITY e PUBLIC "-//X//Y" "{uri}">]>',
        "parameter": f'<!DOCTYPE a [<!ENTITY % p SYSTEM "{uri}"> %p; <!ENTITY e "x">]>',
        "subset": f'<!DOCTYPE a SYSTEM "{uri}">',
        "network": '<!DOCTYPE a [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]>',
        "laughs": LAUGHS,
    }


def headed(part: str | bytes, doctype: str, codec: str) -> bytes:
    """An XML part with a document type before its root, and a use of its entity."""
    text = part.decode() if isinstance(part, bytes) else part
    body = text.partition("?>")[2] if text.startswith("<?xml") else text
    return f'<?xml version="1.0" encoding="{codec}"?>{doctype}{body}'.encode(codec)


def package(parts: dict[str, bytes | str], name: str) -> Callable[[str, str], bytes]:
    return lambda doctype, codec: zipped({**parts, name: headed(parts[name], doctype, codec)})


def text(content: str) -> Callable[[str, str], bytes]:
    return lambda doctype, codec: headed(content, doctype, codec)


WORD = word_parts(PARAGRAPH, styles="", numbering="", footnotes="")
PLAIN = PARAGRAPH.replace("&e;", "")
BOOK = workbook_parts(f'<sheetData><row r="1">{text_cell("A1", f"{WORDS}&e;")}</row></sheetData>')
ROW = f'<sheetData><row r="1">{text_cell("A1", WORDS)}</row></sheetData>'
STRINGS = workbook_parts(
    f'<sheetData><row r="1">{text_cell("A1", WORDS)}<c r="B1" t="s"><v>0</v></c></row></sheetData>',
    sharedStrings='<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&e;</t></si></sst>',
)
TABLE = f"<table:table><table:table-row><table:table-cell><text:p>{WORDS}&e;</text:p></table:table-cell>"
SHEET = ods_parts(TABLE + "</table:table-row></table:table>")
FLAT = (
    '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    '<pkg:part pkg:name="/_rels/.rels"><pkg:xmlData>' + relations({"officeDocument": "word/document.xml"})
    + '</pkg:xmlData></pkg:part><pkg:part pkg:name="/word/document.xml"><pkg:xmlData>'
    + str(WORD["word/document.xml"]) + "</pkg:xmlData></pkg:part></pkg:package>"
)  # fmt: skip
XML: dict[str, Callable[[str, str], bytes]] = {
    "docx document": package(WORD, "word/document.xml"),
    "docx styles": package(word_parts(PLAIN, styles="&e;"), "word/styles.xml"),
    "docx numbering": package(word_parts(PLAIN, numbering="&e;"), "word/numbering.xml"),
    "docx relations": package(word_parts(PLAIN), "_rels/.rels"),
    "docx relations of the document": package(word_parts(PLAIN), "word/_rels/document.xml.rels"),
    "xlsx sheet": package(BOOK, "xl/worksheets/sheet1.xml"),
    "xlsx strings": package(STRINGS, "xl/sharedStrings.xml"),
    "xlsx workbook": package(workbook_parts(ROW), "xl/workbook.xml"),
    "xlsx relations": package(workbook_parts(ROW), "xl/_rels/workbook.xml.rels"),
    "ods content": package(SHEET, "content.xml"),
    "flat_opc": text(FLAT),
    "wordml": text(f"{W2003}{PARAGRAPH}</w:body></w:wordDocument>"),
    "spreadsheetml": text(f"{S2003}<Row><Cell><Data>{WORDS}&e;</Data></Cell></Row></Table></Worksheet></Workbook>"),
}
"""Every XML that a reader parses."""


@pytest.fixture
def secret(tmp_path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET, encoding="utf-8")
    return path


@pytest.fixture
def closed(monkeypatch):
    """No network: whoever opens a connection fails the test."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", fail)
    monkeypatch.setattr(socket, "getaddrinfo", fail)


def test_no_kind_of_xml_is_left_out():
    """Kinds that are none: RTF, DOC, PDF, XLS and mail; what is HTML in them is tried below."""
    tried = {name.split()[0] for name in XML}
    assert set(FILE_READERS) - tried == {"doc", "rtf", "mhtml", "xls", "pdf"}
    assert set(READERS) == {"text", "markdown", "html", "csv", "tsv"}


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize("kind", XML)
def test_document_types_are_refused_everywhere(kind, codec, secret, closed):
    for doctype in doctypes(secret).values():
        with pytest.raises(ReadError) as error:
            read(XML[kind](doctype, codec), "a.xml")
        # The library for workbooks takes no other encoding for relations than UTF-8, and is asked first.
        known = {"doctype", "damaged"} if (kind, codec) == ("xlsx relations", "utf-16") else {"doctype"}
        assert error.value.reason in known, (doctype, error.value)


@pytest.mark.parametrize("kind", XML)
def test_the_same_without_them_is_read(kind):
    data = XML[kind]("", "utf-8")
    whole = zipped(read_parts(data, lambda part: part.replace(b"&e;", b""))) if data.startswith(b"PK") else data
    assert WORDS in read(whole.replace(b"&e;", b""), "a.xml").source.text


def read_parts(data: bytes, change: Callable[[bytes], bytes]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: change(opened.read(name)) for name in opened.namelist()}


@pytest.mark.parametrize("suffix", [".html", ".xhtml", ".txt", ".md", ".csv", ".mht"])
def test_pages_and_texts_fetch_nothing(suffix, secret, closed):
    uri = secret.as_uri()
    for doctype in doctypes(secret).values():
        page = (
            f"<?xml-stylesheet href='{uri}'?>{doctype}<html><head><link rel=import href='{uri}'><base href='{uri}'>"
            f"<meta http-equiv=refresh content='0;url={uri}'><style>@import '{uri}';</style></head><body>&e;"
            f"<script src='{uri}'></script><iframe src='{uri}'></iframe><object data='{uri}'></object>"
            f"<embed src='{uri}'><img src='{uri}'><xi:include href='{uri}' parse='text'/><p>{WORDS}</p></body></html>"
        )
        mail = HEAD + b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode() + b"\r\n--b--\r\n"
        document = read(mail if suffix == ".mht" else page.encode(), f"a{suffix}")
        assert WORDS in document.source.text
        assert SECRET not in document.source.text
        assert not any("ha" * 20 in cell.text for line in document.lines for cell in line.cells)


def test_links_of_packages_are_not_followed(secret, closed):
    """Relations to files of the computer and to the network: parts of no package."""
    uri = secret.as_uri()
    body = PLAIN + f'<w:altChunk xmlns:r="x" r:id="r1"/><w:instrText>INCLUDETEXT {uri}</w:instrText>'
    for target, mode in (
        (uri, ' TargetMode="External"'),
        (str(secret), ""),
        (f"../../../..{secret}", ""),
        ("http://127.0.0.1:9/", ""),
    ):
        kinds = ("aFChunk", "styles", "numbering", "footnotes", "attachedTemplate", "header")
        listed = "".join(
            f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
            for at, kind in enumerate(kinds)
        )
        rels = relations({}).replace("</Relationships>", f"{listed}</Relationships>")
        parts = {**word_parts(body), "word/_rels/document.xml.rels": rels}
        document = read(zipped(parts), "a.docx")
        assert WORDS in document.source.text
        assert SECRET not in document.source.text


NAMES = ["../../evil.txt", "/evil.txt", "C:\\evil.txt", "..\\..\\evil.txt", "word/../../evil.txt", "a\0/../evil.txt"]


@pytest.mark.parametrize("command", ["check", "text", "check --fix", "check --annotate=made.docx"])
def test_members_with_names_of_other_files_write_nothing(command, tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "r.docx").write_bytes(zipped({**word_parts(PLAIN), **dict.fromkeys(NAMES, "evil")}))
    before = set(tmp_path.rglob("*"))
    ran = here(*command.split(), "r.docx", cwd=inner)
    assert ran.status in (0, 1)
    assert set(tmp_path.rglob("*")) - before <= {inner / "made.docx"}
    assert not Path("/evil.txt").exists()


def test_macros_are_not_even_looked_at():
    """A document with macros is read as the same without them."""
    plain = word_parts(PLAIN)
    shown = read(zipped({**plain, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600)}), "a.docm")
    assert shown.source.text == read(docx(PLAIN), "a.docm").source.text


def test_numbers_that_python_refuses_are_read():
    """More digits than ``int`` takes: in cells, in words, in attributes."""
    long = "9" * 5000
    odd = TABLE.replace("&e;", f'<text:s text:c="{long}"/>').replace(
        "<table:table-cell>", f'<table:table-cell table:number-columns-repeated="{long}">'
    )
    with pytest.raises(ReadError) as error:
        read(zipped(ods_parts(odd + "</table:table-row></table:table>")), "a.ods")
    assert error.value.reason == "too_many_cells"
    report = f"某局2023年政府信息公开工作年度报告\n一、总体情况\n受理申请{long}件，{'九' * 5000}件，{'亿' * 5000}件。\n"
    for name in ("a.txt", "a.md", "a.html"):
        ran = here("check", "-", "--stdin-filename", name, "--lang", "en", stdin=report.encode())
        assert ran.status in (0, 1), ran.err
