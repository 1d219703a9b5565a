"""Safe fixes as other programs show them: what a person may accept with a click."""

from __future__ import annotations

from govlint.model.diagnostic import Diagnostic
from govlint.model.source import Span


def suggested(diagnostic: Diagnostic) -> list[tuple[Span, str]]:
    """The edits that mend a diagnostic without changing any meaning, in order.

    Only for files whose lines are counted in themselves: of others nobody could apply them.
    """
    source = diagnostic.source
    if diagnostic.autofix != "safe" or source.encoding is None:
        return []
    edits = {edit.location.span: edit.replacement for edit in diagnostic.finding.edits}
    return sorted(edits.items())


def as_one(diagnostic: Diagnostic) -> tuple[Span, str] | None:
    """The same edits as one: from the first to the last, with what stands between; None without any."""
    edits = suggested(diagnostic)
    if not edits:
        return None
    whole = Span(edits[0][0].start, edits[-1][0].end)
    text, at = "", whole.start
    for span, replacement in edits:
        text += diagnostic.source.text[at : span.start] + replacement
        at = span.end
    return whole, text
