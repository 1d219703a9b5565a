"""Bytes → text: every encoding that reports come in, and damage at its place."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govlint.model.errors import ReadError
from govlint.model.source import Span
from govlint.readers import read
from govlint.readers.decoding import MAX_DAMAGED, decode, noise

TEXT = (
    "青石县林草局2023年政府信息公开工作年度报告\r\n"
    "一、总体情况\r\n"
    "全年登记申请 12 件，答复 12 件（含上年结转 1 件），镕、喆、珺三位同志负责。\r\n"
    "二、主动公开政府信息情况\r\n"
    "行政许可\t24\t0\r\n"
)
COMMON = [
    character
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
    if (character := bytes((row, cell)).decode("gb2312", "ignore"))
]
"""The common characters of GB2312, those of any Chinese text."""


def page(charset: str | None, body: str = TEXT) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{meta}</head><body><p>{body}</p></body></html>"


def told(data: bytes, *, markup: bool = False) -> tuple[str, str, str]:
    text, encoding = decode(data, markup=markup)
    assert encoding.damaged == ()
    return text, encoding.name, encoding.origin


# ---------------------------------------------------------------- whole text


@pytest.mark.parametrize(
    ("data", "name", "origin"),
    [
        pytest.param(TEXT.encode(), "utf-8", "valid", id="utf-8"),
        pytest.param(TEXT.encode("utf-8-sig"), "utf-8", "bom", id="utf-8-bom"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le", "bom", id="utf-16-le-bom"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be", "bom", id="utf-16-be-bom"),
        pytest.param(codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le", "bom", id="utf-32-le-bom"),
        pytest.param(TEXT.encode("utf-16-le"), "utf-16-le", "detected", id="utf-16-le"),
        pytest.param(TEXT.encode("utf-16-be"), "utf-16-be", "detected", id="utf-16-be"),
        pytest.param(TEXT.encode("gb18030"), "gb18030", "guessed", id="gb18030"),
        pytest.param(TEXT.encode("gbk"), "gb18030", "guessed", id="gbk"),
        pytest.param(b"\x84\x31\x95\x33" + TEXT.encode("gb18030"), "gb18030", "bom", id="gb18030-bom"),
    ],
)
def test_text(data, name, origin):
    assert told(data) == (TEXT, name, origin)


def test_gb2312_without_rare_characters():
    text = TEXT.replace("镕、喆、珺", "三")
    assert told(text.encode("gb2312")) == (text, "gb18030", "guessed")


def test_characters_beyond_gbk():
    text = TEXT.replace("镕", "𠮷").replace("喆", "㐂")
    assert told(text.encode("gb18030")) == (text, "gb18030", "guessed")


def test_ascii():
    assert told(b"Report 2023\n1\t2\n") == ("Report 2023\n1\t2\n", "utf-8", "valid")


def test_nothing():
    assert told(b"") == ("", "utf-8", "valid")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_of_plain_ascii(encoding):
    assert told("Annual report 2023\r\n".encode(encoding))[:2] == ("Annual report 2023\r\n", encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_cut_in_the_middle_of_a_character(encoding):
    text, found = decode(TEXT.encode(encoding)[:-1])
    assert (text[:-1], found.name) == (TEXT[:-1], encoding)
    assert found.damaged == (Span(len(TEXT) - 1, len(TEXT)),)


# ---------------------------------------------------------------- what a page declares


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "gb18030", "x-gbk", "cp936"])
def test_declared_gb_is_gb18030(charset):
    text = page(charset)
    assert told(text.encode("gb18030"), markup=True) == (text, "gb18030", "declared")


def test_gb_page_that_declares_nothing():
    text = page(None)
    assert told(text.encode("gb18030"), markup=True) == (text, "gb18030", "guessed")


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "big5", "shift_jis", "euc-kr", "nonsense-7", "ascii"])
def test_gb_page_that_declares_another_encoding(charset):
    text = page(charset)
    assert told(text.encode("gb18030"), markup=True) == (text, "gb18030", "guessed")


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "latin1"])
def test_gb_page_that_declares_an_encoding_any_bytes_fit(charset):
    """Editors write charset=iso-8859-1 into pages unasked; every byte is valid in it, so validity proves nothing."""
    text = page(charset)
    assert told(text.encode("gb18030"), markup=True)[:2] == (text, "gb18030")


@pytest.mark.parametrize("charset", ["undefined", "punycode", "idna", "hex", "rot13", "utf-7", "unicode_escape"])
def test_gb_page_that_declares_a_codec_that_is_no_encoding(charset):
    text = page(charset)
    assert told(text.encode("gb18030"), markup=True)[:2] == (text, "gb18030")


def test_utf8_page_right_absent_and_wrong():
    for charset, origin in (("utf-8", "valid"), (None, "valid"), ("gb2312", "guessed")):
        text = page(charset)
        assert told(text.encode(), markup=True) == (text, "utf-8", origin)


def test_utf16_page_that_declares_utf8():
    text = page("utf-8")
    assert told(text.encode("utf-16-le"), markup=True) == (text, "utf-16-le", "detected")


def test_big5_page_that_says_so():
    text = page("big5", "臺灣省政府資訊公開年度報告，收到申請十二件，均已答覆。")
    assert told(text.encode("big5"), markup=True) == (text, "big5", "declared")


def test_a_declaration_in_plain_text_counts_for_nothing():
    assert told(page("big5").encode("gb18030"))[1:] == ("gb18030", "guessed")


# ---------------------------------------------------------------- damage


def test_one_bad_byte_in_utf8():
    at = TEXT.index("登记")
    data = TEXT[:at].encode() + b"\xff" + TEXT[at:].encode()
    text, encoding = decode(data)
    assert (encoding.name, encoding.origin) == ("utf-8", "guessed")
    assert encoding.damaged == (Span(at, at + 1),)
    assert text == TEXT[:at] + "\ufffd" + TEXT[at:]


def test_lost_byte_in_utf8():
    at = TEXT.index("登")
    data = TEXT.encode().replace("登".encode(), "登".encode()[:2])
    text, encoding = decode(data)
    assert encoding.name == "utf-8"
    assert encoding.damaged == (Span(at, at + 1),)
    assert text == TEXT.replace("登", "\ufffd")


def test_many_bad_bytes_in_utf8():
    places = [TEXT.index(word) for word in ("青石", "全年", "答复", "三位", "行政许可")]
    data, wanted = b"", []
    for shift, (a, b) in enumerate(zip([0, *places], [*places, len(TEXT)], strict=True)):
        data += (b"\xfe" if shift else b"") + TEXT[a:b].encode()
        if shift:
            wanted.append(Span(a + shift - 1, a + shift))
    text, encoding = decode(data)
    assert encoding.damaged == tuple(wanted)
    assert text.replace("\ufffd", "") == TEXT


@pytest.mark.parametrize("cut", [1, 2])
def test_utf8_cut_off_in_the_middle_of_a_character(cut):
    whole = TEXT + "件"
    text, encoding = decode(whole.encode()[:-cut])
    assert text == TEXT + "\ufffd"
    assert encoding.name == "utf-8"
    assert encoding.damaged == (Span(len(TEXT), len(TEXT) + 1),)


def test_damaged_utf8_behind_a_mark():
    text, encoding = decode(codecs.BOM_UTF8 + "甲乙".encode() + b"\xff" + "丙".encode())
    assert (text, encoding.origin, encoding.damaged) == ("甲乙\ufffd丙", "bom", (Span(2, 3),))


def test_damaged_gb18030():
    at = TEXT.index("登记")
    data = TEXT[:at].encode("gb18030") + b"\xff" + TEXT[at:].encode("gb18030")
    text, encoding = decode(data)
    assert encoding.name == "gb18030"
    assert len(encoding.damaged) == 1
    assert encoding.damaged[0].start == at
    assert text.startswith(TEXT[:at] + "\ufffd")
    assert text.endswith(TEXT[at + 4 :])


def test_gb18030_cut_off_in_the_middle_of_a_character():
    text, encoding = decode((TEXT + "件").encode("gb18030")[:-1])
    assert text == TEXT + "\ufffd"
    assert (encoding.name, encoding.damaged) == ("gb18030", (Span(len(TEXT), len(TEXT) + 1),))


def test_stray_nuls_are_damage_where_they_stand():
    data = TEXT.replace("一、", "一、\0").replace("行政许可", "行政许可\0\0").encode()
    text, encoding = decode(data)
    assert encoding.name == "utf-8"
    assert [text[slice(*span)] for span in encoding.damaged] == ["\0", "\0\0"]
    assert text.replace("\0", "") == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_many_stray_nuls_make_no_utf16(encoding):
    text, found = decode(TEXT.replace("\r\n", "\0\r\n\0").encode(encoding))
    assert found.name == encoding
    assert text.replace("\0", "") == TEXT


def test_no_more_places_than_anybody_reads():
    _, encoding = decode(("件\x01" * (MAX_DAMAGED + 5)).encode())
    assert len(encoding.damaged) == MAX_DAMAGED


def test_line_ends_and_tabs_are_no_noise():
    assert noise(TEXT) == 0
    assert noise("甲\x01乙\ufffd") == 0.5
    assert noise("") == 0


# ---------------------------------------------------------------- as remarks of a document


def test_damage_is_remarked_at_its_line_and_column():
    document = read(TEXT.encode().replace("登".encode(), b"\xe7\x99"), "a.txt")
    assert [remark.kind for remark in document.remarks] == ["encoding_guessed", "damaged"]
    assert document.source.position(document.remarks[1].span.start) == (3, 3)


def test_sound_text_has_no_remarks():
    assert read(TEXT.encode(), "a.txt").remarks == ()
    assert read(page("gbk").encode("gbk"), "a.html").remarks == ()


def test_a_guess_is_remarked():
    (remark,) = read(TEXT.encode("gbk"), "a.txt").remarks
    assert (remark.kind, remark.params) == ("encoding_guessed", {"encoding": "gb18030"})


def test_the_mark_is_not_counted():
    document = read(codecs.BOM_UTF8 + TEXT.encode(), "a.txt")
    assert document.source.position(document.lines[0].cells[0].span().start) == (1, 1)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", codecs.BOM_UTF16_LE])
def test_nothing_to_read(data):
    with pytest.raises(ReadError) as error:
        read(data, "a.txt")
    assert error.value.reason == "empty"


def test_noise_is_no_text():
    with pytest.raises(ReadError) as error:
        read(bytes(random.Random(3).randbytes(4000)), "a.txt")
    assert error.value.reason == "binary"


# ---------------------------------------------------------------- properties

SEEDS = st.integers(0, 10**9)


def chinese(seed: int) -> str:
    """40 to 300 common characters with stops, figures and line ends, as drawn as text is."""
    rng = random.Random(seed)
    lines = []
    for _ in range(rng.randint(4, 10)):
        words = "".join(rng.choices(COMMON, k=rng.randint(10, 30)))
        lines.append(f"{words}，{rng.randint(0, 2030)} 件。")
    return rng.choice(("\n", "\r\n")).join(lines)


@settings(max_examples=60, deadline=None)
@given(
    SEEDS,
    st.sampled_from(
        ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312"],
    ),
)
def test_what_is_encoded_is_decoded(seed, encoding):
    text = chinese(seed)
    found, how = decode(text.encode(encoding))
    assert found == text
    assert how.damaged == ()


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.data())
def test_one_damaged_byte_never_turns_utf8_into_another_text(seed, data):
    text = chinese(seed)
    encoded = bytearray(text.encode())
    high = [i for i, byte in enumerate(encoded) if byte >= 0x80]
    at = data.draw(st.sampled_from(high))
    encoded[at] = data.draw(st.sampled_from([0xFF, 0xFE, 0xC0, 0xF8, 0x20]))
    found, how = decode(bytes(encoded))
    assert how.name == "utf-8"
    assert 1 <= len(how.damaged) <= 2
    start = how.damaged[0].start
    assert abs(start - len(bytes(encoded[:at]).decode("utf-8", "ignore"))) <= 1
    kept = max(start - 1, 0)
    assert found[:kept] == text[:kept]
    assert found.endswith(text[start + 2 :])
