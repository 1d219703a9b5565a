"""Mutations of files: of bytes, words, cells, tags, and of the parts of packages. The same chance, the same file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from fuzz.mutating_trees import tree_of

Mutate = Callable[[bytes, Random, Sequence[bytes]], bytes]
"""A file, chance, and other files to take pieces from → another file."""

ODD = (
    "", " ", "0", "-1", "-0", "1", "9", "255", "65536", "2147483648", "999999999999999999999", "1e999", "0.5",
    "NaN", "A1", "XFD1048576", "A1:B2", "\0", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\u2028", "\ufeff",
    "\ufffd", "\ufffe", "\U00020000", "\u202e", "\udcff", "\udc81\udcb0", "\r", "\r\n", "\n\n", "\t", "\t\t",
    "|", "||", ",", '"', "'", "`", "<", ">", "&", "&#0;", "&#x110000;", "&amp", "&nbsp;", "<!--", "-->",
    "<![CDATA[", "]]>", "<table>", "</table>", "<tr><td>", "<td rowspan=99 colspan=0>", "<?xml version='1.0'?>",
    "xml:space='preserve'", "{", "}", "\\", "\\'", "\\u-1?", "\\bin9 ", "\\cell", "\\row", "(", ")", "[", "]",
    "%", "$", "一、", "（一）", "１２", "十二万", "二〇二三年", "2023年", "1月1日", "件", "%", "．", "，", "。",
    "《", "》", "——", "政府信息公开工作年度报告", "=1+1", "::error::",
)  # fmt: skip
"""Pieces that some reader may stumble over."""
_MOST = 400_000
"""Bytes of a file that has been mutated; a larger one loses its end."""


def _tokens(pattern: str) -> Callable[[str], list[str]]:
    compiled = re.compile(pattern, re.S)
    return compiled.findall


_WORDS = _tokens(r"[\w%.]+|\s|[^\w\s]")
_LINES = _tokens(r"[^\n]*\n|[^\n]+")
_CELLS = _tokens(r"[^\n\t|,]+|[\n\t|,]")
_TAGS = _tokens(r"<[^>]*>|[^<]+|<")
_VALUES = _tokens(r"\"[^\"]*\"|'[^']*'|[\w:.#-]+|[^\w]")
_CONTROLS = _tokens(r"\\[a-z]+-?\d* ?|\\.|[{}]|[^\\{}]+")
_OBJECTS = _tokens(r"/[\w.+-]+|[\d.-]+|<<|>>|\w+|\s+|.")


def bytes_of(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Bytes changed, put in, taken out or taken from elsewhere, without regard to what they mean."""
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(made) + 1)
        length = rng.choice((1, 1, 2, 4, 8, 64, 512))
        match rng.randrange(6):
            case 0:
                made[at : at + length] = rng.randbytes(min(length, 8))
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = made[at : at + length] * rng.choice((1, 2, 50))
            case 3:
                made[at:at] = rng.choice(ODD).encode("utf-8", "surrogateescape")
            case 4:
                made[at : at + 4] = rng.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\1\0\0\0"))
            case 5:
                other = rng.choice(others) if others else data
                place = rng.randrange(len(other) + 1)
                made[at : at + length] = other[place : place + length]
    return bytes(made[:_MOST])


def _mutated(tokens: list[str], rng: Random, others: Sequence[str], depth: int = 0) -> list[str]:
    """Tokens taken out, repeated, exchanged, cut short, or replaced by odd ones and by those of others."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        at = rng.randrange(len(tokens) + 1)
        length = rng.choice((1, 1, 1, 2, 5, 20))
        match rng.randrange(9):
            case 0:
                del tokens[at : at + length]
            case 1:
                tokens[at:at] = tokens[at : at + length] * rng.choice((1, 1, 2, 100))
            case 2:
                other = rng.randrange(len(tokens) + 1)
                low, high = sorted((at, other))
                tokens[low : low + 1], tokens[high : high + 1] = tokens[high : high + 1], tokens[low : low + 1]
            case 3 | 4:
                tokens[at : at + 1] = [rng.choice(ODD)]
            case 5:
                tokens.insert(at, rng.choice(ODD))
            case 6:
                tokens[at : at + length] = others[(place := rng.randrange(len(others) + 1)) : place + length]
            case 7 if tokens and depth < 1:  # Inside a token: an attribute, a number, a few characters.
                at = min(at, len(tokens) - 1)
                inner = _VALUES(tokens[at][:4000])
                tokens[at] = "".join(_mutated(inner, rng, inner, depth + 1)) + tokens[at][4000:]
            case 8 if rng.random() < 0.2:
                del tokens[at:]
    return tokens


def _of_text(*ways: Callable[[str], list[str]], encoding: str = "utf-8") -> Mutate:
    def mutate(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
        if rng.random() < 0.1:
            return bytes_of(data, rng, others)
        way = rng.choice(ways)
        other = rng.choice(others) if others and rng.random() < 0.3 else data
        pieces = [way(each.decode(encoding, "surrogateescape")) for each in (data, other)]
        text = "".join(_mutated(pieces[0], rng, pieces[1]))
        return text.encode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")[:_MOST]

    return mutate


text_of = _of_text(_WORDS, _LINES, _CELLS)
markup_of = _of_text(_TAGS, _TAGS, _WORDS)
mail_of = _of_text(_LINES, _TAGS, _WORDS)
controls_of = _of_text(_CONTROLS, _CONTROLS, _WORDS, encoding="latin-1")
objects_of = _of_text(_OBJECTS, _LINES, encoding="latin-1")


def xml_of(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """XML that is mostly well-formed still."""
    made = tree_of(data, rng) if rng.random() < 0.85 else None
    return markup_of(data, rng, others) if made is None else made


def package_of(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """A zip package with a part changed, lost, doubled, renamed or taken from elsewhere."""
    parts = _parts(data)
    if not parts or rng.random() < 0.03:
        return bytes_of(data, rng, others)
    for _ in range(rng.choice((1, 1, 2))):
        name = rng.choice([each for each in sorted(parts) if each != "mimetype" or rng.random() < 0.05] or [""])
        match rng.randrange(12):
            case 0:
                parts.pop(name, None)
            case 1:
                parts[rng.choice(("word/document.xml", "xl/workbook.xml", "content.xml", name.upper()))] = parts.get(
                    name, b""
                )
            case 2:
                parts[name] = _parts(rng.choice(others) if others else data).get(name, b"")
            case _:  # The largest parts hold the text, and most of what can go wrong.
                large = sorted(parts, key=lambda each: (len(parts[each]), each))[-3:]
                name = rng.choice((name, *large)) if large else name
                parts[name] = xml_of(parts.get(name, b""), rng, ())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content)  # The same time in all.
    return buffer.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package, without pictures; none of what is no package."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            small = [entry for entry in package.infolist() if entry.file_size < _MOST and not entry.flag_bits & 1]
            return {entry.filename: package.read(entry) for entry in small}
    except Exception:  # Whatever may be wrong with a package that has been mutated before.
        return {}
