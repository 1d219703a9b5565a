"""The files of a run: judged here or by workers, with what is kept from earlier runs, results in their order."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from govlint.batch.basis import basis_of
from govlint.batch.cache import Cache
from govlint.batch.judging import Answer, Judging, Packed
from govlint.batch.packing import Said
from govlint.batch.pickling import pack, unpack
from govlint.batch.pool import Answer as PoolAnswer
from govlint.batch.pool import answers
from govlint.batch.worker import Work
from govlint.linter import Linter
from govlint.model.diagnostic import Result
from govlint.model.errors import ReadError

Answering = Callable[[Work, Sequence[str], int, float], Generator[PoolAnswer]]
"""Puts files to workers, like ``govlint.batch.pool.answers``."""


class Plan(NamedTuple):
    """How a run is done: so many worker processes (0: in this one), seconds for each file (0: no limit).

    ``cache`` is the folder of what is kept; None keeps nothing. ``answering`` finds the workers, if there are any.
    """

    workers: int = 0
    seconds: float = 0
    cache: Path | None = None
    answering: Answering = answers


class Batch:
    """The results of many files, in order. A context manager: at its end no worker is left.

    ``said`` is all that the linter is told of single files and of waivers.
    """

    def __init__(self, linter: Linter, paths: Sequence[str], plan: Plan, said: str = "") -> None:
        self._linter = linter
        self._paths = paths
        self._plan = plan
        self._cache = Cache(plan.cache) if plan.cache else None
        basis = basis_of(linter, said) if plan.cache else b""
        self._judging = Judging(linter, self._cache, basis)
        self._every = blake2b(digest_size=16, key=basis)
        """What the results so far rest on."""
        self._answers: Iterator[Answer] | None = None
        self.count = 0
        """So many results have been given."""

    @property
    def failure(self) -> str | None:
        """Why nothing can be kept, if so."""
        return self._cache.failure if self._cache else None

    def __enter__(self) -> Batch:
        self._answers = self._by_workers() if self._plan.workers else map(self._judging.answer, self._paths)
        return self

    def __exit__(self, *_: object) -> None:
        close = getattr(self._answers, "close", None)
        if close:
            close()
        if self._cache:
            self._cache.prune()

    def has(self, path: str) -> bool:
        """Whether this file is the next."""
        return self.count < len(self._paths) and self._paths[self.count] == path

    def take(self, path: str) -> tuple[Result, bytes | None]:
        """The result of the next file, which must be this, and its bytes; None for one that was not read to its end."""
        assert self._answers is not None and self.has(path)
        result, key, data = next(self._answers)
        self.count += 1
        reason = result.read_error.reason if result.read_error else ""
        self._every.update(f"\0{path}\0{reason}\0".encode("utf-8", "surrogatepass") + key)
        return result, data

    def result(self, path: str) -> Result:
        """The result of the next file, which must be this."""
        return self.take(path)[0]

    def linked(self, results: Sequence[Result], how: str, link: Callable[[], list[Result]]) -> list[Result]:
        """What ``link`` makes of the results, which must be all that were given; kept as they are.

        ``how`` tells all that linking rests on beside the results.
        """
        if self._cache is None or len(results) != self.count:
            return link()
        self._every.update(how.encode("utf-8", "surrogatepass"))
        key = self._every.digest()
        kept = self._cache.get(key)
        if kept is not None:
            try:
                changed = {number: Said(*said) for number, said in unpack(kept).items()}
                told = self._judging.packing.told
                return [told(each, changed[n]) if n in changed else each for n, each in enumerate(results)]
            except Exception:  # An entry that fits its checksum and is none all the same.
                pass
        linked = link()
        if len(linked) == len(results):
            pairs = enumerate(zip(results, linked, strict=True))
            said = {n: tuple(self._judging.packing.said(new)) for n, (old, new) in pairs if new is not old}
            self._cache.put(key, pack(said))
        return linked

    def _by_workers(self) -> Iterator[Answer]:
        judging = self._judging
        _ = judging.packing  # Made before the workers are, which then have it too.
        workers = self._plan.answering(judging, self._paths, self._plan.workers, self._plan.seconds)
        try:
            for path, answer in zip(self._paths, workers, strict=True):
                if isinstance(answer, ReadError):
                    yield Answer(Result(path, read_error=answer), b"", None)
                    continue
                packed = Packed(*answer)
                if packed.failure and self._cache:
                    self._cache.failure = packed.failure.decode("utf-8", "surrogatepass")
                yield judging.unpacked(packed, path)
        finally:
            workers.close()
