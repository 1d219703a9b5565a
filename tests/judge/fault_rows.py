"""Faults of rows and their labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from .damage import Damage
from .plan import Block, Plan, Row, map_tables, tables
from .words import FAULT

Make = Callable[[Plan, Random], Damage | None]


def edit_blocks(plan: Plan, table: str, edit: Callable[[Block], tuple[Block, ...]]) -> Plan:
    """The plan with every block of one table replaced by some blocks."""
    return map_tables(
        plan,
        lambda found: (
            replace(found, blocks=tuple(new for block in found.blocks for new in edit(block)))
            if found.id == table
            else found
        ),
    )


def faulty(row: Row) -> Row:
    """The row tagged as the fault."""
    return replace(row, label=row.label.tagged(FAULT), cells=tuple(words.tagged(FAULT) for words in row.cells))


def _row(edit: Callable[[tuple[Row, ...], int], tuple[Row, ...] | None], what: str, neighbours: bool = False) -> Make:
    """A fault of one row, or of one and the next of the same group."""

    def make(plan: Plan, rng: Random) -> Damage | None:
        places = [
            (table.id, block.id, i)
            for table in tables(plan)
            for block in table.blocks
            for i, row in enumerate(block.rows)
            if row.label.text
            and (not neighbours or (i + 1 < len(block.rows) and block.rows[i + 1].groups == row.groups))
        ]
        table, block_id, at = rng.choice(places)
        row = next(b.rows[at] for t in tables(plan) if t.id == table for b in t.blocks if b.id == block_id)

        def edited(block: Block) -> tuple[Block, ...]:
            rows = edit(block.rows, at) if block.id == block_id else None
            return (block if rows is None else replace(block, rows=rows),)

        return Damage(edit_blocks(plan, table, edited), (table, row.id), f"{what}：{row.label.text}")

    return make


def _drop(rows: tuple[Row, ...], at: int) -> tuple[Row, ...]:
    return rows[:at] + rows[at + 1 :]


def _double(rows: tuple[Row, ...], at: int) -> tuple[Row, ...]:
    return (*rows[: at + 1], faulty(rows[at]), *rows[at + 1 :])


def _swap(rows: tuple[Row, ...], at: int) -> tuple[Row, ...]:
    return (*rows[:at], faulty(rows[at + 1]), faulty(rows[at]), *rows[at + 2 :])


def misspelt(text: str) -> str:
    """The label with one or two of its characters wrong; no other label is like it."""
    wrong = {
        "申请": "申清",
        "公开": "公示",
        "信息": "消息",
        "行政": "政务",
        "规章": "规则",
        "总计": "合汁",
        "法": "发",
        "结果": "结束",
        "其他": "其余",
        "企业": "公司",
        "自然人": "自燃人",
        "机构": "单位",
        "组织": "团体",
        "内容": "名录",
        "数量": "数目",
        "文件": "公文",
        "项目": "科目",
        "秘密": "机密",
    }
    found = next((word for word in wrong if word in text), None)
    return text.replace(found, wrong[found]) if found else text[:-1] + "错"


def _misspell(rows: tuple[Row, ...], at: int) -> tuple[Row, ...]:
    label = rows[at].label
    return (
        *rows[:at],
        replace(rows[at], label=label.reworded(misspelt(label.text)).tagged(FAULT)),
        *rows[at + 1 :],
    )


MAKERS: dict[str, Make] = {
    "row_dropped": _row(_drop, "缺行"),
    "row_doubled": _row(_double, "重复行"),
    "row_swapped": _row(_swap, "与下一行颠倒", neighbours=True),
    "label_misspelt": _row(_misspell, "行名错"),
}
