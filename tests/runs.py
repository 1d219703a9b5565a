"""Runs for the tests of output formats: one with everything that a run can have, and what a format makes of a run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from govlint.examples.running import build
from govlint.linter import load_linter, select
from govlint.model.diagnostic import Result, Run, Waived
from govlint.model.errors import ReadError
from govlint.model.source import Place
from govlint.model.waiver import Stale, Waiver
from govlint.settling import outcomes_of
from govlint.writers import WRITERS, load
from govlint.writers.language import Language

LINTER = load_linter()
CLEAN = LINTER.data("examples/clean.yaml")
LANGUAGES = {code: Language(code, LINTER.data(f"locale/{code}.yaml")) for code in ("zh", "en")}
SOME = LINTER.with_rules(
    select(LINTER.rules, ("GL102", "GL106", "GL302", "GL400", "GL402", "GL403", "GL501", "GL701"), ())
)
"""A few rules, so that what is printed of them can be read."""
FAULTS: Mapping[str, Any] = {
    "cell": {"requests.granted.business": "1"},
    "heading": {1: "一、总体的情况", 5: "五、主要问题和改进情况"},
    "text": {"@section.6": "没有其他事项。\n七、附件\n无。"},
}
"""Two headings with other words, a wrong cell that breaks two totals, no word on fees, a section too many."""
WAIVER = Waiver(
    "file",
    ".govlint-waivers.yaml",
    3,
    "GL501",
    "2023/水务局.txt",
    "收费情况另行公布",
    subject="section.6",
    author="王",
    expires="2024-12-31",
)
STALE = Stale(WAIVER._replace(line=9, rule="GL301", reason="旧系统不能填0"), "unused")


def write(form: str, run: Run, lang: str = "zh") -> str:
    """What the command would print of a run, as text."""
    return load(WRITERS[form])(run, LANGUAGES[lang]).encode("utf-8", "backslashreplace").decode("utf-8")


def waiving(result: Result, rule: str, waiver: Waiver = WAIVER) -> Result:
    """The result with what a rule found waived."""
    kept = tuple(diagnostic for diagnostic in result.diagnostics if diagnostic.rule.id != rule)
    waived = tuple(Waived(one, waiver) for one in result.diagnostics if one.rule.id == rule)
    assert waived
    changed = replace(result, diagnostics=kept, waived=waived)
    return replace(changed, outcomes=outcomes_of(changed))


def in_cells(result: Result, place: Place) -> Result:
    """The result as if the file had no lines of its own, and everything stood at this place."""
    assert result.source
    source = replace(result.source, places=((0, place),))
    diagnostics = tuple(replace(diagnostic, source=source) for diagnostic in result.diagnostics)
    return replace(result, source=source, diagnostics=diagnostics)


@cache
def sample() -> Run:
    """A report with faults of every severity, one of them waived; a Word file that no date is found in; a scan."""
    faulty = SOME.check_bytes(build(FAULTS, CLEAN, LINTER).data, "2023/水务局.txt")
    undated = build({"cell": {"remedies.review.upheld": "无此"}, "text": {"2024年1月20日": ""}}, CLEAN, LINTER).data
    word = in_cells(SOME.check_bytes(undated, "2023/民政局.docx"), Place(table=5, row=4, cell=2))
    scan = Result("2023/扫描件.pdf", read_error=ReadError("2023/扫描件.pdf", "no_text", {"pages": "1-3"}))
    return replace(SOME.run([waiving(faulty, "GL501"), word, scan]), stale=(STALE,))


def assert_as_kept(name: str, text: str) -> None:
    """What is printed is what is kept in ``tests/outputs``; ``GOVLINT_UPDATE=1`` writes it anew."""
    path = Path(__file__).parent / "outputs" / name
    if os.environ.get("GOVLINT_UPDATE"):
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()
