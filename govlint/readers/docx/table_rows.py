"""Rows and cells of a Word table as the file has them: spans, merges and widths, without what is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from govlint.readers.docx.inline import is_removed
from govlint.readers.docx.names import ANNOTATION, DEL, MOVE_FROM, TC, TR, TYPE, VAL, WRAPPERS, W, number, twips

SLIVER = 60
"""Three points, in the twentieths of a point that Word counts in: nothing narrower can be seen."""
MAX_SPAN = 1000

NONE, RESTART, CONTINUE = range(3)
_ROW_PR, _CELL_PR = W + "trPr", W + "tcPr"
_SPAN, _WIDTH = W + "gridSpan", W + "tcW"
_DOWN = frozenset((W + "vMerge", W + "vmerge"))
_ACROSS = frozenset((W + "hMerge", W + "hmerge"))


@dataclass(eq=False, slots=True)
class TableCell:
    """A cell as the file has it: grid columns and positions from the left edge; rows come later."""

    element: ET.Element
    start: int
    left: int
    span: int = 1
    width: int = 0
    merge: int = NONE
    across: int = NONE
    deleted: bool = False
    rows: int = 1


@dataclass(eq=False, slots=True)
class TableRow:
    """A row as the file has it."""

    cells: list[TableCell]
    end: int = 0
    """Grid columns that the row covers, those left out at its ends counted."""
    width: int = 0
    measured: bool = True
    """Whether every cell has a width that can be seen."""


def read_rows(table: ET.Element) -> list[TableRow]:
    """The rows of a table, those gone by a tracked change left out."""
    return [row for row in map(_read_row, _inside(table, TR)) if row is not None]


def _inside(element: ET.Element, wanted: str) -> Iterator[ET.Element]:
    """The rows of a table or the cells of a row, through content controls and the like."""
    stack = [iter(element)]
    while stack:
        for child in stack[-1]:
            tag = child.tag
            if tag == wanted:
                yield child
            elif tag in WRAPPERS or (tag == ANNOTATION and not is_removed(child)):
                stack.append(iter(child))
                break
        else:
            stack.pop()


def _read_row(element: ET.Element) -> TableRow | None:
    """None for rows that a tracked change takes away."""
    row = TableRow([])
    before = after = 0
    for child in element:
        if child.tag == _ROW_PR:
            for said in child:
                tag = said.tag
                if tag == W + "gridBefore":
                    before = _extent(said)
                elif tag == W + "gridAfter":
                    after = _extent(said)
                elif tag == W + "wBefore":
                    row.width = twips(said.get(W + "w"))
                elif tag in (DEL, MOVE_FROM) or (tag == ANNOTATION and is_removed(said)):
                    return None
        elif child.tag == TC:
            break
    at = before
    for tc in _inside(element, TC):
        cell = TableCell(tc, at, row.width)
        _describe(cell)
        at += cell.span
        row.width += cell.width
        row.measured = row.measured and cell.width >= SLIVER
        if cell.deleted:
            continue
        if cell.across == CONTINUE and row.cells:
            row.cells[-1].span += cell.span
            row.cells[-1].width += cell.width
        else:
            row.cells.append(cell)
    row.end = at + after
    return row


def _describe(cell: TableCell) -> None:
    properties = cell.element.find(_CELL_PR)
    if properties is None:
        return
    for said in properties:
        tag = said.tag
        if tag == _WIDTH:
            if said.get(TYPE) in (None, "dxa", "pct"):
                cell.width = twips(said.get(W + "w"))
        elif tag == _SPAN:
            cell.span = max(_extent(said), 1)
        elif tag in _DOWN:
            cell.merge = RESTART if said.get(VAL) == "restart" else CONTINUE
        elif tag in _ACROSS:
            cell.across = RESTART if said.get(VAL) == "restart" else CONTINUE
        elif tag == W + "cellDel" or (tag == ANNOTATION and is_removed(said)):
            cell.deleted = True


def _extent(element: ET.Element) -> int:
    return min(max(number(element.get(VAL)), 0), MAX_SPAN)
