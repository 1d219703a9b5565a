"""A table on the other edition's form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from .damage import Damage
from .figures import draw_values
from .form import FORMS
from .plan import Plan, Table, map_items, plan_table
from .words import FAULT, Words

Make = Callable[[Plan, Random], Damage | None]


def _other_edition(table: str) -> Make:
    """The other edition's form for one table; tagged is what only that edition has."""

    def make(plan: Plan, rng: Random) -> Damage:
        own = plan.report.form.table(table)
        other = FORMS["2019" if plan.report.edition == "2021" else "2021"]
        values = draw_values(other.edition, plan.report.size, False, rng)
        known = {
            text
            for block in own.blocks
            for text in (
                block.caption,
                *block.headers,
                *(row.label for row in block.rows),
                *(g for row in block.rows for g in row.groups),
            )
        }

        own_rows = {row.id for block in own.blocks for row in block.rows}

        def strange(words: Words) -> Words:
            return words if words.text in known else words.tagged(FAULT)

        fresh = plan_table(other.table(table), lambda address: str(values[address]))
        if table == "requests":
            fresh = _keep_numbers(fresh, plan)
        marked = replace(
            fresh,
            blocks=tuple(
                replace(
                    block,
                    caption=strange(block.caption),
                    headers=tuple(map(strange, block.headers)),
                    rows=tuple(
                        replace(row, label=strange(row.label) if row.id in own_rows else row.label.tagged(FAULT))
                        for row in block.rows
                    ),
                )
                for block in fresh.blocks
            ),
        )
        cells = {
            tag[1:4]: _number(words.text)
            for block in marked.blocks
            for row in block.rows
            for words in row.cells
            for tag in words.tags
            if tag[0] == "cell"
        }
        edited = map_items(plan, lambda item: marked if isinstance(item, Table) and item.id == table else item)
        return Damage(
            edited,
            (table,),
            f"{table} 用了 {other.edition} 版格式",
            {(address[0], address[1], address[2]): value for address, value in cells.items()},
        )

    return make


def _number(text: str) -> int | None:
    return int(text) if text.lstrip("-").isdigit() else None


def _keep_numbers(fresh: Table, plan: Plan) -> Table:
    """Table 3 with this report's numbers: （六） is one row or three, their sum is the same."""
    report = plan.report
    others = [row.id for row in report.form.table("requests").blocks[0].rows if row.id.startswith("other_")]
    columns = report.form.table("requests").blocks[0].columns

    def text(row: str, column: str) -> str:
        if ("requests", row, column) in report.values:
            return report.printed(("requests", row, column))
        total = sum(report.number(name, column) for name in others)
        return str(total if row in ("other_handling", "other_rest") else 0)

    return replace(
        fresh,
        blocks=tuple(
            replace(
                block,
                rows=tuple(
                    replace(
                        row,
                        cells=tuple(
                            words.reworded(text(row.id, column))
                            for words, column in zip(row.cells, columns, strict=True)
                        ),
                    )
                    for row in block.rows
                ),
            )
            for block in fresh.blocks
        ),
    )


MAKERS: dict[str, Make] = {
    "other_edition_disclosure": _other_edition("disclosure"),
    "other_edition_requests": _other_edition("requests"),
}
