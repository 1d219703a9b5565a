"""What changes in printed words so that they read as the form's: as little as can be, or nothing where it might harm.

Words are compared folded, so that blanks, widths and kinds of brackets that the form counts as the same stay. Where
other words may mean another quantity, or what is printed may be more than the words meant, nothing is changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from govlint.chinese import MONEY, NUMERALS, TURNING, any_number, fold, fold_mapped

_STOPS = ",:;."
_BLANKS = " \u00a0\u2002\u2003\u3000"
_MUCH = 4
"""So many characters that only go away are a text of their own, not a slip."""
_ALIKE = 0.5
_HALF = {"（": "(", "）": ")"}


class Change(NamedTuple):
    """Characters ``start`` to ``end`` of a text give way to ``text``, which stands at ``at`` of the wanted one."""

    start: int
    end: int
    text: str
    at: int = 0


class Beside(NamedTuple):
    """Folded pairs of characters with which broken words may go on: at the ends of texts before, the starts behind."""

    ends: Sequence[str]
    starts: Sequence[str]


NOTHING = Beside((), ())


def changes_between(text: str, wanted: str) -> list[Change]:
    """What changes so that a text becomes the wanted one, character by character."""
    matcher = SequenceMatcher(None, text, wanted, autojunk=False)
    return [Change(i, j, wanted[k:m], k) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]


def rewording(text: str, wanted: str, *, label: bool, beside: Beside = NOTHING) -> list[Change]:
    """The changes in printed words; none where they may harm.

    ``label``: the words name a row or column, so that others may name another quantity; else they are a heading.
    What stands ``beside`` them is not written a second time.
    """
    here, at = fold_mapped(text)
    there, wanted_at = fold_mapped(wanted)
    found = [change for change in changes_between(here, there) if not _is_closing(change, here)]
    if label and not _is_harmless(here, there, found):
        return []
    if any(_goes_on(change, len(here), beside) for change in found):
        return []
    made = [_printed(change, text, wanted, at, wanted_at, there) for change in found]
    made = [_in_width(change, text, wanted, made) for change in made]
    return sorted([*made, *_gaps(text, made)])


def _goes_on(change: Change, length: int, beside: Beside) -> bool:
    """Whether what would be put in stands in the line before or behind already, at least in part."""
    if any(len(pair) > 1 and pair in change.text for pair in (*beside.ends, *beside.starts)):
        return True
    if not change.text or change.start < change.end:
        return False
    before = change.start == 0 and any(pair[-1:] == change.text[-1] for pair in beside.ends)
    return before or (change.end == length and any(pair[:1] == change.text[0] for pair in beside.starts))


def _is_closing(change: Change, here: str) -> bool:
    """Whether nothing but stops at the end would go away, as the colon behind a heading."""
    return not change.text and change.end == len(here) and not here[change.start :].strip(_STOPS)


def _is_harmless(here: str, there: str, changes: Sequence[Change]) -> bool:
    """Whether the words are surely the ones meant, with slips: no number, no unit and no other quantity."""
    bare = here[any_number(here)[1] :]
    if not bare:
        return False
    extra, lacking = Counter(bare) - Counter(there), Counter(there) - Counter(bare)
    if any(char.isdigit() or char in NUMERALS or char in TURNING for char in extra):
        return False
    if any(char in unit for char in (*extra, *lacking) for unit in MONEY):
        return False
    if any(not change.text and change.end - change.start >= _MUCH for change in changes):
        return False
    rest = iter(there)
    return all(char in rest for char in bare) or SequenceMatcher(None, here, there, autojunk=False).ratio() >= _ALIKE


def _printed(change: Change, text: str, wanted: str, at: Sequence[int], wanted_at: Sequence[int], there: str) -> Change:
    """A change of folded words as one of the words themselves."""
    last = change.at + len(change.text)
    if change.at == 0 < last < len(there) and change.start < change.end and there[last] == "," and last <= 3:
        change = change._replace(end=change.end + 1, text=there[: last + 1])  # A number takes its stop along.
    start, end = _reach(at, change.start, change.end, len(text))
    first, stop = _reach(wanted_at, change.at, change.at + len(change.text), len(wanted))
    rest = wanted[stop:]
    if change.at + len(change.text) == len(there) and rest and not text[end:].lstrip(_BLANKS).startswith(rest):
        stop = len(wanted)  # Quotes fold to nothing and close with the words.
    if start == end:
        while 0 < end < len(text) and text[end] in _BLANKS:
            start, end = start + 1, end + 1
    return Change(start, end, wanted[first:stop], first)


def _reach(indices: Sequence[int], start: int, end: int, length: int) -> tuple[int, int]:
    """The characters that folded ones come from; for none of them, the place behind the one before."""
    if start < end:
        return indices[start], indices[end - 1] + 1
    at = indices[start - 1] + 1 if start else indices[0] if indices else length
    return at, at


def _in_width(change: Change, text: str, wanted: str, made: Sequence[Change]) -> Change:
    """The change with brackets as wide as their partners that stay."""
    if not any(char in _HALF for char in change.text):
        return change
    new = {index for each in made for index in range(each.at, each.at + len(each.text))}
    narrow = {half for half in _HALF.values() if half in text}
    shown = list(change.text)
    opened: list[int] = []
    for index, char in enumerate(wanted):
        if fold(char) == "(":
            opened.append(index)
        elif fold(char) == ")" and opened:
            pair = (opened.pop(), index)
            for one, other in (pair, pair[::-1]):
                inside = change.at <= one < change.at + len(change.text)
                if inside and other not in new and _HALF.get(wanted[other], "") in narrow:
                    shown[one - change.at] = _HALF.get(wanted[one], wanted[one])
    return change._replace(text="".join(shown))


def _gaps(text: str, changes: Sequence[Change]) -> Iterator[Change]:
    """Blanks between two Chinese characters, which widen a label that is no longer as short."""
    for index in range(1, len(text) - 1) if changes else ():
        alone = text[index] in _BLANKS and all(_is_ideograph(text[index + step]) for step in (-1, 1))
        if alone and not any(change.start <= index <= change.end for change in changes):
            yield Change(index, index + 1, "")


def _is_ideograph(char: str) -> bool:
    return char.isalpha() and not char.isascii()
