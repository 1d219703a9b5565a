"""PDF files that unpack, nest or claim without end."""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping
from functools import partial, reduce

from hostile.case import readable as _readable
from hostile.case import refused as _refused

refused, readable = partial(_refused, extra="pypdfium2"), partial(_readable, extra="pypdfium2")
MB = 1 << 20
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F 12 Tf 72 700 Td (Annual report 2023) Tj ET\n"


def pdf(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects; the first is the catalog."""
    made = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    at = len(made)
    made += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        made += b"%d 1\n%010d 00000 n \n" % (number, place)
    return bytes(made) + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        max(places) + 1,
        trailer,
        at,
    )


def stream(data: bytes, said: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), said, data)


def packed(data: bytes, said: bytes = b"", level: int = 1) -> bytes:
    return stream(zlib.compress(data, level), b"/Filter/FlateDecode" + said)


def page(
    content: bytes, more: Mapping[int, bytes] | None = None, resources: bytes = b"", trailer: bytes = b""
) -> bytes:
    """A PDF of one page, whose content is object 4."""
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F 5 0 R>>%s>>>>" % resources,
            4: content,
            5: FONT,
            **(more or {}),
        },
        trailer,
    )


def bomb(size: int) -> bytes:
    """So many megabytes of blanks, packed: one of them again and again, and the checksum of all."""
    blanks = b" " * MB
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    piece = packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = reduce(lambda value, _: zlib.adler32(blanks, value), range(size), 1)
    return b"\x78\xda" + piece * size + b"\x03\x00" + checksum.to_bytes(4, "big")


# ---------------------------------------------------------------- pages


@refused(".pdf", "damaged", "empty", "no_text", "too_many_pages", kind="pdf")
def claim_of_10_000_pages() -> bytes:
    return page(stream(TEXT)).replace(b"/Count 1", b"/Count 10000")


@refused(".pdf", "damaged", "empty", "no_text", "too_many_pages", kind="pdf")
def claim_of_two_billion_pages() -> bytes:
    return page(stream(TEXT)).replace(b"/Count 1", b"/Count 2147483647")


@refused(".pdf", "too_many_pages")
def ten_thousand_pages() -> bytes:
    leaves = dict.fromkeys(range(3, 10003), b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
    kids = b" ".join(b"%d 0 R" % number for number in leaves)
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 10000/Kids[%s]>>" % kids, **leaves})


@refused(".pdf", "damaged", "no_text", "too_many_pages")
def pages_in_a_circle() -> bytes:
    return pdf(
        {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 3>>",
         3: b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 3>>"}
    )  # fmt: skip


@refused(".pdf", "damaged", "no_text", "empty")
def pages_nested_10_000_deep() -> bytes:
    inner = {n: b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (n - 1, n + 1) for n in range(2, 10_000)}
    leaf = b"<</Type/Page/Parent 9999 0 R/MediaBox[0 0 9 9]>>"
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", **inner, 10_000: leaf})


@refused(".pdf", "damaged", kind="pdf")
def arrays_200_000_deep() -> bytes:
    return page(stream(TEXT), {6: b"[" * 200_000 + b"]" * 200_000}, b"/X 6 0 R")


@refused(".pdf", "damaged", "empty", "no_text")
def pdf_cut_in_half() -> bytes:
    data = page(packed(TEXT * 500, level=0))
    return data[: len(data) // 2]


@refused(".pdf", "damaged")
def pdf_cut_after_its_first_line() -> bytes:
    return b"%PDF-1.7\n"


@refused(".pdf", "damaged")
def pdf_whose_directory_points_to_itself() -> bytes:
    return b"%PDF-1.7\nxref\n0 0\ntrailer\n<</Size 1/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF\n"


@refused(".pdf", "encrypted")
def pdf_with_a_password() -> bytes:
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % (b"5a" * 32, b"a5" * 32)
    return page(stream(TEXT), trailer=lock)


@refused(".pdf", "encrypted", "damaged")
def pdf_with_unknown_encryption() -> bytes:
    return page(stream(TEXT), trailer=b"/Encrypt<</Filter/Acme.Locks/V 9/R 9>>/ID[<00><00>]")


@refused(".pdf", "no_text")
def pictures_only() -> bytes:
    picture = b"/Subtype/Image/Width 64/Height 64/ColorSpace/DeviceGray/BitsPerComponent 8"
    return page(
        stream(b"q 595 0 0 842 0 0 cm /I Do Q"), {6: packed(os.urandom(4096), picture)}, b"/XObject<</I 6 0 R>>"
    )


# ---------------------------------------------------------------- streams


@refused(".pdf", "package_bomb")
def bomb_in_the_content() -> bytes:
    return page(stream(bomb(200), b"/Filter/FlateDecode"))


@refused(".pdf", "package_bomb")
def bomb_packed_twice() -> bytes:
    return page(stream(zlib.compress(bomb(1000), 9), b"/Filter [/FlateDecode /FlateDecode]"))


@refused(".pdf", "package_bomb", "too_complex", "too_heavy", "damaged")
def bomb_packed_twice_under_an_escaped_name() -> bytes:
    return page(stream(zlib.compress(bomb(1000), 9), b"/Filter[/Flate#44ecode/#46lateDecode]"))


@refused(".pdf", "package_bomb", "too_complex", "too_heavy", "damaged")
def bomb_packed_thrice_by_other_names() -> bytes:
    """Letters for bytes round the packed ones, which are packed again."""
    inner = zlib.compress(bomb(1000), 9).hex().encode() + b">"
    return page(stream(zlib.compress(inner), b"/Filter[/FlateDecode/ASCIIHexDecode/FlateDecode/FlateDecode]"))


@refused(".pdf", "package_bomb", "too_complex", "too_heavy")
def bomb_behind_an_honest_start() -> bytes:
    """The first hundred kilobytes are packed as any text is, the rest is not."""
    packer = zlib.compressobj(9)
    made = packer.compress(os.urandom(100_000).hex().encode()) + packer.flush(zlib.Z_FULL_FLUSH)
    made += b"".join(packer.compress(b" " * MB) for _ in range(300)) + packer.flush()
    return page(stream(made, b"/Filter/FlateDecode"))


@refused(".pdf", "package_bomb", "too_complex", "too_heavy")
def many_small_bombs() -> bytes:
    """Each stream is short, and all of them are the content of the one page."""
    small = stream(bomb(25), b"/Filter/FlateDecode")
    others = dict.fromkeys(range(10, 70), small)
    return page(stream(TEXT), others).replace(
        b"/Contents 4 0 R", b"/Contents[%s]" % b" ".join(b"%d 0 R" % n for n in others)
    )


@refused(".pdf", "package_bomb", "too_complex", "too_heavy")
def one_bomb_many_times() -> bytes:
    small = stream(bomb(25), b"/Filter/FlateDecode")
    return page(stream(TEXT), {6: small}).replace(b"/Contents 4 0 R", b"/Contents[%s]" % (b"6 0 R " * 200))


@refused(".pdf", "package_bomb", "too_complex", "too_heavy", "empty")
def bomb_by_run_lengths() -> bytes:
    """Another way to pack: two bytes stand for 128."""
    return page(stream(b"\x81 " * (4 * MB), b"/Filter/RunLengthDecode"))


@refused(".pdf", "package_bomb", "too_complex", "too_heavy", "damaged")
def bomb_of_objects() -> bytes:
    """A stream of packed objects that unpacks to a gigabyte."""
    return page(stream(TEXT), {6: stream(bomb(1000), b"/Type/ObjStm/N 100000/First 9/Filter/FlateDecode")})


@refused(".pdf", "too_complex", "package_bomb", "too_heavy")
def million_paths() -> bytes:
    return page(packed(TEXT + b"".join(b"%d %d m 9 9 l S\n" % (i % 595, i % 842) for i in range(1_000_000))))


@refused(".pdf", "too_complex", "package_bomb", "too_heavy")
def million_segments() -> bytes:
    return page(
        packed(TEXT + b"0 0 m\n" + b"".join(b"%d %d l\n" % (i % 595, i % 842) for i in range(4_000_000)) + b"S")
    )


@refused(".pdf", "too_complex", "package_bomb", "too_heavy")
def million_words() -> bytes:
    words = b"".join(b"BT /F 9 Tf %d %d Td (%d) Tj ET\n" % (i % 500, i % 800, i) for i in range(700_000))
    return page(packed(words))


@refused(".pdf", "too_complex", kind="pdf")
def grid_of_a_million_cells() -> bytes:
    lines = b"".join(
        b"%.2f 0 m %.2f 842 l S 0 %.2f m 595 %.2f l S\n" % (x, x, x, x) for x in (i * 0.25 for i in range(3400))
    )
    return page(packed(TEXT + lines))


# ---------------------------------------------------------------- forms


def _form(content: bytes, inner: int) -> bytes:
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % inner)


@refused(".pdf", "too_heavy", kind="pdf")
def form_that_draws_itself() -> bytes:
    return page(stream(TEXT + b"/X Do"), {6: _form(b"0 0 5 5 re f /X Do /X Do", 6)}, b"/XObject<</X 6 0 R>>")


@refused(".pdf", "too_heavy", kind="pdf")
def forms_that_draw_each_other() -> bytes:
    forms = {6: _form(b"0 0 5 5 re f /X Do /X Do", 7), 7: _form(b"0 0 5 5 re f /X Do /X Do", 6)}
    return page(stream(TEXT + b"/X Do"), forms, b"/XObject<</X 6 0 R>>")


@refused(".pdf", "too_complex", "package_bomb", "too_heavy")
def laughing_forms() -> bytes:
    """Each of twelve forms draws the next ten times."""
    forms = {number: _form(b"/X Do " * 10, number + 1) for number in range(6, 18)}
    forms[18] = _form(b"0 0 5 5 re f", 18)
    return page(stream(TEXT + b"/X Do"), forms, b"/XObject<</X 6 0 R>>")


@refused(".pdf", "too_complex", "package_bomb", "too_heavy")
def form_drawn_many_times() -> bytes:
    forms = {6: _form(b"0 0 5 5 re f\n" * 5000, 6)}
    return page(stream(TEXT + b"/X Do\n" * 5000), forms, b"/XObject<</X 6 0 R>>")


@readable(".pdf", "pdf")
def page_of_absurd_size() -> bytes:
    return page(stream(TEXT)).replace(b"[0 0 595 842]", b"[-1e38 1e38 1e39 nan]")
