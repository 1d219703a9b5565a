"""Rows as CSV that spreadsheets open as it is meant: in the right encoding, and with nothing in it that they would run.

RFC 4180 with ``\\r\\n``. The text starts with a byte order mark: without one Excel takes UTF-8 for the encoding of
the country, and Chinese becomes noise.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from govlint.writers.places import RUNNERS, visible

MARK = "\ufeff"
_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What formulas start with, in full width as well: Excel takes both."""
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_CONTROLS = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|{RUNNERS}")
_COMMAND = re.compile(r"(^|[\r\n])([^\S\r\n]*)(?=::)")
"""Where a line of the file may begin with what GitHub's runner takes for a command."""


def write_rows(rows: Iterable[Sequence[object]]) -> str:
    """The rows as the text of a CSV file; all text in them is made inert."""
    out = io.StringIO()
    out.write(MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([inert(value) for value in row] for row in rows)
    return out.getvalue()


def inert(value: object) -> object:
    """Text that no spreadsheet takes for a formula, and no CI runner for a command: an apostrophe goes before.

    Plain numbers (``-3``, ``+12.5``) stay as they are. Control characters become visible, except tabs and line ends.
    """
    if not isinstance(value, str):
        return value
    text = _COMMAND.sub(r"\1\2'", _CONTROLS.sub(visible, value))
    return "'" + text if text.startswith(_STARTS) and not _NUMBER.fullmatch(text) else text


def plain(number: Decimal | None) -> str:
    """A number in digits, without an exponent and without ``.0``; nothing for none."""
    if number is None:
        return ""
    return str(int(number)) if number == number.to_integral_value() else f"{number:f}"
