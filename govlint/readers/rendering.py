"""Files without lines of their own → a text with one line per paragraph or table row, and the place of each cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govlint.chinese import strip_slice
from govlint.model.document import Cell, Fixed, GridPlace, Line, Remark, Role, Verbatim
from govlint.model.source import Place, Span
from govlint.readers.layout import lay_out, verbatim_cell
from govlint.readers.limits import check_size

_ONE_LINE = str.maketrans("\t\r\n\x0b\x0c", "     ")
_NO_BREAKS = str.maketrans("\r\n\x0b\x0c", "    ")
_NO_PIPES = str.maketrans("|│｜", "¦¦¦")


class Rendering(NamedTuple):
    """What a reader makes of a file that is no text: the text that ``govlint text`` prints, and its lines."""

    text: str
    lines: tuple[Line, ...]
    places: tuple[tuple[int, Place], ...] = ()
    remarks: tuple[Remark, ...] = ()


class RowCell(NamedTuple):
    """A cell of a table row: its text (paragraphs parted by ``\\n``), its place in the grid and in the file."""

    text: str
    grid: GridPlace | None = None
    place: Place | None = None


class Canvas:
    """Collects paragraphs and rows in reading order. Raises ReadError when a file claims too much."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._cells = 0
        self._lines: list[Line] = []
        self._places: list[tuple[int, Place]] = []
        self._remarks: list[Remark] = []

    def paragraph(
        self, text: str, place: Place | None = None, role: Role = "body", later: Sequence[tuple[int, Place]] = ()
    ) -> None:
        """One paragraph; each line of it (``\n``) becomes a line. Blank ones and page numbers are left out.

        ``later``: (offset into ``text``, place) of parts that stand elsewhere, as after a page break.
        """
        at = 0
        for line in text.split("\n"):
            inside = line.strip().count("\t")  # Tabs at the edges indent; a few inside part columns.
            place = next((other for offset, other in reversed(later) if offset <= at), place)
            moved = [(offset - at, other) for offset, other in later if at < offset < at + len(line)]
            self._paragraph(line.translate(_ONE_LINE if inside < _COLUMNS else _NO_BREAKS), place, role, moved)
            at += len(line) + 1

    def _paragraph(self, text: str, place: Place | None, role: Role, later: Sequence[tuple[int, Place]]) -> None:
        start, end = strip_slice(text, 0, len(text))
        shown = text[start:end]
        line = lay_out(shown.translate(_NO_PIPES), verbatim_cell(shown, self._length), role) if shown else None
        if line is not None:
            self._note(place)
            for offset, other in later:
                if offset < end:
                    self._note(other, self._length + max(offset - start, 0))
            self._put(shown, line)

    def row(self, cells: Sequence[RowCell], role: Role = "body") -> None:
        """One row of a table; its cells are joined by tabs. A cell without text is a blank one."""
        made: list[Cell] = []
        shown: list[str] = []
        at = self._length
        for written, grid, place in cells:
            start, end = strip_slice(written, 0, len(written))
            text = written[start:end].replace("\t", " ")
            made.append(Cell(text, Verbatim(at) if text else Fixed(at, at), grid))
            shown.append(text.translate(_ONE_LINE))
            self._note(place, at)
            at += len(text) + 1
        self._cells += len(made)
        self._put("\t".join(shown), Line("grid", tuple(made), role))

    def remark(self, kind: str, params: dict[str, object] | None = None) -> None:
        """Something to say about the file at this point of it; of each kind the first is kept."""
        if all(remark.kind != kind for remark in self._remarks):
            self._remarks.append(Remark(kind, Span(self._length, self._length), params or {}))

    def done(self) -> Rendering:
        """All that was put down."""
        return Rendering("".join(self._parts), tuple(self._lines), tuple(self._places), tuple(self._remarks))

    def _note(self, place: Place | None, at: int | None = None) -> None:
        if place is not None:
            self._places.append((self._length if at is None else at, place))

    def _put(self, text: str, line: Line) -> None:
        self._parts += (text, "\n")
        self._length += len(text) + 1
        self._lines.append(line)
        check_size(len(self._lines), self._cells, self._length)


_COLUMNS = 2
"""So many tabs in a paragraph make columns; fewer are indents."""
