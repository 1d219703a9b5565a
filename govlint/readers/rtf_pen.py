"""What an RTF file says is written down: bytes of a code page and characters, in the text that they belong to."""

from __future__ import annotations

from typing import Literal, NamedTuple

from govlint.model.errors import ReadError
from govlint.readers.rtf_bytes import CONTROLS, WESTERN, decoded
from govlint.readers.rtf_flow import MAX_LEVEL, Flow
from govlint.readers.rtf_words import FLOWS

MAX_FLOWS = 20_000
"""Text boxes, running heads and notes of one file."""


class State(NamedTuple):
    """What a group inherits from the one around it, and what counts again at its end."""

    mode: Literal["text", "fonts", "number", "unseen"] = "text"
    codec: str = WESTERN
    fallback: int = 1
    """So many characters follow each ``\\u`` for readers that do not know it."""
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    level: int = 0
    nested: bool = False
    """The group defines a row of a nested table."""
    flow: Flow | None = None
    """The text that ends with the group."""

    @property
    def is_seen(self) -> bool:
        """Whether text is shown."""
        return not self.hidden and not self.deleted and self.mode not in ("fonts", "unseen")

    @property
    def depth(self) -> int:
        """How many tables a paragraph stands in."""
        return min(max(self.level, int(self.in_table)), MAX_LEVEL)


class Pen:
    """Writes what is shown in the state of the moment."""

    def __init__(self) -> None:
        self.state = State()
        self.flow = Flow("body")
        self.asides: list[Flow] = []
        """Running heads and notes that have ended."""
        self.ignored = 0
        """So many more characters stand in for the one that ``\\u`` gave."""
        self._outer: list[Flow] = []
        self._flows = 0
        self._bytes = bytearray()
        self._codec = WESTERN

    def put(self, text: bytes) -> None:
        """Bytes as they stand in the file."""
        if self.ignored:
            dropped = min(self.ignored, len(text))
            self.ignored -= dropped
            text = text[dropped:]
        self._keep(text)

    def put_hexadecimal(self, escapes: bytes) -> None:
        """Bytes in hexadecimal, each as ``\\'xx``."""
        if self.ignored:
            dropped = min(self.ignored, len(escapes) // 4)
            self.ignored -= dropped
            escapes = escapes[4 * dropped :]
        self._keep(bytes.fromhex(escapes.replace(b"\\'", b"").decode("ascii")))

    def put_code(self, code: int) -> None:
        """A character by its number, as ``\\u`` gives it: a signed UTF-16 unit, or more."""
        if not 0x10000 <= code <= 0x10FFFF:
            code %= 0x10000
        self.show(chr(code).translate(CONTROLS))
        self.ignored = self.state.fallback

    def show(self, text: str) -> None:
        """Characters."""
        if self.state.is_seen:
            self.flush()
            self.flow.text.append(text)

    def flush(self) -> None:
        """The bytes so far are whole characters."""
        if self._bytes:
            self.flow.text.append(decoded(bytes(self._bytes), self._codec))
            self._bytes.clear()

    def _keep(self, text: bytes) -> None:
        if not self.state.is_seen:
            return
        if self.state.codec != self._codec:
            self.flush()
            self._codec = self.state.codec
        self._bytes += text

    # ------------------------------------------------------------ texts beside each other

    def begin_flow(self, name: str) -> None:
        """A text of its own begins with this group."""
        self._flows += 1
        if self._flows > MAX_FLOWS:
            raise ReadError("", "too_complex", {"limit": MAX_FLOWS})
        if self.state.flow is None:
            self.flush()
            self._outer.append(self.flow)
            self.flow = Flow(FLOWS[name])
            self.state = State(codec=self.state.codec, fallback=self.state.fallback, flow=self.flow)

    def end_flow(self) -> None:
        """It ends; a text box becomes part of the text around it."""
        self.flush()
        ended, self.flow = self.flow, self._outer.pop()
        if ended.role is None:
            self.flow.insert(ended.done())
        else:
            self.asides.append(ended)

    def end(self) -> None:
        """All ends."""
        while self._outer:
            self.end_flow()
        self.flush()
