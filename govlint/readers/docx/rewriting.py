"""Edits back into a Word document: only the texts that are mended change, run for run."""

from __future__ import annotations

from collections.abc import Sequence

from govlint.chinese import strip_slice
from govlint.model.errors import ReadError, UnwritableError
from govlint.model.source import Span
from govlint.readers.docx import read_docx
from govlint.readers.docx.mended_texts import Plan, RefusedError
from govlint.readers.docx.tracing import Trace, trace
from govlint.readers.docx.written import Written
from govlint.readers.packages import Package
from govlint.readers.repacking import is_signed, repack

Edits = Sequence[tuple[Span, str]]


def write_docx(data: bytes, edits: Edits) -> bytes:
    """The .docx with edits of its rendering made in it; they are sorted, and none overlaps another.

    What comes of it has been read again and shows the rendering with these edits, blanks at the edges of paragraphs
    and cells aside. Raises UnwritableError naming the edits that cannot be made: of characters that Word makes itself
    (``made_by_word``), in headers, footers and notes (``elsewhere``), where it is not surely known what shows the
    text, or something else would come of it (``unsure``), in cells that show more than text (``not_blank``), and all
    of them in a signed document (``signed``). Raises ReadError like ``read_docx``.
    """
    if not edits:
        return data
    if is_signed(Package(data)):
        raise UnwritableError("signed", [span for span, _ in edits])
    traced = trace(data)
    _refuse(traced, edits)
    written = _attempt(data, traced, edits)
    if written is None:
        raise UnwritableError("unsure", [_culprit(data, traced, edits)])
    return written


def _refuse(traced: Trace, edits: Edits) -> None:
    """Raise UnwritableError for the edits that cannot be written for the same reason as the first of these."""
    plan = Plan(traced)
    refused: dict[str, list[Span]] = {}
    for span, text in edits:
        try:
            plan.add(span, text)
        except RefusedError as refusal:
            refused.setdefault(str(refusal), []).append(span)
    if refused:
        reason = next(iter(refused))
        raise UnwritableError(reason, refused[reason])


def _attempt(data: bytes, traced: Trace, edits: Edits) -> bytes | None:
    """The document with edits that can be written; None if it does not show them as wanted."""
    plan = Plan(traced)
    for span, text in edits:
        plan.add(span, text)
    part = Written(traced.data, traced.root, traced.extents)
    splices = list(plan.splices(part))
    if not splices:
        return data
    try:
        written = repack(data, {traced.part: part.spliced(splices)})
    except ReadError as error:  # Some part that nobody has read so far.
        raise UnwritableError("unsure", [span for span, _ in edits]) from error
    try:
        shown = read_docx(written).text
    except ReadError:
        return None
    return written if _same(shown, _edited(traced.rendering.text, edits)) else None


def _culprit(data: bytes, traced: Trace, edits: Edits) -> Span:
    """The first edit with which the document no longer shows what is wanted."""
    good, bad = 0, len(edits)
    while bad - good > 1:
        middle = (good + bad) // 2
        if _attempt(data, traced, edits[:middle]) is None:
            bad = middle
        else:
            good = middle
    return edits[bad - 1][0]


def _edited(text: str, edits: Edits) -> str:
    made: list[str] = []
    at = 0
    for span, new in edits:
        made += (text[at : span.start], new)
        at = span.end
    return "".join((*made, text[at:]))


def _same(shown: str, wanted: str) -> bool:
    """Whether a rendering is the wanted one; renderings have no blanks at the edges of lines and cells."""
    return shown == wanted or _bare(shown) == _bare(wanted)


def _bare(text: str) -> list[list[str]]:
    lines = ([_stripped(cell) for cell in line.split("\t")] for line in text.split("\n"))
    return [cells for cells in lines if cells != [""]]


def _stripped(text: str) -> str:
    start, end = strip_slice(text, 0, len(text))
    return text[start:end]
