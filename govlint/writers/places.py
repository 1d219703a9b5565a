"""Where a diagnostic stands: in words, labels first, and by a fingerprint without line numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePath

from govlint.chinese import sentences
from govlint.model.diagnostic import Diagnostic, Run
from govlint.model.report import Report, Section
from govlint.writers.language import Language

_WORDS = 12
"""So many characters of a sentence name it."""
RUNNERS = r"(?<=#)#(?=\[|vso\[|teamcity\[)"
"""In ``##[``, ``##vso[`` and ``##teamcity[``, which the runners of CI jobs take for commands wherever they stand."""
_HOSTILE = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|{RUNNERS}")
_HOSTILE_LINES = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|\r(?!\n)|{RUNNERS}"
)
_COMMAND = re.compile(r"^([^\S\n]*):(?=:)", re.MULTILINE)
"""What a line begins with that GitHub's runner takes for a command."""


def where(diagnostic: Diagnostic, report: Report | None, language: Language) -> str | None:
    """The place in words: table, row and column labels, or section and sentence; then line and column."""
    if report is None or diagnostic.finding.subject == "document":
        return None
    words = _labels(diagnostic, report, language) or _section(diagnostic, report, language)
    if words is None:
        return None
    return words + _native(diagnostic, language)


def _native(diagnostic: Diagnostic, language: Language) -> str:
    """The place in the file's own terms: row and column or paragraph, page, sheet; else line and column."""
    start = diagnostic.finding.location.span.start
    place = diagnostic.source.place(start)
    if place is None:
        position = diagnostic.source.position(start)
        return language.say("where", "place", {"line": position.line, "column": position.column})
    known = place._asdict()
    words = ""
    if place.sheet is not None:
        return language.say("where", "sheet", known)
    if place.row is not None and place.cell is not None:
        words = language.say("where", "grid", known)
    elif place.paragraph is not None:
        words = language.say("where", "paragraph", known)
    return words + (language.say("where", "page", known) if place.page is not None else "")


def _labels(diagnostic: Diagnostic, report: Report, language: Language) -> str | None:
    target = diagnostic.finding.target
    table = report.table_by_id.get(target.table) if target else None
    if target is None or table is None:
        return None
    params = {"table": language.of(table.form.label)}
    row = table.form.row_by_id.get(target.row or "")
    if row is None:
        return language.say("where", "table", params)
    column = next((column for column in row.columns if column.id == target.column), None)
    if column is None:
        return language.say("where", "row", {**params, "row": row.label})
    return language.say("where", "cell", {**params, "row": row.label, "column": column.label})


def section_at(report: Report, offset: int) -> Section | None:
    """The section whose heading is the last before a place of the source."""
    inside: Section | None = None
    for section in report.sections:
        if section.span and section.span.start <= offset and (inside is None or inside.span < section.span):  # type: ignore[operator]
            inside = section
    return inside


def _section(diagnostic: Diagnostic, report: Report, language: Language) -> str | None:
    start = diagnostic.finding.location.span.start
    inside = section_at(report, start)
    if inside is None or inside.heading is None:
        return None
    heading = inside.heading.text
    at = bisect_right(inside.body, start, key=lambda piece: piece.span.start) - 1
    if at >= 0 and start < inside.body[at].span.end:
        piece = inside.body[at]
        slices = _sentences(piece.text)
        number = bisect_right(slices, start, key=lambda ends: piece.cell.span(piece.start, piece.start + ends[1]).end)
        if number < len(slices):
            first, last = slices[number]
            words = piece.text[first : min(last, first + _WORDS)].strip()
            return language.say("where", "sentence", {"heading": heading, "words": words})
    return language.say("where", "section", {"heading": heading})


@lru_cache(maxsize=4)
def _sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a paragraph; kept, since many diagnostics may stand in one."""
    return sentences(text)


def fingerprints(run: Run) -> dict[int, str]:
    """A fingerprint for every diagnostic (by its id()): of file name, rule, subject, and a count of equals.

    Waived ones have one too and are counted with the others, so that a waiver changes no fingerprint.
    """
    from hashlib import blake2b

    prints: dict[int, str] = {}
    for result in run.results:
        seen: dict[tuple[str, str, str], int] = {}
        every = [*result.diagnostics, *(waived.diagnostic for waived in result.waived)]
        for diagnostic in sorted(every, key=lambda diagnostic: diagnostic.order):
            key = (PurePath(result.path).name, diagnostic.rule.id, diagnostic.finding.subject)
            seen[key] = seen.get(key, 0) + 1
            text = "\0".join((*key, str(seen[key])))
            prints[id(diagnostic)] = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return prints


def escape_controls(text: str) -> str:
    """Text that does nothing to a terminal: control and bidirectional characters, and lone surrogates, made visible.

    So is what the runner of a CI job takes for a command wherever it stands in a line.
    """
    return _HOSTILE.sub(visible, text)


def printed_line(text: str) -> str:
    """Text that does nothing to a terminal, nor to a runner that looks for commands at the start of each line."""
    return _COMMAND.sub(r"\1\\x3a", escape_controls(text))


def printed_lines(text: str) -> str:
    """Like ``printed_line`` for several lines; their ends and tabs stay."""
    return _COMMAND.sub(r"\1\\x3a", _HOSTILE_LINES.sub(visible, text))


def visible(found: re.Match[str]) -> str:
    """A character as its code in letters that everything shows."""
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def count_severities(diagnostics: Iterable[Diagnostic]) -> dict[str, int]:
    """How many diagnostics of each severity there are."""
    counts = {"error": 0, "warning": 0, "info": 0}
    for diagnostic in diagnostics:
        counts[diagnostic.severity] += 1
    return counts
