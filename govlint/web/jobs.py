"""What a request asks of a desk, and what a desk says: plain data on their way between processes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from govlint.linter import Linter

Show = Literal["page", "annotated", "fixed", "review", "html", "json", "sarif"]
"""What is wanted of the files: the page's content, or a file to keep."""


HEAVY = 256 * 1024**2
"""A desk that has more bytes in memory after a job is replaced by a fresh one."""


class Order(NamedTuple):
    """What a desk is told once, before all jobs: the linter, and how many seconds a file may take (0: no limit).

    ``folder`` is where the names of files begin for the globs of a configuration and for SARIF. ``private`` is the
    folder below which those of all requests lie, if it may be removed when the server was killed. ``share``: one of
    so many desks on this machine. ``memory``: how many bytes it may keep after a job. ``link``: reports of a request
    are compared.
    """

    linter: Linter
    seconds: float
    folder: str = "."
    private: str = ""
    share: int = 1
    memory: int = HEAVY
    link: bool = True


class Given(NamedTuple):
    """A file of a request: what it is called in the folder of the request, and the name that it came with."""

    stored: str
    name: str


class Job(NamedTuple):
    """The files of a request, all in one folder, and what is wanted of them, in which language.

    ``unsafe`` makes unsafe fixes too, where fixes are made.
    """

    folder: str
    files: tuple[Given, ...]
    show: Show
    language: str
    unsafe: bool = False


class Progress(NamedTuple):
    """A file is done: its number (from 1), what its report says of itself, diagnostics by severity.

    ``problem`` says in words why it could not be read; empty if it was.
    """

    number: int
    name: str
    unit: str
    year: str
    counts: Mapping[str, int]
    problem: str = ""


class Unread(NamedTuple):
    """A file that could not be read: its name, the reason as a key of ``read_error``, and in words."""

    name: str
    reason: str
    detail: str


class About(NamedTuple):
    """What can be done with a report: its name, its kind (``docx``, ``html`` …), and how many fixes it has.

    A file that could not be read has the kind "", and nothing can be done with it.
    """

    name: str
    kind: str
    annotate: bool
    fixes: int
    unsafe_fixes: int


class Page(NamedTuple):
    """The sentence above the result, in plain text, the result as HTML for ``main``, and each file, in order."""

    lead: str
    html: str
    reports: tuple[About, ...]


class Download(NamedTuple):
    """A file to keep: the name to offer, its type (for text with its charset), its bytes."""

    name: str
    media_type: str
    data: bytes


class Refusal(NamedTuple):
    """Why there is no such file, in words."""

    detail: str


class Answer(NamedTuple):
    """The end of a job: the files that could not be read, and what was made of the others."""

    unread: tuple[Unread, ...]
    made: Page | Download | Refusal
