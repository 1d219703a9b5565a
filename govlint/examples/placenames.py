"""The parts of the clean report in words: examples name them by ids, people read labels."""

from __future__ import annotations

from govlint.linter import Linter
from govlint.model.edition import TableForm
from govlint.writers.language import Language

_PLAIN = frozenset(("document", "title", "preamble", "signature"))


def part_words(name: str, linter: Linter, language: Language) -> str:
    """A part by the labels of the form; a part that has none by its own name."""
    bare, copied, _ = name.partition("#")
    if copied:
        return language.say("part", "copy", {"place": part_words(bare, linter, language)})
    if bare in _PLAIN:
        return language.say("part", bare)
    kind, _, number = bare.lstrip("@").partition(".")
    if kind in ("heading", "section") and number:
        return language.say("part", "text" if bare.startswith("@") else kind, {"number": number})
    for edition in reversed(linter.editions):
        form = edition.table_by_id.get(kind)
        words = _table_part(form, number, language) if form else None
        if words:
            return words
    return bare


def _table_part(form: TableForm, rest: str, language: Language) -> str | None:
    """A row, a cell, a caption or a column heading of a table; None where this form has no such part."""
    table = language.of(form.label)
    if not rest or rest == "values":
        return language.say("where", "table", {"table": table})
    name, _, column = rest.partition(".")
    if name in form.row_by_id:
        row = form.row_by_id[name]
        label = next((entry.label for entry in row.columns if entry.id == column), None)
        if label is None:
            return language.say("where", "row", {"table": table, "row": row.label})
        return language.say("where", "cell", {"table": table, "row": row.label, "column": label})
    if name in form.block_by_id:
        block = form.block_by_id[name]
        label = next((entry.label for entry in block.rows[0].columns if entry.id == column), None)
        if label is not None:
            return language.say("part", "column", {"table": table, "column": label})
        return language.say("part", "block", {"table": table, "caption": block.caption or form.opening or ""})
    return None
