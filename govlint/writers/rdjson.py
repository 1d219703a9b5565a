"""``rdjson``: the Reviewdog Diagnostic Format, for comments on pull and merge requests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from govlint.model.diagnostic import Diagnostic, Result, Run
from govlint.model.finding import Related
from govlint.model.source import Location, Source
from govlint.model.waiver import Stale
from govlint.writers.json_text import to_json
from govlint.writers.language import Language
from govlint.writers.sentences import one_line
from govlint.writers.suggested import as_one
from govlint.writers.uris import relative_path

_SURROGATE = re.compile("[\ud800-\udfff]")


def write(run: Run, language: Language) -> str:
    """The diagnostics of a run as one ``DiagnosticResult``; columns count bytes of UTF-8, as that format wants.

    An input that could not be read is an error on its file, without a range; a waiver that did nothing is a warning on
    its line. What is waived is left out, so that nobody gets a comment on it.
    """
    path_of = cache(lambda path: _whole(relative_path(path, run.root)))
    diagnostics = [entry for result in run.results for entry in _entries(result, run, language, path_of)]
    diagnostics += (_stale(stale, language, path_of) for stale in run.stale)
    return to_json({"source": {"name": "govlint"}, "diagnostics": diagnostics}, indent=2) + "\n"


def _entries(result: Result, run: Run, language: Language, path_of: Callable[[str], str]) -> Iterator[dict[str, Any]]:
    if result.read_error:
        yield {
            "message": _whole(language.read_error(result.read_error)),
            "location": {"path": path_of(result.path)},
            "severity": "ERROR",
            "code": {"value": "unreadable"},
        }
    for diagnostic in result.diagnostics:
        entry: dict[str, Any] = {
            "message": _whole(one_line(diagnostic, result.report, language)),
            "location": _location(diagnostic.source, diagnostic.finding.location, path_of),
            "severity": diagnostic.severity.upper(),
            "code": {"value": diagnostic.rule.id},
        }
        if suggestion := as_one(diagnostic):
            span, text = suggestion
            place = _location(diagnostic.source, Location(diagnostic.source.id, span), path_of)
            entry["suggestions"] = [{"range": place["range"], "text": _whole(text)}]
        if diagnostic.finding.related:  # Reviewdog before 0.18 does not know this field, and refuses unknown ones.
            entry["related_locations"] = [
                {
                    "message": _whole(language.related(related)),
                    "location": _location(_source(run, related, diagnostic), related.location, path_of),
                }
                for related in diagnostic.finding.related
            ]
        yield entry


def _stale(stale: Stale, language: Language, path_of: Callable[[str], str]) -> dict[str, Any]:
    waiver = stale.waiver
    return {
        "message": _whole(language.say("stale", stale.why, waiver._asdict())),
        "location": {"path": path_of(waiver.path), "range": {"start": {"line": waiver.line}}},
        "severity": "WARNING",
        "code": {"value": "stale-waiver"},
    }


def _source(run: Run, related: Related, diagnostic: Diagnostic) -> Source:
    return run.sources.get(related.location.source_id, diagnostic.source)


def _location(source: Source, location: Location, path_of: Callable[[str], str]) -> dict[str, Any]:
    start, end = (_position(source, offset) for offset in location.span)
    return {"path": path_of(source.path), "range": {"start": start, "end": end}}


def _position(source: Source, offset: int) -> dict[str, int]:
    """Line and column of an offset, both from 1; the column in bytes of UTF-8."""
    line, column = source.position(offset)
    start = source.line_span(line).start
    before = source.text[start : start + column - 1]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}


def _whole(text: str) -> str:
    """Text without lone surrogates, which reviewdog's JSON reader refuses even as escapes; they are made visible."""
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
