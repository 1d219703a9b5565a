"""A mail message → its text parts: header fields by the standard library, bodies cut in linear time.

The standard parser recurses into every part and looks for all open boundaries in each line; a hostile file would
keep it busy for hours.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import Message
from itertools import islice
from string import ascii_letters, digits
from typing import NamedTuple

from govlint.model.errors import ReadError

MAX_DEPTH = 8
MAX_PARTS = 4096
MAX_HEAD = 1 << 16
"""Header fields of one part, in bytes; of longer ones the rest is text."""

_LINE_FEED = 0x0A
_HEAD_END = re.compile(rb"(?:\A|\r?\n)\r?\n")
_ANY_BOUNDARY = re.compile(rb"^--([^\r\n]{1,200}?)[ \t]*\r?$", re.M)
_NOT_BASE64 = bytes(set(range(256)) - set(f"{ascii_letters}{digits}+/".encode()))


class Part(NamedTuple):
    """A part that is no container: its content type, charset, place and decoded bytes."""

    type: str
    charset: str
    location: str
    body: bytes


def read_parts(data: bytes) -> list[Part]:
    """All parts of a message that hold HTML or plain text, in order.

    Raises ReadError: ``too_many_parts`` or ``too_deep``.
    """
    return list(_parts(data.lstrip(), 0, [0]))


def _parts(data: bytes, depth: int, count: list[int]) -> Iterator[Part]:
    if depth > MAX_DEPTH:
        raise ReadError("", "too_deep", {"limit": MAX_DEPTH})
    count[0] += 1
    if count[0] > MAX_PARTS:
        raise ReadError("", "too_many_parts", {"limit": MAX_PARTS})
    head, body = _cut(data)
    kind = head.get_content_type()
    if kind.startswith("multipart/"):
        for part in _between(body, _word(head.get_boundary)):
            yield from _parts(part, depth + 1, count)
    elif kind == "message/rfc822":
        yield from _parts(body, depth + 1, count)
    elif kind in ("text/html", "application/xhtml+xml", "text/plain"):
        location = str(head.get("Content-Location", ""))
        yield Part(kind, _word(head.get_content_charset), location, _decoded(body, head))


def _cut(data: bytes) -> tuple[Message, bytes]:
    """The header fields and the body; a part whose first line is no field has none."""
    end = _HEAD_END.search(data, 0, MAX_HEAD)
    if end is None:
        return message_from_bytes(b""), data
    return message_from_bytes(data[: end.start()]), data[end.end() :]


def _word(get: Callable[[], str | None]) -> str:
    """A parameter of a header field; empty where it is absent or so wrong that the standard library stumbles."""
    try:
        return get() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _between(body: bytes, boundary: str) -> Iterator[bytes]:
    """What stands between the boundary lines; where none is declared or found, the first line that looks like one."""
    marks = _marks(body, boundary.encode("utf-8", "replace")) if boundary else []
    if not marks:
        found = _ANY_BOUNDARY.search(body)
        marks = _marks(body, found[1]) if found else []
    for i, mark in enumerate(marks):
        if mark[1] is None:
            end = marks[i + 1].start() if i + 1 < len(marks) else len(body)
            yield body[mark.end() : end].removesuffix(b"\n").removesuffix(b"\r")


def _marks(body: bytes, boundary: bytes) -> list[re.Match[bytes]]:
    line = re.compile(b"--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\Z)")
    found = (mark for mark in line.finditer(body) if not mark.start() or body[mark.start() - 1] == _LINE_FEED)
    marks = list(islice(found, MAX_PARTS + 1))
    if len(marks) > MAX_PARTS:
        raise ReadError("", "too_many_parts", {"limit": MAX_PARTS})
    return marks


def _decoded(body: bytes, head: Message) -> bytes:
    """The bytes that a part's transfer encoding stands for; damaged base64 as far as it can be read."""
    encoding = str(head.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body)
    if encoding == "base64":
        letters = body.translate(None, _NOT_BASE64)
        return binascii.a2b_base64(letters[: len(letters) - (len(letters) % 4 == 1)] + b"==")
    return body
