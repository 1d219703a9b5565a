"""Faults of how a table stands on the page: labels cut or lost, rows apart or run together, strange rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from .damage import Damage
from .fault_rows import edit_blocks, faulty
from .form import SECTION_OF_TABLE
from .grid import make_grid
from .plan import Block, Item, Paragraph, Plan, Row, Section, Table, tables
from .words import FAULT, Words

Make = Callable[[Plan, Random], Damage | None]


def _edit_rows(plan: Plan, table: str, edit: Callable[[tuple[Row, ...]], tuple[Row, ...]]) -> Plan:
    return edit_blocks(plan, table, lambda block: (replace(block, rows=edit(block.rows)),))


def _label_cut(plan: Plan, rng: Random) -> Damage:
    """Several labels of table 3 end early, as narrow cells cut them."""
    rows = next(t for t in tables(plan) if t.id == "requests").blocks[0].rows
    gone = {row.id for row in rng.sample([row for row in rows if len(row.label.text) > 9], rng.randint(2, 4))}

    def cut(row: Row) -> Row:
        if row.id not in gone:
            return row
        text = row.label.text
        return replace(row, label=row.label.reworded(text[: max(7, len(text) * 2 // 3)]).tagged(FAULT))

    return Damage(
        _edit_rows(plan, "requests", lambda rows: tuple(map(cut, rows))), ("requests",), f"行名不完整：{sorted(gone)}"
    )


def _label_lost(plan: Plan, rng: Random) -> Damage:
    """A row of numbers without its label."""
    rows = next(t for t in tables(plan) if t.id == "requests").blocks[0].rows
    gone = rng.choice(rows[1:-1]).id
    return Damage(
        _edit_rows(
            plan,
            "requests",
            lambda rows: tuple(
                replace(faulty(row), label=row.label.reworded("")) if row.id == gone else row for row in rows
            ),
        ),
        ("requests", gone),
        f"行名空白：{gone}",
    )


def _instead_of_table(plan: Plan, table: str, write: Callable[[Table], tuple[Item, ...]]) -> Plan:
    def edited(section: Section) -> Section:
        items = tuple(
            new
            for item in section.items
            for new in (write(item) if isinstance(item, Table) and item.id == table else (item,))
        )
        return replace(section, items=items)

    return replace(plan, sections=tuple(map(edited, plan.sections)))


def _line(text: str) -> Paragraph:
    return Paragraph(Words(text, (FAULT,)), "table")


def _labels_apart(plan: Plan, rng: Random) -> Damage:
    """All labels of table 3, then all lines of numbers."""
    separator = rng.choice((" ", "  "))

    def write(table: Table) -> tuple[Item, ...]:
        grid = make_grid(table)
        words = [[cell.words.text for cell in row if cell.role != "value"] for row in grid.rows]
        numbers = [[cell.words.text for cell in row if cell.role == "value"] for row in grid.rows]
        labels = [text for row in words for text in row if text]
        return (*map(_line, labels), *(_line(separator.join(row)) for row in numbers if row))

    return Damage(_instead_of_table(plan, "requests", write), ("requests",), "表三的行名在前，数字都在后")


def _cells_joined(plan: Plan, rng: Random) -> Damage:
    """No separators: one line a row, or the whole table in one. A row with one number could still be read."""
    table = rng.choice(tuple(SECTION_OF_TABLE))
    whole = table == "disclosure" or rng.random() < 0.5

    def write(found: Table) -> tuple[Item, ...]:
        lines = ["".join(cell.words.text for cell in row) for row in make_grid(found).rows]
        return tuple(map(_line, ["".join(lines)] if whole else lines))

    return Damage(_instead_of_table(plan, table, write), (table,), f"单元格连在一起：{table}")


def _row_unknown(plan: Plan, rng: Random) -> Damage:
    """One row more than the form has."""
    table = rng.choice(("disclosure", "requests"))
    blocks = next(t for t in tables(plan) if t.id == table).blocks
    block = rng.choice([b for b in blocks if b.rows])
    at = rng.randrange(len(block.rows))
    like = block.rows[at]
    label = Words(rng.choice(("行政征收", "网上咨询") if table == "disclosure" else ("电话咨询", "转交办理情况")))
    strange = faulty(
        replace(like, id="strange", label=label, cells=tuple(Words(str(rng.randint(0, 3))) for _ in like.cells))
    )

    def edited(found: Block) -> tuple[Block, ...]:
        if found.id != block.id:
            return (found,)
        return (replace(found, rows=(*found.rows[: at + 1], strange, *found.rows[at + 1 :])),)

    return Damage(edit_blocks(plan, table, edited), (table, like.id), f"多出一行：{label.text}")


def _value_count(plan: Plan, rng: Random) -> Damage:
    """A row of table 3 with one number too many or too few; which one cannot be known."""
    rows = next(t for t in tables(plan) if t.id == "requests").blocks[0].rows
    gone = rng.choice(rows)
    extra = rng.random() < 0.5

    def edit(row: Row) -> Row:
        if row.id != gone.id:
            return row
        texts = [words.text for words in row.cells]
        texts = [*texts, str(rng.randint(0, 3))] if extra else texts[:-1]
        return replace(row, label=row.label.tagged(FAULT), cells=tuple(Words(text, (FAULT,)) for text in texts))

    return Damage(
        _edit_rows(plan, "requests", lambda rows: tuple(map(edit, rows))),
        ("requests", gone.id),
        f"{gone.id} {'多' if extra else '少'}一个数",
    )


def _values_apart(plan: Plan, rng: Random) -> Damage:
    """Two labels one after the other, then one row of numbers: whose they are cannot be known."""
    rows = next(t for t in tables(plan) if t.id == "requests").blocks[0].rows
    at = rng.choice([i for i in range(len(rows) - 1) if rows[i].groups == rows[i + 1].groups])

    def edit(old: tuple[Row, ...]) -> tuple[Row, ...]:
        first, second = old[at], old[at + 1]
        cells = tuple(Words(words.text, (FAULT,)) for words in second.cells)
        return (
            *old[:at],
            replace(first, label=first.label.tagged(FAULT), cells=()),
            replace(second, label=second.label.tagged(FAULT), cells=()),
            replace(second, id="apart", label=Words("", (FAULT,)), cells=cells),
            *old[at + 2 :],
        )

    return Damage(_edit_rows(plan, "requests", edit), ("requests", rows[at].id), f"数字不知属于哪一行：{rows[at].id}")


MAKERS: dict[str, Make] = {
    "label_cut": _label_cut,
    "row_label_lost": _label_lost,
    "labels_apart": _labels_apart,
    "cells_joined": _cells_joined,
    "row_unknown": _row_unknown,
    "value_count": _value_count,
    "values_apart": _values_apart,
}
