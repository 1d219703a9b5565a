"""The marks of comments in the main part: where each begins, where it ends, and what it hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from govlint.readers.docx.comment_anchors import Anchor
from govlint.readers.docx.comment_cuts import Spot
from govlint.readers.docx.names import W
from govlint.readers.docx.written import Splice, Written

RANGES = (W + "commentRangeStart", W + "commentRangeEnd")
REFERENCE = W + "commentReference"
MARKS = (*RANGES, REFERENCE)


class Mark(NamedTuple):
    """A comment: its id, its anchor, and the content of the run that it hangs on."""

    id: int
    anchor: Anchor
    reference: str


def marking(marks: Sequence[Mark], written: Written) -> Iterable[Splice]:
    """The changes that put the marks into the part.

    At one place first those end that end there, the innermost first, then stand those of nothing, then the others
    begin, the outermost first. Those on the same words come in the order of their ids, which is that of a list of them.
    """
    spots: dict[int, Spot] = {}
    ends: dict[int, list[Mark]] = {}
    empty: dict[int, list[Mark]] = {}
    starts: dict[int, list[Mark]] = {}
    for mark in marks:
        start, end, _ = mark.anchor
        if start.at == end.at:
            empty.setdefault(end.at, []).append(mark)
            spots[end.at] = end
        else:
            starts.setdefault(start.at, []).append(mark)
            ends.setdefault(end.at, []).append(mark)
            spots |= {start.at: start, end.at: end}
    for at, spot in spots.items():
        inner = sorted(ends.get(at, ()), key=lambda mark: (-mark.anchor.start.at, mark.id))
        outer = sorted(starts.get(at, ()), key=lambda mark: (-mark.anchor.end.at, mark.id))
        text = "".join(
            (
                *(_end(mark, written) for mark in inner),
                *(_start(mark, written) + _end(mark, written) for mark in empty.get(at, ())),
                *(_start(mark, written) for mark in outer),
            )
        )
        yield Splice(spot.at, spot.until, f"{spot.before}{text}{spot.after}")


def _start(mark: Mark, written: Written) -> str:
    return f'<w:commentRangeStart{written.declaration} w:id="{mark.id}"/>'


def _end(mark: Mark, written: Written) -> str:
    """The end of what is marked, and the run behind it."""
    declaration = written.declaration
    return f'<w:commentRangeEnd{declaration} w:id="{mark.id}"/><w:r{declaration}>{mark.reference}</w:r>'
