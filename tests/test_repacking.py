"""Packages with some parts exchanged: everything else of them stays."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest

from govlint.model.errors import ReadError
from govlint.readers.repacking import repack

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
FIELDS = (
    "filename date_time compress_type comment extra create_system create_version internal_attr external_attr".split()
)


def entry(name: str, method: int, number: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, (1980 + number, 1 + number % 12, 2, 3, 4, 6))
    made.compress_type, made.create_system = method, number % 4
    made.comment, made.extra = f"说明{number}".encode(), b"\x55\x54\x01\x00\x07" + b"\xfe\xca\x00\x00" * number
    made.internal_attr, made.external_attr = number % 2, (0o644 << 16) * (number % 3)
    return made


def package() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        made.comment = b"whole"
        for number, method in enumerate((*METHODS, zipfile.ZIP_DEFLATED)):
            one = entry(f"word/part{number}.xml" if number else "[Content_Types].xml", method, number)
            made.writestr(one, f"内容{number}" * 50)
            one.external_attr = (0o644 << 16) * (number % 3)
        made.writestr(entry("word/media/", zipfile.ZIP_STORED, 0), b"")
    return written.getvalue()


def entries(data: bytes) -> list[tuple[object, ...]]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return [(*(getattr(one, field) for field in FIELDS), opened.read(one)) for one in opened.infolist()]


def test_only_the_named_parts_change():
    data = package()
    before, after = entries(data), entries(repack(data, {"word/part2.xml": b"new", "word/part4.xml": b""}))
    assert [one[:-1] for one in before] == [one[:-1] for one in after]
    assert [name for (name, *_, old), (*_, new) in zip(before, after, strict=True) if old != new] == [
        "word/part2.xml", "word/part4.xml",
    ]  # fmt: skip
    assert after[2][-1] == b"new"


def test_nothing_exchanged_changes_nothing():
    data = package()
    assert entries(repack(data, {})) == entries(data)
    with zipfile.ZipFile(io.BytesIO(repack(data, {}))) as opened:
        assert (opened.comment, opened.testzip()) == (b"whole", None)


def test_new_parts_come_last_without_a_date():
    data = package()
    found = entries(repack(data, {"word/b.xml": b"b", "word/a.xml": b"a"}))
    assert found[:-2] == entries(data)
    assert [(one[0], one[1], one[-1]) for one in found[-2:]] == [
        ("word/b.xml", (1980, 1, 1, 0, 0, 0), b"b"), ("word/a.xml", (1980, 1, 1, 0, 0, 0), b"a"),
    ]  # fmt: skip
    assert repack(data, {"word/b.xml": b"b"}) == repack(data, {"word/b.xml": b"b"})


def test_of_a_name_that_stands_twice_the_one_that_is_read_changes_without_a_warning():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in ("a.xml", "\\a.xml", "/a.xml"):
            made.writestr(zipfile.ZipInfo(name), name)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = entries(repack(written.getvalue(), {"a.xml": b"new"}))
    assert [(one[0], one[-1]) for one in found] == [("a.xml", b"a.xml"), ("\\a.xml", b"\\a.xml"), ("/a.xml", b"new")]


def test_sizes_of_large_files_are_not_kept_in_the_extra_field():
    one, written = zipfile.ZipInfo("a.xml"), io.BytesIO()
    one.extra = b"\xfe\xca\x01\x00x" + b"\x01\x00\x08\x00" + b"\x09" * 8 + b"\xbe\xba\x00\x00"
    with zipfile.ZipFile(written, "w") as made:
        made.writestr(one, "x")
    (found,) = entries(repack(written.getvalue(), {"a.xml": b"y"}))
    assert (found[FIELDS.index("extra")], found[-1]) == (b"\xfe\xca\x01\x00x\xbe\xba\x00\x00", b"y")


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-30], lambda data: data.replace(b"PK\x03\x04", b"PK\x03\x05", 1)]
)
def test_damaged_packages(damage):
    with pytest.raises(ReadError, match="damaged"):
        repack(damage(package()), {"word/part2.xml": b"new"})


def test_a_damaged_part_that_nobody_reads():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        made.writestr("a.xml", "甲")
        made.writestr("picture.png", b"pixels")
    with pytest.raises(ReadError, match="damaged"):
        repack(written.getvalue().replace(b"pixels", b"pixelx", 1), {"a.xml": b"new"})


def test_bombs_are_not_unpacked():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.xml", b"\0" * (4 << 20))
    with pytest.raises(ReadError, match="package_bomb"):
        repack(written.getvalue(), {})
