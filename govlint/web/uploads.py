"""The files of a request: from its body straight into a private folder, within limits."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.datastructures import Headers
from starlette.types import Receive, Scope

from govlint.web.jobs import Given
from govlint.web.naming import shown_name, stored_name
from govlint.web.parts import Parts
from govlint.web.problems import Problem
from govlint.web.site import Limits

SECONDS_SILENT = 30
"""So long a client may send nothing before its body is there."""
SECONDS_SENDING = 600
"""So long a body may take altogether."""
_DIGITS = 18
_FORM = "multipart/form-data"
_NOT_A_FILE = re.compile(r"multipart/|message/|application/(x-www-form-urlencoded|json)$")
"""Types of a body that is surely not the file itself."""


class Upload(NamedTuple):
    """The files of a request, by number in its folder, and the fields of its form."""

    files: tuple[Given, ...]
    fields: Mapping[str, str]


@contextmanager
def private_folder(parent: str) -> Iterator[str]:
    """A folder that only this user can open; with all that is in it, it is gone at the end, however that comes."""
    folder = tempfile.mkdtemp(dir=parent)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def read_form(scope: Scope, receive: Receive, folder: str, limits: Limits, pasted: str) -> Upload:
    """The files and fields of a multipart body. ``pasted`` is the name, without suffix, of what comes in ``paste``.

    Raises Problem.
    """
    headers = Headers(scope=scope)
    kind, options = parse_options_header(headers.get("content-type"))
    if kind.decode("latin-1") != _FORM or "content-encoding" in headers:
        raise Problem("wrong_type")
    if not options.get(b"boundary"):
        raise Problem("bad_multipart")
    with Parts(folder, limits, pasted) as parts:
        try:
            parser = MultipartParser(options[b"boundary"], parts.callbacks)
            async for chunk in body(scope, receive, limits.whole, too_large(limits)):
                parser.write(chunk)
            parser.finalize()
        except FormParserError:
            raise Problem("bad_multipart") from None
    if not parts.whole:
        raise Problem("bad_multipart")
    return _some(Upload(tuple(parts.files), parts.fields))


async def read_one(scope: Scope, receive: Receive, folder: str, limits: Limits, name: str) -> Upload:
    """The one file that the body is, under the name given. Raises Problem."""
    headers = Headers(scope=scope)
    kind, _ = parse_options_header(headers.get("content-type"))
    if _NOT_A_FILE.match(kind.decode("latin-1")) or "content-encoding" in headers:
        raise Problem("wrong_type")
    shown = shown_name(name)
    if not shown:
        raise Problem("bad_name")
    given = Given(stored_name(1, shown), shown)
    size = 0
    with Path(folder, given.stored).open("xb") as file:
        async for chunk in body(scope, receive, limits.size, too_large(limits)):
            size += file.write(chunk)
    return _some(Upload((given,) if size else (), {}))


def is_form(scope: Scope) -> bool:
    """Whether the body says that it is a form with files."""
    return Headers(scope=scope).get("content-type", "").lower().startswith(_FORM)


async def body(scope: Scope, receive: Receive, most: int, otherwise: Exception) -> AsyncIterator[bytes]:
    """The body of a request piece by piece; raises ``otherwise`` when it has more bytes than ``most``.

    Raises Problem when it does not come, and Gone when the client leaves.
    """
    if declared(scope) > most:
        raise otherwise
    ends = asyncio.get_running_loop().time() + SECONDS_SENDING
    size = 0
    more = True
    while more:
        left = min(SECONDS_SILENT, ends - asyncio.get_running_loop().time())
        try:
            message = await asyncio.wait_for(receive(), max(0, left))
        except TimeoutError:
            raise Problem("too_slow") from None
        if message["type"] == "http.disconnect":
            raise Gone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > most:
            raise otherwise
        more = message.get("more_body", False)
        if chunk:
            yield chunk


def too_large(limits: Limits) -> Problem:
    """The problem with files that have too many bytes."""
    return Problem("too_large", {"limit": limits.megabytes})


def declared(scope: Scope) -> int:
    """How many bytes the body has by its own account; 0 if it does not say."""
    said = Headers(scope=scope).get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _DIGITS else 0


class Gone(Exception):  # noqa: N818 - nothing is wrong, only nobody waits any more
    """The client has left."""


def _some(upload: Upload) -> Upload:
    if not upload.files:
        raise Problem("no_file")
    return upload
