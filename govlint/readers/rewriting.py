"""Edits back into a file: in texts byte for byte, in Word documents run for run. Nothing else of it changes."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from govlint.model.document import Document
from govlint.model.errors import UnwritableError
from govlint.model.source import Source, Span
from govlint.readers import SUFFIXES
from govlint.readers.decoding import mark_of

Edits = Sequence[tuple[Span, str]]
"""Places in the text of a source and what stands there afterwards: sorted, none overlapping another.

In pages it is markup, as their text is.
"""

TEXT = frozenset(SUFFIXES.values())
WRITABLE = TEXT | {"docx"}
"""Kinds of files that edits can be written into."""


def write_back(data: bytes, document: Document, edits: Edits) -> bytes:
    """The bytes of a file with edits made in them; ``document`` is what was read from ``data``.

    Raises UnwritableError naming the edits that cannot be made: in a type of file that is only read
    (``kind``), with characters that the file's encoding lacks (``encoding``), beside damage (``damage``), or where the
    Word reader says so.
    """
    source = document.source
    if source.kind not in WRITABLE:
        raise UnwritableError("kind", [span for span, _ in edits])
    if not edits:
        return data
    if source.kind in TEXT:
        return _text(data, source, edits)
    from govlint.readers.containers import LEADING
    from govlint.readers.docx.rewriting import write_docx

    package = data.lstrip(LEADING)
    return data[: len(data) - len(package)] + write_docx(package, edits)


def _text(data: bytes, source: Source, edits: Edits) -> bytes:
    assert source.encoding is not None
    name = source.encoding.name
    places = _byte_offsets(data, source.text, name, sorted({at for span, _ in edits for at in span}))
    beside = [span for span, _ in edits if not places.keys() >= set(span)]
    if beside:
        raise UnwritableError("damage", beside)
    written: list[bytes] = []
    lost: list[Span] = []
    lacking = "xmlcharrefreplace" if source.kind == "html" else "strict"  # There characters have numbers.
    at = 0
    for span, text in edits:
        try:
            written += (data[at : places[span.start]], text.encode(name, lacking))
        except UnicodeEncodeError:
            lost.append(span)
        at = places[span.end]
    if lost:
        raise UnwritableError("encoding", lost)
    return b"".join((*written, data[at:]))


def _byte_offsets(data: bytes, text: str, name: str, wanted: Sequence[int]) -> dict[int, int]:
    """Where characters begin in the bytes; those beside bytes that make no character may be missing."""
    start = len(mark_of(data))
    try:
        whole = text.encode(name) == data[start:]
    except UnicodeEncodeError:
        whole = False
    if not whole:
        return _stepped(data[start:], start, name, frozenset(wanted))
    places: dict[int, int] = {}
    before, at = 0, start
    for offset in wanted:
        at += len(text[before:offset].encode(name))
        places[offset] = at
        before = offset
    return places


def _stepped(data: bytes, start: int, name: str, wanted: frozenset[int]) -> dict[int, int]:
    """The same for bytes that are not all characters: each is decoded by itself."""
    decoder = codecs.getincrementaldecoder(name)("replace")
    places = {0: start} if 0 in wanted else {}
    count = 0
    for at in range(len(data)):
        made = len(decoder.decode(data[at : at + 1]))
        if made:
            count += made
            if count in wanted and not decoder.getstate()[0]:
                places[count] = start + at + 1
    return places
