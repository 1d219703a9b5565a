"""Many files put to worker processes: answers in the order of the files, whatever becomes of the workers."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from multiprocessing.connection import wait
from time import monotonic

from govlint.batch.crew import Crew, Worker
from govlint.batch.worker import Work
from govlint.model.errors import ReadError

Answer = list[bytes] | ReadError
"""What a worker made of a file, or why it made nothing."""
LARGEST_CHUNK = 32
"""Files given to a worker at a time; fewer towards the end, so that all workers end together."""
AHEAD = 1000
"""So many answers may wait for an earlier one."""
HEAVIEST = 256 * 1024**2
"""While the answers that wait have more bytes than this, no more files are begun: their memory is bounded."""
_TICK = 0.5
"""Seconds after which workers are looked at that do not answer."""


def answers(work: Work, paths: Sequence[str], jobs: int, seconds: float, crew: Crew | None = None) -> Generator[Answer]:
    """The answer for every path, in order, from at most ``jobs`` processes; no file may take more than ``seconds``.

    0 is no limit. A worker that is lost costs the file that it was at, and that only if a second worker is lost over
    it as well. At the end, of whatever kind, no worker is left; of a ``crew`` that is given, none that is at work.
    """
    pool = _Pool(work, paths, seconds, crew or Crew(work, min(jobs, len(paths))))
    try:
        yield from pool.answers()
    finally:
        for worker in list(pool.crew.members):
            if crew is None or worker.tasks:
                pool.crew.dismiss(worker)


class _Pool:
    def __init__(self, work: Work, paths: Sequence[str], seconds: float, crew: Crew) -> None:
        self._work = work
        self._paths = paths
        self._seconds = seconds
        self.crew = crew
        self._next = 0
        """The first file that nobody was given."""
        self._again: deque[int] = deque()
        """Files that were given to a worker that was lost before it came to them."""
        self._alone: deque[int] = deque()
        """Files over which a worker was lost, each to be tried once more in a fresh one."""
        self._tried: set[int] = set()
        self._done: dict[int, Answer] = {}
        self._weight = 0
        """So many bytes the answers have that wait."""
        self._given = 0
        """So many answers have been given out."""
        self._looked = monotonic()

    def answers(self) -> Iterator[Answer]:
        while self._given < len(self._paths):
            if self._given in self._done:
                answer = self._done.pop(self._given)
                self._weight -= _weight(answer)
                self._given += 1
                yield answer
            else:
                self._employ()
                self._listen()

    def _employ(self) -> None:
        """Give every idle worker a chunk, and start workers while there is something to do for more."""
        for worker in [each for each in self.crew.members if not each.tasks]:
            if self._alone:  # Not for one that has worked before: that may be why it would be lost.
                self.crew.dismiss(worker)
            elif chunk := self._chunk():
                self._give(worker, chunk)
        while len(self.crew.members) < self.crew.size and (self._alone or self._has_chunk()):
            try:
                worker = self.crew.start()
            except OSError:
                if not self.crew.members:
                    self._by_itself()
                return
            self._give(worker, [self._alone.popleft()] if self._alone else self._chunk())

    def _give(self, worker: Worker, chunk: Sequence[int]) -> None:
        try:
            worker.give(chunk, [self._paths[number] for number in chunk])
        except OSError:
            self._lost(worker)

    def _by_itself(self) -> None:
        """Where there can be no worker at all, this process does the next file."""
        number = (self._alone or self._again).popleft() if self._alone or self._again else self._next
        self._next = max(self._next, number + 1)
        self._done[number] = list(self._work(self._paths[number]))
        self._weight += _weight(self._done[number])

    def _has_chunk(self) -> bool:
        return bool(self._again) or self._next < self._end()

    def _end(self) -> int:
        """The first file that must wait, so that not too many answers do."""
        if self._weight > HEAVIEST:
            return self._next
        return min(len(self._paths), self._given + AHEAD)

    def _chunk(self) -> list[int]:
        """The numbers of the files to be done next."""
        if self._again:
            return [self._again.popleft() for _ in range(min(len(self._again), LARGEST_CHUNK))]
        left = len(self._paths) - self._next
        size = max(1, min(LARGEST_CHUNK, left // (2 * self.crew.size), self._end() - self._next))
        chunk = list(range(self._next, min(self._next + size, self._end())))
        self._next += len(chunk)
        return chunk

    def _listen(self) -> None:
        """Take what workers have to say; end those that take too long, and see who is lost."""
        ready = wait([worker.connection for worker in self.crew.members], self._patience())
        for worker in [each for each in self.crew.members if each.connection in ready]:
            try:
                number, answer = worker.answer()
                self._done[number] = answer
                self._weight += _weight(answer)
            except (EOFError, OSError):
                self._lost(worker)
        if not ready or monotonic() >= self._looked + _TICK:
            self._looked = monotonic()
            self._look_after()

    def _patience(self) -> float:
        busy = [worker.since for worker in self.crew.members if worker.tasks]
        if not self._seconds or not busy:
            return _TICK
        return min(_TICK, max(min(busy) + self._seconds - monotonic(), 0))

    def _look_after(self) -> None:
        """Whose time is over, of those that have nothing to say, and who has ended without closing its pipe?"""
        for worker in list(self.crew.members):
            if worker.connection.poll():
                continue
            if not worker.process.is_alive():
                self._lost(worker)
            elif worker.tasks and self._seconds and monotonic() - worker.since >= self._seconds:
                number = worker.tasks.popleft()
                self._done[number] = ReadError(self._paths[number], "too_long", {"seconds": self._seconds})
                self._part_with(worker)

    def _lost(self, worker: Worker) -> None:
        if worker.tasks:
            number = worker.tasks.popleft()
            if number in self._tried:
                self._done[number] = ReadError(self._paths[number], "worker_lost")
            else:
                self._tried.add(number)
                self._alone.append(number)
        self._part_with(worker)

    def _part_with(self, worker: Worker) -> None:
        self._again.extend(worker.tasks)
        self.crew.dismiss(worker)


def _weight(answer: Answer) -> int:
    return 0 if isinstance(answer, ReadError) else sum(map(len, answer))
