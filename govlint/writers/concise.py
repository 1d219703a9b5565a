"""One diagnostic a line: path:line:column: severity rule message."""

from __future__ import annotations

from govlint.model.diagnostic import Run
from govlint.writers.language import Language
from govlint.writers.places import escape_controls

_BOLD = "1"
_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;36"}


def write(run: Run, language: Language, *, color: bool = False) -> str:
    """The diagnostics of a run, one a line, in the order of the inputs and of each file."""
    paint = _painted if color else _plain
    lines = []
    for result in run.results:
        path = paint(escape_controls(_path(result.path)), _BOLD)
        for diagnostic in result.diagnostics:
            line, column = diagnostic.source.position(diagnostic.finding.location.span.start)
            severity = paint(language.words["severity"][diagnostic.severity], _COLOURS[diagnostic.severity])
            rule = paint(diagnostic.rule.id, _BOLD)
            message = escape_controls(language.message(diagnostic))
            lines.append(f"{path}:{line}:{column}: {severity} {rule} {message}\n")
    return "".join(lines)


def _plain(text: str, style: str) -> str:
    return text


def _painted(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m"


def _path(path: str) -> str:
    """The path; one that begins like a command to GitHub's runner, which reads every line of a log, gets a ``./``."""
    return f"./{path}" if path.lstrip().startswith("::") else path
