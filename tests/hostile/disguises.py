"""Files that are not what their names say, empty ones, and ones of kinds that nobody reads."""

from __future__ import annotations

import random

from govlint.readers import FILE_SUFFIXES, SUFFIXES
from hostile.case import readable, refused
from hostile.ole import ole
from hostile.openxml import docx, xlsx, zipped
from hostile.pdfs import TEXT, page, stream
from hostile.texts import REPORT
from hostile.zips import PARAGRAPH, ROW

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64)
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00" + bytes(40)
_NOISE = random.Random(7)


@readable(".pdf", "docx")
def word_named_pdf() -> bytes:
    return docx(PARAGRAPH)


@readable(".docx", "pdf", extra="pypdfium2")
def pdf_named_docx() -> bytes:
    return page(stream(TEXT))


@refused(".docx", "picture")
def picture_named_docx() -> bytes:
    return PNG


@refused(".html", "picture")
def gif_named_html() -> bytes:
    return GIF


@readable(".doc", "html")
def page_named_doc() -> bytes:
    return f"<html><body><p>{REPORT}</p></body></html>".encode("gb18030")


@readable(".doc", "rtf")
def rtf_named_doc() -> bytes:
    return b"{\\rtf1\\ansi\\ansicpg936 \\u26576?\\u23616?2023\\par}"


@readable(".docx", "text")
def text_named_docx() -> bytes:
    return REPORT.encode()


@readable(".xlsx", "docx")
def word_named_xlsx() -> bytes:
    return docx(PARAGRAPH)


@readable(".csv", "xlsx")
def workbook_named_csv() -> bytes:
    return xlsx(ROW)


@refused(".xlsx", "binary")
def program_named_xlsx() -> bytes:
    return b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + _NOISE.randbytes(50_000)


@refused(".docx", "binary")
def linux_program_named_docx() -> bytes:
    return b"\x7fELF\x02\x01\x01" + bytes(9) + _NOISE.randbytes(50_000)


@refused(".docx", "archive")
def rar_named_docx() -> bytes:
    return b"Rar!\x1a\x07\x01\x00" + _NOISE.randbytes(5000)


@refused(".xlsx", "archive")
def zip_of_anything_named_xlsx() -> bytes:
    return zipped({"a.txt": "a", "b/c.txt": "c"})


@refused(".pdf", "unsupported")
def ofd_named_pdf() -> bytes:
    return zipped({"OFD.xml": "<ofd:OFD/>", "Doc_0/Document.xml": "<a/>"})


@refused(".docx", "unsupported")
def slides_named_docx() -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"})


@refused(".docx", "unsupported")
def odt_named_docx() -> bytes:
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, level=0)


@refused(".docx", "encrypted")
def encrypted_package() -> bytes:
    return ole({"EncryptionInfo": bytes(200), "EncryptedPackage": _NOISE.randbytes(9000)})


@refused(".doc", "not_converted", "encrypted", extra="doc2docx")
def doc_of_random_streams() -> bytes:
    return ole({"WordDocument": _NOISE.randbytes(9000), "1Table": _NOISE.randbytes(9000)})


@refused(".doc", "not_converted", extra="doc2docx")
def doc_of_blanks() -> bytes:
    return ole({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(9000), "0Table": bytes(5000)})


@refused(".doc", "not_converted", "unsupported")
def doc_cut_in_its_header() -> bytes:
    return ole({"WordDocument": bytes(9000)})[:1200]


@refused(".wps", "unsupported")
def ole_of_nothing_known() -> bytes:
    return ole({"Contents": _NOISE.randbytes(5000)})


@refused(".doc", "unsupported")
def ole_of_random_bytes() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + _NOISE.randbytes(20_000)


@refused(".docx", "damaged")
def nothing_but_a_zip_signature() -> bytes:
    return b"PK\x03\x04"


@refused(".docx", "archive")
def zip_without_entries() -> bytes:
    return b"PK\x05\x06" + bytes(18)


def _empty() -> bytes:
    return b""


def _blank() -> bytes:
    return b" \r\n\xe3\x80\x80\r\n" * 50


for _suffix in sorted({*SUFFIXES, *FILE_SUFFIXES}):
    _empty.__name__ = f"empty_{_suffix[1:]}"
    _blank.__name__ = f"blank_{_suffix[1:]}"
    refused(_suffix, "empty")(_empty)
refused(".docx", "empty")(_blank)
