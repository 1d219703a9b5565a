"""Edits that mend words and numbers: only the characters that are wrong, each at its own place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govlint.checks.rewording import NOTHING, Beside, Change, changes_between, rewording
from govlint.chinese import fold
from govlint.model.document import Line, Slice
from govlint.model.finding import Edit
from govlint.model.report import Report, TableCell, Wording
from govlint.model.source import Span

_IN_MARKUP = {ord("&"): "&amp;", ord("<"): "&lt;"}
_CELL_END = re.compile(r"</?(?:td|th|tr|tbody|table)\b", re.I)
_SHOWN = re.compile(r"<(?:img|input|select|textarea|button|svg|object|embed|iframe|canvas|video|math)\b", re.I)
_WRITTEN = re.compile("(?:&(?:nbsp|ensp|emsp|thinsp|#[0-9]{1,7}|#x[0-9a-f]{1,6});?|[\u00a0\u2002\u2003\u3000])+", re.I)
"""Blanks written as characters or entities, as pages have them in cells without a number."""
_NO_LINE = Line("plain", ())
_PIECE = 30
"""Words that go on in the next line fill no more than so many characters of it; more are running text."""
_OPENED = re.compile(
    r"""(?:(?:\s|<!--(?:[^-]|-(?!->)){0,200}-->){0,40}"""
    r"""<(?:p|div|span|font|b|strong|i|em|u|center|label|section|o:p)(?:\s(?:"[^"]*"|'[^']*'|[^'"<>])*)?(?<!/)>){1,20}""",
    re.I,
)
"""The start tags in a blank cell of a page that its text stands in, with their fonts."""


def reworded(report: Report, wording: Wording, *, label: bool) -> tuple[Edit, ...]:
    """Edits that make printed words read as the form's, also where a merged cell is printed several times.

    None where they may harm. ``label``: the words name a row, column or group, else they are a heading.
    """
    slices = wording.printed.slices
    text = "".join(piece.text for piece in slices)
    number = _line_of(report, slices[0])
    grid = report.document.lines[number].kind == "grid"
    changes = rewording(text, wording.expected, label=label, beside=NOTHING if grid else _beside(report, number))
    copies = _copies(report, slices[0]) if grid and len(slices) == 1 and label else []
    return tuple(edit for each in (slices, *([copy] for copy in copies)) for edit in _edits(report, each, changes))


def _line_of(report: Report, piece: Slice) -> int:
    """The number of the document's line that a slice stands in."""
    lines = report.document.lines
    return next(number for number, line in enumerate(lines) if any(cell is piece.cell for cell in line.cells))


def _beside(report: Report, number: int) -> Beside:
    """How the texts of the line before end and those of the line behind begin, where broken words may go on."""
    lines = report.document.lines
    before, behind = (
        [fold(cell.text) for cell in line.cells if len(cell.text) <= _PIECE and line.kind != "grid"]
        for at in (number - 1, number + 1)
        for line in (lines[at] if 0 <= at < len(lines) else _NO_LINE,)
    )
    return Beside([text[-2:] for text in before if text], [text[:2] for text in behind if text])


def _copies(report: Report, piece: Slice) -> list[Slice]:
    """The other cells of the table that print the same as a whole cell, as some exports do for merged ones."""
    if piece.text != piece.cell.text:
        return []
    lines = report.document.lines
    number = _line_of(report, piece)
    table = next((table for table in report.tables if number in table.lines), None)
    cells = [cell for at in sorted(table.lines) for cell in lines[at].cells] if table else []
    return [Slice(cell, 0, len(cell.text)) for cell in cells if cell is not piece.cell and cell.text == piece.cell.text]


def rewritten(report: Report, cell: TableCell, wanted: str) -> tuple[Edit, ...]:
    """Edits that make a cell of a table print this and nothing else; none for a cell that is not printed."""
    if cell.printed is None:
        return ()
    if not cell.printed.text:
        return tuple(_filled(report, cell.printed, wanted))
    return tuple(_edits(report, (cell.printed,), changes_between(cell.printed.text, wanted)))


def _edits(report: Report, slices: Sequence[Slice], changes: Sequence[Change]) -> Iterator[Edit]:
    places = [(piece, index) for piece in slices for index in range(piece.start, piece.end)]
    for change in changes:
        gone = [place for place in places[change.start : change.end] if _is_text(report, place)]
        spans = _joined(piece.cell.span(index, index + 1) for piece, index in gone)
        if not spans:
            spans = [_between(places, change.start)] if change.text else []
        for number, span in enumerate(spans):
            yield _edit(report, span, "" if number else change.text)


def _edit(report: Report, span: Span, text: str) -> Edit:
    return Edit(report.locate(span), text.translate(_IN_MARKUP) if report.source.kind == "html" else text)


def _is_text(report: Report, place: tuple[Slice, int]) -> bool:
    """Whether a character is printed as text; a blank may stand for a tag, which nobody wants to lose."""
    piece, index = place
    span = piece.cell.span(index, index + 1)
    return not piece.cell.text[index].isspace() or "<" not in report.source.text[span.start : span.end]


def _joined(spans: Iterator[Span]) -> list[Span]:
    """The spans, adjoining ones as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].end == span.start:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _between(places: Sequence[tuple[Slice, int]], at: int) -> Span:
    """The place behind the character before, else before the first one."""
    piece, index = places[at - 1] if at else places[0]
    span = piece.cell.span(index, index + 1)
    return Span(span.end, span.end) if at else Span(span.start, span.start)


def _filled(report: Report, blank: Slice, wanted: str) -> Iterator[Edit]:
    """Words put into a blank cell: in the place of blanks that are written as characters, else where text would be.

    None where the cell of a page shows something that is no text.
    """
    span, text = blank.span, report.source.text
    if report.source.kind == "html":
        end = _CELL_END.search(text, span.start)
        if _SHOWN.search(text, span.start, end.start() if end else len(text)):
            return
    written = _WRITTEN.match(text, span.start, span.end)
    if written:
        span = Span(*written.span())
    else:
        opened = _OPENED.match(text, span.start) if report.source.kind == "html" else None
        at = opened.end() if opened else span.start
        span = Span(at, at)
    yield _edit(report, span, wanted)
