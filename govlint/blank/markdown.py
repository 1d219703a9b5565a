"""A blank report as Markdown: pipe tables, since cells cannot be merged, with one column of labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from govlint.blank.draft import Draft, FormTable, Paragraph
from govlint.blank.grids import Grid, GridCell, lay_out
from govlint.blank.typesetting import Layout, Typesetting
from govlint.writers.markdown_text import md, table

_PREFIX = {"title": "# ", "heading": "## ", "subheading": "### ", "text": "", "signature": ""}


def write(draft: Draft, typesetting: Typesetting) -> bytes:
    """The file, in UTF-8."""
    parts: list[str] = []
    for part in draft.parts:
        if isinstance(part, Paragraph):
            parts.append(_PREFIX[part.style] + md(part.text.replace("\n", "")))
        else:
            parts += _written(part, typesetting.tables[part.form.id])
    return ("\n\n".join(parts) + "\n").encode()


def _written(form_table: FormTable, layout: Layout) -> Iterator[str]:
    """The tables and captions that a table of the form becomes: with captions over its blocks, one for each block."""
    grid = lay_out(form_table, layout)
    if grid.heads:
        yield _lined(_flattened(grid, len(layout.labels)))
        return
    rows: list[list[str]] = []
    for row in grid.rows:
        if row[0].kind != "caption":
            rows.append(_texts(row))
            continue
        if rows:
            yield _lined(rows)
        yield f"**{md(row[0].text)}**"
        rows = []
    yield _lined(rows)


def _flattened(grid: Grid, labels: int) -> Iterator[list[str]]:
    """Rows of one label and all numbers; the label of a group is a row of its own, which has no cells for numbers."""
    values = len(grid.widths) - labels
    first = min(labels, 1)
    for row in grid.rows:
        line = [""] * (first + values)
        for cell in row:
            if cell.kind == "group":
                yield [cell.text]
            else:
                line[max(cell.column - labels + first, 0)] = cell.text
        yield line


def _texts(row: Iterable[GridCell]) -> list[str]:
    return [cell.text for cell in row]


def _lined(rows: Iterable[Sequence[str]]) -> str:
    """A table whose first row is its head, as Markdown wants it."""
    head, *others = rows
    return "\n".join(table(list(map(md, head)), (list(map(md, row)) for row in others))[:-1])
