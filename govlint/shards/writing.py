"""Files → shards in a folder: those that are missing there, in order, whoever reads the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from govlint.batch.basis import versions
from govlint.batch.pool import Answer
from govlint.shards.formats import form
from govlint.shards.manifest import Manifest, ManifestError, Shard, digest, inputs_digest, part_name
from govlint.shards.rendering import COUNTS, Rendering, Unread


class Task(NamedTuple):
    """What is written: results of a command in a format, so many files a shard. ``basis`` is what they rest on."""

    command: str
    format: str
    size: int
    basis: bytes


class Written(NamedTuple):
    """What a folder of shards holds; ``kept`` shards were there before."""

    shards: int
    kept: int
    counts: Counter[str]
    unread: list[Unread]


class _Part(NamedTuple):
    name: str
    inputs: str
    paths: Sequence[str]


class Writing:
    """The shards of some files in a folder.

    Raises ManifestError for a folder that cannot be used, ReadError ``missing_extra``.
    """

    def __init__(self, folder: Path, paths: Sequence[str], task: Task) -> None:
        self._form = form(task.format, task.command)
        self._folder = folder
        self._manifest = Manifest(folder)
        self._about = {
            "versions": versions(),
            "command": task.command,
            "format": task.format,
            "files": len(paths),
            "shard_size": task.size,
        }
        groups = [paths[start : start + task.size] for start in range(0, len(paths), task.size)]
        basis = b"\0".join((task.command.encode(), task.format.encode(), task.basis))
        parts = [
            _Part(part_name(number, task.format), inputs_digest(basis, group), group)
            for number, group in enumerate(groups)
        ]
        self._missing = [part for part in parts if not self._manifest.kept(part.name, part.inputs)]
        self._kept = len(parts) - len(self._missing)

    @property
    def paths(self) -> list[str]:
        """The files of the shards that are to be written."""
        return [path for part in self._missing for path in part.paths]

    def write(self, answers: Iterator[Answer], rendering: Rendering, taken: Callable[[str], None]) -> Written:
        """Write the shards that are missing; ``answers`` are those to ``paths``. ``taken`` is told of each file.

        Raises ManifestError when the folder cannot be written.
        """
        try:
            self._manifest.write("running", self._about)
            for part in self._missing:
                lines: list[bytes] = []
                counts: Counter[str] = Counter(dict.fromkeys(COUNTS, 0))
                unread: list[Unread] = []
                for path in part.paths:
                    taken(path)
                    done = rendering.rendered(next(answers), path)
                    lines.append(done.lines)
                    counts.update(done.counts)
                    unread += [done.unread] if done.unread else []
                content = self._form(b"".join(lines))
                self._manifest.add(_shard(part, content, counts, unread), content, self._about)
            self._manifest.clear()
            self._manifest.write("done", self._about)
        except OSError as error:
            raise ManifestError("unwritable", str(self._folder), error.strerror or str(error)) from None
        return _sum(self._manifest.done.values(), self._kept)


def _shard(part: _Part, content: bytes, counts: Counter[str], unread: Sequence[Unread]) -> Shard:
    ends = part.paths[0], part.paths[-1]
    made = digest([content])
    return Shard(part.name, len(part.paths), *ends, part.inputs, made, dict(counts), tuple(unread))


def _sum(shards: Iterable[Shard], kept: int) -> Written:
    counts: Counter[str] = Counter()
    unread: list[Unread] = []
    ordered = sorted(shards, key=lambda shard: shard.name)
    for shard in ordered:
        counts.update(shard.counts)
        unread += shard.unread
    return Written(len(ordered), kept, counts, unread)
