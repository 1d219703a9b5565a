"""What is noted while a Word document is read: which elements its passages, cells and lines come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree as ET

from govlint.model.source import Place
from govlint.readers.docx.blocks import Passage, Row


class Words(NamedTuple):
    """A ``w:t`` that a person sees, perhaps without any text.

    ``length`` characters of its text, from ``start`` on, stand in a longer text from ``at`` on.
    """

    element: ET.Element
    at: int
    start: int
    length: int


@dataclass(eq=False, slots=True)
class Origin:
    """Where a passage was read from."""

    paragraph: ET.Element
    words: list[Words]
    """By their places in the text of the passage."""
    whole: bool
    """Whether nothing of an earlier paragraph, whose mark is deleted or hidden, runs on into it."""


@dataclass(eq=False, slots=True)
class CellOrigin:
    """Where a cell was read from: its element, its paragraphs and what these show."""

    element: ET.Element
    paragraphs: list[ET.Element]
    items: list[Passage | Row]


class Stretch(NamedTuple):
    """A line of a paragraph, or a cell: ``rendering[start:end]`` is what ``passages`` show from ``skipped`` on.

    The texts of the passages are parted by one character. ``place`` is that of the cell, None for a paragraph.
    """

    start: int
    end: int
    passages: tuple[Passage, ...]
    skipped: int
    place: Place | None = None
