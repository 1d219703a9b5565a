"""Diagnostics in words, for outputs that have one field where others have several."""

from __future__ import annotations

from govlint.model.diagnostic import Diagnostic
from govlint.model.report import Report
from govlint.model.rule import Rule
from govlint.writers.language import Language
from govlint.writers.places import where


def one_line(diagnostic: Diagnostic, report: Report | None, language: Language) -> str:
    """The message; with the place in words where the file (DOCX, PDF, XLSX …) has no lines that a number could name."""
    message = language.message(diagnostic)
    place = where(diagnostic, report, language) if diagnostic.source.places else None
    return language.say("sentence", "placed", {"message": message, "place": place}) if place else message


def basis_of(rule: Rule) -> str:
    """The documents and clauses that a rule rests on; nothing where it rests on custom."""
    return "；".join(" ".join(entry.values()) for entry in rule.basis if entry["document"] != "practice")
