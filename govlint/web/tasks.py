"""What the worker of a desk does with one file: checks it, mends it, or puts comments into it."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from govlint.batch.packing import Packing
from govlint.linter import Linter, read_file, surviving
from govlint.model.diagnostic import Result
from govlint.model.errors import ReadError
from govlint.writers.language import Language

if TYPE_CHECKING:
    from govlint.batch.pool import Answer
    from govlint.fixes.mending import Mended

Doing = Literal["check", "mend", "annotate"]


class Task(NamedTuple):
    """A file at ``path``, which is called ``name``, and what is to be done with it."""

    do: Doing
    path: str
    name: str
    language: str
    unsafe: bool = False

    def told(self) -> str:
        """The task as a worker takes it."""
        return json.dumps(self)


class Left(NamedTuple):
    """Diagnostics of a rule that were to be mended and were not: why (a key of ``unwritable``), and how many.

    ``rules`` are the ids of those that would have found something new.
    """

    rule: str
    reason: str
    rules: tuple[str, ...] = ()


class Done(NamedTuple):
    """What came of a file: its result, and the file made of it, if one was.

    ``problem`` tells why none was made (a reason of ``AnnotatingError``), ``made`` how many fixes are in it, ``left``
    those that are not.
    """

    result: Result
    data: bytes = b""
    problem: str = ""
    made: int = 0
    left: tuple[Left, ...] = ()


class Tasks:
    """Does tasks in a worker, and takes there what came of them to its desk. Holds nothing of a file."""

    def __init__(self, linter: Linter) -> None:
        self.linter = linter

    def __getstate__(self) -> dict[str, object]:
        return {"linter": self.linter}  # The packing goes by id().

    @cached_property
    def packing(self) -> Packing:
        """How results are packed."""
        return Packing(self.linter)

    def __call__(self, told: str) -> Sequence[bytes]:
        """The packed result of a task, the file that it was read from, the file made of it, and facts on that."""
        task = Task(*json.loads(told))
        tempfile.tempdir = os.path.dirname(task.path)  # noqa: PTH120 - it goes with the request, whoever ends first
        try:
            data = read_file(task.path)
        except ReadError as error:
            return self._packed(Done(Result(task.name, read_error=_named(error, task.name))), b"")
        done: list[Done] = []

        def do() -> Result:
            done.append(self._done(task, data))
            return done[0].result

        result = surviving(task.name, do)
        return self._packed(done[0] if done else Done(result), data)

    def taken(self, task: Task, answer: Answer) -> Done:
        """What came of a task."""
        if isinstance(answer, ReadError):
            return Done(Result(task.name, read_error=_named(answer, task.name)))
        packed, data, made, facts = answer
        problem, count, left = json.loads(facts)
        return Done(self.packing.unpack(packed, data), made, problem, count, tuple(_left(each) for each in left))

    def _packed(self, done: Done, data: bytes) -> Sequence[bytes]:
        facts = json.dumps((done.problem, done.made, done.left)).encode()
        return self.packing.pack(done.result, data), data, done.data, facts

    def _done(self, task: Task, data: bytes) -> Done:
        if task.do == "mend":
            from govlint.fixes.mending import Mender

            return _of_mended(Mender(self.linter, unsafe=task.unsafe).mend(data, task.name))
        result = self.linter.check_bytes(data, task.name)
        if task.do == "check" or result.read_error:
            return Done(result)
        from govlint.annotating import AnnotatingError, annotated

        try:
            return Done(
                result, annotated(result, self.linter.run([result]), data, language_of(self.linter, task.language))
            )
        except AnnotatingError as error:
            return Done(result, problem=error.reason)


def language_of(linter: Linter, code: str) -> Language:
    """The words of a language."""
    return Language(code, linter.data(f"locale/{code}.yaml"))


def _of_mended(mended: Mended) -> Done:
    left = tuple(Left(each.diagnostic.rule.id, each.reason, each.rules) for each in mended.refused)
    return Done(mended.before, mended.data, made=len(mended.made), left=left)


def _left(told: Any) -> Left:
    rule, reason, rules = told
    return Left(rule, reason, tuple(rules))


def _named(error: ReadError, name: str) -> ReadError:
    """The error with the name that the file came with."""
    return ReadError(name, error.reason, error.params)
