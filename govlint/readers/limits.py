"""How much text a report may have. Each line and cell costs memory and time long after it has been read."""

from __future__ import annotations

from govlint.model.errors import ReadError

MAX_CELLS = 300_000
"""Cells of a whole file; a report has a thousand."""
MAX_POSITIONS = 2_000_000
"""Places in the grid that the sheets of a file span, or that merged cells cover; most of them blank."""
MAX_CHARACTERS = 2_000_000
"""Characters of text that is shown, and of one line of a text file."""
MAX_LINES = 100_000
MAX_TAGS = 500_000
"""Tags of a page; the tree of one with more would take half a gigabyte."""


def check_lines(text: str) -> None:
    """Refuse a text file before lines are made of it. Raises ReadError ``too_many_lines``."""
    if text.count("\n") > MAX_LINES:
        raise ReadError("", "too_many_lines", {"limit": MAX_LINES})


def check_tags(markup: str) -> None:
    """Refuse a page before it is parsed. Raises ReadError ``too_many_tags``."""
    if markup.count("<") > MAX_TAGS:
        raise ReadError("", "too_many_tags", {"limit": MAX_TAGS})


def check_size(lines: int, cells: int, characters: int) -> None:
    """Refuse a file with too much in it. Raises ReadError."""
    if characters > MAX_CHARACTERS:
        raise ReadError("", "too_much_text", {"limit": MAX_CHARACTERS})
    if lines > MAX_LINES:
        raise ReadError("", "too_many_lines", {"limit": MAX_LINES})
    if cells > MAX_CELLS:
        raise ReadError("", "too_many_cells", {"limit": MAX_CELLS})
