"""``github``: workflow commands that GitHub Actions turns into annotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from govlint.model.diagnostic import Diagnostic, Result, Run
from govlint.model.rule import Severity
from govlint.writers.language import Language
from govlint.writers.places import escape_controls
from govlint.writers.sentences import one_line
from govlint.writers.uris import relative_path

SHOWN = 10
"""So many annotations of one kind GitHub shows of a step; the others are only in its log."""
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
Command = tuple[str, dict[str, str | int], str]
"""Name, properties and message of a command."""


def write(run: Run, language: Language) -> str:
    """One command a line: the diagnostics, the inputs that could not be read, and the waivers that did nothing.

    Where there are more than GitHub shows, a notice tells how many. It comes first, for what comes last is not shown.
    What is waived is left out.
    """
    commands = list(_commands(run, language))
    counts = Counter(name for name, _, _ in commands)
    if any(count > SHOWN for count in counts.values()):
        every = {name: counts[name] for name in _COMMANDS.values()}
        text = language.say("platform", "shown", {**every, "shown": SHOWN})
        commands.insert(0, ("notice", {"title": "govlint"}, text))
    return "".join(_line(*command) for command in commands)


def _commands(run: Run, language: Language) -> Iterator[Command]:
    for result in run.results:
        path = relative_path(result.path, run.root)
        if result.read_error:
            title = language.say("platform", "unread_title")
            yield "error", {"title": title, "file": path}, language.read_error(result.read_error)
        for diagnostic in result.diagnostics:
            yield _annotation(diagnostic, result, path, language)
    for stale in run.stale:
        waiver = stale.waiver
        title, path = language.say("platform", "stale_title"), relative_path(waiver.path, run.root)
        text = language.say("stale", stale.why, waiver._asdict())
        yield "warning", {"title": title, "file": path, "line": waiver.line}, text


def _annotation(diagnostic: Diagnostic, result: Result, path: str, language: Language) -> Command:
    """Columns only for what is on one line: with others GitHub does not take them."""
    rule = diagnostic.rule
    start, end = (diagnostic.source.position(offset) for offset in diagnostic.finding.location.span)
    properties: dict[str, str | int] = {
        "title": f"{rule.id} {rule.name}",
        "file": path,
        "line": start.line,
    }
    if start.line == end.line:
        properties["col"] = start.column
    properties["endLine"] = end.line
    if start.line == end.line:
        properties["endColumn"] = end.column
    return _COMMANDS[rule.severity], properties, one_line(diagnostic, result.report, language)


def _line(name: str, properties: dict[str, str | int], message: str) -> str:
    shown = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {shown}::{_data(message)}\n"


def _data(text: str) -> str:
    return escape_controls(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
