"""``checkstyle``: the XML of Checkstyle, which Jenkins and many other tools read."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from govlint.model.diagnostic import Result, Run
from govlint.writers.language import Language
from govlint.writers.sentences import one_line
from govlint.writers.uris import relative_path
from govlint.writers.xml_text import document, legal

VERSION = "4.3"
"""The version of Checkstyle whose output this is; what other linters give here, and all that readers know."""


def write(run: Run, language: Language) -> str:
    """A ``file`` for every input, clean ones too, and in it an ``error`` of each diagnostic.

    An input that could not be read has one ``error`` with the source ``govlint.unreadable``; a waiver that did nothing
    has one in the file where it stands. What is waived is left out: the format has no word for it.
    """
    root = Element("checkstyle", version=VERSION)
    for result in run.results:
        file = SubElement(root, "file", name=legal(relative_path(result.path, run.root)))
        file.extend(_errors(result, language))
    for waiver, why in run.stale:
        file = SubElement(root, "file", name=legal(relative_path(waiver.path, run.root)))
        message = language.say("stale", why, waiver._asdict())
        file.append(_error(waiver.line, 1, "warning", message, "stale-waiver"))
    return document(root)


def _errors(result: Result, language: Language) -> list[Element]:
    if result.read_error:
        return [_error(1, 1, "error", language.read_error(result.read_error), "unreadable")]
    errors = []
    for diagnostic in result.diagnostics:
        line, column = diagnostic.source.position(diagnostic.finding.location.span.start)
        message = one_line(diagnostic, result.report, language)
        errors.append(_error(line, column, diagnostic.severity, message, diagnostic.rule.id))
    return errors


def _error(line: int, column: int, severity: str, message: str, source: str) -> Element:
    attributes = {"line": str(line), "column": str(column), "severity": severity, "message": legal(message)}
    return Element("error", {**attributes, "source": f"govlint.{source}"})
