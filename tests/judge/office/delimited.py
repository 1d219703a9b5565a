"""CSV and TSV: one field for a paragraph, blanks for merged cells as a spreadsheet saves them; repeats if clean."""

from __future__ import annotations

import csv
import io

from ..encode import encode
from ..grid import make_grid
from ..layouts.tabs import fill
from ..plan import Paragraph, Plan
from .planned import Planned

_ENCODINGS = ("utf-8-sig", "utf-8-sig", "utf-8", "utf-16", "gb18030")
_WIDTH = 15


def write_csv(planned: Planned) -> bytes:
    """The file, comma-separated."""
    return _write(planned, ",", "csv")


def write_tsv(planned: Planned) -> bytes:
    """The file, tab-separated."""
    return _write(planned, "\t", "tsv")


def encoding(planned: Planned, kind: str) -> str:
    """The encoding of the file."""
    return planned.plan.encoding or planned.rng(f"{kind} encoding").choice(_ENCODINGS)


def _write(planned: Planned, delimiter: str, kind: str) -> bytes:
    rng = planned.rng(kind)
    plan = planned.plan
    padded = rng.random() < 0.7
    fill_with = "blank" if planned.fault else rng.choice(("blank", "blank", "repeat"))
    quoting = rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, quoting=quoting, lineterminator="\n")
    for row in _rows(plan, fill_with):
        writer.writerow([*row, *[""] * (_WIDTH - len(row))] if padded else row)
    return encode(buffer.getvalue(), encoding(planned, kind), "\r\n", plan.broken)


def _rows(plan: Plan, fill_with: str) -> list[list[str]]:
    rows = [[line] for line in (*plan.before, *(words.text for words in plan.title))]
    rows += [[f"{name}：", words.text] for name, words in plan.metadata]
    rows += [[paragraph.words.text] for paragraph in plan.preamble]
    for section in plan.sections:
        rows.append([section.heading.text])
        for item in section.items:
            if isinstance(item, Paragraph):
                rows.append([item.words.text])
            else:
                rows += [[words.text for words in row] for row in fill(make_grid(item), fill_with, fill_with, False)]
                rows.append([])
    return rows + [[line] for line in (*(words.text for words in plan.signature), *plan.after)]
