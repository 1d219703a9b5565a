"""Headers, footers and page numbers: lines in the margins that pages repeat, but for their numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from govlint.chinese import is_page_number
from govlint.readers.pdf.page import Block, PageText

_DIGITS = re.compile("[0-9０-９]+")
_NEAR = 6.0
_WORD = re.compile(r"[^\W\d_]{3}")


def find_furniture(pages: Sequence[Sequence[Block]]) -> set[PageText]:
    """The lines that are not the report's: at the same height of at least two pages, and of every third."""
    places: dict[tuple[str, int], list[PageText]] = defaultdict(list)
    numbers: set[PageText] = set()
    for blocks in pages:
        for block in blocks:
            if not isinstance(block, PageText) or not block.in_margin:
                continue
            bare = block.line.text.isdigit()
            if block.line.text == str(block.page) or (is_page_number(block.line.text) and not bare):
                numbers.add(block)
            places[without_numbers(block.line.text), round(block.line.base / _NEAR)].append(block)
    needed = max(2, len(pages) // 3)
    return numbers.union(*(found for found in places.values() if len(found) >= needed))


def without_numbers(text: str) -> str:
    """The text of a header or footer without what differs from page to page."""
    return _DIGITS.sub("#", text)


def is_worth_showing(text: str) -> bool:
    """Whether a header or footer says more than which page it is on."""
    return _WORD.search(text) is not None and not is_page_number(text)
