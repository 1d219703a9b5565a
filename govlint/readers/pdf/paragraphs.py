"""Lines of text → paragraphs: a line that is full goes on in the next one, unless that is indented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from govlint.chinese import fold, top_number
from govlint.readers.pdf.page import PageText
from govlint.readers.pdf.textlines import join

_FULL = 1.7
"""A line that ends so many characters before the margin, or less, is full."""
_INDENT = 0.9
_SAME_SIZE = 0.12
_SPACING, _SPACING_AT_STOP = 1.3, 1.12
"""Lines further apart than so many times the usual are not of one paragraph; less where a sentence ends."""
_FAR = 2.4
"""Lines further apart than so many characters are high are not of one paragraph, however far apart all are."""
_PAUSES = ("\uff0c", "\uff1b", "\u3001", ",", ";")
_STOPS = ("\u3002", "\uff1b", "\uff1a", ".")
_HEADING = 40
"""A numbered line with no more characters begins a paragraph: it is a heading."""


class Margins:
    """Where full lines begin and end on a page, and how far apart they stand."""

    def __init__(self, texts: Sequence[PageText]) -> None:
        wide = [text.line for text in texts if not text.in_margin]
        widest = max((line.right - line.left for line in wide), default=0.0)
        full = [line for line in wide if line.right - line.left > 0.85 * widest]
        self.right = median(line.right for line in full) if full else 0.0
        self.left = min((line.left for line in full), default=0.0)
        steps = [two.base - one.base for one, two in pairwise(full) if 0 < two.base - one.base < 4 * one.size]
        self.spacing = sorted(steps)[len(steps) // 10] if steps else 0.0  # Of paragraphs it may be more often.

    def goes_on(self, above: PageText, below: PageText) -> bool:
        """Whether ``below`` is the next line of the paragraph that ``above`` belongs to."""
        one, two = above.line, below.line
        if len(one.chunks) > 1 or len(two.chunks) > 1:
            return False
        if not self.right or one.right < self.right - _FULL * one.size or two.left > self.left + _INDENT * two.size:
            return False
        if abs(one.size - two.size) > _SAME_SIZE * one.size or one.right - one.left < 0.5 * (self.right - self.left):
            return False
        apart = two.base - one.base
        limit = _SPACING if not one.text.endswith(_STOPS) else _SPACING_AT_STOP
        if above.page == below.page and apart > min(limit * self.spacing, _FAR * one.size):
            return False
        listed = one.text.endswith(_PAUSES) or two.text.endswith(_STOPS)
        return listed or len(two.text) > _HEADING or not top_number(fold(two.text[:8]))[0]


def find_margins(texts: Iterable[PageText]) -> dict[float, Margins]:
    """Height of a page → the margins of all pages so high: on one page alone hardly a line may be full."""
    by_height: dict[float, list[PageText]] = {}
    for text in texts:
        by_height.setdefault(text.height, []).append(text)
    return {height: Margins(found) for height, found in by_height.items()}


def make_paragraphs(
    texts: Sequence[PageText], margins: Mapping[float, Margins]
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The text of each paragraph, and (offset, page) where it comes to a page."""
    words = ""
    pages: list[tuple[int, int]] = []
    before: PageText | None = None
    for text in texts:
        if before is not None and margins[before.height].goes_on(before, text):
            joined = join(words, text.line.text)
            if text.page != before.page:
                pages.append((len(joined) - len(text.line.text), text.page))
            words = joined
        else:
            if words:
                yield words, pages
            words, pages = text.line.text, [(0, text.page)]
        before = text
    if words:
        yield words, pages
