"""``pretty``: each diagnostic with its source line, the place underlined, related places, why and basis."""

from __future__ import annotations

import re
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from govlint.model.diagnostic import Diagnostic, Result, Run
from govlint.model.source import Source, Span
from govlint.writers.language import Language
from govlint.writers.places import RUNNERS, escape_controls, printed_line, where

WIDTH = 80
_TAB = 4
_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_PIECE = re.compile(r"[!-~]+[，。；：、！？）》”’」』]*\s*|[^!-~\s][，。；：、！？）》”’」』]*\s*|\s+")
"""What is not broken: a word, or one Han character with the punctuation that closes it."""
_RUNNER = re.compile(RUNNERS)
_SHOWN_RELATED = 6
"""So many related places are shown; the rest are counted."""


def write(run: Run, language: Language, *, color: bool = False, width: int = WIDTH) -> str:
    """The diagnostics of a run for a person to read, at most ``width`` columns wide."""
    out = StringIO()
    console = Console(
        file=out,
        width=max(width, 40),
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for result in run.results:
        for diagnostic in result.diagnostics:
            _show(console, diagnostic, result, run, language)
    return out.getvalue()


def _show(console: Console, diagnostic: Diagnostic, result: Result, run: Run, language: Language) -> None:
    finding, rule = diagnostic.finding, diagnostic.rule
    style = _STYLES[rule.severity]
    line, column = diagnostic.source.position(finding.location.span.start)
    head = Text(f"{language.words['severity'][rule.severity]}[{rule.id}]", style=style)
    head.append(f" {rule.name}", style="dim")
    console.print(head, soft_wrap=True)
    for shown in wrap(escape_controls(language.message(diagnostic)), console.width, "  ", "  "):
        console.print(Text(shown, style="bold"), soft_wrap=True)
    console.print(Text(f"  --> {escape_controls(result.path)}:{line}:{column}", style="blue"), soft_wrap=True)
    place = where(diagnostic, result.report, language)
    if place:
        for shown in wrap(escape_controls(place), console.width, " " * 6, " " * 6):
            console.print(Text(shown, style="dim"), soft_wrap=True)
    for shown in excerpt(diagnostic.source, finding.location.span, console.width):
        console.print(Text(shown, style=style if shown.lstrip(" |").startswith("^") else ""), soft_wrap=True)
    if finding.expected is not None:
        _field(console, language.say("pretty", "expected"), finding.expected)
    for related in finding.related[:_SHOWN_RELATED]:
        source = run.sources.get(related.location.source_id, diagnostic.source)
        start = source.position(related.location.span.start)
        if source.id == diagnostic.source.id:
            _field(console, f"{start.line}:{start.column}", language.related(related))
        else:
            _elsewhere(console, f"{source.path}:{start.line}:{start.column}", language.related(related))
    if len(finding.related) > _SHOWN_RELATED:
        more = language.say("pretty", "more", {"count": len(finding.related) - _SHOWN_RELATED})
        _field(console, "…", more)
    _field(console, language.say("pretty", "why"), language.of(rule.why))
    if rule.fix:
        _field(console, language.say("pretty", "fix"), language.of(rule.fix))
    basis = "；".join(" ".join(entry.values()) for entry in rule.basis if entry["document"] != "practice")
    if basis:
        _field(console, language.say("pretty", "basis"), basis)
    console.print()


def _field(console: Console, name: str, text: str) -> None:
    for line in wrap(escape_controls(" ".join(text.split())), console.width, f"   = {name}: ", " " * 5):
        console.print(Text(line), soft_wrap=True)


def _elsewhere(console: Console, place: str, text: str) -> None:
    """A place in another file, in one piece whatever its length, and what is there."""
    console.print(Text(f"  ::: {escape_controls(place)}", style="blue"), soft_wrap=True)
    for line in wrap(escape_controls(" ".join(text.split())), console.width, " " * 6, " " * 6):
        console.print(Text(line), soft_wrap=True)


def wrap(text: str, width: int, first: str, rest: str) -> list[str]:
    """The text in lines of at most ``width`` columns, ``first`` and ``rest`` before them.

    Han text breaks anywhere but before closing punctuation; words and numbers are kept whole where they fit. No line
    does anything to a terminal or to the runner of a CI job.
    """
    lines: list[str] = []
    line = first
    empty = True
    for found in _PIECE.findall(text):
        piece = found
        if not empty and cell_len(line) + cell_len(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line, empty = rest, True
        while cell_len(line) + cell_len(piece.rstrip()) > width:
            part = _fit_start(piece, max(width - cell_len(line), 2))
            lines.append(line + part)
            line, piece = rest, piece[len(part) :]
        line += piece if not empty else piece.lstrip()
        empty = False
    lines.append(line.rstrip())
    return [printed_line(line) for line in lines]


def excerpt(source: Source, span: Span, width: int) -> list[str]:
    """The source line of a place, cut to the width, and carets right under the place.

    Wide characters take two columns; tabs are shown as blanks, control characters as dots.
    """
    number = source.position(span.start).line
    whole = source.line_span(number)
    gutter = f"{number:>5} | "
    room = max(width - len(gutter) - 1, 20)
    start, end = span.start, max(min(span.end, whole.end), span.start)
    marked = _display(source.text[start:end]) or " "
    before = _fit_end(_display(source.text[max(whole.start, start - room) : start]), room // 2)
    marked = _fit_start(marked, room - cell_len(before))
    after = _fit_start(_display(source.text[end : min(whole.end, end + room)]), room - cell_len(before + marked))
    carets = " " * cell_len(before) + "^" * max(cell_len(marked), 1)
    shown = _RUNNER.sub("·", f"{gutter}{before}{marked}{after}".rstrip())
    return [shown, f"{'| ':>{len(gutter)}}{carets}"]


def _display(text: str) -> str:
    return "".join(
        " " * _TAB if char == "\t" else char if char.isprintable() else " " if char.isspace() else "·" for char in text
    )


def _fit_start(text: str, room: int) -> str:
    """The beginning of a text that fits."""
    used = 0
    for index, char in enumerate(text):
        used += cell_len(char)
        if used > room:
            return text[:index]
    return text


def _fit_end(text: str, room: int) -> str:
    """The end of a text that fits."""
    return _fit_start(text[::-1], room)[::-1]
