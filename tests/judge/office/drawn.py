"""PDF by reportlab: the report drawn on pages, with ruled tables or with columns that only blanks part."""

from __future__ import annotations

from dataclasses import replace

from ..grid import make_grid
from ..plan import Paragraph
from .planned import Planned
from .ruled_table import RuledTable, RuleStyle, draw_rules
from .sheet_of_paper import Paper, draw_paper
from .slots import lay


def write(planned: Planned) -> bytes:
    """The file with ruled tables."""
    rng = planned.rng("reportlab")
    return _written(planned, draw_rules(rng))


def write_unruled(planned: Planned) -> bytes:
    """The file without a single line."""
    rng = planned.rng("reportlab")
    return _written(planned, replace(draw_rules(rng), rules="none", middle=False, cut_rows=False))


def _written(planned: Planned, rules: RuleStyle) -> bytes:
    plan = planned.plan
    rng = planned.rng("paper")
    paper = Paper(rng, draw_paper(rng))
    indent = rng.choice((0, 2 * paper.style.size))
    for line in plan.before:
        paper.paragraph(line, 10.5)
    for words in plan.title:
        paper.paragraph(words.text, 20, "center")
    for name, words in plan.metadata:
        paper.paragraph(f"{name}：{words.text}", 10.5)
    for paragraph in plan.preamble:
        paper.paragraph(paragraph.words.text, indent=indent)
    for section in plan.sections:
        paper.paragraph(section.heading.text, indent=indent)
        for item in section.items:
            if isinstance(item, Paragraph):
                paper.paragraph(item.words.text, indent=indent)
            else:
                grid = make_grid(item)
                RuledTable(paper, lay(grid), grid.id, rules).draw()
    for words in plan.signature:
        paper.paragraph(words.text, align="right")
    for line in plan.after:
        paper.paragraph(line, 10.5)
    return paper.done()
