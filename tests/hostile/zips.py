"""Packages that attack whoever unpacks them."""

from __future__ import annotations

import io
import os
import struct
import zipfile

from hostile.case import refused
from hostile.openxml import document, docx, ods, relations, text_cell, word_parts, workbook_parts, xlsx, zipped

PARAGRAPH = "<w:p><w:r><w:t>本机关2023年依法公开政府信息。</w:t></w:r></w:p>"
ROW = f'<sheetData><row r="1">{text_cell("A1")}{text_cell("B1")}</row></sheetData>'
TABLE = '<table:table table:name="a"><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>'
TABLE += "</table:table-row></table:table>"
MB = 1 << 20


@refused(".docx", "package_bomb")
def bomb_of_one_part() -> bytes:
    return zipped({**word_parts(""), "word/document.xml": document(" " * (80 * MB))})


@refused(".docx", "package_bomb")
def bomb_by_ratio() -> bytes:
    """Each part is small enough, but packed a thousand to one."""
    return zipped({**word_parts(PARAGRAPH), "word/media/a.xml": bytes(40 * MB)})


@refused(".xlsx", "package_bomb")
def bomb_of_many_parts() -> bytes:
    """No part breaks the ratio; all together are too much."""
    piece = os.urandom(200_000) + bytes(7 * MB)
    return zipped({**workbook_parts(ROW), **{f"xl/media/{i}.bin": piece for i in range(40)}})


@refused(".docx", "archive")
def bomb_in_a_bomb() -> bytes:
    data = bytes(10 * MB)
    for depth in range(6):
        data = zipped({f"{depth}-{i}.zip": data for i in range(4)})
    return data


def _lying(data: bytes, name: str, size: int) -> bytes:
    """The package with another unpacked size of a part in both its headers."""
    made = bytearray(data)
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = -1
        while (start := made.find(signature, start + 1)) >= 0:
            head = 30 if signature == b"PK\x03\x04" else 46
            if made[start + head :].startswith(name.encode()):
                made[start + at : start + at + 4] = struct.pack("<I", size)
    return bytes(made)


@refused(".docx", "damaged", "package_bomb")
def size_is_a_lie() -> bytes:
    return _lying(zipped({**word_parts(""), "word/document.xml": document(" " * (150 * MB))}), "word/document.xml", 999)


@refused(".xlsx", "damaged", "package_bomb")
def size_of_strings_is_a_lie() -> bytes:
    """A part that only the library for workbooks reads."""
    strings = "<sst>" + "<si><t>abcdefgh</t></si>" * (3 * MB) + "</sst>"
    data = zipped(workbook_parts('<sheetData><row r="1"><c r="A1" t="s"><v>1</v></c></row></sheetData>',
                                 sharedStrings=strings))  # fmt: skip
    return _lying(data, "xl/sharedStrings.xml", 999)


def _directory(entries: list[tuple[bytes, int, int, int, int]]) -> bytes:
    """Central directory: (name, offset, packed size, size, checksum) of each entry."""
    return b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, packed, size, len(name), 0, 0, 0, 0, 0, at)
        + name
        for name, at, packed, size, crc in entries
    )


def _with_directory(body: bytes, entries: list[tuple[bytes, int, int, int, int]]) -> bytes:
    listed = _directory(entries)
    count = min(len(entries), 0xFFFF)
    return body + listed + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(listed), len(body), 0)


@refused(".xlsx", "package_bomb", "damaged")
def overlapping_entries() -> bytes:
    """Many entries that all point to the same packed bytes."""
    body = zipped({"xl/workbook.xml": bytes(20 * MB)})
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        entry = package.infolist()[0]
    names = [b"xl/workbook.xml", *(b"xl/worksheets/sheet%d.xml" % i for i in range(2000))]
    numbers = (entry.header_offset, entry.compress_size, entry.file_size, entry.CRC)
    return _with_directory(body[: body.rfind(b"PK\x01\x02")], [(name, *numbers) for name in names])


@refused(".docx", "package_bomb", "damaged")
def quoted_overlap() -> bytes:
    """Each entry's packed bytes are the header of the next one, quoted, and all that follows."""
    kernel = zipped({"z": bytes(16 * MB)})
    with zipfile.ZipFile(io.BytesIO(kernel)) as package:
        last = package.infolist()[0]
    tail = kernel[: kernel.rfind(b"PK\x01\x02")]
    entries = [(b"z", last.compress_size, last.file_size)]
    for number in range(200):
        quoted = struct.pack("<BHH", 0, len(tail), len(tail) ^ 0xFFFF) if len(tail) < 0xFFFF else b""
        if not quoted:
            break
        name = b"%d" % number
        packed, size = len(quoted) + len(tail), len(tail) + entries[-1][2]
        head = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, packed, size, len(name), 0) + name
        tail = head + quoted + tail
        entries.append((name, packed, size))
    at = len(tail)
    placed = []
    for name, packed, size in entries:
        at = tail.rfind(b"PK\x03\x04", 0, at)
        placed.append((name, at, packed, size, 0))
    return _with_directory(tail, [(b"word/document.xml", *placed[0][1:]), *placed])


@refused(".xlsx", "too_many_parts")
def hundred_thousand_entries() -> bytes:
    body = xlsx(ROW)
    return _with_directory(body, [(b"xl/%d.xml" % i, 0, 0, 0, 0) for i in range(100_000)])


def _cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


@refused(".docx", "damaged")
def docx_cut_in_its_text() -> bytes:
    return _cut(docx(PARAGRAPH * 1000), 0.5)


@refused(".docx", "damaged")
def docx_cut_in_its_directory() -> bytes:
    return docx(PARAGRAPH)[:-30]


@refused(".docx", "damaged")
def docx_cut_after_its_first_header() -> bytes:
    return docx(PARAGRAPH)[:33]


@refused(".xlsx", "damaged")
def xlsx_cut_in_half() -> bytes:
    return _cut(xlsx(ROW), 0.5)


@refused(".ods", "damaged")
def ods_cut_near_its_end() -> bytes:
    return _cut(ods(TABLE), 0.97)


@refused(".docx", "damaged")
def packed_bytes_overwritten() -> bytes:
    """The directory is whole, what it points to is not."""
    data = bytearray(docx("".join(PARAGRAPH.replace("2023", str(i)) for i in range(1000))))
    at = data.find(b"word/document.xml") + 17
    data[at + 400 : at + 800] = bytes(range(200)) * 2
    return bytes(data)


@refused(".docx", "encrypted")
def encrypted_entries() -> bytes:
    data = bytearray(docx(PARAGRAPH))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := data.find(signature, start + 1)) >= 0:
            data[start + at] |= 1
    return bytes(data)


@refused(".docx", "damaged")
def unknown_method() -> bytes:
    """Packed by a method that nobody knows."""
    data = bytearray(docx(PARAGRAPH))
    for signature, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        start = -1
        while (start := data.find(signature, start + 1)) >= 0:
            data[start + at] = 77
    return bytes(data)


@refused(".docx", "damaged")
def no_document_part() -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "word/styles.xml": "<a/>", "_rels/.rels": relations({})})


@refused(".docx", "damaged")
def path_out_of_the_package() -> bytes:
    """Relations that point to files of the computer are not followed."""
    root = relations({"officeDocument": "../../../../etc/passwd"})
    return zipped({"_rels/.rels": root, "../../../../etc/passwd": "root", "word/a.xml": "", "[Content_Types].xml": ""})
