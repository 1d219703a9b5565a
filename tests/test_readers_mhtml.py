"""MHTML → lines: packings, charsets, frames, damaged messages, limits."""

from __future__ import annotations

import base64
import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govlint.model.errors import ReadError
from govlint.readers import read
from govlint.readers.mail_parts import MAX_DEPTH, MAX_PARTS
from govlint.readers.mhtml import read_mhtml
from govlint.readers.rendering import Rendering

PAGE = "<html><body><p>青石县林草局年度报告</p><table><tr><td>规章</td><td>1</td><td></td></tr></table></body></html>"


def part(content: str, packing: str = "8bit", how: str = "utf-8", kind: str = "text/html", **fields: str) -> bytes:
    data = content.encode(how)
    body = {
        "8bit": data,
        "quoted-printable": quopri.encodestring(data),
        "base64": base64.encodebytes(data),
    }[packing]
    head = f'Content-Type: {kind}; charset="{how}"\r\nContent-Transfer-Encoding: {packing}\r\n'
    head += "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return head.encode() + b"\r\n" + body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def message(*parts: bytes, boundary: str = '; boundary="--=_X"', end: bytes = b"\r\n----=_X--\r\n") -> bytes:
    head = f"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related{boundary}\r\n\r\nPreamble\r\n"
    return head.encode() + b"".join(b"\r\n----=_X\r\n" + part for part in parts) + end


def cells(rendering: Rendering) -> list[list[str]]:
    for line in rendering.lines:
        for cell in line.cells:
            if cell.text.isalnum():
                assert rendering.text[slice(*cell.span())] == cell.text
    return [[cell.text for cell in line.cells] for line in rendering.lines]


WANTED = [["青石县林草局年度报告"], ["规章", "1", ""]]


@pytest.mark.parametrize("packing", ["8bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("how", ["utf-8", "gb2312", "big5", "utf-16"])
def test_packings_and_charsets(packing, how):
    page = PAGE if how != "big5" else PAGE.replace("县", "縣").replace("年度报告", "年報").replace("规", "規")
    if packing == "8bit" and how == "utf-16":
        return
    rendering = read_mhtml(message(part(page, packing, how)))
    assert [len(line) for line in cells(rendering)] == [1, 3]
    assert rendering.text.strip() == page
    assert not rendering.remarks


def test_a_charset_that_is_not_true_counts_for_nothing():
    lying = part(PAGE + "丂", "base64", "gb18030").replace(b'"gb18030"', b'"big5"')
    rendering = read_mhtml(message(lying))
    assert cells(rendering)[:2] == WANTED
    assert [remark.kind for remark in rendering.remarks] == ["encoding_guessed"]
    assert cells(read_mhtml(message(part(PAGE).replace(b'"utf-8"', b'"no-such"')))) == WANTED


def test_frames_and_furniture_are_left_out():
    frames = "<html><frameset><frame src='sheet001.htm'></frameset></html>"
    sheets = [part(PAGE, Content_Location=f"file:///C:/a.files/sheet00{i}.htm") for i in (1, 2)]
    tabs = part("<p>Sheet1</p>", Content_Location="file:///C:/a.files/tabstrip.htm")
    heads = part("<p>眉</p>", Content_Location="file:///C:/a.files/header.htm")
    rendering = read_mhtml(message(part(frames), *sheets, tabs, heads))
    assert cells(rendering) == WANTED * 2
    assert [line.cells[0].grid.table for line in rendering.lines if line.kind == "grid"] == [0, 1]
    assert cells(read_mhtml(message(heads))) == [["眉"]]


def test_parts_inside_parts():
    inner = message(part("nothing", kind="text/plain"), part(PAGE, "base64")).replace(b"--=_X", b"--=_Y")
    assert cells(read_mhtml(message(inner))) == WANTED
    assert cells(read_mhtml(message(b"Content-Type: message/rfc822\r\n\r\n" + inner))) == WANTED


def test_a_message_that_is_one_page():
    assert cells(read_mhtml(b"MIME-Version: 1.0\r\n" + part(PAGE, "quoted-printable"))) == WANTED


def test_plain_text_counts_where_there_is_no_page():
    text = part("标题\r\n规章\t1", "base64", kind="text/plain")
    assert cells(read_mhtml(message(text))) == [["标题"], ["规章", "1"]]
    assert cells(read_mhtml(message(text, part(" ")))) == [["标题"], ["规章", "1"]]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(message(part(PAGE), boundary=""), id="boundary-not-declared"),
        pytest.param(message(part(PAGE), boundary="; boundary=other"), id="boundary-of-another"),
        pytest.param(message(part(PAGE), end=b""), id="cut-off"),
        pytest.param(message(part(PAGE)).replace(b"\r\n", b"\n"), id="line-feeds"),
        pytest.param(message(b"\r\nno head", part(PAGE)), id="part-without-head"),
        pytest.param(message(part(PAGE, "base64").rstrip()[:-1] + b"!!=="), id="damaged-base64"),
    ],
)
def test_damaged_messages(data):
    assert WANTED[0] in cells(read_mhtml(data))


@pytest.mark.parametrize(
    "data", [message(), message(part("x", kind="image/png")), b"MIME-Version: 1.0\r\nContent-Type: multipart/x\r\n\r\n"]
)
def test_nothing_to_read(data):
    with pytest.raises(ReadError) as error:
        read_mhtml(data)
    assert error.value.reason == "damaged"


def test_limits():
    with pytest.raises(ReadError) as error:
        read_mhtml(message(*[b"Content-Type: image/png\r\n\r\n"] * (MAX_PARTS + 1)))
    assert error.value.reason == "too_many_parts"
    nested = b"".join(
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (i, i + 1) for i in range(MAX_DEPTH + 2)
    )
    with pytest.raises(ReadError) as error:
        read_mhtml(b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n" + nested)
    assert error.value.reason == "too_deep"


SAMPLE = message(part(PAGE, "quoted-printable"), part(PAGE, "base64", "gb18030"))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.binary(max_size=4)), max_size=6))
def test_damaged_bytes_are_read_or_refused(changes):
    data = bytearray(SAMPLE)
    for at, new in changes:
        data[at : at + len(new)] = new
    try:
        rendering = read_mhtml(bytes(data))
    except ReadError as error:
        assert error.reason in ("damaged", "too_many_cells")
        return
    for line in rendering.lines:
        for cell in line.cells:
            start, end = cell.span()
            assert 0 <= start <= end <= len(rendering.text)


def test_through_read():
    document = read(message(part(PAGE, "quoted-printable", "gb2312")), "a.mht")
    assert document.source.kind == "mhtml"
    assert [[cell.text for cell in line.cells] for line in document.lines] == WANTED
    assert not document.remarks
