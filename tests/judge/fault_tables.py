"""Faults of headers, sub-tables and whole tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from .damage import Damage
from .fault_rows import edit_blocks, faulty, misspelt
from .form import SECTION_OF_TABLE
from .plan import Block, Plan, Table, map_tables, tables
from .words import FAULT, Words

Make = Callable[[Plan, Random], Damage | None]


def _table_dropped(plan: Plan, rng: Random) -> Damage:
    table = rng.choice(tuple(SECTION_OF_TABLE))
    return Damage(map_tables(plan, lambda found: None if found.id == table else found), (table,), f"缺整张表：{table}")


def _table_doubled(plan: Plan, rng: Random) -> Damage:
    table = rng.choice(tuple(SECTION_OF_TABLE))
    copy = next(found for found in tables(plan) if found.id == table)
    again = replace(copy, blocks=tuple(replace(block, rows=tuple(map(faulty, block.rows))) for block in copy.blocks))
    sections = tuple(
        replace(section, items=(*section.items, again)) if section.number == SECTION_OF_TABLE[table] else section
        for section in plan.sections
    )
    return Damage(replace(plan, sections=sections), (table,), f"表重复：{table}")


def _block_dropped(plan: Plan, rng: Random) -> Damage:
    blocks = plan.report.form.table("disclosure").blocks
    gone = rng.choice(blocks)
    return Damage(
        edit_blocks(plan, "disclosure", lambda block: () if block.id == gone.id else (block,)),
        ("disclosure", gone.rows[0].id),
        f"缺子表：{gone.caption}",
    )


def _header(change: Callable[[Words], Words]) -> Make:
    def make(plan: Plan, rng: Random) -> Damage:
        table = rng.choice(tuple(SECTION_OF_TABLE))
        block = rng.choice(plan.report.form.table(table).blocks)
        at = rng.randint(1 if table == "disclosure" else 0, len(block.headers) - 1)

        def edited(found: Block) -> tuple[Block, ...]:
            if found.id != block.id:
                return (found,)
            headers = (*found.headers[:at], change(found.headers[at]), *found.headers[at + 1 :])
            return (replace(found, headers=headers),)

        return Damage(
            edit_blocks(plan, table, edited),
            (table, block.rows[0].id, block.columns[at - (table == "disclosure")]),
            f"表头错误：{block.headers[at]}",
        )

    return make


def _nine_numbers(plan: Plan, rng: Random) -> Damage:
    """Table 4 with nine numbers; which cells they are cannot be known."""
    left = iter([True] * 9 + [False] * 6)

    def edited(block: Block) -> tuple[Block, ...]:
        return (
            replace(
                block,
                rows=tuple(
                    replace(row, cells=tuple(Words(words.text, (FAULT,)) for words in row.cells if next(left)))
                    for row in block.rows
                ),
            ),
        )

    return Damage(edit_blocks(plan, "remedies", edited), ("remedies",), "表四只有 9 个数，应有 15 个")


def _columns_swapped(plan: Plan, rng: Random) -> Damage | None:
    """Two neighbouring column headings in each other's place."""
    table = rng.choice(tuple(SECTION_OF_TABLE))
    first = 1 if table == "disclosure" else 0
    blocks = [block for block in plan.report.form.table(table).blocks if len(block.headers) > first + 1]
    block = rng.choice(blocks)
    last = len(block.headers) - (2 if table == "requests" else 1)
    at = rng.randrange(first, last)
    if block.headers[at] == block.headers[at + 1]:
        return None

    def edited(found: Block) -> tuple[Block, ...]:
        if found.id != block.id:
            return (found,)
        one, other = (words.tagged(FAULT) for words in found.headers[at : at + 2])
        return (replace(found, headers=(*found.headers[:at], other, one, *found.headers[at + 2 :])),)

    where = (table, block.rows[0].id, block.columns[at - first])
    return Damage(edit_blocks(plan, table, edited), where, f"栏目颠倒：{block.headers[at]}、{block.headers[at + 1]}")


def _group(change: Callable[[str], str]) -> Make:
    """A group of rows under another name, or none."""

    def make(plan: Plan, rng: Random) -> Damage:
        return _group_renamed(plan, rng, change)

    return make


def _group_renamed(plan: Plan, rng: Random, change: Callable[[str], str]) -> Damage:
    names = list(dict.fromkeys(group.text for row in _requests(plan).blocks[0].rows for group in row.groups))
    wrong = rng.choice(names)
    first = next(row.id for row in _requests(plan).blocks[0].rows if wrong in [group.text for group in row.groups])

    def edited(block: Block) -> tuple[Block, ...]:
        return (
            replace(
                block,
                rows=tuple(
                    replace(
                        row,
                        groups=tuple(
                            group.reworded(change(group.text)).tagged(FAULT) if group.text == wrong else group
                            for group in row.groups
                        ),
                    )
                    for row in block.rows
                ),
            ),
        )

    return Damage(edit_blocks(plan, "requests", edited), ("requests", first), f"行组名称错误：{wrong}")


def _note_altered(plan: Plan, rng: Random) -> Damage:
    """The note in the corner of table 3 with another word."""

    def edited(table: Table) -> Table:
        if table.id != "requests":
            return table
        note = table.heads[0]
        return replace(table, heads=(note.reworded(note.text.replace("之和", "之差")).tagged(FAULT), *table.heads[1:]))

    return Damage(map_tables(plan, edited), ("requests",), "勾稽关系说明改动")


def _requests(plan: Plan) -> Table:
    return next(found for found in tables(plan) if found.id == "requests")


MAKERS: dict[str, Make] = {
    "table_dropped": _table_dropped,
    "table_doubled": _table_doubled,
    "block_dropped": _block_dropped,
    "header_misspelt": _header(lambda words: words.reworded(misspelt(words.text)).tagged(FAULT)),
    "header_dropped": _header(lambda words: words.reworded("").tagged(FAULT)),
    "nine_numbers": _nine_numbers,
    "columns_swapped": _columns_swapped,
    "group_misspelt": _group(misspelt),
    "group_lost": _group(lambda text: ""),
    "note_altered": _note_altered,
}
