"""What must hold of any file, however hostile: it is read or refused, its positions lie in it, all is repeatable."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from xml.etree import ElementTree as ET
from zlib import crc32

from govlint.chinese import strip_slice
from govlint.cli.output import make_language
from govlint.linter import Linter, load_linter
from govlint.model.diagnostic import Diagnostic, Result
from govlint.model.document import Document
from govlint.model.errors import ReadError
from govlint.model.source import Source, Span
from govlint.readers import read
from govlint.writers import PARSE_WRITERS, WRITERS, load
from govlint.writers.language import Language

SECONDS = 20.0
SECONDS_PER_MEGABYTE = 60.0
"""Of computing for one file: a hundred times what it takes, so that no slow machine is a finding."""
MEMORY = 1500 << 20
"""Bytes of address space beyond what the process has already."""


class BrokenError(AssertionError):
    """Something does not hold that must hold of any file."""


@cache
def linter() -> Linter:
    return load_linter()


@cache
def languages() -> tuple[Language, ...]:
    return tuple(make_language(linter(), code) for code in ("zh", "en"))


def demand(holds: bool, what: str, *seen: object) -> None:
    """Raises BrokenError with what was seen."""
    if not holds:
        raise BrokenError(f"{what}: {', '.join(map(repr, seen))[:2000]}")


def examine(data: bytes, name: str, *, whole: bool = True) -> str:
    """Read, bind, check and write a file; what came of it: the kind that it was read as, or why it was refused.

    Without ``whole`` every file is read, every fourth is checked as well, every 32nd checked twice and written to all
    outputs; the bytes decide which. Raises BrokenError, or whatever govlint raises but ReadError.
    """
    begun = _busy()
    depth = 32 if whole else crc32(data) % 32
    try:
        document = read(data, name)
    except ReadError as error:
        told = [language.read_error(error) for language in languages()]
        demand(error.path == name and all(told), "a refusal names its file and its reason", error.path, error.reason)
        return error.reason
    positions_of(document)
    if not depth % 4:
        result = linter().check_document(document)
        diagnostics_of(result)
        if not depth % 32:
            demand(same(document, read(data, name)), "a file read twice is the same")
            again = linter().check_bytes(data, name)
            demand(told_of(again) == told_of(result), "a file checked twice has the same diagnostics")
            outputs_of(result)
    seconds = _busy() - begun
    demand(seconds < SECONDS + SECONDS_PER_MEGABYTE * len(data) / 1e6, "time in proportion", len(data), seconds)
    return document.source.kind


def positions_of(document: Document) -> None:
    """Every cell knows where it stands, inside the file."""
    source = document.source
    size = len(source.text)
    for line in document.lines:
        demand(bool(line.cells), "a line has a cell", line)
        for cell in line.cells:
            _inside(cell.span(), size, cell)
            text = cell.text
            demand(strip_slice(text, 0, len(text)) in ((0, len(text)), (0, 0)), "no blanks at the edges", cell)
            for at in {0, len(text) // 2, len(text)}:
                _inside(cell.span(at, at), size, cell)
            for at in {0, len(text) // 2, len(text) - 1} if text else ():
                _inside(cell.span(at, at + 1), size, cell)
            grid = cell.grid
            demand(grid is None or (min(grid[:3]) >= 0 and min(grid[3:]) >= 1), "a grid place is in its grid", grid)
    for remark in document.remarks:
        _inside(remark.span, size, remark)
    starts = [at for at, _ in source.places]
    demand(starts == sorted(starts), "places are in order", starts[:50])
    demand(all(0 <= at <= size for at in starts), "places are inside the file", size, starts[-1:])


def diagnostics_of(result: Result) -> None:
    """Every diagnostic, and all that goes with it, stands inside the file, in reading order."""
    orders = [diagnostic.order for diagnostic in result.diagnostics]
    demand(orders == sorted(orders), "diagnostics are in reading order")
    for diagnostic in result.diagnostics:
        finding, source = diagnostic.finding, diagnostic.source
        for location in (finding.location, *(related.location for related in finding.related)):
            _inside(location.span, len(source.text), diagnostic.rule.id, finding)
            start, end = (source.position(at) for at in location.span)
            demand((1, 1) <= start <= end, "lines and columns in order", start, end)
        for edit in finding.edits:
            _inside(edit.location.span, len(source.text), diagnostic.rule.id, edit)


def outputs_of(result: Result) -> None:
    """Every output of the result can be made, and those for programs can be parsed."""
    run = linter().run([result])
    for language in languages():
        for form, reference in WRITERS.items():
            text = load(reference)(run, language)
            text.encode("utf-8", "backslashreplace")
            if form in ("json", "json-full", "sarif", "gitlab"):
                json.loads(text)
            elif form in ("junit", "checkstyle"):
                ET.fromstring(text)
        for reference in PARSE_WRITERS.values():
            load(reference)([result], language, single=True).encode("utf-8", "backslashreplace")


def told_of(result: Result, *, places: bool = True) -> list[tuple[object, ...]]:
    """What people are told of a file, with or without the places."""
    if result.read_error:
        return [(result.read_error.reason,)]
    return [_told(diagnostic, places=places) for diagnostic in result.diagnostics]


def _told(diagnostic: Diagnostic, *, places: bool) -> tuple[object, ...]:
    finding = diagnostic.finding
    message = languages()[0].message(diagnostic)
    return (
        diagnostic.rule.id,
        finding.subject,
        message,
        *(_position(diagnostic.source, finding.location.span) if places else ()),
    )


def _position(source: Source, span: Span) -> tuple[object, ...]:
    return source.position(span.start), source.position(span.end)


def same(one: Document, other: Document) -> bool:
    """Whether both say the same at the same places."""
    if one.source != other.source or one.remarks != other.remarks:
        return False
    shown = [
        [(line.kind, line.role, [(cell.text, cell.span(), cell.grid) for cell in line.cells]) for line in each.lines]
        for each in (one, other)
    ]
    return shown[0] == shown[1]


@contextmanager
def capped(memory: int = MEMORY) -> Iterator[None]:
    """Where the system allows it, no more memory than this: what takes all of it fails here, and not the computer.

    Programs that are started meanwhile have the same limit, so nothing but govlint should be.
    """
    if not sys.platform.startswith("linux"):
        yield
        return
    import resource

    with open("/proc/self/statm", encoding="ascii") as status:  # noqa: PTH123
        size = int(status.read().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = size + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _inside(span: Span, size: int, *seen: object) -> None:
    demand(0 <= span.start <= span.end <= size, "a position is inside the file", span, size, *seen)


def _busy() -> float:
    return sum(os.times()[:4]) if hasattr(os, "fork") else time.process_time()
