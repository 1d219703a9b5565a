"""Places as SARIF wants them: URIs, regions in UTF-16 code units, logical locations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from govlint.model.diagnostic import Diagnostic, Result, Run
from govlint.model.finding import Related
from govlint.model.source import Location, Source, Span
from govlint.writers.language import Language
from govlint.writers.places import escape_controls, where
from govlint.writers.uris import uri_reference

Json = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """What every part of the output needs: the run, the language, the URI of a path, and whether anything is waived."""

    run: Run
    language: Language
    uri: Callable[[str], str]
    waived: bool


def scene_of(run: Run, language: Language) -> Scene:
    """The scene of a run; it looks up the URI of each path once."""
    uri = lru_cache(maxsize=None)(partial(uri_reference, root=run.root))
    return Scene(run, language, uri, any(result.waived for result in run.results))


def primary_location(diagnostic: Diagnostic, result: Result, scene: Scene) -> Json:
    """Where a diagnostic stands: in the file, in words, and as the cell of the form if it is about one."""
    location = _location(diagnostic.source, diagnostic.finding.location, scene)
    words = where(diagnostic, result.report, scene.language)
    if words:
        location["message"] = {"text": plain(words)}
    target = diagnostic.finding.target
    names = [name for name in target if name is not None] if target else []
    if names:
        location["logicalLocations"] = [_logical(names)]
    return location


def related_location(number: int, related: Related, default: Source, scene: Scene) -> Json:
    """A further place, in this file or another of the run."""
    source = scene.run.sources.get(related.location.source_id, default)
    location = {"id": number, **_location(source, related.location, scene)}
    location["message"] = {"text": plain(scene.language.related(related))}
    if related.cell:
        location["logicalLocations"] = [_logical(list(related.cell))]
    return location


def file_location(path: str, scene: Scene, line: int | None = None) -> Json:
    """A file, or a line of it."""
    physical: Json = {"artifactLocation": {"uri": scene.uri(path)}}
    if line is not None:
        physical["region"] = {"startLine": line}
    return {"physicalLocation": physical}


def region(source: Source, span: Span) -> Json:
    """A span by lines and columns, both from 1; columns count UTF-16 code units, the end is exclusive."""
    start, end = (_position(source, offset) for offset in span)
    return {"startLine": start[0], "startColumn": start[1], "endLine": end[0], "endColumn": end[1]}


def plain(text: str) -> str:
    """Words as the text of a message: SARIF would take ``[a](1)`` for a link and ``{0}`` for a blank."""
    return escape_controls(text).replace("](", "] (").replace("{", "{{").replace("}", "}}")


def link(text: str, number: int) -> str:
    """Words of a message that lead to the related place of this number."""
    shown = escape_controls(text).replace("{", "{{").replace("}", "}}")
    for char in "\\[]":
        shown = shown.replace(char, f"\\{char}")
    return f"[{shown}]({number})"


def _location(source: Source, location: Location, scene: Scene) -> Json:
    """The place in the file, as one line: alerts show in a pull request only if all their lines are in the change.

    The rest of a longer place is told as its context.
    """
    span = location.span
    line = source.line_span(source.position(span.start).line)
    first = Span(span.start, max(span.start, min(span.end, line.end)))
    physical: Json = {"artifactLocation": {"uri": scene.uri(source.path)}, "region": region(source, first)}
    if first.end < span.end:
        physical["contextRegion"] = region(source, span)
    return {"physicalLocation": physical}


def _position(source: Source, offset: int) -> tuple[int, int]:
    line, column = source.position(offset)
    start = source.line_span(line).start
    before = source.text[start : start + column - 1]
    return line, len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1


def _logical(names: list[str]) -> Json:
    """A cell, row or table of the form by its ids, which are the same in every edition and language."""
    return {"name": names[-1], "fullyQualifiedName": ".".join(names)}
