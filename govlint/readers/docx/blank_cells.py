"""Text put into a blank cell of a Word table, looking as if somebody had typed it there."""

from __future__ import annotations

from bisect import bisect_left
from xml.etree import ElementTree as ET

from govlint.model.source import Place, Span
from govlint.readers.docx.names import DEL, INS, MOVE_FROM, MOVE_TO, P_PR, R_PR, VANISH, R, W
from govlint.readers.docx.tracing import Region, Trace
from govlint.readers.docx.written import XML_BLANKS, Splice, Written, escaped

_NOT_COPIED = frozenset((INS, DEL, MOVE_FROM, MOVE_TO, W + "rPrChange", VANISH, W + "specVanish", W + "webHidden"))
"""What is said of one run or paragraph mark only: changes that are tracked, and that it is hidden."""


class Typist:
    """Types into the blank cells of one document."""

    def __init__(self, trace: Trace, written: Written) -> None:
        self._written = written
        self._trace = trace
        self._formats = _Formats(trace)

    def type(self, region: Region, text: str) -> Splice | None:
        """A run of its own with the text, in the first paragraph of a cell; None where there is none to hold it."""
        holder = region.paragraphs[0] if region.paragraphs else region.cell
        if holder is None:
            return None
        written = self._written
        prefix = written.name(holder).rpartition(":")[0]
        prefix = prefix and f"{prefix}:"
        format_ = self._format(holder, region.place)
        preserved = "" if text == text.strip(XML_BLANKS) else ' xml:space="preserve"'
        inner = f"<{prefix}t{preserved}>{escaped(text)}</{prefix}t></{prefix}r>"
        run = f"<{prefix}r>{format_}{inner}"
        if not region.paragraphs:
            run = f"<{prefix}p>{run}</{prefix}p>"
        return written.appended(holder, run)

    def _format(self, holder: ET.Element, place: Place | None) -> str:
        """What the paragraph says of its mark, else what the nearest text of the table looks like."""
        mark = holder.find(f"{P_PR}/{R_PR}")
        own = "" if mark is None else self._copied(mark)
        if own or place is None:
            return own
        run = self._formats.nearest(place)
        properties = None if run is None else run.find(R_PR)
        return "" if properties is None else self._copied(properties)

    def _copied(self, properties: ET.Element) -> str:
        """An ``rPr`` without what is not copied; nothing if nothing is left."""
        extents, text = self._trace.extents, self._written.text
        kept = [extents[child] for child in properties if child.tag not in _NOT_COPIED]
        start, content, content_end, end = extents[properties]
        inner = "".join(text(child.start, child.end) for child in kept)
        return text(start, content) + inner + text(content_end, end) if inner else ""


class _Formats:
    """The first runs of all cells with text, by table, row and column."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._tables: dict[int, dict[int, dict[int, Region]]] = {}
        self._rows: dict[int, list[int]] = {}
        for region in trace.regions:
            if region.place is not None and region.start < region.end:
                table, row, column = _grid(region.place)
                self._tables.setdefault(table, {}).setdefault(row, {})[column] = region
        for table, found in self._tables.items():
            self._rows[table] = sorted(found)

    def nearest(self, place: Place) -> ET.Element | None:
        """The first run of the nearest cell with text: in the same row, else in the nearest row that has one.

        Of two that are as near, that to the right or below: to the left and above stand labels and headings.
        """
        table, row, column = _grid(place)
        rows = self._rows.get(table)
        if not rows:
            return None
        at = bisect_left(rows, row)
        nearest = min(rows[max(at - 1, 0) : at + 1], key=lambda other: (abs(other - row), other < row))
        cells = self._tables[table][nearest]
        region = cells[min(cells, key=lambda other: (abs(other - column), other < column))]
        piece = next(self._trace.pieces_in(Span(region.start, region.end)), None)
        run = None if piece is None else self._trace.parents.get(piece.element)
        return run if run is not None and run.tag == R else None


def _grid(place: Place) -> tuple[int, int, int]:
    return place.table or 0, place.row or 0, place.cell or 0
