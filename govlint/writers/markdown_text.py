"""Pieces of Markdown (GFM). Whatever is text goes through ``md``: nothing in it is taken for Markdown or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from govlint.writers.places import escape_controls

_SPECIAL = re.compile(r"[\\`*_\[\]<>|#~&$@]|(?<=[Ww])\.|:(?=//)")
"""Marks, tags, entities, formulas, addresses."""


def md(text: str) -> str:
    """Any text as one line of Markdown that shows just this text; blanks in a row become one.

    It must not begin a paragraph or an item: there a number or a dash would start a list.
    """
    return _SPECIAL.sub(r"\\\g<0>", escape_controls(" ".join(text.split())))


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """The lines of a table, whose cells are Markdown already, and a blank one."""
    return [_row(heads), _row(["---"] * len(heads)), *map(_row, rows), ""]


def _row(cells: Sequence[object]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"
