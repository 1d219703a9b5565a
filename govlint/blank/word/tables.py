"""Tables as Word wants them: fixed columns, merged cells, heads repeated, no row broken over pages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from govlint.blank.draft import FormTable
from govlint.blank.grids import Grid, GridCell, lay_out
from govlint.blank.typesetting import Layout, Typesetting
from govlint.blank.word.styles import TABLE_TEXT
from govlint.blank.word.xml import Xml, half_points, text_run, twips, w

_PADDING = 45
"""Less than a millimetre, in twentieths of a point."""
_LINE = 4
"""Half a point, in the eighths that borders are measured in."""
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table(form_table: FormTable, typesetting: Typesetting) -> Xml:
    """A table of the form."""
    layout = typesetting.tables[form_table.form.id]
    grid = lay_out(form_table, layout)
    edges = [0]
    for width in grid.widths:
        edges.append(edges[-1] + twips(width))
    columns = [w("gridCol", w=end - start) for start, end in pairwise(edges)]
    return w("tbl", _properties(edges[-1]), w("tblGrid", *columns), *_rows(grid, layout, edges))


def _properties(width: int) -> Xml:
    return w(
        "tblPr",
        w("tblW", w=width, type="dxa"),
        w("jc", val="center"),
        w("tblBorders", *(w(edge, val="single", sz=_LINE, space=0, color="auto") for edge in _EDGES)),
        w("tblLayout", type="fixed"),
        w("tblCellMar", *(w(side, w=_PADDING, type="dxa") for side in ("left", "right"))),
    )


def _rows(grid: Grid, layout: Layout, edges: Sequence[int]) -> list[Xml]:
    """Each row with the cells that begin in it and those that go on from above."""
    going_on: dict[int, GridCell] = {}
    rows = []
    for number, begun in enumerate(grid.rows):
        cells = {cell.column: (cell, cell.rows > 1) for cell in begun}
        above = {column: cell for column, cell in going_on.items() if column not in cells}
        kept = number + 1 < len(grid.rows) and grid.rows[number + 1][0].kind != "caption"
        drawn = []
        for column in sorted([*cells, *above]):
            if column in above:
                drawn.append(_cell(above[column], layout, edges, "continue", kept=kept))
            else:
                cell, tall = cells[column]
                drawn.append(_cell(cell, layout, edges, "restart" if tall else None, kept=kept))
        going_on = {
            column: cell._replace(rows=cell.rows - 1)
            for column, cell in {**above, **{column: cell for column, (cell, _) in cells.items()}}.items()
            if cell.rows > 1
        }
        rows.append(w("tr", _row_properties(layout, repeated=number < grid.heads), *drawn))
    return rows


def _row_properties(layout: Layout, *, repeated: bool) -> Xml:
    height = w("trHeight", val=twips(layout.row), hRule="atLeast")
    return w("trPr", w("cantSplit"), height, w("tblHeader") if repeated else Xml(""))


def _cell(cell: GridCell, layout: Layout, edges: Sequence[int], merge: str | None, *, kept: bool) -> Xml:
    """A cell; ``kept`` holds its row on one page with the next, as far as a page has room."""
    properties = w(
        "tcPr",
        w("tcW", w=edges[cell.column + cell.columns] - edges[cell.column], type="dxa"),
        w("gridSpan", val=cell.columns) if cell.columns > 1 else Xml(""),
        w("vMerge", val=merge) if merge else Xml(""),
        w("vAlign", val="center"),
    )
    paragraph = w(
        "pPr",
        w("pStyle", val=TABLE_TEXT),
        w("keepNext") if kept else Xml(""),
        w("jc", val="left") if cell.kind == "label" else Xml(""),
        _size(layout),
    )
    shown = "" if merge == "continue" else cell.text
    return w("tc", properties, w("p", paragraph, text_run(shown, _size(layout)) if shown else Xml("")))


def _size(layout: Layout) -> Xml:
    """The size of letters, also of what is yet to be written into a blank cell."""
    size = half_points(layout.size)
    return w("rPr", w("sz", val=size), w("szCs", val=size))
