"""What kind of file bytes are, whatever its name says; what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govlint.model.errors import ReadError
from govlint.readers import read
from govlint.readers.containers import detect

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIL = b"From: <by Word>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def zipped(parts: Mapping[str, str | bytes], packed: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packed) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def ole(*streams: str) -> bytes:
    """No file that could be opened, but one whose directory names these streams."""
    entries = (name.encode("utf-16-le") for name in streams)
    return OLE + bytes(504) + b"".join(entry + bytes(128 - len(entry)) for entry in entries)


def reason_of(data: bytes) -> str:
    with pytest.raises(ReadError) as error:
        detect(data)
    return error.value.reason


PAGE = b"<html><body><p>\xe7\x94\xb2</p></body></html>"
WORD = b"<w:body><w:p><w:r><w:t>\xe7\x94\xb2</w:t></w:r></w:p></w:body></w:wordDocument>"
SHEET = (
    b'<Worksheet xmlns:s="urn:schemas-microsoft-com:office:spreadsheet" s:Name="a"><Table><Row><Cell><Data>\xe7\x94\xb2'
)

# ---------------------------------------------------------------- kinds by content

KINDS = {
    "pdf": b"%PDF-1.7\n",
    "rtf": b"{\\rtf1\\ansi}",
    "mhtml": MAIL,
    "picture": b"\x89PNG\r\n\x1a\n",
    "archive": b"\x1f\x8b\x08",
    "wordml": b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">',
    "flat_opc": b'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">',
    "spreadsheetml": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
}
PICTURES = [b"\xff\xd8\xff\xe0", b"GIF89a", b"BM\x36\x00\x00\x00", b"II*\x00", b"MM\x00*", b"RIFF\x00\x01\x00\x00WEBP"]
ARCHIVES = [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\x00", b"BZh91AY", b"\xfd7zXZ\x00"]


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b" \r\n\t", b"\xef\xbb\xbf\r\n"], ids=repr)
@pytest.mark.parametrize("kind", KINDS)
def test_kinds(kind, before):
    assert detect(before + KINDS[kind]) == kind


WHOLE = {
    "rtf": b"{\\rtf1\\ansi \\u30002?}",
    "mhtml": b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE,
    "wordml": KINDS["wordml"] + WORD,
    "spreadsheetml": KINDS["spreadsheetml"] + SHEET + b"</Data></Cell></Row></Table></Worksheet></Workbook>",
}


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b" \r\n", b"\xef\xbb\xbf\r\n"], ids=repr)
@pytest.mark.parametrize("kind", WHOLE)
def test_what_stands_before_does_not_hinder_reading(kind, before):
    document = read(before + WHOLE[kind], "a.txt")
    assert (document.source.kind, document.lines[0].cells[0].text) == (kind, "甲")


@pytest.mark.parametrize("data", PICTURES)
def test_pictures(data):
    assert detect(data) == "picture"


@pytest.mark.parametrize("data", ARCHIVES)
def test_archives(data):
    assert detect(data) == "archive"


def test_a_pdf_behind_rubbish():
    assert detect(b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n") == "pdf"


@pytest.mark.parametrize(
    "text",
    ["", "BM区政府信息公开工作年度报告", "BMW", "PK区年度报告", "{甲}", "Rar!", "7z", "<p>甲</p>", "II. 总体", "MM*"],
)
def test_text_that_begins_like_something_else(text):
    assert detect(text.encode()) is None


def test_text_that_begins_like_a_picture_is_read():
    assert read("BM区政府信息公开工作年度报告\n".encode(), "a.txt").source.kind == "text"


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: text/plain\r\n\r\nx",  # A message, but no page.
        b"Subject: x\r\nMIME-Version: 1.0\r\n\r\nx",
        "说明：见 Content-Type: multipart/related 一节\n".encode(),
        b"Content-Type\r\n\r\nmultipart/related",
        b"<p>MIME-Version: 1.0</p>\nContent-Type: text/html\n",
    ],
)
def test_what_only_resembles_a_saved_page(head):
    assert detect(head) is None


def test_a_saved_page_with_other_headers_first():
    data = b"Subject: =?utf-8?B?5p+Q?=\n =?utf-8?B?5p+Q?=\nX-MSMail-2: a\nMIME-Version: 1\nContent-Type: text/html\n\n"
    assert detect(data) == "mhtml"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be", "utf-16-le", "utf-8-sig"])
def test_word_xml_in_other_encodings(codec):
    text = KINDS["wordml"].decode()
    mark = b"\xfe\xff" if codec == "utf-16-be" else b""
    assert detect(mark + text.encode(codec)) == "wordml"


def test_xml_of_no_known_kind_is_text():
    assert detect(b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">') is None


PACKAGES = {
    "docx": {"word/document.xml": "x"},
    "docx with backslashes": {"word\\document.xml": "x"},
    "docx by another name": {"[Content_Types].xml": "x", "word/document2.xml": "x"},
    "xlsx": {"xl/workbook.xml": "x"},
    "xlsx binary": {"xl/workbook.bin": "x"},
    "slides": {"ppt/presentation.xml": "x"},
    "ofd": {"OFD.xml": "x"},
    "ods": {"mimetype": OPEN_DOCUMENT + "spreadsheet", "content.xml": "x"},
    "ods template": {"mimetype": OPEN_DOCUMENT + "spreadsheet-template", "content.xml": "x"},
    "odt": {"mimetype": OPEN_DOCUMENT + "text"},
    "slides open": {"mimetype": OPEN_DOCUMENT + "presentation"},
    "archive": {"年报.docx": "x", "word.txt": "x"},
    "archive of folders": {"word/readme.txt": "x"},
    "archive of nothing": {},
}


@pytest.mark.parametrize("name", PACKAGES)
def test_zip_packages(name):
    data = zipped(PACKAGES[name])
    assert detect(data) == name.split()[0]


@pytest.mark.parametrize(
    ("streams", "kind"),
    [
        (("Root Entry", "WordDocument"), "doc"),
        (("Root Entry", "Workbook"), "xls"),
        (("Root Entry", "Book"), "xls"),
        (("Root Entry", "PowerPoint Document"), "slides"),
        (("Root Entry", "Workbook", "MBD1", "WordDocument"), "xls"),
        (("Root Entry", "WordDocument", "ObjectPool", "Workbook"), "doc"),
        (("Root Entry", "Notebook"), "ole"),  # "book" ends it.
        (("Root Entry", "WordDocumentary"), "ole"),
        ((), "ole"),
    ],
)
def test_ole_kinds(streams, kind):
    assert detect(ole(*streams)) == kind


def test_encrypted_office_files():
    assert reason_of(ole("Root Entry", "EncryptionInfo", "EncryptedPackage")) == "encrypted"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (PICTURES[0], "picture"),
        (ARCHIVES[0], "archive"),
        (zipped(PACKAGES["archive"]), "archive"),
        (zipped(PACKAGES["ofd"]), "unsupported"),
        (zipped(PACKAGES["odt"]), "unsupported"),
        (zipped(PACKAGES["slides"]), "unsupported"),
        (ole("Root Entry"), "unsupported"),
        (b"PK\x03\x04rubbish", "damaged"),
    ],
)
def test_what_is_refused(data, reason):
    with pytest.raises(ReadError) as error:
        read(data, "report.docx")
    assert (error.value.path, error.value.reason) == ("report.docx", reason)


@given(st.binary(max_size=80), st.sampled_from([*KINDS.values(), OLE, b"PK\x03\x04", b"PK\x05\x06", *PICTURES]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_have_a_kind_or_are_refused(tail, head):
    try:
        detect(head + tail)
    except ReadError as error:
        assert error.reason in ("damaged", "encrypted", "package_bomb", "too_many_parts")
