"""RTF as Word, WPS and LibreOffice write it: what a person sees, numbering included, deletions not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from govlint.model.errors import ReadError
from govlint.readers.rendering import Canvas, Rendering
from govlint.readers.rtf_bytes import MAX_DEPTH, TOKEN, WESTERN, codec_of_charset, codec_of_page, group_end
from govlint.readers.rtf_flow import Flow, Merge
from govlint.readers.rtf_pen import Pen, State
from govlint.readers.rtf_tables import Printer
from govlint.readers.rtf_words import CHARACTERS, ENTERED, FLOWS, SKIPPED, SYMBOLS


def read_rtf(data: bytes) -> Rendering:
    """Running heads, the body, running feet and notes. A file that is cut off is read as far as it goes.

    Raises ReadError: ``too_deep``, ``too_complex``, ``too_many_cells``, or a limit of the canvas.
    """
    pen = _Reader(data).read()
    printer = Printer(Canvas())
    by_role: dict[str, list[Flow]] = {"header": [], "body": [pen.flow], "footer": [], "note": []}
    for flow in pen.asides:
        by_role[flow.role or "body"].append(flow)
    for role, flows in by_role.items():
        printed: list[object] = []
        for flow in flows:
            blocks = flow.done()
            if role == "note" or blocks not in printed[-_SECTIONS:]:  # Every section repeats its running heads.
                printer.put(blocks, flow.role or "body")
            printed.append(blocks)
    return printer.canvas.done()


_SECTIONS = 8
"""So many running heads before the one at hand are looked at."""


class _Reader:
    """One pass over the tokens."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pen = Pen()
        self.stack: list[State] = []
        self.starred = False
        self.page = WESTERN
        self.default_font = 0
        self.font = 0
        self.codecs: dict[int, str | None] = {}
        """Font → its own codec."""

    def read(self) -> Pen:
        """The pen with all that it wrote."""
        at: int | None = 0
        while at is not None:
            at = self._read_from(at)
        self.pen.end()
        return self.pen

    def _read_from(self, start: int) -> int | None:
        """Reads up to a word that tells to go on elsewhere, and tells where; None at the end."""
        pen = self.pen
        for token in TOKEN.finditer(self.data, start):
            kind = token.lastindex
            if kind == 6:
                pen.put(token[6])
            elif kind == 3:
                pen.put_hexadecimal(token[3])
            elif kind == 5:
                pen.ignored = 0
                self.starred = False
                if token[5] == b"{":
                    self._open()
                elif not self._shut():
                    return None
            elif kind == 4:
                self._symbol(token[4])
            else:
                number = token[2]
                jump = self._word(token[1].decode("ascii"), None if number is None else int(number), token.end())
                if jump is not None:
                    return jump
        return None

    def _open(self) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise ReadError("", "too_deep", {"limit": MAX_DEPTH})
        self.stack.append(self.pen.state)
        if self.pen.state.flow:
            self.pen.state = self.pen.state._replace(flow=None)

    def _shut(self) -> bool:
        """Ends a group; whether any is left."""
        if self.pen.state.mode == "number":
            self.pen.flush()  # A bullet must not take the first byte of the text with it.
        if self.pen.state.flow:
            self.pen.end_flow()
        if self.stack:
            self.pen.state = self.stack.pop()
        return bool(self.stack)

    def _symbol(self, symbol: bytes) -> None:
        pen = self.pen
        if symbol == b"*":
            self.starred = True
        elif symbol in (b"\r", b"\n"):
            self.end_paragraph(None)
        elif pen.ignored:
            pen.ignored -= 1
        elif symbol in SYMBOLS:
            pen.show(SYMBOLS[symbol])

    def _word(self, name: str, number: int | None, end: int) -> int | None:
        """Obeys a control word. Tells where to go on if that is not right behind it."""
        pen = self.pen
        if self.starred:
            self.starred = False
            if name not in ENTERED:
                return group_end(self.data, end)
        if name == "u":
            pen.put_code(number or 0)
            return None
        character = CHARACTERS.get(name)
        if character is not None:
            if pen.ignored:
                pen.ignored -= 1
            elif character != "\t" or pen.state.mode != "number":
                pen.show(character)
            return None
        pen.ignored = 0
        if name == "bin":
            return end + max(number or 0, 0)
        if name in SKIPPED:
            return group_end(self.data, end)
        if name in FLOWS:
            pen.begin_flow(name)
        elif name in _SETTINGS:
            pen.state = _SETTINGS[name](pen.state, number)
        elif name in _ACTS:
            _ACTS[name](self, number)
        return None

    # ------------------------------------------------------------ fonts

    def set_font(self, number: int | None) -> None:
        """The font of the text that follows, or the one that the font table goes on with."""
        self.font = self.default_font if number is None else number
        if self.pen.state.mode != "fonts":
            self.pen.state = self.pen.state._replace(codec=self.codecs.get(self.font) or self.page)

    def set_font_codec(self, number: int | None, *, charset: bool) -> None:
        """The character set or code page of a font in the font table."""
        if self.pen.state.mode == "fonts" and number is not None:
            self.codecs[self.font] = codec_of_charset(number) if charset else codec_of_page(number)

    def set_page(self, number: int | None) -> None:
        """The code page of the document."""
        self.page = codec_of_page(number or 0)
        self.pen.state = self.pen.state._replace(codec=self.page)

    def set_default_font(self, number: int | None) -> None:
        """The font of text without one."""
        self.default_font = number or 0

    def set_plain(self, number: int | None) -> None:
        """Text without any property."""
        self.pen.state = self.pen.state._replace(hidden=False, deleted=False)
        self.set_font(None)

    # ------------------------------------------------------------ paragraphs, cells, rows

    def end_paragraph(self, number: int | None) -> None:
        """A paragraph ends."""
        self.pen.flush()
        self.pen.flow.end_paragraph(self.pen.state.depth)

    def end_cell(self, number: int | None, *, nested: bool) -> None:
        """A cell ends."""
        self.pen.flush()
        self.pen.flow.end_cell(max(self.pen.state.depth, 2) if nested else 1)

    def end_row(self, number: int | None, *, nested: bool) -> None:
        """A row ends."""
        self.pen.flush()
        self.pen.flow.end_row(max(self.pen.state.depth, 2) if nested else 1)

    def define_row(self, number: int | None) -> None:
        """A row begins to be defined."""
        self.pen.flow.define_row(self.pen.state.nested)

    def define_left(self, number: int | None) -> None:
        """Where the row begins."""
        self.pen.flow.define_left(self.pen.state.nested, number or 0)

    def define_column(self, number: int | None) -> None:
        """Where a column ends."""
        self.pen.flow.define_column(self.pen.state.nested, number or 0)

    def define_merge(self, number: int | None, *, down: Merge = "", across: Merge = "") -> None:
        """The next column is merged."""
        self.pen.flow.define_merge(down, across)


_SETTINGS: Mapping[str, Callable[[State, int | None], State]] = {
    "fonttbl": lambda state, _: state._replace(mode="fonts"),
    "listtext": lambda state, _: state._replace(mode="number"),
    "pntext": lambda state, _: state._replace(mode="number"),
    "upr": lambda state, _: state._replace(mode="unseen"),
    "ud": lambda state, _: state._replace(mode="text"),
    "nesttableprops": lambda state, _: state._replace(nested=True),
    "uc": lambda state, number: state._replace(fallback=max(number or 0, 0)),
    "v": lambda state, number: state._replace(hidden=number != 0),
    "deleted": lambda state, number: state._replace(deleted=number != 0),
    "pard": lambda state, _: state._replace(in_table=False, level=0),
    "intbl": lambda state, _: state._replace(in_table=True),
    "itap": lambda state, number: state._replace(level=max(number or 0, 0)),
}
_ACTS: Mapping[str, Callable[[_Reader, int | None], None]] = {
    "f": _Reader.set_font,
    "fcharset": partial(_Reader.set_font_codec, charset=True),
    "cpg": partial(_Reader.set_font_codec, charset=False),
    "ansicpg": _Reader.set_page,
    "deff": _Reader.set_default_font,
    "plain": _Reader.set_plain,
    "par": _Reader.end_paragraph,
    "sect": _Reader.end_paragraph,
    "cell": partial(_Reader.end_cell, nested=False),
    "nestcell": partial(_Reader.end_cell, nested=True),
    "row": partial(_Reader.end_row, nested=False),
    "nestrow": partial(_Reader.end_row, nested=True),
    "trowd": _Reader.define_row,
    "trleft": _Reader.define_left,
    "cellx": _Reader.define_column,
    "clvmgf": partial(_Reader.define_merge, down="first"),
    "clvmrg": partial(_Reader.define_merge, down="more"),
    "clmgf": partial(_Reader.define_merge, across="first"),
    "clmrg": partial(_Reader.define_merge, across="more"),
}
