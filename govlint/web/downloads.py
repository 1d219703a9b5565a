"""A file to keep, as an answer: always saved, never shown."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.responses import Response

from govlint.web.jobs import Download

_PLAIN = re.compile(r"[^A-Za-z0-9._ ()-]")


def attached(download: Download) -> Response:
    """The file under its name, whatever letters it has (RFC 6266)."""
    headers = {"Content-Disposition": disposition(download.name)}
    return Response(download.data, media_type=download.media_type, headers=headers)


def disposition(name: str) -> str:
    """The header field: the name for all who know RFC 8187, and what is left of it in ASCII for the others."""
    whole = quote(name.encode("utf-8", "replace"), safe="")
    return f"attachment; filename=\"{_PLAIN.sub('_', name)}\"; filename*=UTF-8''{whole}"
