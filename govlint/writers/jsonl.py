"""``jsonl``: one diagnostic a line, each an object like those of ``json``."""

from __future__ import annotations

from govlint.model.diagnostic import Run
from govlint.writers.json_array import describe
from govlint.writers.json_text import to_json
from govlint.writers.language import Language
from govlint.writers.places import fingerprints


def write(run: Run, language: Language) -> str:
    """The diagnostics of a run as JSON Lines (see ``govlint schema check-jsonl``); nothing when there are none."""
    prints = fingerprints(run)
    return "".join(
        to_json(describe(diagnostic, result.report, run, language, prints[id(diagnostic)])) + "\n"
        for result in run.results
        for diagnostic in result.diagnostics
    )
