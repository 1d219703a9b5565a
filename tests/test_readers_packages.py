"""Zip packages within their limits; their parts and relations; XML that is refused."""

from __future__ import annotations

import zipfile

import pytest
from test_readers_containers import zipped

from govlint.model.errors import ReadError
from govlint.readers import packages
from govlint.readers.packages import Package, parse_xml

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def refused(data: bytes) -> tuple[str, object]:
    with pytest.raises(ReadError) as error:
        Package(data)
    return error.value.reason, error.value.params.get("limit")


def test_number_of_parts(monkeypatch):
    monkeypatch.setattr(packages, "MAX_PARTS", 3)
    assert len(Package(zipped(dict.fromkeys("abc", ""))).names()) == 3
    assert refused(zipped(dict.fromkeys("abcd", ""))) == ("too_many_parts", 3)


def test_size_of_a_part(monkeypatch):
    monkeypatch.setattr(packages, "MAX_PART", 1 << 20)
    assert len(Package(zipped({"a": bytes(1 << 20)})).read("a")) == 1 << 20
    assert refused(zipped({"a": bytes((1 << 20) + 1)})) == ("package_bomb", 1)


def test_size_of_all_parts(monkeypatch):
    monkeypatch.setattr(packages, "MAX_TOTAL", 2 << 20)
    half = bytes(1 << 20)
    assert Package(zipped({"a": half, "b": half})).names() == ("a", "b")
    assert refused(zipped({"a": half, "b": half, "c": b"x"})) == ("package_bomb", 2)


def test_packed_too_well(monkeypatch):
    million = bytes(1 << 20)
    assert Package(zipped({"a": million}, zipfile.ZIP_DEFLATED)).read("a") == million
    assert refused(zipped({"a": million + b"x"}, zipfile.ZIP_DEFLATED))[0] == "package_bomb"
    monkeypatch.setattr(packages, "MAX_RATIO", 2000)
    assert Package(zipped({"a": million + b"x"}, zipfile.ZIP_DEFLATED)).names() == ("a",)


def test_a_part_larger_than_it_claims(monkeypatch):
    """The directory is not believed: reading stops at the limit, or the checksum tells."""
    monkeypatch.setattr(packages, "MAX_PART", 1000)
    data = bytearray(zipped({"a": bytes(5000)}, zipfile.ZIP_DEFLATED))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + offset
        data[at : at + 4] = (900).to_bytes(4, "little")
    with pytest.raises(ReadError) as error:
        Package(bytes(data)).read("a")
    assert error.value.reason in ("damaged", "package_bomb")


def test_encrypted_parts():
    data = bytearray(zipped({"a": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data))[0] == "encrypted"


def test_damaged_packages():
    assert refused(b"PK\x03\x04" + bytes(40))[0] == "damaged"
    data = bytearray(zipped({"a": b"some text"}))
    data[data.index(b"some")] ^= 1
    with pytest.raises(ReadError) as error:
        Package(bytes(data)).read("a")
    assert error.value.reason == "damaged"


def test_parts_by_name():
    package = Package(zipped({"/xl\\a.xml": b"<a/>", "b": b""}))
    assert "xl/a.xml" in package
    assert package.names() == ("xl/a.xml", "b")
    assert (package.read("xl/a.xml"), package.read("c"), package.xml("c")) == (b"<a/>", None, None)


def test_relations():
    def relation(key: str, target: str, mode: str = "") -> str:
        return f'<Relationship Id="{key}" Type="http://x/y/sheet" Target="{target}"{mode}/>'

    relations = "".join(
        (
            relation("r1", "worksheets/a.xml"),
            relation("r2", "/xl/b.xml"),
            relation("r3", "../c.xml"),
            relation("r4", "./d/../e.xml"),
            relation("r5", "../../../etc/passwd"),
            relation("r6", "http://example.com/", ' TargetMode="External"'),
            '<Relationship TargetMode="Internal"/>',
        )
    )
    parts = {
        "xl/workbook.xml": "<a/>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
    }
    found = Package(zipped(parts)).related("xl/workbook.xml")
    assert {key: path for key, (_, path) in found.items() if key} == {
        "r1": "xl/worksheets/a.xml",
        "r2": "xl/b.xml",
        "r3": "c.xml",
        "r4": "xl/e.xml",
        "r5": "../../etc/passwd",  # The name of a part that no package has; nothing is ever opened by it.
    }
    assert {kind for kind, _ in found.values()} == {"sheet", ""}
    assert Package(zipped({"a.xml": "<a/>"})).related("a.xml") == {}
    assert Package(zipped({"_rels/.rels": parts["xl/_rels/workbook.xml.rels"]})).related("")["r1"][1] == (
        "worksheets/a.xml"
    )


ENTITY = '<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>'


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_document_types_are_refused(codec):
    with pytest.raises(ReadError) as error:
        parse_xml(ENTITY.encode(codec))
    assert error.value.reason == "doctype"


@pytest.mark.parametrize("codec", ["cp037", "cp500", "cp1026"])
def test_document_types_hidden_by_an_encoding_are_refused(codec):
    """Encodings in which ASCII is written otherwise would hide what is looked for."""
    with pytest.raises(ReadError):
        parse_xml(f'<?xml version="1.0" encoding="{codec}"?>'.encode() + ENTITY.encode(codec))
    with pytest.raises(ReadError):
        parse_xml((f'<?xml version="1.0" encoding="{codec}"?>' + ENTITY).encode(codec))


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a></b>", b"<a/><b/>", b"<a>&b;</a>", b"\xff\xfe<", b"<a>\x00</a>"])
def test_damaged_xml(data):
    with pytest.raises(ReadError) as error:
        parse_xml(data)
    assert error.value.reason == "damaged"


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize("item", ["<b/>", "{}='x' ", '{}="x" ', '{} = "x" '])
def test_number_of_marks(item, codec, monkeypatch):
    def text(count: int) -> bytes:
        inner = "".join(item.format(f"a{i}") for i in range(count))
        return (f"<a {inner}/>" if "=" in item else f"<a>{inner}</a>").encode(codec)

    monkeypatch.setattr(packages, "MAX_MARKS", 40)
    parse_xml(text(38))
    with pytest.raises(ReadError) as error:
        parse_xml(text(41))
    assert (error.value.reason, error.value.params["limit"]) == ("too_many_tags", 40)
