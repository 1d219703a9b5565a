"""Text that knows what it is: tagged words, and a builder that notes where they were written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from .form import Address

Tag = tuple[str, ...]
"""("cell", table, row, column), ("heading", number), ("title",) or ("fault",)"""
FAULT: Tag = ("fault",)


@dataclass(frozen=True)
class Words:
    """A piece of text with tags; a line feed inside is a soft break that a layout may print or not."""

    text: str
    tags: tuple[Tag, ...] = ()

    def tagged(self, *tags: Tag) -> Words:
        """The same words with more tags."""
        return replace(self, tags=(*self.tags, *tags))

    def reworded(self, text: str) -> Words:
        """Other text with the same tags."""
        return replace(self, text=text)


@dataclass(frozen=True)
class Mark:
    """Offsets into the rendered text, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True)
class Rendered:
    """A report as written, and where its parts stand."""

    text: str
    suffix: str
    layout: str
    marks: Mapping[Tag, tuple[Mark, ...]]

    @property
    def cells(self) -> dict[Address, Mark]:
        """The first place of each cell."""
        return {(tag[1], tag[2], tag[3]): marks[0] for tag, marks in self.marks.items() if tag[0] == "cell"}

    @property
    def headings(self) -> dict[int, Mark]:
        """The first place of each section's heading, by number."""
        return {int(tag[1]): marks[0] for tag, marks in self.marks.items() if tag[0] == "heading"}

    @property
    def title(self) -> Mark | None:
        """From the first to the last line of the title."""
        marks = self.marks.get(("title",))
        return Mark(marks[0].start, marks[-1].end) if marks else None

    @property
    def faults(self) -> tuple[Mark, ...]:
        """Every place that shows the fault."""
        return self.marks.get(FAULT, ())


class Builder:
    """Appends text and notes the place of tagged words while writing."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._marks: dict[Tag, list[Mark]] = {}
        self._length = 0

    @property
    def length(self) -> int:
        """How much has been written."""
        return self._length

    def add(self, text: str) -> None:
        """Write plain text."""
        self._parts.append(text)
        self._length += len(text)

    def put(self, words: Words, text: str | None = None) -> None:
        """Write words, in another spelling if one is given."""
        with self.marking(words.tags):
            self.add(words.text if text is None else text)

    @contextmanager
    def marking(self, tags: tuple[Tag, ...]) -> Iterator[None]:
        """What is written inside stands for these tags."""
        start = self._length
        yield
        for tag in tags:
            self._marks.setdefault(tag, []).append(Mark(start, self._length))

    def done(self, suffix: str, layout: str) -> Rendered:
        """The finished text."""
        return Rendered("".join(self._parts), suffix, layout, {tag: tuple(marks) for tag, marks in self._marks.items()})
