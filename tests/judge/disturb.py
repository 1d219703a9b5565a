"""Disturbances of real life that leave a report right."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from .plan import Plan, Row, Section, Table, map_rows, map_tables
from .spelling import Spell, speller
from .surroundings import furniture, own_table
from .words import FAULT, Words

_VARIANT_HEADINGS = {
    2: "行政机关主动公开政府信息情况",
    3: "行政机关收到和处理政府信息公开申请情况",
    4: "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    5: "政府信息公开工作存在的主要问题及改进情况",
}


def disturb(plan: Plan, rng: Random, irregular_numbers: bool = False) -> Plan:
    """The plan with some of the disturbances; each seed gets its own mixture."""
    spell = speller(rng)
    plan = map_tables(plan, lambda table: _respell(table, spell))
    plan = replace(plan, sections=tuple(_heading(section, rng) for section in plan.sections))
    if rng.random() < 0.35:
        plan = own_table(plan, rng)
    if rng.random() < 0.6:
        plan = furniture(plan, rng)
    if irregular_numbers:
        plan = map_tables(plan, lambda table: map_rows(table, lambda row: (_irregular(row, rng),)))
    return replace(plan, page_lines=rng.random() < 0.3)


def _respell(table: Table, spell: Spell) -> Table:
    """The table with all labels, captions and headers in the file's spelling."""

    def words(old: Words) -> Words:
        return old.reworded(spell(old.text))

    def row(old: Row) -> tuple[Row, ...]:
        return (replace(old, label=words(old.label), groups=tuple(map(words, old.groups))),)

    spelt = map_rows(table, row)
    return replace(
        spelt,
        heads=tuple(map(words, spelt.heads)),
        blocks=tuple(
            replace(block, caption=words(block.caption), headers=tuple(map(words, block.headers)))
            for block in spelt.blocks
        ),
    )


def _heading(section: Section, rng: Random) -> Section:
    """Blanks, a colon, or an accepted variant of the heading."""
    text = section.heading.text
    if rng.random() < 0.04 and section.number in _VARIANT_HEADINGS and FAULT not in section.heading.tags:
        text = text[:2] + _VARIANT_HEADINGS[section.number]
    text = rng.choices(
        (
            text,
            text.replace("、", "、 ", 1),
            text.replace("、", "、\u3000", 1),
            text + " ",
            text + "：",
            text.replace("、", " 、", 1),
        ),
        (80, 6, 4, 4, 4, 2),
    )[0]
    return replace(section, heading=section.heading.reworded(text))


def _irregular(row: Row, rng: Random) -> Row:
    """Numbers with separators, full-width digits or units: parsed by a good reader, at most noted."""

    def other(words: Words) -> Words:
        if not words.text.isascii() or not words.text.isdigit() or rng.random() < 0.8:
            return words
        wide = words.text.translate({48 + i: 0xFF10 + i for i in range(10)})
        return words.reworded(rng.choice((f"{int(words.text):,}", wide, words.text + "件")))

    return replace(row, cells=tuple(map(other, row.cells)))
