"""How checks speak of cells, rows and sections: by the labels of the form, never by ids."""

from __future__ import annotations

from govlint.chinese import fold
from govlint.model.document import Slice
from govlint.model.finding import Param, Related
from govlint.model.report import Report, TableCell

_AROUND = 8
"""So many folded characters before and after words tell them from the same words elsewhere."""
_LOOKED_AT = 64


def surroundings(words: Slice) -> str:
    """Words with what stands around them in their cell, folded, so that blanks make no difference."""
    text = words.cell.text
    before = fold(text[max(0, words.start - _LOOKED_AT) : words.start])[-_AROUND:]
    after = fold(text[words.end : words.end + _LOOKED_AT])[:_AROUND]
    return before + fold(words.text) + after


def cell_params(report: Report, cell: TableCell) -> dict[str, Param]:
    """``table``, ``row``, ``column`` as ids that messages show as labels, and ``printed`` as in the file."""
    form = report.table_by_id[cell.address.table].form
    return {
        "table": table_key(form.id),
        "row": form.row_by_id[cell.address.row].label,
        "column": cell.form.label,
        "printed": cell.text or "",
    }


def table_key(table: str) -> str:
    """A table in a message: its id, marked so that the writer puts its name in the reader's language."""
    return f"@table:{table}"


def operand(report: Report, cell: TableCell) -> Related:
    """A cell as a further place, with its labels and number."""
    params = cell_params(report, cell)
    span = cell.span
    assert span is not None
    return Related(report.locate(span), "operand", {**params, "number": cell.number}, cell.address)
