"""The compiled copy of a folder of data: one file that holds the data, and the very bytes that they were made from.

So a copy is good when the folder still has these bytes; no digest is needed, nor a library for digests.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Bundle(NamedTuple):
    """What is kept of a folder: by name the digest of each file, then their data and what was derived, as JSON."""

    hashes: Mapping[str, str]
    data: Sequence[bytes]
    derived: bytes


def read_bundle(copy: Path, contents: Mapping[str, bytes]) -> Bundle | None:
    """What the copy says; None if there is none, if it is broken, or if it was made from other contents."""
    try:
        raw = copy.read_bytes()
        end = raw.index(b"\n")
        head = json.loads(raw[:end])
    except (OSError, ValueError):
        return None
    sources = b"".join(contents.values())
    sizes = [[name, len(content)] for name, content in contents.items()]
    if not isinstance(head, list) or not all(isinstance(entry, list) and len(entry) == 3 for entry in head):
        return None
    if [entry[:2] for entry in head] != sizes or len(raw) < end + len(sources):
        return None
    lines = raw[end + 1 : len(raw) - len(sources)].split(b"\n")
    if len(lines) != len(contents) + 2 or lines[-1] or not raw.endswith(sources):
        return None
    *data, derived, _ = lines
    return Bundle({name: str(hash_) for name, _, hash_ in head}, data, derived)


def write_bundle(copy: Path, bundle: Bundle, contents: Mapping[str, bytes]) -> None:
    """Keep it, if that is possible."""
    head = [[name, len(content), bundle.hashes[name]] for name, content in contents.items()]
    lines = [json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass"), *bundle.data, bundle.derived, b""]
    write_whole(copy, b"\n".join(lines) + b"".join(contents.values()))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step, so that others see the old one or the new one; if it cannot be written, nothing."""
    scratch = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_bytes(content)
        scratch.replace(path)
    except OSError:
        scratch.unlink(missing_ok=True) if scratch.parent.is_dir() else None
