"""The styles and scripts of the page: files of the package, each at an address that changes with its content."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from importlib.resources import files
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from govlint.web.problems import Problem

ROUTE = "/assets/"
_PLACES = ("govlint.writers.page", "govlint.web.page")
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
_FOREVER = "public, max-age=31536000, immutable"


class Asset(NamedTuple):
    """A file as it is sent."""

    data: bytes
    media_type: str


class Assets:
    """All files that pages may ask for, read once. ``urls`` leads from their names to their addresses."""

    def __init__(self, root: str) -> None:
        self.urls: dict[str, str] = {}
        self._assets: dict[str, Asset] = {}
        for name, asset in _found().items():
            stem, dot, suffix = name.rpartition(".")
            marked = f"{stem}.{blake2b(asset.data, digest_size=6).hexdigest()}{dot}{suffix}"
            self._assets[marked] = asset
            self.urls[name] = f"{root}{ROUTE}{marked}"

    async def response(self, request: Request) -> Response:
        """The file of that address. Raises Problem."""
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            raise Problem("not_found")
        return Response(asset.data, media_type=asset.media_type, headers={"Cache-Control": _FOREVER})


def _found() -> Mapping[str, Asset]:
    found: dict[str, Asset] = {}
    for place in _PLACES:
        package, _, folder = place.rpartition(".")
        for file in files(package).joinpath(folder).iterdir():
            media_type = _TYPES.get(f".{file.name.rpartition('.')[2]}")
            if media_type:
                found[file.name] = Asset(file.read_bytes(), media_type)
    return found
