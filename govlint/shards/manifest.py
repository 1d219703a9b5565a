"""``manifest.json``: which shards of a folder are done, of which files, with what."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from govlint.shards.rendering import Unread
from govlint.version import __version__

NAME = "manifest.json"
SCHEMA_VERSION = 1
_PART = "part-"


class ManifestError(Exception):
    """A folder that cannot be used. ``reason`` is a key of the ``shards`` messages in ``rules/locale``."""

    def __init__(self, reason: str, path: str, error: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = {"path": path, "error": error}


@dataclass(frozen=True)
class Shard:
    """A shard that is done. ``inputs`` is the digest of all that it rests on, ``content`` that of its file."""

    name: str
    files: int
    first: str
    last: str
    inputs: str
    content: str
    counts: Mapping[str, int]
    unread: tuple[Unread, ...]


class Manifest:
    """The manifest in a folder, written anew with each shard. Raises ManifestError for a folder that is in use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(exist_ok=True)
            present = sorted(path.name for path in folder.iterdir())
        except (FileNotFoundError, FileExistsError, NotADirectoryError):
            raise ManifestError("no_folder", str(folder)) from None
        except OSError as error:
            raise ManifestError("unwritable", str(folder), error.strerror or str(error)) from None
        if present and NAME not in present:
            raise ManifestError("foreign", str(folder))
        self._known = _read(folder / NAME) if present else {}
        self.done: dict[str, Shard] = {}

    def kept(self, name: str, inputs: str) -> bool:
        """Whether a shard was done before with these inputs and lies there as it was written; then it counts."""
        shard = self._known.get(name)
        if shard is None or shard.inputs != inputs:
            return False
        try:
            whole = digest([(self._folder / name).read_bytes()]) == shard.content
        except OSError:
            return False
        if whole:
            self.done[name] = shard
        return whole

    def add(self, shard: Shard, content: bytes, about: Mapping[str, object]) -> None:
        """Write the file of a shard, then the manifest. Raises OSError."""
        _replace(self._folder / shard.name, content)
        self.done[shard.name] = shard
        self.write("running", about)

    def write(self, state: str, about: Mapping[str, object]) -> None:
        """Write the manifest: ``state`` is running or done. Raises OSError."""
        shards = [asdict(self.done[name]) for name in sorted(self.done)]
        whole = {"schema_version": SCHEMA_VERSION, "govlint_version": __version__, "state": state, **about}
        text = json.dumps({**whole, "shards": shards}, indent=1, default=str)
        _replace(self._folder / NAME, text.encode() + b"\n")

    def clear(self) -> None:
        """Remove the files of shards that an earlier run had and this one has not. Raises OSError."""
        for name in self._known.keys() - self.done.keys():
            (self._folder / name).unlink(missing_ok=True)


def digest(parts: Iterable[bytes]) -> str:
    """The digest of some bytes."""
    made = blake2b(digest_size=16)
    for part in parts:
        made.update(len(part).to_bytes(8, "big") + part)
    return made.hexdigest()


def inputs_digest(basis: bytes, paths: Sequence[str]) -> str:
    """The digest of what a shard rests on: rules and versions, the paths, size and time of files that are at hand."""
    return digest([basis, *(_stamped(path) for path in paths)])


def part_name(number: int, suffix: str) -> str:
    """The name of the file of a shard, which sorts by its number."""
    return f"{_PART}{number:05}.{suffix}"


def _stamped(path: str) -> bytes:
    try:
        found = os.stat(path)  # noqa: PTH116
        stamp = f"{found.st_size} {found.st_mtime_ns}"
    except (OSError, ValueError):
        stamp = ""
    return f"{path}\0{stamp}".encode("utf-8", "surrogatepass")


def _read(path: Path) -> dict[str, Shard]:
    try:
        whole: dict[str, Any] = json.loads(path.read_bytes())
        shards = [_shard(**each) for each in whole["shards"]]
        known = whole["schema_version"] == SCHEMA_VERSION
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ManifestError("broken", str(path)) from None
    own = all(each.name == Path(each.name).name and each.name.startswith(_PART) for each in shards)
    if not known or not own:
        raise ManifestError("broken", str(path))
    return {each.name: each for each in shards}


def _shard(unread: Iterable[Sequence[Any]], **values: Any) -> Shard:
    return Shard(**values, unread=tuple(Unread(*found) for found in unread))


def _replace(path: Path, content: bytes) -> None:
    """Write a file such that nobody sees half of it."""
    scratch = path.with_name(f"{path.name}.tmp")
    scratch.write_bytes(content)
    scratch.replace(path)
