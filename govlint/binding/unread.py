"""Tables that are there but cannot be read: their labels stand in the text, their cells run together."""

from __future__ import annotations

from collections.abc import Collection

from govlint.binding.wide import WideLabels
from govlint.chinese import fold, fold_mapped
from govlint.model.document import Document, Slice
from govlint.model.edition import TableForm
from govlint.model.report import Gap

_ROWS, _CAPTIONS, _HEADERS = 0.3, 2, 6
"""The share of row labels, the number of captions, of header labels in one place, that show a table."""


def find_unread(document: Document, form: TableForm, taken: Collection[int]) -> Gap | None:
    """The gap of a table that was not bound but whose labels are there; None when it is simply not there."""
    if form.printed == "wide":
        return _wide(document, form, taken)
    captions = [fold(block.caption) for block in form.blocks if block.caption]
    wanted = captions or [fold(row.label) for row in form.rows if len(row.label) > 5]
    enough = _CAPTIONS if captions else _ROWS * len(wanted)
    seen: set[str] = set()
    whole = 0
    first: Slice | None = None
    for number, line in enumerate(document.lines):
        if number in taken:
            continue
        for cell in line.cells:
            if len(cell.text) < 6:
                continue
            folded, indices = fold_mapped(cell.text)
            for label in wanted:
                at = folded.find(label)
                if at >= 0 and label not in seen:
                    seen.add(label)
                    whole += folded == label
                    first = first or Slice(cell, indices[at], indices[at + len(label) - 1] + 1)
    if first is None or len(seen) < enough:
        return None
    return Gap("unread", "table", first.span, form.id, how="apart" if whole > len(seen) / 2 else "together")


def _wide(document: Document, form: TableForm, taken: Collection[int]) -> Gap | None:
    labels = WideLabels(form)
    opening = labels.columns[0]
    for number, line in enumerate(document.lines):
        if number in taken:
            continue
        window = document.lines[number : number + 30] if len(line.cells) <= 2 else [line]
        if not any(cell.text and opening in fold_mapped(cell.text)[0] for cell in line.cells):
            continue
        text = "".join(fold_mapped(cell.text)[0] for part in window for cell in part.cells)
        if labels.hits(text) >= _HEADERS + len(labels.groups):
            for cell in line.cells:
                folded, indices = fold_mapped(cell.text)
                at = folded.find(opening)
                if at >= 0:
                    return Gap("unread", "table", cell.span(indices[at], indices[at] + 1), form.id, how="together")
    return None
