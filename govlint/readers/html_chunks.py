"""The text tokens of an HTML page in source order, each run of them between two tags as one chunk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import turbohtml


class Chunk(NamedTuple):
    """Text between two tags as the tokens give it; ``pieces`` are (index, length, start, stop).

    ``loose``: it stands in a table but in none of its cells.
    """

    text: str
    pieces: tuple[tuple[int, int, int, int], ...]
    loose: bool


def read_chunks(markup: str, line_starts: Sequence[int], shift: int) -> tuple[list[int], list[Chunk], dict[int, int]]:
    """Where the chunks of a markup start, the chunks, and for the start of each start tag its end.

    ``shift`` is added to the places of the pieces; the others are offsets in the markup.
    """
    kinds = turbohtml.TokenType
    plain, reference, opening, closing = kinds.TEXT, kinds.CHARACTER_REFERENCE, kinds.START_TAG, kinds.END_TAG
    tag_ends: dict[int, int] = {}
    starts: list[int] = []
    chunks: list[Chunk] = []
    text = ""
    pieces: list[tuple[int, int, int, int]] = []
    loose: list[bool] = []
    for token in turbohtml.tokenize(markup, resolve_references=False, capture_source=True, capture_attributes=False):
        kind = token.type
        if kind is plain or kind is reference:
            data = token.data or ""
            start = line_starts[token.line - 1] + token.col
            if not pieces:
                starts.append(start)
            if kind is plain:
                pieces.append((len(text), len(data), shift + start, shift + start + len(data)))
            else:
                pieces += _pieces(len(text), data, shift + start, token.source or "")
            text += data
            continue
        if pieces:
            chunks.append(Chunk(text, tuple(pieces), bool(loose) and loose[-1]))
            text, pieces = "", []
        if kind is opening:
            start = line_starts[token.line - 1] + token.col
            tag_ends[start] = start + len(token.source or "")
        elif kind is not closing:
            continue
        if (tag := token.tag or "") in _OF_TABLES:
            _track(loose, tag, opens=kind is opening)
    if pieces:
        chunks.append(Chunk(text, tuple(pieces), bool(loose) and loose[-1]))
    return starts, chunks, tag_ends


def _pieces(at: int, data: str, start: int, source: str) -> list[tuple[int, int, int, int]]:
    """One piece for text and for references; two for a reference without semicolon and the text glued to it."""
    tail = 0
    if source and source != data and not source.endswith(";"):
        while tail < len(data) - 1 and data[-1 - tail] == source[-1 - tail]:
            tail += 1
    size, stop = len(data) - tail, start + len(source)
    found = [(at, size, start, stop - tail)]
    if tail:
        found.append((at + size, tail, stop - tail, stop))
    return found


_OF_TABLES = frozenset("table td th caption tr thead tbody tfoot".split())


def _track(loose: list[bool], tag: str, *, opens: bool) -> None:
    """Keep, for every open table, whether we stand outside its cells."""
    if tag == "table":
        if opens:
            loose.append(True)
        elif loose:
            loose.pop()
    elif loose and tag in ("td", "th", "caption"):
        loose[-1] = not opens
    elif loose and tag in ("tr", "thead", "tbody", "tfoot"):
        loose[-1] = True
