"""Delimited text → records of fields by place: RFC 4180 quoting, blank ends kept as one stretch, linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govlint.chinese import is_value
from govlint.model.errors import ReadError
from govlint.readers.limits import MAX_CELLS

SEPARATORS = (",", "\t", ";", "\uff0c")
"""Half-width comma, tab, semicolon, full-width comma; of equally likely ones the first."""
SAMPLE = 1 << 18
"""So many characters are looked at to tell the separator."""

_DECLARED = re.compile(r"\"?sep=([,;\t\uff0c])\"?[ \t]*(?:\r?\n|\Z)", re.I)
_QUOTED = re.compile(r"[ \u3000]*+\"[^\"]*+(?:\"\"[^\"]*+)*+\"")
_LINE_END = re.compile(r"\r?\n|\Z")
_BLANK = " \u00a0\u3000"
_NUMBER = 24
"""No number in a table is longer."""


class Field(NamedTuple):
    """A field as a slice of the file: between its separators, or between its quotes."""

    start: int
    end: int
    quoted: bool = False


class Record(NamedTuple):
    """One record: its fields down to the last with text; from ``tail`` to ``end`` are only blank ones."""

    fields: tuple[Field, ...]
    filled: tuple[int, ...]
    """Columns of the fields that have text."""
    start: int
    tail: int
    end: int

    @property
    def padded(self) -> bool:
        """Whether blank fields stand behind the last one with text."""
        return self.tail < self.end

    @property
    def quoted(self) -> bool:
        """Whether any field with text is quoted."""
        return any(self.fields[column].quoted for column in self.filled)


def declared_separator(text: str) -> tuple[str | None, int]:
    """The separator that a first line ``sep=;`` declares, and where the line after it starts."""
    match = _DECLARED.match(text)
    return (match[1], match.end()) if match else (None, 0)


def likely_separator(text: str, candidates: Sequence[str] = SEPARATORS) -> str | None:
    """The separator with most numbers and blanks beside it; of none has any, the first; None where none stands.

    Prose has commas too, but hardly a number alone, or nothing, between two of them.
    """
    lines = text[:SAMPLE].splitlines()
    best, most = None, 0
    for separator in candidates:
        rows = [line for line in lines if separator in line]
        cells = sum(_is_cell(part) for line in rows for part in line.split(separator))
        if cells > most:
            best, most = separator, cells
    return best or next((separator for separator in candidates if separator in text), None)


def _is_cell(part: str) -> bool:
    written = part.strip(' \t\u00a0\u3000"')
    return not written or (len(written) <= _NUMBER and is_value(written))


def read_records(text: str, separator: str, at: int = 0) -> Iterator[Record]:
    """The records from offset ``at`` on, also those without any text.

    A quote opens a field only at its start, and only if a separator or the end of the line follows the closing
    one; any other quote is a character like all others. Raises ReadError (``too_many_cells``).
    """
    mark = re.escape(separator)
    plain = re.compile(rf"[^{mark}\r\n]*+(?:\r(?!\n)[^{mark}\r\n]*+)*+")
    gaps = re.compile(rf"(?:{mark}[{_BLANK}]*+)++")
    behind = re.compile(rf"[{_BLANK}]*+(?={mark}|\r?\n|\Z)")
    left = MAX_CELLS
    while at < len(text):
        start = at
        fields: list[Field] = []
        while True:
            field, at = _field(text, at, plain, behind)
            fields.append(field)
            run = gaps.match(text, at)
            left -= text.count(separator, at, run.end()) if run else 1
            if run is None:
                break
            if _LINE_END.match(text, run.end()):
                at = run.end()
                left += text.count(separator, run.start(), run.end())
                break
            if left < 0:
                raise ReadError("", "too_many_cells", {"limit": MAX_CELLS})
            *inner, last = (match.end() for match in re.finditer(mark, run[0]))
            fields += [Field(at + offset, at + offset) for offset in inner]
            at += last
        yield _record(text, fields, start, at)
        line_end = _LINE_END.match(text, at)
        at = line_end.end() if line_end else at


def _field(text: str, at: int, plain: re.Pattern[str], behind: re.Pattern[str]) -> tuple[Field, int]:
    """The field that starts at ``at``, and where the separator or line end behind it stands."""
    quoted = _QUOTED.match(text, at)
    after = behind.match(text, quoted.end()) if quoted else None
    if quoted and after:
        return Field(text.index('"', at) + 1, quoted.end() - 1, True), after.end()
    end = plain.match(text, at)
    stop = end.end() if end else at
    return Field(at, stop), stop


def _record(text: str, fields: list[Field], start: int, end: int) -> Record:
    filled = tuple(
        column
        for column, field in enumerate(fields)
        if field.start < field.end and text[field.start : field.end].strip()
    )
    kept = tuple(fields[: filled[-1] + 1]) if filled else ()
    tail = kept[-1].end + kept[-1].quoted if kept else start
    return Record(kept, filled, start, tail, end)
