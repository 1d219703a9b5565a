"""One diagnostic a line: path:line:column: severity rule message."""

from __future__ import annotations

from govlint.model.diagnostic import Run
from govlint.writers.language import Language
from govlint.writers.places import escape_controls


def write(run: Run, language: Language) -> str:
    """The diagnostics of a run, one a line, in the order of the inputs and of each file."""
    lines = []
    for result in run.results:
        for diagnostic in result.diagnostics:
            line, column = diagnostic.source.position(diagnostic.finding.location.span.start)
            severity = language.words["severity"][diagnostic.severity]
            message = language.message(diagnostic)
            text = f"{result.path}:{line}:{column}: {severity} {diagnostic.rule.id} {message}"
            lines.append(escape_controls(text) + "\n")
    return "".join(lines)
