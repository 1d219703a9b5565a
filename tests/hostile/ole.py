"""Compound files (OLE), as old Word and Excel write them, and Excel for encrypted packages."""

from __future__ import annotations

import struct
from collections.abc import Mapping

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR = 512
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_ROOT, _STREAM = 5, 2


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams, each in sectors of its own."""
    contents = [data.ljust(max(-(-len(data) // SECTOR), 8) * SECTOR, b"\0") for data in streams.values()]
    entries = [_entry("Root Entry", _ROOT, child=1, start=_END, size=0)]
    directory = -(-(len(streams) + 1) // 4)
    used = directory + sum(len(content) // SECTOR for content in contents)
    tables = -(-used // (SECTOR // 4 - 1))
    chain = [_FAT] * tables
    starts = []
    for length in (directory, *(len(content) // SECTOR for content in contents)):
        starts.append(len(chain))
        chain += [*range(len(chain) + 1, len(chain) + length), _END]
    for number, (name, content) in enumerate(zip(streams, contents, strict=True), start=1):
        following = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, _STREAM, right=following, start=starts[number], size=len(content)))
    chain += [_FREE] * (tables * SECTOR // 4 - len(chain))
    header = MAGIC + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, tables, starts[0], 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    listed = b"".join(entries).ljust(directory * SECTOR, b"\0")
    return header + struct.pack(f"<{len(chain)}I", *chain) + listed + b"".join(contents)


def _entry(name: str, kind: int, *, start: int, size: int, right: int = _FREE, child: int = _FREE) -> bytes:
    written = name.encode("utf-16-le")
    head = written.ljust(64, b"\0") + struct.pack("<HBB3I", len(written) + 2, kind, 1, _FREE, right, child)
    return head + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)


def record(kind: int, content: bytes = b"") -> bytes:
    """A record of an Excel stream (BIFF)."""
    return struct.pack("<HH", kind, len(content)) + content


def xls(*sheets: list[tuple[int, int]]) -> bytes:
    """A workbook of Excel 97 whose sheets have a number in each of the given cells (row, column)."""
    return ole({"Workbook": workbook_stream(*sheets)})


def workbook_stream(*sheets: list[tuple[int, int]]) -> bytes:
    bodies = [
        _begin(0x10) + b"".join(record(0x203, struct.pack("<3Hd", *cell, 0, 7.0)) for cell in cells) + record(0x0A)
        for cells in sheets
    ]
    at = len(_begin(5)) + len(sheets) * len(_sheet(0, 0)) + 4
    listed = b""
    for number, body in enumerate(bodies):
        listed += _sheet(at, number)
        at += len(body)
    return _begin(5) + listed + record(0x0A) + b"".join(bodies)


def _begin(kind: int) -> bytes:
    return record(0x809, struct.pack("<4H2I", 0x600, kind, 0, 1997, 0, 6))


def _sheet(at: int, number: int) -> bytes:
    return record(0x85, struct.pack("<IBB", at, 0, 0) + b"\x04\0" + f"s{number:03}".encode())
