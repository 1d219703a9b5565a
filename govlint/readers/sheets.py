"""Workbooks (XLSX, XLSM, XLSB, XLS by calamine): every visible sheet, cells with the text that they show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO

import python_calamine as calamine

from govlint.model.errors import ReadError
from govlint.readers.packages import Package
from govlint.readers.rendering import Canvas, Rendering
from govlint.readers.sheet_rows import put_sheet
from govlint.readers.workbook_parts import check_extents, unvalued_cells

MAX_SHEETS = 256
_EXACT = 1e15
"""Whole numbers below this are exact as floats."""


def read_sheets(data: bytes) -> Rendering:
    """The visible sheets of a workbook, one after another.

    Raises ReadError: ``damaged``, ``encrypted``, or a limit (``too_many_cells`` before anything is allocated).
    """
    package = Package(data) if data.startswith(b"PK") else None
    if package:
        check_extents(package)
    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = book.sheets_metadata
    except calamine.PasswordError as error:
        raise ReadError("", "encrypted") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise ReadError("", "damaged") from error
    patches = unvalued_cells(package) if package else {}
    canvas = Canvas()
    table = 0
    for sheet in _shown(sheets)[:MAX_SHEETS]:
        try:
            content = book.get_sheet_by_name(sheet.name)
            rows = [[shown(value) for value in row] for row in content.to_python()]
            merged = [(*first, *last) for first, last in content.merged_cell_ranges or ()]
        except (calamine.CalamineError, OSError, ValueError) as error:
            raise ReadError("", "damaged") from error
        rows, start = _patched(rows, content.start or (0, 0), patches.get(sheet.name, {}))
        table = put_sheet(canvas, sheet.name, rows, merged, table, start)
    return canvas.done()


def shown(value: object) -> str:
    """What a cell shows: whole numbers without a fraction, others to fifteen digits, dates by year, month and day."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value or 0:.0f}" if value.is_integer() and abs(value) < _EXACT else f"{value:.15g}"  # Not -0.
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(value)


def _shown(sheets: Sequence[calamine.SheetMetadata]) -> list[calamine.SheetMetadata]:
    """The worksheets that a person sees; all of them when none is visible."""
    worksheets = [sheet for sheet in sheets if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    return [sheet for sheet in worksheets if sheet.visible == calamine.SheetVisibleEnum.Visible] or worksheets


def _patched(
    rows: list[list[str]], start: tuple[int, int], texts: dict[tuple[int, int], str]
) -> tuple[list[list[str]], tuple[int, int]]:
    """The rows, with texts in cells that calamine gives as blank, or at the edges not at all; and their start."""
    if not texts:
        return rows, start
    if not rows:
        start = next(iter(texts))
    top, left = min(start[0], *(row for row, _ in texts)), min(start[1], *(column for _, column in texts))
    bottom = max(start[0] + len(rows), *(row + 1 for row, _ in texts))
    right = max(start[1] + max(map(len, rows), default=0), *(column + 1 for _, column in texts))
    found = [[""] * (right - left) for _ in range(top, bottom)]
    for number, row in enumerate(rows, start[0] - top):
        found[number][start[1] - left : start[1] - left + len(row)] = row
    for (number, column), text in texts.items():
        found[number - top][column - left] = found[number - top][column - left] or text
    return found, (top, left)
