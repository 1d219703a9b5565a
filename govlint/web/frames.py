"""Messages between a server and its desks: a header in JSON, then bytes, each behind its length in four bytes.

A server believes nothing else of a desk than such headers, since a desk has read what strangers wrote.
"""

from __future__ import annotations

import json
from asyncio import StreamReader
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

from govlint.web.jobs import About, Answer, Download, Given, Job, Page, Progress, Refusal, Unread

_LENGTH = 4
_MISSING = "a frame is cut off"


class Message(NamedTuple):
    """A header, whose ``kind`` tells what it is, and bytes that come with it."""

    header: Mapping[str, Any]
    blob: bytes = b""

    def pieces(self) -> Iterator[bytes]:
        """What is written of it."""
        for piece in (json.dumps(self.header).encode(), self.blob):
            yield len(piece).to_bytes(_LENGTH, "big")
            yield piece


def read_message(stream: BinaryIO) -> Message:
    """The next message. Raises EOFError where there is none, ValueError for what is none."""
    header = _read(stream)
    return Message(json.loads(header), _read(stream))


async def receive_message(stream: StreamReader) -> Message:
    """Like ``read_message``, while others work."""
    header = await _receive(stream)
    return Message(json.loads(header), await _receive(stream))


def of_job(job: Job) -> Message:
    """A job on its way to a desk."""
    return Message({"kind": "job", **job._asdict()})


def job_of(message: Message) -> Job:
    """The job that was sent."""
    fields = _fields(message)
    return Job(**{**fields, "files": tuple(Given(*each) for each in fields["files"])})


def of_item(item: Progress | Answer) -> Message:
    """What a desk says of a job, on its way to the server."""
    if isinstance(item, Progress):
        return Message({"kind": "progress", **item._asdict()})
    match item.made:
        case Page() as page:
            header, blob = {"kind": "page", **page._replace(html="")._asdict()}, _encoded(page.html)
        case Download() as file:
            header, blob = {"kind": "download", "name": file.name, "media_type": file.media_type}, file.data
        case refusal:
            header, blob = {"kind": "refusal", **refusal._asdict()}, b""
    return Message({**header, "unread": item.unread}, blob)


def item_of(message: Message) -> Progress | Answer:
    """What was sent. Raises KeyError, TypeError or ValueError for what no desk says."""
    fields, kind = _fields(message), message.header["kind"]
    if kind == "progress":
        return Progress(**fields)
    unread = tuple(Unread(*each) for each in fields.pop("unread"))
    if kind == "page":
        reports = tuple(About(*each) for each in fields["reports"])
        return Answer(unread, Page(fields["lead"], message.blob.decode(), reports))
    if kind == "download":
        return Answer(unread, Download(**fields, data=message.blob))
    if kind == "refusal":
        return Answer(unread, Refusal(**fields))
    raise ValueError(f"no kind of message: {kind}")


def _fields(message: Message) -> dict[str, Any]:
    return {name: value for name, value in message.header.items() if name != "kind"}


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _read(stream: BinaryIO) -> bytes:
    length = int.from_bytes(_exactly(stream, _LENGTH), "big")
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError(_MISSING)
    return data


async def _receive(stream: StreamReader) -> bytes:
    length = int.from_bytes(await stream.readexactly(_LENGTH), "big")
    return await stream.readexactly(length)
