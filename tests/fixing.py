"""Reports for the tests of fixes, and what became of them."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher

from runs import CLEAN, LINTER

from govlint.examples.running import build
from govlint.fixes.mending import Mended, Mender
from govlint.model.diagnostic import Result

MENDED_RULES = frozenset(rule.id for rule in LINTER.rules if rule.autofix)


def made(**edit: object) -> tuple[bytes, str]:
    """The bytes and the name of a report with these edits of the clean one."""
    built = build(edit, CLEAN, LINTER)
    return built.data, built.path


def mend(data: bytes, path: str, *, unsafe: bool = True, linter=LINTER) -> Mended:
    return Mender(linter, unsafe=unsafe).mend(data, path)


def rules_of(result: Result) -> list[str]:
    return [diagnostic.rule.id for diagnostic in result.diagnostics]


def found(result: Result) -> Counter[tuple[str, str]]:
    return Counter((diagnostic.rule.id, diagnostic.finding.subject) for diagnostic in result.diagnostics)


def cell(result: Result, name: str):
    return next(cell for table in result.report.tables for cell in table.cells if str(cell.address) == name)


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """What gave way to what, each change by itself."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [(before[i:j], after[k:m]) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]
