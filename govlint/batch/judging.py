"""One file of many: its result from the cache or from the linter, as an object here or packed for another process."""

from __future__ import annotations

import os
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from govlint.batch.cache import Cache
from govlint.batch.packing import Packing
from govlint.judging import TOO_SLOW
from govlint.linter import Linter, read_file, surviving
from govlint.model.diagnostic import Result
from govlint.model.errors import ReadError


class Answer(NamedTuple):
    """The result of a file, its key, and its bytes: no key and None for a file that was not read to its end."""

    result: Result
    key: bytes
    data: bytes | None


class Packed(NamedTuple):
    """An answer on its way, and why the cache failed, if it did."""

    result: bytes
    key: bytes = b""
    data: bytes = b""
    failure: bytes = b""


class Judging:
    """The linter at work, with what is kept from earlier runs; ``basis`` is the digest of what results rest on."""

    def __init__(self, linter: Linter, cache: Cache | None, basis: bytes) -> None:
        self._linter = linter
        self._basis = basis
        self.cache = cache

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "packing"}  # It goes by id().

    @cached_property
    def packing(self) -> Packing:
        """How results are packed."""
        return Packing(self._linter)

    def __call__(self, path: str) -> Packed:
        """The answer for a file, for another process."""
        try:
            data = read_file(path)
        except ReadError as error:
            return Packed(self.packing.pack(Result(path, read_error=error), b""))
        key = self.key(path, data)
        packed = self._kept(key)
        if packed is None:
            result = self._judged(path, data)
            packed = self.packing.pack(result, data)
            if self.cache and _lasts(result):
                self.cache.put(key, packed)
        failure = self.cache.failure if self.cache else None
        return Packed(packed, key, data, (failure or "").encode("utf-8", "surrogatepass"))

    def unpacked(self, packed: Packed, path: str) -> Answer:
        """The answer that another process gave for a file."""
        data = packed.data if packed.key else None
        try:
            return Answer(self.packing.unpack(packed.result, packed.data), packed.key, data)
        except Exception:  # It came from an entry that fits its checksum and is none all the same.
            return Answer(self._judged(path, packed.data), packed.key, data)

    def answer(self, path: str) -> Answer:
        """The answer for a file, in this process."""
        try:
            data = read_file(path)
        except ReadError as error:
            return Answer(Result(path, read_error=error), b"", None)
        key = self.key(path, data)
        packed = self._kept(key)
        if packed is not None:
            return self.unpacked(Packed(packed, key, data), path)
        result = self._judged(path, data)
        if self.cache and not self.cache.failure and _lasts(result):
            self.cache.put(key, self.packing.pack(result, data))
        return Answer(result, key, data)

    def _judged(self, path: str, data: bytes) -> Result:
        return surviving(path, lambda: self._linter.check_bytes(data, path))

    def key(self, path: str, data: bytes) -> bytes:
        """The digest of all that the result of a file rests on.

        Diagnostics name the path as it was given; waivers and what is said of single files go by where it lies.
        """
        digest = blake2b(data, digest_size=16, key=self._basis)
        digest.update(f"\0{path}\0{os.path.abspath(path)}".encode("utf-8", "surrogatepass"))  # noqa: PTH100
        return digest.digest()

    def _kept(self, key: bytes) -> bytes | None:
        return self.cache.get(key) if self.cache else None


def _lasts(result: Result) -> bool:
    """Whether the result would be the same another time: what could not be read or was too slow may go well then."""
    return result.read_error is None and not any(outcome.reason == TOO_SLOW for outcome in result.outcomes)
