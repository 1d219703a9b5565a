"""Reports that belong together, for the tests of rules on several reports: edits of the clean report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document as Word

from govlint.examples.running import build
from govlint.linter import load_linter
from govlint.model.diagnostic import Diagnostic, Result

LINTER = load_linter()
CLEAN = LINTER.data("examples/clean.yaml")
LINKED = LINTER.with_rules(tuple(rule for rule in LINTER.rules if rule.id.startswith("GL8")))
COUNTY = "云溪县"
GOVERNMENT = f"{COUNTY}人民政府"


def report(**edit: Any) -> bytes:
    """A report as an edit of the clean one (see CONTRIBUTING): that of 云溪县水务局 on 2023 unless told otherwise."""
    return build(edit, CLEAN, LINTER).data


def as_word(text: bytes) -> bytes:
    """A report in the layout of tabs as a Word document: runs of lines with tabs become tables."""
    word = Word()
    rows: list[list[str]] = []

    def flush() -> None:
        if rows:
            width = max(map(len, rows))
            table = word.add_table(0, width)
            for row in rows:
                for cell, words in zip(table.add_row().cells, row, strict=False):
                    cell.text = words
            rows.clear()

    for line in text.decode().splitlines():
        if "\t" in line:
            rows.append(line.split("\t"))
        else:
            flush()
            word.add_paragraph(line)
    flush()
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def link(files: Mapping[str, bytes], rollup: Any = None) -> dict[str, Result]:
    """The results of files by their names, judged by the rules on several reports alone."""
    results = [_checked(name, data) for name, data in files.items()]
    return {result.path: result for result in LINKED.link(results, rollup)}


@lru_cache(maxsize=100)
def _checked(name: str, data: bytes) -> Result:
    """A file by itself; the same one often stands in several orders or with others."""
    return LINKED.check_bytes(data, name)


def found(results: Mapping[str, Result]) -> list[tuple[str, str]]:
    """(file, rule) of everything found, sorted."""
    return sorted((path, diagnostic.rule.id) for path, result in results.items() for diagnostic in result.diagnostics)


def only(result: Result) -> Diagnostic:
    """The one diagnostic of a result."""
    (diagnostic,) = result.diagnostics
    return diagnostic


def words(result: Result, diagnostic: Diagnostic) -> str:
    """The text that a diagnostic of this result points at."""
    assert result.source is not None
    span = diagnostic.finding.location.span
    return result.source.text[span.start : span.end]


def outcome(result: Result, rule: str) -> tuple[str, str | None]:
    """How a rule ended on a report, and why it could not be judged."""
    (ended,) = (each for each in result.outcomes if each.rule == rule)
    return ended.outcome, ended.reason


def put(folder: Path, files: Mapping[str, bytes]) -> Sequence[str]:
    """Write files below a folder; their names."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return list(files)
