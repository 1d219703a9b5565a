"""Tables of WordprocessingML: merged cells, sliver columns, layout tables round them, deleted rows."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from ..grid import Grid
from .slots import Slot, lay, width
from .word_numbers import Numbers
from .word_xml import FONT, Runs

_SLIVER = 20
_PAGE = 9000
_WIDTHS = {
    "disclosure": (3600, 1800, 1800, 1800),
    "requests": (700, 1100, 2300, *(700,) * 7),
    "remedies": (600,) * 15,
}


@dataclass(frozen=True)
class TableStyle:
    """How tables are written."""

    slivers: bool = False
    nested: bool = False
    repeat_header: bool = False
    deleted_rows: bool = False
    upright: bool = False
    split_cells: bool = False
    size: int = 18
    numbered: bool = False


def draw_table_style(rng: Random, tracked: bool) -> TableStyle:
    """One file's habits."""
    return TableStyle(
        slivers=rng.random() < 0.3,
        nested=rng.random() < 0.12,
        repeat_header=rng.random() < 0.4,
        deleted_rows=tracked and rng.random() < 0.15,
        upright=tracked and rng.random() < 0.15,
        split_cells=rng.random() < 0.3,
        size=rng.choice((15, 18, 21)),
        numbered=rng.random() < 0.2,
    )


class Tables:
    """Writes grids as w:tbl."""

    def __init__(self, runs: Runs, rng: Random, style: TableStyle, numbers: Numbers) -> None:
        self.runs, self.rng, self.style, self.numbers = runs, rng, style, numbers

    def xml(self, grid: Grid) -> str:
        """The table, perhaps inside the only cell of another."""
        made = self._table(grid)
        if self.style.nested:
            cell = f"<w:tc>{_cell_width(_PAGE)}{made}<w:p/></w:tc>"
            outer = f'{_properties()}<w:tblGrid><w:gridCol w:w="{_PAGE}"/></w:tblGrid>'
            return f"<w:tbl>{outer}<w:tr>{cell}</w:tr></w:tbl>"
        return made

    def _table(self, grid: Grid) -> str:
        rows = lay(grid)
        columns = width(rows)
        widths = [*_WIDTHS.get(grid.id, (_PAGE // columns,) * columns)]
        widths += [600] * (columns - len(widths))
        lists = self.numbers.of_labels(grid) if self.style.numbered else {}
        edge = columns if self.style.slivers else 0
        made = "".join(self._row(row, widths, lists, edge) for row in rows)
        grid_widths = [*widths, _SLIVER] if edge else widths
        columns_xml = "".join(f'<w:gridCol w:w="{size}"/>' for size in grid_widths)
        return f"<w:tbl>{_properties()}<w:tblGrid>{columns_xml}</w:tblGrid>{made}</w:tbl>"

    def _row(self, row: list[Slot], widths: list[int], lists: dict[int, tuple[str, str]], edge: int) -> str:
        end = row[-1].column + row[-1].columns if row else 0
        sliver = bool(edge) and end == edge and self.rng.random() < 0.5
        cells = "".join(self._cell(slot, widths, lists, 1 if sliver and slot is row[-1] else 0) for slot in row)
        after = len(widths) + bool(edge) - end - sliver
        properties = f'<w:gridAfter w:val="{after}"/>' if after else ""
        header = self.style.repeat_header and all(slot.role in ("header", "caption", "gap") for slot in row)
        properties += "<w:tblHeader/>" if header else ""
        made = f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>" if row else ""
        if self.style.deleted_rows and not any(slot.below or slot.rows > 1 for slot in row) and self.rng.random() < 0.1:
            made += self._deleted(len(widths))
        return made

    def _deleted(self, columns: int) -> str:
        """A row that a reviewer took out."""
        gone = '<w:del w:id="90" w:author="审核"><w:r><w:delText>8.旧的一行</w:delText></w:r></w:del>'
        cell = f"<w:tc>{_cell_width(600)}<w:p>{gone}</w:p></w:tc>"
        return f'<w:tr><w:trPr><w:del w:id="91" w:author="审核"/></w:trPr>{cell * columns}</w:tr>'

    def _cell(self, slot: Slot, widths: list[int], lists: dict[int, tuple[str, str]], more: int) -> str:
        size = sum(widths[slot.column : slot.column + slot.columns])
        merged = slot.columns + more
        span = f'<w:gridSpan w:val="{merged}"/>' if merged > 1 else ""
        span += "<w:vMerge/>" if slot.below else '<w:vMerge w:val="restart"/>' if slot.rows > 1 else ""
        upright = self.style.upright and slot.role == "group" and slot.rows > 3
        turned = '<w:textDirection w:val="tbRlV"/>' if upright else ""
        numbered, text = lists.get(id(slot.words), ("", slot.words.text))
        central = '<w:spacing w:before="0" w:after="0"/>'
        central += '<w:jc w:val="center"/>' if slot.role in ("value", "header") else ""
        font = f'{FONT}<w:sz w:val="{self.style.size}"/>'
        texts = text.split("\n") if self.style.split_cells else [text]
        made = "".join(
            self.runs.paragraph(part, (numbered if not i else "") + central, font) for i, part in enumerate(texts)
        )
        properties = f'<w:tcW w:w="{size}" w:type="dxa"/>{span}{turned}<w:vAlign w:val="center"/>'
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{made}</w:tc>"


def _cell_width(size: int) -> str:
    return f'<w:tcPr><w:tcW w:w="{size}" w:type="dxa"/></w:tcPr>'


def _properties() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:tblPr><w:tblW w:w="0" w:type="auto"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
    )
